import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("Creations of which it is not known what became of them")
struct CreateDoubtTests {
  @Test("a creation of unknown outcome is looked up before it can go out again, and then carries the same key")
  func unknownOutcome() throws {
    var person = Person.creating()
    person.press(.enter)
    person.loseAnswer()
    #expect(person.createForm?.phase == .unknown(CloudflareError(.timedOut)))
    #expect(person.screen.contains("! Not known whether it was created"))
    #expect(person.state.inputContext == .doubt)
    person.moment.freshID = "fresh-2"
    let looking = person.press(.character("v"))
    #expect(looking.count == 1 && looking.first?.resolution?.intent.id == "fresh-1")
    #expect(person.press(.enter) == [])
    person.findNothing(of: "fresh-1")
    #expect(person.screen.contains("12:05:00 UTC: none was found."))
    #expect(person.press(.enter).map(\.idempotencyKey) == ["fresh-1"])
    #expect(person.effects.first?.intent?.id == "fresh-2")
  }

  @Test("another body goes out under a new key while it is not known what became of the first one")
  func otherBody() {
    var person = Person.creating()
    person.press(.enter)
    person.loseAnswer()
    person.press(.tab)
    person.type("!")
    #expect(person.createForm?.phase == .editing)
    person.press(.backTab)
    person.moment.freshID = "fresh-2"
    #expect(person.press(.enter).map(\.idempotencyKey) == ["fresh-2"])
  }

  @Test("a creation that turns out to have happened ends as any other: the account is selected")
  func happened() {
    var person = Person.creating()
    person.press(.enter)
    person.loseAnswer()
    person.press(.character("v"))
    let account = Fixture.account(900, name: "Harbor & Pine", type: .standard)
    let effects = person.resolve("fresh-1", .confirmed(account))
    #expect(
      effects == [
        .recordOutcome(
          "fresh-1",
          WriteOutcome(
            .confirmed, date: person.moment.date, accountID: account.id,
            explanation: "Found by reading: the account was created.")), .cancel(.namesakes),
        .terminal(.discardTypedAhead), .rest(on: account.id),
      ])
    #expect(person.selectedID == account.id)
    #expect(person.state.dialog == nil && person.state.draft == nil)
  }

  @Test("the same name is not sent again from another form, which says which key finds out")
  func blocked() throws {
    var person = Person.creating()
    person.press(.enter)
    person.loseAnswer()
    person.press(.escape)
    person.state.draft = nil
    person.moment.freshID = "fresh-2"
    person.press(.character("n"))
    person.type("Harbor & Pine")
    person.press(.tab, .down, .backTab, .backTab)
    #expect(person.press(.enter).allSatisfy { $0.intent == nil })
    #expect(person.screen.contains("v finds out by reading"))
    person.answerJournal(.success(JournalReading(ledger: person.state.activity.ledger)))
    #expect(person.press(.character("v")).first?.resolution?.intent.id == "fresh-1")
    person.resolve("fresh-1", .confirmed(Fixture.account(900, name: "Harbor & Pine")))
    #expect(person.screen.contains("The earlier creation did happen"))
    #expect(person.press(.enter).map(\.idempotencyKey) == ["fresh-2"])
  }

  @Test("a draft in doubt knows when it comes back what has been found out meanwhile")
  func draftInDoubt() {
    var person = Person.creating()
    person.press(.enter)
    person.loseAnswer()
    person.press(.character("v"))
    person.press(.escape)
    person.findNothing(of: "fresh-1")
    person.press(.character("n"))
    #expect(person.createForm?.phase == .lookedUp(.notDone, accountID: nil))
    #expect(person.createForm?.name.text == "Harbor & Pine")
  }

  /// Leaves the form, and looks its creation up on the screen of all writes.
  private func lookUp(_ resolution: Resolution, by person: inout Person) {
    person.press(.escape, .character("@"))
    person.answerJournal(.success(JournalReading(ledger: person.state.activity.ledger)))
    person.press(.character("v"))
    person.resolve("fresh-1", resolution)
  }

  @Test("a creation that was settled by hand is not told as one that did not happen")
  func settled() {
    var person = Person.creating()
    person.press(.enter)
    person.loseAnswer()
    lookUp(.candidates([Fixture.account(900)]), by: &person)
    person.press(.character("s"), .escape, .character("n"))
    #expect(person.createForm?.phase == .lookedUp(.settled, accountID: nil))
    #expect(person.screen.contains("What became of the earlier creation is not known"))
    #expect(!person.screen.contains("It was not created"))
  }

  @Test("a draft whose creation is found to have happened makes another one, under a key of its own")
  func happenedMeanwhile() {
    var person = Person.creating()
    person.press(.enter)
    person.loseAnswer()
    lookUp(.confirmed(Fixture.account(900, name: "Harbor & Pine")), by: &person)
    person.press(.escape, .character("n"))
    #expect(person.screen.contains("The earlier creation did happen: it is \(Fixture.id(900))"))
    #expect(person.screen.contains("Creating makes another account."))
    person.press(.backTab)
    person.moment.freshID = "fresh-2"
    #expect(person.press(.enter).map(\.idempotencyKey) == ["fresh-2"])
  }

  @Test("what a look-up finds is told even if the form was changed meanwhile, before anything else is sent")
  func changedMeanwhile() {
    for leaves in [false, true] {
      var person = Person.creating()
      person.press(.enter)
      person.loseAnswer()
      person.press(.character("v"), .tab)
      person.type("!")
      person.press(.backspace)
      #expect(person.createForm?.phase == .editing)
      if leaves { person.press(.escape) }
      person.resolve("fresh-1", .confirmed(Fixture.account(900, name: "Harbor & Pine")))
      if leaves { person.press(.character("n")) }
      #expect(person.screen.contains("The earlier creation did happen: it is \(Fixture.id(900))"))
      person.type("?")
      person.press(.backspace, .backTab)
      person.moment.freshID = "fresh-2"
      #expect(person.press(.enter).map(\.idempotencyKey) == ["fresh-2"])
    }
  }

  @Test("what the journal tells of the creation is told before anything is sent")
  func toldByJournal() {
    var person = Person.creating()
    person.press(.enter)
    person.loseAnswer()
    person.press(.tab)
    person.type("!")
    var ledger = person.state.activity.ledger
    let account = Fixture.account(900, name: "Harbor & Pine")
    ledger.apply(.outcome("fresh-1", WriteOutcome(.confirmed, date: person.moment.date, accountID: account.id)))
    person.state.activity.ledger = ledger
    person.press(.backTab)
    person.moment.freshID = "fresh-2"
    #expect(person.press(.enter) == [])
    #expect(person.screen.contains("The earlier creation did happen: it is \(account.id)"))
    #expect(person.press(.enter).map(\.idempotencyKey) == ["fresh-2"])
  }

  @Test(
    "a creation that another console is sending comes to its end as soon as that console has written it down",
    arguments: [
      (.confirmed, "The earlier creation did happen"), (.refused, "Creating sends it."),
      (.settled, "settled by hand"),
    ] as [(WriteOutcome.Kind, String)])
  func finishedElsewhere(kind: WriteOutcome.Kind, text: String) throws {
    var person = Person.creating()
    person.press(.enter)
    let account = NewAccount(name: "Harbor & Pine", type: .enterprise)
    try person.finishElsewhere(
      as: kind, account: Fixture.id(900), operation: .create(Creation(account, idempotencyKey: "other")))
    #expect(person.screen.contains(text))
    #expect(person.createForm?.doubtfulWrite == nil)
  }
}
