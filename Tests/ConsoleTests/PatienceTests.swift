import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("Signs of long waits")
struct PatienceTests {
  /// Lets time pass, after which the sign is brought up to it: by its own wait, or else by whatever happens then.
  ///
  /// - Returns: the next wait for the sign.
  private func pass(_ seconds: TimeInterval, _ driver: inout TestDriver) -> [Effect] {
    driver.environment.date += seconds
    if driver.isRunning(.waitIndicator) { driver.elapse(.waitIndicator) } else { driver.send(.focusLost) }
    return driver.signEffects
  }

  private func wait(_ milliseconds: Int) -> Effect {
    .wait(.waitIndicator, for: .milliseconds(milliseconds))
  }

  @Test("a wait has a quiet sign after 300 ms, and from 2 s on the seconds, one tick each")
  func signs() throws {
    var driver = TestDriver(accounts: 1204)
    #expect(pass(0.3, &driver) == [])
    let effects = driver.send(.command(.open))
    #expect(driver.signEffects == [wait(310)])
    #expect(driver.waitText == nil)
    #expect(pass(0.31, &driver) == [wait(1_700)])
    #expect(driver.screen.hasSuffix("  waiting …"))
    #expect(pass(1.7, &driver) == [wait(1_000)])
    #expect(driver.screen.hasSuffix("  waiting 2 s"))
    #expect(pass(1, &driver) == [wait(1_000)])
    #expect(driver.screen.hasSuffix("  waiting 3 s"))
    let account = try #require(driver.selectedAccount)
    for request in effects.compactMap(\.inventoryRequest) {
      driver.answer(request.part, of: request.accountID, InventoryAnswers.rich[request.part])
    }
    #expect(driver.waitText == "waiting 3 s")
    driver.answerAccount(.success(account))
    #expect(driver.waitText == nil)
    #expect(!driver.isRunning(.waitIndicator))
    #expect(pass(1, &driver) == [] && driver.waitText == nil)
  }

  @Test("what is read ahead or in the background is not waited for")
  func background() {
    var driver = TestDriver(accounts: 1204)
    driver.press(.character("L"))
    #expect(!driver.loading.isEmpty)
    #expect(pass(5, &driver) == [])
    #expect(driver.waitText == nil)
    driver.press(.character("G"))
    #expect(pass(2.5, &driver).count == 1)
    #expect(driver.waitText == "waiting 2 s")
  }

  @Test("what an account holds is waited for when a person has opened it, and not when it is read in passing")
  func inventory() throws {
    var driver = TestDriver(accounts: 20)
    driver.rest()
    #expect(!driver.effects.compactMap(\.inventoryRequest).isEmpty)
    _ = pass(5, &driver)
    #expect(driver.waitText == nil)
    driver.press(.enter)
    let requests = driver.effects
    let account = try #require(driver.selectedAccount)
    driver.answerAccount(.success(account))
    _ = pass(2.5, &driver)
    #expect(driver.waitText == "waiting 2 s")
    for request in requests.compactMap(\.inventoryRequest) {
      driver.answer(request.part, of: request.accountID, InventoryAnswers.rich[request.part])
    }
    #expect(driver.waitText == nil)
  }

  @Test("one wait after another counts from its own beginning, and a tick is never asked for twice")
  func successive() {
    var driver = TestDriver(accounts: 1204)
    driver.press(.enter)
    driver.environment.date += 5
    driver.press(.character("r"))
    #expect(driver.effects.contains(.readAccount(Fixture.id(0), for: .detail, priority: .byHand)))
    #expect(driver.waitText == nil)
    driver.press(.character("J"))
    #expect(driver.effects == [.readJSON(Fixture.id(0))] && driver.signEffects == [])
  }

  @Test("a wait that begins while a later change is awaited has its sign in time, and none is left behind")
  func sooner() {
    var driver = TestDriver(accounts: 1204)
    driver.press(.enter)
    #expect(driver.signEffects == [wait(310)])
    driver.answerInventory(with: InventoryAnswers())
    #expect(pass(0.31, &driver) == [wait(1_700)])
    driver.environment.date += 0.2
    driver.answerAccount(.success(Fixture.account(0)))
    #expect(driver.signEffects == [.cancel(.waitIndicator)])
    driver.environment.date += 0.1
    driver.press(.character("J"))
    #expect(driver.signEffects == [wait(310)])
    // The same change is not asked for twice.
    driver.press(.down)
    #expect(driver.signEffects == [])
  }

  @Test("a newer wait that is nearer to its sign takes the place of an older one")
  func nearer() throws {
    var driver = TestDriver(accounts: 1204)
    driver.press(.enter)
    driver.answerInventory(with: InventoryAnswers())
    #expect(pass(1, &driver) == [wait(1_010)])
    // The answer is waited for as well, for a second less.
    driver.press(.character("J"))
    #expect(driver.signEffects == [] && driver.waitText == "waiting …")
    driver.environment.date += 0.2
    driver.answerAccount(.success(Fixture.account(0)))
    #expect(driver.waitText == nil)
    let next = try #require(driver.signEffects.first?.duration(of: .waitIndicator))
    #expect((.milliseconds(100)...(.milliseconds(120))).contains(next))
  }

  @Test("a look-up in the background is not waited for, except where it is seen")
  func lookUps() {
    var driver = TestDriver(accounts: 20)
    driver.forgetWrites()
    var history = WriteHistory()
    let creation = ActivityFixture.intent("c", minutesAgo: 20, ActivityFixture.creation("Harbor"))
    history.apply(.intent(creation, ActivityFixture.process))
    let reading = JournalReading(history: history, lives: ["c": .ended])
    driver.answerJournal(.success(reading))
    #expect(driver.isRunning(.lookUp("c")))
    #expect(pass(5, &driver) == [] && driver.waitText == nil)
    driver.press(.character("@"))
    driver.answerJournal(.success(reading))
    #expect(pass(5, &driver).count == 1)
    #expect(driver.waitText == "waiting 5 s")
  }

  @Test("all that a review reads is waited for")
  func review() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("D"))
    let requests = driver.effects.compactMap(\.inventoryRequest)
    driver.answerDeletionRead(.success(Fixture.account(0)))
    for request in requests.dropLast() {
      driver.answer(request.part, of: request.accountID, InventoryAnswers()[request.part])
    }
    #expect(pass(4, &driver).count == 1)
    #expect(driver.screen.hasSuffix("  waiting 4 s"))
    driver.answer(requests.last!.part, of: requests.last!.accountID, InventoryAnswers()[requests.last!.part])
    #expect(driver.waitText == "waiting 4 s")
    driver.answerDeletionNames(.success(AccountPage(accounts: [Fixture.account(0)])))
    #expect(driver.waitText == nil)
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
    driver.setSize(Size(width: 10, height: 5))
    #expect(pass(1, &driver) == [])
  }
}
