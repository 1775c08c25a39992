import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("The one way by which writes leave")
struct WriteGateTests {
  private static let operations: [WriteOperation] = [
    .create(Creation(NewAccount(name: "Harbor", type: .standard), idempotencyKey: "key", knowsAllDuplicateNames: true)),
    .update(Fixture.id(3), AccountChanges(name: "Harbor")), .delete(Fixture.id(3), name: "Account 3"),
  ]

  @Test("a write leaves, and counts as under way", arguments: operations)
  func sends(operation: WriteOperation) {
    var driver = TestDriver(accounts: 5)
    let intent = driver.intent(operation)
    let effect = driver.dispatch(intent).effect
    var checks = WriteChecks()
    if operation.kind == .create { checks.knownAccounts = driver.accounts }
    #expect(effect == .write(intent, checks: checks))
    #expect(driver.writes[intent.id].isSending)
  }

  @Test("neither a dry run nor a read-only console sends any write", arguments: operations)
  func sendsNothing(operation: WriteOperation) {
    var dryRun = TestDriver(accounts: 5, isDryRun: true)
    let intent = dryRun.intent(operation)
    #expect(dryRun.dispatch(intent) == .dryRun)
    #expect(!dryRun.writes.isSending)
    var reading = TestDriver(accounts: 5, isReadOnly: true)
    #expect(reading.dispatch(intent) == .blocked(.closed))
    #expect(!reading.writes.isSending)
  }

  @Test("what would be the same write twice is kept back in a dry run too", arguments: operations)
  func repeats(operation: WriteOperation) {
    var driver = TestDriver(accounts: 5, isDryRun: true)
    var earlier = driver.intent(operation)
    earlier.id = "earlier"
    driver.note(.intent(earlier, .current))
    #expect(driver.dispatch(driver.intent(operation)) == .blocked(.repeats(earlier)))
  }

  @Test(
    "even an effect that should never have come sends and notes down nothing", arguments: operations, [true, false])
  @MainActor
  func closedJournal(operation: WriteOperation, isDryRun: Bool) async throws {
    let service = ScriptedService()
    let journal = ScriptedJournal()
    let driver = TestDriver()
    var session = driver.state.session
    session.writing = isDryRun ? .dryRun : .readOnly
    let intent = driver.intent(operation)
    var actions: [Answer] = []
    let runner = EffectRunner(
      session: session, services: Services(accounts: service, inventory: ScriptedInventory(), journal: journal),
      terminal: SilentTerminal()
    ) { actions.append($0) }
    runner.run(.write(intent))
    try await eventually { !actions.isEmpty }
    #expect(actions == [.write(.notSent(intent, .closed))])
    #expect(await service.writeCount == 0)
    #expect(await journal.calls.isEmpty)
  }

  @Test("a dry run says so on every screen")
  func badge() {
    var driver = TestDriver(accounts: 5, isDryRun: true)
    for keys in [
      [], [Key.enter], [.escape, .character("@")], [.escape, .character("n")], [.escape, .character("?")],
    ] {
      driver.press(keys)
      #expect(driver.screen.contains("DRY RUN"))
    }
    #expect(!TestDriver(accounts: 5).screen.contains("DRY RUN"))
  }

  @Test("a creation of a dry run keeps its draft, and says that nothing was sent")
  func creation() {
    var driver = TestDriver(accounts: 5, isDryRun: true)
    driver.press(.character("n"))
    driver.type("Harbor")
    #expect(driver.press(.backTab, .enter) == [.cancel(.duplicateNames(.creation))])
    #expect(!driver.hasDialog)
    #expect(driver.screen.contains("Dry run: POST /accounts would have created Harbor. Nothing was sent"))
    driver.press(.character("n"))
    #expect(driver.createForm?.name.text == "Harbor")
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
