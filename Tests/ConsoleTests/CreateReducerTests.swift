import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("Creating")
struct CreateReducerTests {
  /// A person who has typed a name and stands on the create button.
  private func ready(_ name: String = "Harbor & Pine", enterprise: Bool = false) -> Person {
    var person = Person(accounts: 20)
    person.press(.character("n"))
    person.type(name)
    person.press(.tab)
    if enterprise { person.press(.down) }
    person.press(.backTab, .backTab)
    return person
  }

  private func token(_ person: Person) -> RequestToken? {
    guard case .sending(let token) = person.createForm?.phase else { return nil }
    return token
  }

  @Test("creating sends the name, the chosen type and a fresh key, once")
  func sendsOnce() throws {
    var person = ready(enterprise: true)
    let effects = person.press(.enter)
    let token = try #require(self.token(person))
    #expect(
      effects == [
        .write(
          WriteIntent(
            id: "fresh-1", date: person.moment.date, origin: Fixture.origin,
            operation: .create(
              NewAccount(name: "Harbor & Pine", type: .enterprise), idempotencyKey: "fresh-1", namesakes: [])),
          token: token)
      ])
    for key in [Key.enter, .character(" "), .enter] { #expect(person.press(key) == []) }
    person.press(.tab)
    person.press(.enter)
    #expect(person.effects == [])
    #expect(self.token(person) == token)
  }

  @Test("the form cannot be left or changed while the request is on its way")
  func standsStill() {
    var person = ready()
    person.press(.enter)
    let form = person.createForm
    person.press(.escape)
    #expect(person.createForm == form)
    person.press(.tab)
    person.type("x")
    #expect(person.createForm?.name.text == "Harbor & Pine")
  }

  @Test("the new account is selected at the end, and the form is gone")
  func selected() throws {
    var person = ready()
    person.press(.enter)
    let account = Fixture.account(900, name: "Harbor & Pine", type: .standard)
    person.send(.create(.answered(token: try #require(token(person)), .success(account))))
    #expect(person.state.dialog == nil)
    #expect(person.state.draft == nil)
    #expect(person.selectedID == account.id)
    #expect(person.notice == "Created Harbor & Pine as ab00…0384")
    #expect(person.screen.contains(">+ Harbor & Pine"))
  }

  @Test("the type that the server gave is told when it is not the one asked for")
  func otherType() throws {
    var person = ready(enterprise: true)
    person.press(.enter)
    let account = Fixture.account(900, name: "Harbor & Pine", type: .standard)
    person.send(.create(.answered(token: try #require(token(person)), .success(account))))
    #expect(person.notice == "Created Harbor & Pine as ab00…0384: asked for enterprise, the server made it standard")
  }

  @Test("an empty name is not sent, and said once creating is tried")
  func emptyName() {
    var person = ready("")
    #expect(!person.screen.contains("A name is needed"))
    #expect(person.press(.enter) == [])
    #expect(person.screen.contains("! A name is needed"))
    #expect(person.createForm?.focus == .name)
  }

  @Test("101 characters are not sent; 100 are")
  func longName() {
    var person = ready(String(repeating: "é", count: 101))
    #expect(person.screen.contains("101 of 100"))
    #expect(person.screen.contains("! 1 too many"))
    #expect(person.press(.enter) == [])
    person = ready(String(repeating: "é", count: 100))
    #expect(person.press(.enter).count == 1)
  }

  @Test(
    "what may not be meant is said and can be sent",
    arguments: [" Harbor", "Harbor ", "Har\u{202E}bor", "Har\u{200B}bor"])
  func doubtfulName(name: String) {
    var person = ready()
    person.press(.tab)
    person.press(.control("u"))
    person.send(.edit(.insert(name)))
    #expect(person.createForm?.nameDoubt != nil)
    person.press(.backTab)
    #expect(person.press(.enter).count == 1)
  }

  @Test("a refusal of the name stands beside the name, with the server's words, and goes when the name changes")
  func refusedName() throws {
    var person = ready()
    person.press(.enter)
    let message = APIMessage(code: 1001, message: "name has an invalid character", source: .init(pointer: "/name"))
    let error = CloudflareError(.refused, status: 400, errors: [message])
    person.send(.create(.answered(token: try #require(token(person)), .failure(error))))
    #expect(person.createForm?.phase == .refused(error))
    #expect(person.createForm?.focus == .name)
    #expect(person.screen.contains("! name has an invalid character"))
    #expect(person.createForm?.name.text == "Harbor & Pine")
    person.press(.backspace)
    #expect(person.createForm?.phase == .editing)
  }

  @Test("a refusal that points nowhere is shown whole, and nothing typed is lost")
  func refused() throws {
    var person = ready()
    person.press(.enter)
    let error = CloudflareError(
      .refused, status: 403, errors: [APIMessage(code: 1002, message: "account creation not allowed")])
    person.send(.create(.answered(token: try #require(token(person)), .failure(error))))
    #expect(person.screen.contains("! Not created:"))
    #expect(person.screen.contains("account creation not allowed"))
    #expect(person.createForm?.name.text == "Harbor & Pine")
  }

  @Test("a creation of unknown outcome is looked up before it can go out again, and then carries the same key")
  func unknownOutcome() throws {
    var person = ready()
    person.press(.enter)
    person.loseAnswer()
    #expect(person.createForm?.phase == .unknown(CloudflareError(.timedOut)))
    #expect(person.screen.contains("! Not known whether it was created"))
    #expect(person.state.inputContext == .doubt)
    person.moment.freshID = "fresh-2"
    let looking = person.press(.character("v"))
    #expect(looking.count == 1 && looking.first?.resolution?.intent.id == "fresh-1")
    #expect(person.press(.enter) == [])
    person.resolve("fresh-1", .notDone)
    #expect(person.screen.contains("It was not created"))
    #expect(person.press(.enter).map(\.idempotencyKey) == ["fresh-1"])
    #expect(person.effects.first?.intent?.id == "fresh-2")
  }

  @Test("another body goes out under a new key while it is not known what became of the first one")
  func otherBody() {
    var person = ready()
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
    var person = ready()
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
            explanation: "Found by reading: the account was created.")), .cancel(.namesakes), .rest(on: account.id),
      ])
    #expect(person.selectedID == account.id)
    #expect(person.state.dialog == nil && person.state.draft == nil)
  }

  @Test("the same name is not sent again from another form, which says which key finds out")
  func blocked() throws {
    var person = ready()
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
    var person = ready()
    person.press(.enter)
    person.loseAnswer()
    person.press(.character("v"))
    person.press(.escape)
    person.resolve("fresh-1", .notDone)
    person.press(.character("n"))
    #expect(person.createForm?.phase == .lookedUp(.notDone, accountID: nil))
    #expect(person.createForm?.name.text == "Harbor & Pine")
  }

  @Test("what cannot be written down is not sent, and the form says why and what to do")
  func fullDisk() throws {
    var person = ready()
    let intent = try #require(person.press(.enter).first?.intent)
    person.send(.activity(.notSent(intent, .cannotWrite(path: "/home/x/journal.jsonl", reason: "the disk is full"))))
    #expect(person.screen.contains("! Not sent. The journal /home/x/journal.jsonl cannot be written: the disk"))
    #expect(person.screen.contains("Put that right, then try again: nothing is sent that is not written"))
    #expect(person.state.activity.ledger.entries.isEmpty)
    person.moment.freshID = "fresh-2"
    #expect(person.press(.enter).map(\.idempotencyKey) == ["fresh-1"])
  }

  @Test("leaving keeps the draft, and n goes on with it")
  func draft() {
    var person = Person(accounts: 20)
    person.press(.character("n"))
    person.type("Harbor")
    person.press(.escape)
    #expect(person.state.dialog == nil)
    #expect(person.effects == [.cancel(.namesakes)])
    person.press(.character("n"))
    #expect(person.createForm?.name.text == "Harbor")
    person.press(.control("u"))
    person.press(.escape)
    #expect(person.state.draft == nil)
  }

  @Test("pasted text becomes one line and submits nothing")
  func paste() {
    var person = Person(accounts: 20)
    person.press(.character("n"))
    person.send(.paste("Harbor\nPine\tLtd\u{1B}[31m\n"))
    #expect(person.createForm?.name.text == "Harbor Pine Ltd[31m")
    #expect(person.createForm?.phase == .editing)
    #expect(person.effects.allSatisfy { $0.intent == nil })
  }
}
