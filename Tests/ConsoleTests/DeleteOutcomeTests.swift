import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("What becomes of a deletion")
struct DeleteOutcomeTests {
  @Test("a confirmed deletion is read once more, ends in a receipt, and leaves the row where it is")
  func deleted() {
    var driver = TestDriver.deleting()
    driver.answerDeletion(.success(DeletedAccount(id: Fixture.id(3))))
    #expect(
      driver.effects == [
        .terminal(.discardTypedAhead), .readAccount(Fixture.id(3), for: .deletionCheck),
      ])
    let gone = CloudflareError(.refused, status: 404, errors: [APIMessage(code: 7003, message: "could not route")])
    driver.answerVerification(.failure(gone))
    #expect(driver.deletion?.phase == .deleted)
    #expect(driver.screen.contains("✓ Deleted."))
    driver.press(.escape)
    #expect(!driver.hasDialog)
    #expect(driver.list.cursor.row == 3)
    #expect(driver.accounts.deleted == [Fixture.id(3)])
    #expect(driver.screen.contains("deleted"))
    driver.press(.character("D"))
    #expect(!driver.hasDialog)
  }

  @Test("a refusal is shown in the server's words and deletes nothing")
  func refused() {
    var driver = TestDriver.deleting()
    let error = CloudflareError(
      .refused, status: 403, errors: [APIMessage(code: 10000, message: "Authentication error")])
    driver.answerDeletion(.failure(error))
    #expect(driver.deletion?.phase == .write(.refused(error)))
    #expect(driver.screen.contains("! Not deleted"))
    #expect(driver.accounts.deleted.isEmpty)
  }

  @Test("a deletion of unknown outcome is found out by reading, with one key")
  func looksUp() {
    var driver = TestDriver.deleting()
    driver.loseAnswer()
    #expect(driver.context == .unknownOutcome)
    #expect(driver.screen.contains("v finds out by reading"))
    let request = driver.press(.character("v")).first?.resolution
    #expect(
      request?.intent.operation
        == .delete(Fixture.id(3), name: "Account 3", createdOn: Fixture.account(3).createdOn))
    #expect(request?.mayActUntil == driver.environment.date + 300)
    #expect(request?.isSamePerson == true)
    #expect(driver.screen.contains("Reading whether it has happened"))
    #expect(driver.press(.character("v")) == [])

    var gone = driver
    let effects = gone.resolve("fresh-1", .confirmed(nil))
    #expect(effects.compactMap(\.recorded) == [.confirmed])
    #expect(gone.deletion?.phase == .write(.lookedUp(.confirmed, accountID: nil)))
    #expect(gone.screen.contains("✓ Deleted."))
    #expect(gone.accounts.deleted == [Fixture.id(3)])

    driver.findNothing(of: "fresh-1")
    #expect(driver.deletion?.phase == .write(.lookedUp(.notDone, accountID: nil)))
    #expect(driver.screen.contains("the account is still there"))
    #expect(driver.accounts.deleted.isEmpty)
    driver.press(.escape)
    #expect(!driver.press(.character("D")).isEmpty)
  }

  @Test("an account whose deletion is not known to have happened is not deleted again")
  func blocked() {
    var driver = TestDriver.deleting()
    driver.loseAnswer()
    driver.press(.escape)
    driver.environment.freshID = "fresh-2"
    #expect(driver.press(.character("D")) == [])
    #expect(!driver.hasDialog)
    #expect(driver.screen.contains("What became of an earlier deletion of Account 3 is not known yet"))
    driver.press(.down, .character("D"))
    #expect(driver.deletion?.captured.id == Fixture.id(4))
  }

  @Test("a deletion that another console has begun meanwhile is not sent, and can be looked up")
  func begunElsewhere() throws {
    var driver = TestDriver.deleting()
    let intent = try #require(driver.effects.first?.intent)
    var other = intent
    other.id = "other"
    driver.keepBack(intent, because: .repeats(other))
    #expect(driver.screen.contains("! Nothing was sent."))
    #expect(driver.context == .unknownOutcome)
    var history = WriteHistory()
    history.apply(.intent(other, .current))
    driver.answerJournal(.success(JournalReading(history: history, lives: ["other": .ended])))
    #expect(driver.press(.character("v")).first?.resolution?.intent == other)
  }

  @Test(
    "a deletion that another console is sending comes to its end as soon as that console has written it down",
    arguments: [
      (.confirmed, "✓ Deleted."), (.refused, "the server has refused"), (.dismissed, "dismissed by hand"),
    ] as [(WriteOutcome.Kind, String)])
  func finishedElsewhere(kind: WriteOutcome.Kind, text: String) throws {
    var driver = TestDriver.deleting()
    try driver.finishElsewhere(as: kind, account: Fixture.id(3))
    #expect(driver.deletion?.phase == .write(.lookedUp(kind, accountID: nil)))
    #expect(driver.screen.contains(text))
    #expect(driver.accounts.deleted.isEmpty == (kind != .confirmed))
  }

  @Test("a write that is known from the journal's refusal only has the journal read, once somebody wants to know")
  func notRead() throws {
    var driver = TestDriver.deleting()
    let intent = try #require(driver.effects.first?.intent)
    var other = intent
    other.id = "other"
    driver.keepBack(intent, because: .repeats(other))
    driver.answerJournal(.failure(.busy(path: "/j")))
    let effects = driver.press(.character("v"))
    #expect(effects == [.readJournal])
  }

  @Test(
    "every answer ends in the outcome that it proves, and in a receipt with the request's own answer",
    arguments: [
      (401, .refused), (403, .refused), (404, .unknown), (409, .refused), (429, .refused), (500, .unknown),
      (408, .unknown),
    ] as [(Int, WriteOutcome.Kind)])
  func answers(status: Int, kind: WriteOutcome.Kind) throws {
    var driver = TestDriver.deleting()
    let intent = try #require(driver.effects.first?.intent)
    let error = CloudflareError(
      status < 500 ? .refused : .serverFault, status: status,
      errors: [APIMessage(code: 1, message: "the server's own words")], ray: "8f00c0ffee00beef-ZRH")
    let outcome = WriteOutcome(error, of: intent.operation, date: driver.environment.date)
    #expect(outcome.kind == kind)
    driver.begin(intent, by: .current)
    driver.finish(intent.id, outcome)
    driver.answerDeletion(.failure(error))
    switch (kind, driver.deletion?.phase) {
    case (.refused, .write(.refused(error))), (.unknown, .write(.unknown("fresh-1", error))): break
    default: Issue.record("\(String(describing: driver.deletion?.phase))")
    }
    let screen = driver.screen
    #expect(screen.contains("HTTP \(status) · cf-ray 8f00c0ffee00beef-ZRH"))
    #expect(screen.contains("DELETE /accounts/\(Fixture.id(3))"))
    #expect(screen.contains("2026-11-24 12:00 UTC") && screen.contains("admin@sandbox.example at 127.0.0.1:4711"))
    #expect(screen.contains("the server's own words"))
    #expect(driver.accounts.deleted.isEmpty)
  }

  @Test(
    "an answer that there is no such account proves nothing by itself: what a read shows at once counts",
    arguments: [7003, 7000])
  func notThere(code: Int) throws {
    var driver = TestDriver.deleting()
    driver.loseAnswer(
      CloudflareError(.refused, status: 404, errors: [APIMessage(code: code, message: "Could not route")]))
    let request = try #require(driver.effects.lazy.compactMap(\.resolution).first)
    #expect(request.priority == .interactive && request.intent.id == "fresh-1")
    #expect(driver.effects.contains(.terminal(.discardTypedAhead)))
    #expect(driver.screen.contains("! Not known whether it was deleted") && driver.screen.contains("Reading whether"))
    #expect(driver.accounts.deleted.isEmpty)

    var gone = driver
    #expect(gone.resolve("fresh-1", .confirmed(nil)).compactMap(\.recorded) == [.confirmed])
    #expect(gone.screen.contains("✓ Deleted.") && gone.accounts.deleted == [Fixture.id(3)])
    #expect(driver.resolve("fresh-1", .notFound).compactMap(\.recorded) == [.notDone])
    #expect(driver.screen.contains("the account is still there") && driver.accounts.deleted.isEmpty)
  }

  @Test("the receipt of a deletion in doubt scrolls where it is longer than the window, and can be copied")
  func longDoubt() {
    var driver = TestDriver.deleting(in: TestDriver(accounts: 20, size: Size(width: 60, height: 16)))
    driver.loseAnswer(
      CloudflareError(.edge, status: 502, ray: "8f00c0ffee00beef-ZRH", edge: .init(contentType: "text/html")))
    #expect(driver.screen.contains("! Not known whether") && driver.screen.contains("↓ more"))
    for _ in 0..<20 { driver.press(.down) }
    #expect(driver.screen.contains("admin@sandbox.example") && !driver.screen.contains("↓ more"))
    for _ in 0..<20 { driver.press(.up) }
    #expect(driver.screen.contains("! Not known whether"))
    guard case .copy(let copied)? = driver.press(.character("y")).first else {
      Issue.record("nothing is copied")
      return
    }
    #expect(copied.name == "the receipt" && copied.text.contains(Fixture.id(3)))
  }

  @Test(
    "a lost answer is neither success nor failure",
    arguments: [
      CloudflareError(.timedOut), CloudflareError(.interrupted("reset")), CloudflareError(.edge, status: 502),
      CloudflareError(.serverFault, status: 500),
    ])
  func unknown(error: CloudflareError) {
    var driver = TestDriver.deleting()
    driver.answerDeletion(.failure(error))
    #expect(driver.deletion?.phase == .write(.unknown("fresh-1", error)))
    #expect(driver.screen.contains("! Not known whether it was deleted"))
    #expect(driver.effects == [.terminal(.discardTypedAhead)])
  }
}
