import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("Signs of long waits")
struct PatienceTests {
  /// What is waited for next, as the effects say.
  private func pass(_ seconds: TimeInterval, _ person: inout Person) -> [Effect] {
    person.moment.date += seconds
    return reduce(&person.state, .patience, at: person.moment).filter { $0.identity == .patience }
  }

  private func wait(_ milliseconds: Int) -> Effect {
    .wait(.patience, for: .milliseconds(milliseconds), then: .patience)
  }

  @Test("a wait has a quiet sign after 300 ms, and from 2 s on the seconds, one tick each")
  func signs() throws {
    var person = Person(accounts: 1204)
    #expect(pass(0.3, &person) == [])
    var state = person.state
    let effects = reduce(&state, .command(.open), at: person.moment)
    person.state = state
    #expect(effects.contains(wait(310)))
    #expect(person.state.patienceText == nil)
    #expect(pass(0.31, &person) == [wait(1_700)])
    #expect(person.screen.hasSuffix("  waiting …"))
    #expect(pass(1.7, &person) == [wait(1_000)])
    #expect(person.screen.hasSuffix("  waiting 2 s"))
    #expect(pass(1, &person) == [wait(1_000)])
    #expect(person.screen.hasSuffix("  waiting 3 s"))
    let token = try #require(person.state.browse.detailToken)
    let account = try #require(person.state.browse.selectedAccount)
    for request in effects.compactMap(\.inventoryRequest) {
      person.send(.inventory(.answered(request, InventoryAnswers.rich[request.part])))
    }
    #expect(person.state.patienceText == "waiting 3 s")
    person.send(.browse(.accountAnswered(id: account.id, token: token, .success(account))))
    #expect(person.state.patienceText == nil)
    #expect(pass(1, &person) == [])
    #expect(person.state.patience == Patience())
  }

  @Test("what is read ahead or in the background is not waited for")
  func background() {
    var person = Person(accounts: 1204)
    person.press(.character("L"))
    #expect(!person.state.browse.loading.isEmpty)
    #expect(pass(5, &person) == [])
    #expect(person.state.patienceText == nil)
    person.press(.character("G"))
    #expect(pass(2.5, &person).count == 1)
    #expect(person.state.patienceText == "waiting 2 s")
  }

  @Test("what an account holds is waited for when a person has opened it, and not when it is read in passing")
  func inventory() throws {
    var person = Person(accounts: 20)
    person.rest()
    #expect(!person.effects.compactMap(\.inventoryRequest).isEmpty)
    _ = pass(5, &person)
    #expect(person.state.patienceText == nil)
    person.press(.enter)
    let requests = person.effects
    let token = try #require(person.state.browse.detailToken)
    let account = try #require(person.state.browse.selectedAccount)
    person.send(.browse(.accountAnswered(id: account.id, token: token, .success(account))))
    _ = pass(2.5, &person)
    #expect(person.state.patienceText == "waiting 2 s")
    for request in requests.compactMap(\.inventoryRequest) {
      person.send(.inventory(.answered(request, InventoryAnswers.rich[request.part])))
    }
    #expect(person.state.patienceText == nil)
  }

  @Test("one wait after another counts from its own beginning, and a tick is never asked for twice")
  func successive() {
    var person = Person(accounts: 1204)
    person.press(.enter)
    let first = person.state.browse.detailToken
    person.moment.date += 5
    person.press(.character("r"))
    #expect(person.state.browse.detailToken != first)
    #expect(person.state.patienceText == nil)
    var state = person.state
    #expect(reduce(&state, .command(.showRaw), at: person.moment).allSatisfy { $0.identity != .patience })
  }

  @Test("a wait that begins while a later change is awaited has its sign in time, and none is left behind")
  func sooner() {
    var person = Person(accounts: 1204)
    var patience: [Effect] = []
    var requests: [InventoryRequest] = []
    func act(_ action: Action) {
      let effects = reduce(&person.state, action, at: person.moment)
      patience = effects.filter { $0.identity == .patience || $0 == .cancel(.patience) }
      requests += effects.compactMap(\.inventoryRequest)
    }
    act(.command(.open))
    #expect(patience == [wait(310)])
    for request in requests { act(.inventory(.answered(request, InventoryAnswers()[request.part]))) }
    #expect(pass(0.31, &person) == [wait(1_700)])
    person.moment.date += 0.2
    let account = person.state.browse.selectedAccount!
    act(.browse(.accountAnswered(id: account.id, token: person.state.browse.detailToken!, .success(account))))
    #expect(patience == [.cancel(.patience)])
    person.moment.date += 0.1
    act(.command(.showRaw))
    #expect(patience == [wait(310)])
    // The same change is not asked for twice.
    act(.command(.moveDown))
    #expect(patience == [])
  }

  @Test("a newer wait that is nearer to its sign takes the place of an older one")
  func nearer() {
    var patience = Patience()
    let start = Date(timeIntervalSince1970: 1_795_521_600)
    let (one, two) = (RequestToken(number: 1), RequestToken(number: 2))
    #expect(patience.follow([one], at: start) == 0.3)
    #expect(patience.follow([one, two], at: start + 1) == 1)
    #expect(patience.follow([two], at: start + 1.2).map { $0 < 0.11 } == true)
  }

  @Test("a look-up in the background is not waited for, except where it is seen")
  func lookUps() {
    var person = Person(accounts: 20)
    person.state.activity = ActivityState()
    _ = person.state.readJournal()
    var ledger = Ledger()
    let creation = ActivityFixture.intent("c", minutesAgo: 20, ActivityFixture.creation("Harbor"))
    ledger.apply(.intent(creation, ActivityFixture.process))
    let reading = JournalReading(ledger: ledger, lives: ["c": .ended])
    person.answerJournal(.success(reading))
    #expect(!person.state.activity.resolving.isEmpty)
    #expect(pass(5, &person) == [] && person.state.patienceText == nil)
    person.press(.character("@"))
    person.answerJournal(.success(reading))
    #expect(pass(5, &person).count == 1)
    #expect(person.state.patienceText == "waiting 5 s")
  }

  @Test("all that a review reads is waited for")
  func review() {
    var person = Person(accounts: 20)
    person.press(.character("D"))
    let requests = person.effects.compactMap(\.inventoryRequest)
    guard let deletion = person.deletion, case .asking(let question) = deletion.namesakes,
      case .reading(let token) = deletion.phase
    else {
      Issue.record("nothing is read")
      return
    }
    person.send(.delete(.accountRead(token: token, .success(deletion.captured))))
    for request in requests.dropLast() {
      person.send(.inventory(.answered(request, InventoryAnswers()[request.part])))
    }
    #expect(pass(4, &person).count == 1)
    #expect(person.screen.hasSuffix("  waiting 4 s"))
    person.send(.inventory(.answered(requests.last!, InventoryAnswers()[requests.last!.part])))
    #expect(person.state.patienceText == "waiting 4 s")
    person.send(.delete(.namesakesRead(token: question, .success(AccountPage(accounts: [deletion.captured])))))
    #expect(person.state.patienceText == nil)
  }

  @Test("a write in its dialog has the sign as well")
  func write() {
    var person = Person(accounts: 20)
    person.press(.character("n"))
    person.type("Harbor")
    person.press(.backTab, .enter)
    #expect(person.createForm?.isSending == true)
    _ = pass(4, &person)
    #expect(person.screen.hasSuffix("  waiting 4 s"))
    person.state.size = Size(width: 10, height: 5)
    #expect(pass(1, &person) == [])
  }
}
