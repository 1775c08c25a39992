import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("Signs of long waits")
struct PatienceTests {
  /// What is waited for next, as the effects say.
  private func pass(_ seconds: TimeInterval, _ driver: inout TestDriver) -> [Effect] {
    driver.environment.date += seconds
    return reduce(&driver.state, .waitIndicator, in: driver.environment).filter { $0.identity == .waitIndicator }
  }

  private func wait(_ milliseconds: Int) -> Effect {
    .wait(.waitIndicator, for: .milliseconds(milliseconds), then: .waitIndicator)
  }

  @Test("a wait has a quiet sign after 300 ms, and from 2 s on the seconds, one tick each")
  func signs() throws {
    var driver = TestDriver(accounts: 1204)
    #expect(pass(0.3, &driver) == [])
    var state = driver.state
    let effects = reduce(&state, .command(.open), in: driver.environment)
    driver.state = state
    #expect(effects.contains(wait(310)))
    #expect(driver.state.waitText == nil)
    #expect(pass(0.31, &driver) == [wait(1_700)])
    #expect(driver.screen.hasSuffix("  waiting …"))
    #expect(pass(1.7, &driver) == [wait(1_000)])
    #expect(driver.screen.hasSuffix("  waiting 2 s"))
    #expect(pass(1, &driver) == [wait(1_000)])
    #expect(driver.screen.hasSuffix("  waiting 3 s"))
    let token = try #require(driver.state.browse.detailToken)
    let account = try #require(driver.state.browse.selectedAccount)
    for request in effects.compactMap(\.inventoryRequest) {
      driver.send(.inventory(.answered(request, InventoryAnswers.rich[request.part])))
    }
    #expect(driver.state.waitText == "waiting 3 s")
    driver.send(.browse(.accountAnswered(id: account.id, token: token, .success(account))))
    #expect(driver.state.waitText == nil)
    #expect(pass(1, &driver) == [])
    #expect(driver.state.waitIndicator == WaitIndicator())
  }

  @Test("what is read ahead or in the background is not waited for")
  func background() {
    var driver = TestDriver(accounts: 1204)
    driver.press(.character("L"))
    #expect(!driver.state.browse.loading.isEmpty)
    #expect(pass(5, &driver) == [])
    #expect(driver.state.waitText == nil)
    driver.press(.character("G"))
    #expect(pass(2.5, &driver).count == 1)
    #expect(driver.state.waitText == "waiting 2 s")
  }

  @Test("what an account holds is waited for when a person has opened it, and not when it is read in passing")
  func inventory() throws {
    var driver = TestDriver(accounts: 20)
    driver.rest()
    #expect(!driver.effects.compactMap(\.inventoryRequest).isEmpty)
    _ = pass(5, &driver)
    #expect(driver.state.waitText == nil)
    driver.press(.enter)
    let requests = driver.effects
    let token = try #require(driver.state.browse.detailToken)
    let account = try #require(driver.state.browse.selectedAccount)
    driver.send(.browse(.accountAnswered(id: account.id, token: token, .success(account))))
    _ = pass(2.5, &driver)
    #expect(driver.state.waitText == "waiting 2 s")
    for request in requests.compactMap(\.inventoryRequest) {
      driver.send(.inventory(.answered(request, InventoryAnswers.rich[request.part])))
    }
    #expect(driver.state.waitText == nil)
  }

  @Test("one wait after another counts from its own beginning, and a tick is never asked for twice")
  func successive() {
    var driver = TestDriver(accounts: 1204)
    driver.press(.enter)
    let first = driver.state.browse.detailToken
    driver.environment.date += 5
    driver.press(.character("r"))
    #expect(driver.state.browse.detailToken != first)
    #expect(driver.state.waitText == nil)
    var state = driver.state
    #expect(reduce(&state, .command(.showRaw), in: driver.environment).allSatisfy { $0.identity != .waitIndicator })
  }

  @Test("a wait that begins while a later change is awaited has its sign in time, and none is left behind")
  func sooner() {
    var driver = TestDriver(accounts: 1204)
    var waitIndicator: [Effect] = []
    var requests: [InventoryRequest] = []
    func act(_ action: Action) {
      let effects = reduce(&driver.state, action, in: driver.environment)
      waitIndicator = effects.filter { $0.identity == .waitIndicator || $0 == .cancel(.waitIndicator) }
      requests += effects.compactMap(\.inventoryRequest)
    }
    act(.command(.open))
    #expect(waitIndicator == [wait(310)])
    for request in requests { act(.inventory(.answered(request, InventoryAnswers()[request.part]))) }
    #expect(pass(0.31, &driver) == [wait(1_700)])
    driver.environment.date += 0.2
    let account = driver.state.browse.selectedAccount!
    act(.browse(.accountAnswered(id: account.id, token: driver.state.browse.detailToken!, .success(account))))
    #expect(waitIndicator == [.cancel(.waitIndicator)])
    driver.environment.date += 0.1
    act(.command(.showRaw))
    #expect(waitIndicator == [wait(310)])
    // The same change is not asked for twice.
    act(.command(.moveDown))
    #expect(waitIndicator == [])
  }

  @Test("a newer wait that is nearer to its sign takes the place of an older one")
  func nearer() {
    var waitIndicator = WaitIndicator()
    let start = Date(timeIntervalSince1970: 1_795_521_600)
    let (one, two) = (RequestToken(number: 1), RequestToken(number: 2))
    #expect(waitIndicator.sync([one], at: start) == 0.3)
    #expect(waitIndicator.sync([one, two], at: start + 1) == 1)
    #expect(waitIndicator.sync([two], at: start + 1.2).map { $0 < 0.11 } == true)
  }

  @Test("a look-up in the background is not waited for, except where it is seen")
  func lookUps() {
    var driver = TestDriver(accounts: 20)
    driver.state.activity = ActivityState()
    _ = driver.state.readJournal()
    var history = WriteHistory()
    let creation = ActivityFixture.intent("c", minutesAgo: 20, ActivityFixture.creation("Harbor"))
    history.apply(.intent(creation, ActivityFixture.process))
    let reading = JournalReading(history: history, lives: ["c": .ended])
    driver.answerJournal(.success(reading))
    #expect(!driver.state.activity.lookUps.isEmpty)
    #expect(pass(5, &driver) == [] && driver.state.waitText == nil)
    driver.press(.character("@"))
    driver.answerJournal(.success(reading))
    #expect(pass(5, &driver).count == 1)
    #expect(driver.state.waitText == "waiting 5 s")
  }

  @Test("all that a review reads is waited for")
  func review() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("D"))
    let requests = driver.effects.compactMap(\.inventoryRequest)
    guard let deletion = driver.deletion, case .asking(let question) = deletion.duplicateNames,
      case .reading(let token) = deletion.phase
    else {
      Issue.record("nothing is read")
      return
    }
    driver.send(.delete(.accountRead(token: token, .success(deletion.captured))))
    for request in requests.dropLast() {
      driver.send(.inventory(.answered(request, InventoryAnswers()[request.part])))
    }
    #expect(pass(4, &driver).count == 1)
    #expect(driver.screen.hasSuffix("  waiting 4 s"))
    driver.send(.inventory(.answered(requests.last!, InventoryAnswers()[requests.last!.part])))
    #expect(driver.state.waitText == "waiting 4 s")
    driver.send(.delete(.duplicateNamesRead(token: question, .success(AccountPage(accounts: [deletion.captured])))))
    #expect(driver.state.waitText == nil)
  }

  @Test("a write in its dialog has the sign as well")
  func write() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("n"))
    driver.type("Harbor")
    driver.press(.backTab, .enter)
    #expect(driver.createForm?.isSending == true)
    _ = pass(4, &driver)
    #expect(driver.screen.hasSuffix("  waiting 4 s"))
    driver.state.size = Size(width: 10, height: 5)
    #expect(pass(1, &driver) == [])
  }
}
