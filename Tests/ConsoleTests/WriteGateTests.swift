import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("The one way by which writes leave")
struct WriteGateTests {
  private static let operations: [WriteOperation] = [
    .create(Creation(NewAccount(name: "Harbor", type: .standard), idempotencyKey: "key", knowsAllNamesakes: true)),
    .update(Fixture.id(3), AccountChanges(name: "Harbor")), .delete(Fixture.id(3), name: "Account 3"),
  ]

  @Test("a write leaves with its own token, and counts as under way", arguments: operations)
  func sends(operation: WriteOperation) {
    var person = Person(accounts: 5)
    let intent = person.state.intent(operation, at: person.moment)
    guard case .sent(let token, let effect) = person.state.send(intent) else {
      Issue.record("not sent")
      return
    }
    var checks = WriteChecks()
    if operation.kind == .create { checks.known = person.state.browse.list }
    #expect(effect == .write(intent, token: token, checks: checks))
    #expect(person.state.activity.sending == [intent.id])
  }

  @Test("neither a rehearsal nor a read-only console sends any write", arguments: operations)
  func sendsNothing(operation: WriteOperation) {
    var rehearsing = Person(accounts: 5, isRehearsal: true)
    let intent = rehearsing.state.intent(operation, at: rehearsing.moment)
    #expect(rehearsing.state.send(intent) == .rehearsed)
    #expect(rehearsing.state.activity.sending.isEmpty)
    var reading = Person(accounts: 5, isReadOnly: true)
    #expect(reading.state.send(intent) == .hindered(.closed))
    #expect(reading.state.activity.sending.isEmpty)
  }

  @Test("what would be the same write twice is kept back in a rehearsal too", arguments: operations)
  func repeats(operation: WriteOperation) {
    var person = Person(accounts: 5, isRehearsal: true)
    var earlier = person.state.intent(operation, at: person.moment)
    earlier.id = "earlier"
    person.state.activity.ledger.apply(.intent(earlier, .current))
    #expect(person.state.send(person.state.intent(operation, at: person.moment)) == .hindered(.repeats(earlier)))
  }

  @Test(
    "even an effect that should never have come sends and notes down nothing", arguments: operations, [true, false])
  @MainActor
  func closedJournal(operation: WriteOperation, rehearses: Bool) async throws {
    let service = ScriptedService()
    let journal = ScriptedJournal()
    var session = Person().state.session
    session.isRehearsal = rehearses
    session.isReadOnly = !rehearses
    var person = Person()
    let intent = person.state.intent(operation, at: person.moment)
    var actions: [Action] = []
    let runner = EffectRunner(
      session: session, service: service, inventory: ScriptedInventory(), journal: journal, terminal: SilentTerminal()
    ) { actions.append($0) }
    runner.run(.write(intent, token: person.state.nextToken()))
    try await eventually { !actions.isEmpty }
    #expect(actions == [.activity(.notSent(intent, .closed))])
    #expect(await service.writeCount == 0)
    #expect(await journal.calls.isEmpty)
  }

  @Test("a rehearsal says so on every screen")
  func badge() {
    var person = Person(accounts: 5, isRehearsal: true)
    for keys in [
      [], [Key.enter], [.escape, .character("@")], [.escape, .character("n")], [.escape, .character("?")],
    ] {
      person.press(keys)
      #expect(person.screen.contains("DRY RUN"))
    }
    #expect(!Person(accounts: 5).screen.contains("DRY RUN"))
  }

  @Test("a rehearsed creation keeps its draft, and says that nothing was sent")
  func creation() {
    var person = Person(accounts: 5, isRehearsal: true)
    person.press(.character("n"))
    person.type("Harbor")
    #expect(person.press(.backTab, .enter) == [.cancel(.namesakes)])
    #expect(person.state.dialog == nil)
    #expect(person.screen.contains("Rehearsed: POST /accounts would have created Harbor. Nothing was sent"))
    person.press(.character("n"))
    #expect(person.createForm?.name.text == "Harbor")
  }
}

@MainActor
private final class SilentTerminal: TerminalControl {
  func discardTypedAhead() {}
  func redraw() {}
  func suspend() {}
  func copy(_ text: String) -> Bool { false }
  func stop() {}
}
