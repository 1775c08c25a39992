import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("Deleting")
struct DeleteReducerTests {
  /// A person at the challenge for the account at this row, read again and found the same.
  private func open(row: Int = 3, in person: Person = Person(accounts: 20)) -> Person {
    var person = person
    for _ in 0..<row { person.press(.down) }
    person.openChallenge()
    return person
  }

  /// A person who has typed the challenge, pressed the button, and waited.
  private func sent() -> Person {
    var person = open()
    person.type("Account 3")
    person.press(.tab, .tab, .enter)
    person.waitOutDelay()
    return person
  }

  private func token(_ person: Person) -> RequestToken? {
    switch person.deletion?.phase {
    case .reading(let token), .sending(let token), .verifying(let token): token
    default: nil
    }
  }

  private func person(named name: String) -> Person {
    var person = Person()
    var page = Fixture.page(1, of: 5)
    page.accounts[3] = Fixture.account(3, name: name)
    person.send(.browse(.pageAnswered(page: 1, token: person.state.browse.loading[1]!, .success(page))))
    return person
  }

  @Test("name, whole id, type and the warning are on screen while the name is typed")
  func challenge() {
    let screen = open().screen
    #expect(screen.contains("Account 3"))
    #expect(screen.contains(Wording.grouped(id: Fixture.id(3))))
    #expect(screen.contains("enterprise"))
    #expect(screen.contains("Deletion is permanent."))
    #expect(screen.contains("zones and all other"))
  }

  @Test(
    "only the exact name unlocks", arguments: ["", "Account", "account 3", "Account 3 ", "Account 33", "Accounts 3"])
  func wrongName(typed: String) {
    var person = open()
    person.type(typed)
    #expect(person.deletion?.isUnlocked == false)
    person.press(.tab, .tab)
    #expect(person.deletion?.focus != .delete)
    #expect(person.press(.enter).allSatisfy { $0.deletedID == nil })
  }

  @Test("Enter in the field never deletes, however often it is pressed")
  func enterInField() {
    var person = open()
    person.type("Account 3")
    #expect(person.deletion?.isUnlocked == true)
    #expect(person.deletion?.focus == .challenge)
    #expect(person.press(.enter) == [])
    #expect(person.deletion?.focus == .cancel)
    #expect(person.press(.enter) == [])
    #expect(person.state.dialog == nil)
  }

  @Test("the button sends one DELETE for the captured id, and no key sends another")
  func sendsOnce() {
    var person = sent()
    #expect(
      person.effects == [
        .write(
          WriteIntent(
            id: "fresh-1", date: person.moment.date, origin: Fixture.origin,
            operation: .delete(Fixture.id(3), name: "Account 3", createdOn: Fixture.account(3).createdOn)),
          token: token(person)!)
      ])
    for key in [Key.enter, .character(" "), .tab, .enter, .escape, .control("c")] {
      #expect(person.press(key).allSatisfy { $0.deletedID == nil })
    }
    #expect(person.deletion != nil)
  }

  @Test("the id stays the captured one whatever the list does meanwhile")
  func listReorders() {
    var person = open()
    person.type("Account 3")
    person.state.browse.changeList(rows: 26) { list in
      var page = Fixture.page(1, of: 20)
      page.accounts.reverse()
      list.insert(page: 1, page)
    }
    person.press(.tab, .tab, .enter)
    person.waitOutDelay()
    #expect(person.effects.compactMap(\.deletedID) == [Fixture.id(3)])
  }

  @Test("Esc leaves at every stage before the request, with nothing sent")
  func escape() {
    var reading = Person(accounts: 20)
    reading.press(.character("D"))
    #expect(reading.press(.escape) == [.cancel(.deletionTarget), .cancel(.deletionNamesakes)])
    #expect(reading.state.dialog == nil)

    for keys in [[], [Key.tab], [.tab, .tab]] {
      var person = open()
      person.type("Account 3")
      person.press(keys)
      #expect(person.press(.escape) == [])
      #expect(person.state.dialog == nil)
    }
  }

  @Test("q is typed into the field and does not leave")
  func typesQ() {
    var person = open()
    person.type("q")
    #expect(person.deletion?.field.text == "q")
    #expect(person.screen.contains("! Differs at character 1"))
  }

  @Test("a rehearsal ends in a receipt of what would have been sent, and the row stays as it was")
  func rehearsed() {
    var person = open(in: Person(accounts: 20, isRehearsal: true))
    person.type("Account 3")
    person.press(.tab, .tab, .enter)
    #expect(person.screen.contains("The rehearsal ends in 5 seconds. Nothing has been sent."))
    person.waitOutDelay()
    #expect(person.effects == [.terminal(.discardTypedAhead)])
    #expect(person.screen.contains("✓ Rehearsed: nothing was sent"))
    #expect(person.screen.contains("DELETE /accounts/\(Fixture.id(3))"))
    person.press(.escape)
    #expect(person.state.dialog == nil)
    #expect(person.state.browse.list.deleted.isEmpty)
  }

  @Test(
    "a name that cannot surely be typed is challenged by the end of the id, with the reason",
    arguments: [
      ("", "the name is empty"), ("   ", "the name is empty"), ("Har\u{202E}bor", "not shown as they are"),
      ("Harbor\u{200B}", "not shown as they are"), ("\u{1B}[31mred", "not shown as they are"),
      ("👩‍👩‍👧‍👦 Crafts", "not shown as they are"), ("Harbor ", "blanks that cannot be told"),
      ("Harbor  Pine", "blanks that cannot be told"),
      (String(repeating: "long ", count: 12) + "x", "the name is long"), ("Account 2", "2 accounts have this name"),
    ])
  func oddNames(name: String, reason: String) {
    var person = open(in: person(named: name))
    guard case .idTail(let tail, let said)? = person.deletion?.challenge else {
      Issue.record("challenged by name")
      return
    }
    #expect(said.contains(reason))
    #expect(tail == String(Fixture.id(3).suffix(8)))
    person.type(name)
    #expect(person.deletion?.isUnlocked == false)
    person.press(.control("u"))
    person.type(tail)
    #expect(person.deletion?.isUnlocked == true)
  }

  @Test(
    "names in any script are typed as they are, composed or not",
    arguments: ["Café Zürich 東京", "Εταιρεία", "שלום", "삼성"])
  func scripts(name: String) {
    var person = open(in: person(named: name))
    #expect(person.deletion?.challenge == .name(name))
    for scalar in name.decomposedScalars { person.press(.character(scalar)) }
    #expect(person.deletion?.isUnlocked == true)
  }

  @Test("pasting into the challenge is refused with the reason")
  func paste() {
    var person = open()
    person.send(.paste("Account 3"))
    #expect(person.deletion?.field.text == "")
    #expect(person.screen.contains("Pasting is refused here"))
  }

  @Test(
    "resize, suspension and another window take back what was typed",
    arguments: [
      Action.resize(Size(width: 80, height: 24)), .resume(Size(width: 120, height: 32)), .focusLost,
    ])
  func disarms(action: Action) {
    var person = open()
    person.type("Account 3")
    person.press(.tab, .tab)
    person.send(action)
    #expect(person.deletion?.isUnlocked == false)
    #expect(person.deletion?.focus == .challenge)
    #expect(person.screen.contains("What was typed is cleared"))
    #expect(person.press(.enter).allSatisfy { $0.deletedID == nil })
  }

  @Test("a confirmed deletion is read once more, ends in a receipt, and leaves the row where it is")
  func deleted() {
    var person = sent()
    person.send(.delete(.answered(token: token(person)!, .success(DeletedAccount(id: Fixture.id(3))))))
    #expect(person.effects == [.verifyDeletion(id: Fixture.id(3), token: token(person)!)])
    let gone = CloudflareError(.refused, status: 404, errors: [APIMessage(code: 7003, message: "could not route")])
    person.send(.delete(.verified(token: token(person)!, .failure(gone))))
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

  @Test("a confirmation that names another account is not trusted")
  func wrongID() {
    var person = sent()
    person.send(.delete(.answered(token: token(person)!, .success(DeletedAccount(id: Fixture.id(4))))))
    guard case .finished(.unknown) = person.deletion?.phase else {
      Issue.record("trusted")
      return
    }
    #expect(person.state.browse.list.deleted.isEmpty)
  }

  @Test("a refusal is shown in the server's words and deletes nothing")
  func refused() {
    var person = sent()
    let error = CloudflareError(
      .refused, status: 403, errors: [APIMessage(code: 10000, message: "Authentication error")])
    person.send(.delete(.answered(token: token(person)!, .failure(error))))
    #expect(person.deletion?.phase == .finished(.refused(error)))
    #expect(person.screen.contains("! Not deleted"))
    #expect(person.state.browse.list.deleted.isEmpty)
  }

  @Test("a deletion of unknown outcome is found out by reading, with one key")
  func looksUp() {
    var person = sent()
    person.loseAnswer()
    #expect(person.state.inputContext == .doubt)
    #expect(person.screen.contains("v finds out by reading"))
    let request = person.press(.character("v")).first?.resolution
    #expect(
      request?.intent.operation
        == .delete(Fixture.id(3), name: "Account 3", createdOn: Fixture.account(3).createdOn))
    #expect(request?.settledAt == person.moment.date + 15)
    #expect(request?.isSamePerson == true)
    #expect(person.screen.contains("Reading whether it has happened"))
    #expect(person.press(.character("v")) == [])

    var gone = person
    let effects = gone.resolve("fresh-1", .confirmed(nil))
    #expect(effects.compactMap(\.recorded) == [.confirmed])
    #expect(gone.deletion?.phase == .finished(.deleted))
    #expect(gone.state.browse.list.deleted == [Fixture.id(3)])

    person.resolve("fresh-1", .notDone)
    #expect(person.deletion?.phase == .finished(.notDone))
    #expect(person.screen.contains("the account is still there"))
    #expect(person.state.browse.list.deleted.isEmpty)
    person.press(.escape)
    #expect(!person.press(.character("D")).isEmpty)
  }

  @Test("an account whose deletion is not known to have happened is not deleted again")
  func blocked() {
    var person = sent()
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
    var person = sent()
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
    "every answer ends in the outcome that it proves, and in a receipt with the request's own answer",
    arguments: [
      (401, .refused), (403, .refused), (404, .confirmed), (409, .refused), (429, .refused), (500, .unknown),
      (408, .unknown),
    ] as [(Int, WriteOutcome.Kind)])
  func answers(status: Int, kind: WriteOutcome.Kind) throws {
    var person = sent()
    let intent = try #require(person.effects.first?.intent)
    let error = CloudflareError(
      status < 500 ? .refused : .serverFault, status: status,
      errors: [APIMessage(code: 1, message: "the server's own words")], ray: "8f00c0ffee00beef-ZRH")
    let outcome = WriteOutcome(error, of: intent.operation, date: person.moment.date)
    #expect(outcome.kind == kind)
    person.send(.activity(.begun(intent, .current)))
    person.send(.activity(.answered(intent.id, outcome)))
    person.send(.delete(.answered(token: token(person)!, .failure(error))))
    switch (kind, person.deletion?.phase) {
    case (.refused, .finished(.refused(error))), (.unknown, .finished(.unknown(error))),
      (.confirmed, .finished(.deleted)):
      break
    default: Issue.record("\(String(describing: person.deletion?.phase))")
    }
    let screen = person.screen
    #expect(screen.contains("HTTP \(status) · cf-ray 8f00c0ffee00beef-ZRH"))
    #expect(screen.contains("DELETE /accounts/\(Fixture.id(3))"))
    #expect(screen.contains("2026-11-24 12:00 UTC") && screen.contains("admin@sandbox.example at 127.0.0.1:4711"))
    if kind != .confirmed { #expect(screen.contains("the server's own words")) }
    #expect(person.state.browse.list.deleted.isEmpty == (kind != .confirmed))
  }

  @Test(
    "a lost answer is neither success nor failure",
    arguments: [
      CloudflareError(.timedOut), CloudflareError(.interrupted("reset")), CloudflareError(.edge, status: 502),
      CloudflareError(.serverFault, status: 500),
    ])
  func unknown(error: CloudflareError) {
    var person = sent()
    person.send(.delete(.answered(token: token(person)!, .failure(error))))
    #expect(person.deletion?.phase == .finished(.unknown(error)))
    #expect(person.screen.contains("! Not known whether it was deleted"))
    #expect(person.effects == [.terminal(.discardTypedAhead)])
  }
}

extension String {
  /// As some keyboards send it: base letters and marks apart.
  var decomposedScalars: [Unicode.Scalar] {
    unicodeScalars.flatMap { scalar -> [Unicode.Scalar] in
      switch scalar {
      case "é": ["e", "\u{301}"]
      case "ü": ["u", "\u{308}"]
      case "ί": ["ι", "\u{301}"]
      default: [scalar]
      }
    }
  }
}
