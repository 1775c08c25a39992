import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("A person's own retry") @MainActor
struct RetryTests {
  /// A creation of which nothing was found, and its retry, which is about to leave.
  private func retrying() -> TestDriver {
    var driver = TestDriver.creating()
    driver.press(.enter)
    driver.loseAnswer()
    driver.press(.character("v"))
    driver.findNothing(of: "fresh-1")
    driver.environment.freshID = "fresh-2"
    driver.press(.enter)
    return driver
  }

  @Test("before it leaves, the earlier try is looked for once more, whatever kind of write it is")
  func looksFirst() {
    #expect(retrying().effects.first?.checks?.earlier?.intent.id == "fresh-1")
    for operation in [
      WriteOperation.update(Fixture.id(3), AccountChanges(name: "Harbor")), .delete(Fixture.id(3), name: "Account 3"),
    ] {
      for kind in [WriteOutcome.Kind.notDone, .dismissed] {
        var driver = TestDriver(accounts: 5)
        var earlier = driver.intent(operation)
        earlier.id = "earlier"
        driver.note(.intent(earlier, .current))
        driver.note(.outcome("earlier", WriteOutcome(kind, date: driver.environment.date)))
        #expect(driver.dispatch(driver.intent(operation)).effect?.checks?.earlier?.intent.id == "earlier")
      }
    }
  }

  /// What a runner does with a write that repeats an earlier one, at a server with these accounts.
  private func carryOut(_ accounts: [Account], failing failure: CloudflareError? = nil) async throws -> (
    [WriteUpdate], [String]
  ) {
    let service = ListedService(accounts)
    service.change { $0.listFailure = failure }
    let driver = retrying()
    let intent = try #require(driver.effects.first?.intent)
    var actions: [WriteUpdate] = []
    await WriteRunner(service: service, journal: MemoryJournal()).carryOut(
      intent, checks: try #require(driver.effects.first?.checks)
    ) { actions.append($0) }
    return (actions, service.writes)
  }

  @Test("it leaves only where nothing of the earlier try is found")
  func sent() async throws {
    let (actions, writes) = try await carryOut([])
    #expect(writes == ["POST Harbor & Pine"])
    #expect(actions.contains { if case .begun = $0 { true } else { false } })
  }

  @Test("where something is found, or nothing can be, it is not sent, and not in the journal")
  func heldBack() async throws {
    let made = Account(
      id: Fixture.id(900), name: "Harbor & Pine", createdOn: Date(timeIntervalSince1970: 1_795_521_610))
    let (found, writes) = try await carryOut([made])
    guard case .heldBack(_, "fresh-1", .candidates([made])) = found.first else {
      Issue.record("\(found)")
      return
    }
    #expect(writes.isEmpty && found.count == 1)
    let (unread, none) = try await carryOut([made], failing: CloudflareError(.timedOut))
    guard case .heldBack(_, "fresh-1", .unreadable) = unread.first else {
      Issue.record("\(unread)")
      return
    }
    #expect(none.isEmpty)
  }

  @Test("an earlier creation that is found then is told, and corrected in the journal; the form creates no second one")
  func correctsCreation() throws {
    var driver = retrying()
    let intent = try #require(driver.effects.first?.intent)
    let account = Fixture.account(900, name: "Harbor & Pine", type: .standard)
    driver.keepBack(intent, earlier: "fresh-1", .confirmed(account))
    #expect(driver.effects.compactMap(\.recorded) == [.confirmed])
    #expect(driver.history.entry("fresh-1")?.outcome?.accountID == account.id)
    #expect(driver.screen.contains("The earlier creation did happen: it is \(account.id)"))
    #expect(!driver.writes.isSending)
  }

  @Test("an earlier creation of which candidates are found then is not known again, and blocks until it is decided")
  func reopensCreation() throws {
    var driver = retrying()
    let intent = try #require(driver.effects.first?.intent)
    let account = Fixture.account(900, name: "Harbor & Pine", type: .standard)
    driver.keepBack(intent, earlier: "fresh-1", .candidates([account]))
    #expect(driver.effects.compactMap(\.recorded) == [.unknown])
    #expect(driver.context == .unknownOutcome)
    #expect(driver.screen.contains("This account may have come of it, or somebody else has made it"))
    #expect(
      driver.screenContext.finding(of: "fresh-1", in: .unknownOutcome)?.hasSuffix("a takes it as the created one.")
        == true)
    driver.press(.character("a"))
    #expect(driver.effects.compactMap(\.recorded) == [.confirmed])
    #expect(driver.screen.contains("The earlier creation did happen: it is \(account.id)"))
  }

  @Test("when the earlier try cannot be looked for, the form says so and can try again")
  func cannotLook() throws {
    var driver = retrying()
    let intent = try #require(driver.effects.first?.intent)
    driver.keepBack(intent, earlier: "fresh-1", .unreadable(CloudflareError(.timedOut)))
    #expect(driver.screen.contains("! Not sent. The earlier try could not be looked for once more:"))
    driver.environment.freshID = "fresh-3"
    #expect(driver.press(.enter).map(\.idempotencyKey) == ["fresh-1"])
  }

  @Test("a deletion that was carried out after all is told when it would be sent again")
  func deletion() throws {
    var driver = TestDriver.deleting()
    let intent = try #require(driver.effects.first?.intent)
    var earlier = intent
    earlier.id = "earlier"
    driver.note(.intent(earlier, .current))
    driver.note(.outcome("earlier", WriteOutcome(.notDone, date: driver.environment.date)))
    driver.keepBack(intent, earlier: "earlier", .confirmed(nil))
    #expect(driver.deletion?.phase == .write(.lookedUp(.confirmed, accountID: Fixture.id(3))))
    #expect(driver.accounts.deleted == [Fixture.id(3)])
    #expect(driver.history.entry("earlier")?.outcome?.kind == .confirmed)
  }
}
