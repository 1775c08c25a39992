import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("What becomes of a deletion")
struct DeleteOutcomeTests {
  @Test("a confirmed deletion is read once more, ends in a receipt, and leaves the row where it is")
  func deleted() {
    var person = Person.deleting()
    person.send(.delete(.answered(token: person.deletionToken!, .success(DeletedAccount(id: Fixture.id(3))))))
    #expect(
      person.effects == [
        .terminal(.discardTypedAhead), .verifyDeletion(id: Fixture.id(3), token: person.deletionToken!),
      ])
    let gone = CloudflareError(.refused, status: 404, errors: [APIMessage(code: 7003, message: "could not route")])
    person.send(.delete(.verified(token: person.deletionToken!, .failure(gone))))
    #expect(person.deletion?.phase == .finished(.deleted))
    #expect(person.screen.contains("✓ Deleted."))
    person.press(.escape)
    #expect(person.state.dialog == nil)
    #expect(person.state.browse.cursorRow == 3)
    #expect(person.state.browse.list.deleted == [Fixture.id(3)])
    #expect(person.screen.contains("deleted"))
    person.press(.character("D"))
    #expect(person.state.dialog == nil)
  }

  @Test("a refusal is shown in the server's words and deletes nothing")
  func refused() {
    var person = Person.deleting()
    let error = CloudflareError(
      .refused, status: 403, errors: [APIMessage(code: 10000, message: "Authentication error")])
    person.send(.delete(.answered(token: person.deletionToken!, .failure(error))))
    #expect(person.deletion?.phase == .finished(.refused(error)))
    #expect(person.screen.contains("! Not deleted"))
    #expect(person.state.browse.list.deleted.isEmpty)
  }

  @Test("a deletion of unknown outcome is found out by reading, with one key")
  func looksUp() {
    var person = Person.deleting()
    person.loseAnswer()
    #expect(person.state.inputContext == .doubt)
    #expect(person.screen.contains("v finds out by reading"))
    let request = person.press(.character("v")).first?.resolution
    #expect(
      request?.intent.operation
        == .delete(Fixture.id(3), name: "Account 3", createdOn: Fixture.account(3).createdOn))
    #expect(request?.mayActUntil == person.moment.date + 300)
    #expect(request?.isSamePerson == true)
    #expect(person.screen.contains("Reading whether it has happened"))
    #expect(person.press(.character("v")) == [])

    var gone = person
    let effects = gone.resolve("fresh-1", .confirmed(nil))
    #expect(effects.compactMap(\.recorded) == [.confirmed])
    #expect(gone.deletion?.phase == .finished(.lookedUp(.confirmed)))
    #expect(gone.screen.contains("✓ Deleted."))
    #expect(gone.state.browse.list.deleted == [Fixture.id(3)])

    person.findNothing(of: "fresh-1")
    #expect(person.deletion?.phase == .finished(.lookedUp(.notDone)))
    #expect(person.screen.contains("the account is still there"))
    #expect(person.state.browse.list.deleted.isEmpty)
    person.press(.escape)
    #expect(!person.press(.character("D")).isEmpty)
  }

  @Test("an account whose deletion is not known to have happened is not deleted again")
  func blocked() {
    var person = Person.deleting()
    person.loseAnswer()
    person.press(.escape)
    person.moment.freshID = "fresh-2"
    #expect(person.press(.character("D")) == [])
    #expect(person.state.dialog == nil)
    #expect(person.screen.contains("What became of an earlier deletion of Account 3 is not known yet"))
    person.press(.down, .character("D"))
    #expect(person.deletion?.captured.id == Fixture.id(4))
  }

  @Test("a deletion that another console has begun meanwhile is not sent, and can be looked up")
  func begunElsewhere() throws {
    var person = Person.deleting()
    let intent = try #require(person.effects.first?.intent)
    var other = intent
    other.id = "other"
    person.send(.activity(.notSent(intent, .repeats(other))))
    #expect(person.screen.contains("! Nothing was sent."))
    #expect(person.state.inputContext == .doubt)
    var ledger = Ledger()
    ledger.apply(.intent(other, .current))
    person.answerJournal(.success(JournalReading(ledger: ledger, lives: ["other": .ended])))
    #expect(person.press(.character("v")).first?.resolution?.intent == other)
  }

  @Test(
    "a deletion that another console is sending comes to its end as soon as that console has written it down",
    arguments: [
      (.confirmed, "✓ Deleted."), (.refused, "the server has refused"), (.settled, "settled by hand"),
    ] as [(WriteOutcome.Kind, String)])
  func finishedElsewhere(kind: WriteOutcome.Kind, text: String) throws {
    var person = Person.deleting()
    try person.finishElsewhere(as: kind, account: Fixture.id(3))
    #expect(person.deletion?.phase == .finished(.lookedUp(kind)))
    #expect(person.screen.contains(text))
    #expect(person.state.browse.list.deleted.isEmpty == (kind != .confirmed))
  }

  @Test("a write that is known from the journal's refusal only has the journal read, once somebody wants to know")
  func notRead() throws {
    var person = Person.deleting()
    let intent = try #require(person.effects.first?.intent)
    var other = intent
    other.id = "other"
    person.send(.activity(.notSent(intent, .repeats(other))))
    person.answerJournal(.failure(.busy(path: "/j")))
    let effects = person.press(.character("v"))
    #expect(effects == [.readJournal(token: try #require(person.state.activity.reading))])
  }

  @Test(
    "every answer ends in the outcome that it proves, and in a receipt with the request's own answer",
    arguments: [
      (401, .refused), (403, .refused), (404, .unknown), (409, .refused), (429, .refused), (500, .unknown),
      (408, .unknown),
    ] as [(Int, WriteOutcome.Kind)])
  func answers(status: Int, kind: WriteOutcome.Kind) throws {
    var person = Person.deleting()
    let intent = try #require(person.effects.first?.intent)
    let error = CloudflareError(
      status < 500 ? .refused : .serverFault, status: status,
      errors: [APIMessage(code: 1, message: "the server's own words")], ray: "8f00c0ffee00beef-ZRH")
    let outcome = WriteOutcome(error, of: intent.operation, date: person.moment.date)
    #expect(outcome.kind == kind)
    person.send(.activity(.begun(intent, .current)))
    person.send(.activity(.answered(intent.id, outcome)))
    person.send(.delete(.answered(token: person.deletionToken!, .failure(error))))
    switch (kind, person.deletion?.phase) {
    case (.refused, .finished(.refused(error))), (.unknown, .finished(.unknown(error))): break
    default: Issue.record("\(String(describing: person.deletion?.phase))")
    }
    let screen = person.screen
    #expect(screen.contains("HTTP \(status) · cf-ray 8f00c0ffee00beef-ZRH"))
    #expect(screen.contains("DELETE /accounts/\(Fixture.id(3))"))
    #expect(screen.contains("2026-11-24 12:00 UTC") && screen.contains("admin@sandbox.example at 127.0.0.1:4711"))
    #expect(screen.contains("the server's own words"))
    #expect(person.state.browse.list.deleted.isEmpty)
  }

  @Test(
    "an answer that there is no such account proves nothing by itself: what a read shows at once counts",
    arguments: [7003, 7000])
  func notThere(code: Int) throws {
    var person = Person.deleting()
    person.loseAnswer(
      CloudflareError(.refused, status: 404, errors: [APIMessage(code: code, message: "Could not route")]))
    let request = try #require(person.effects.lazy.compactMap(\.resolution).first)
    #expect(request.priority == .interactive && request.intent.id == "fresh-1")
    #expect(person.effects.contains(.terminal(.discardTypedAhead)))
    #expect(person.screen.contains("! Not known whether it was deleted") && person.screen.contains("Reading whether"))
    #expect(person.state.browse.list.deleted.isEmpty)

    var gone = person
    #expect(gone.resolve("fresh-1", .confirmed(nil)).compactMap(\.recorded) == [.confirmed])
    #expect(gone.screen.contains("✓ Deleted.") && gone.state.browse.list.deleted == [Fixture.id(3)])
    #expect(person.resolve("fresh-1", .notFound).compactMap(\.recorded) == [.notDone])
    #expect(person.screen.contains("the account is still there") && person.state.browse.list.deleted.isEmpty)
  }

  @Test("the receipt of a deletion in doubt scrolls where it is longer than the window, and can be copied")
  func longDoubt() {
    var person = Person.deleting(in: Person(accounts: 20, size: Size(width: 60, height: 16)))
    person.loseAnswer(
      CloudflareError(.edge, status: 502, ray: "8f00c0ffee00beef-ZRH", edge: .init(contentType: "text/html")))
    #expect(person.screen.contains("! Not known whether") && person.screen.contains("↓ more"))
    for _ in 0..<20 { person.press(.down) }
    #expect(person.screen.contains("admin@sandbox.example") && !person.screen.contains("↓ more"))
    for _ in 0..<20 { person.press(.up) }
    #expect(person.screen.contains("! Not known whether"))
    guard case .copy(let clipping)? = person.press(.character("y")).first else {
      Issue.record("nothing is copied")
      return
    }
    #expect(clipping.name == "the receipt" && clipping.text.contains(Fixture.id(3)))
  }

  @Test(
    "a lost answer is neither success nor failure",
    arguments: [
      CloudflareError(.timedOut), CloudflareError(.interrupted("reset")), CloudflareError(.edge, status: 502),
      CloudflareError(.serverFault, status: 500),
    ])
  func unknown(error: CloudflareError) {
    var person = Person.deleting()
    person.send(.delete(.answered(token: person.deletionToken!, .failure(error))))
    #expect(person.deletion?.phase == .finished(.unknown(error)))
    #expect(person.screen.contains("! Not known whether it was deleted"))
    #expect(person.effects == [.terminal(.discardTypedAhead)])
  }
}
