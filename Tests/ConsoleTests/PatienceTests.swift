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
