import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("Creating")
struct CreateReducerTests {
  @Test("creating sends the name, the chosen type and a fresh key, once")
  func sendsOnce() throws {
    var person = Person.creating(enterprise: true)
    let effects = person.press(.enter)
    let token = try #require(person.sendingToken)
    var checks = WriteChecks()
    checks.known = person.state.browse.list
    #expect(
      effects == [
        .write(
          WriteIntent(
            id: "fresh-1", date: person.moment.date, origin: Fixture.origin,
            operation: .create(
              Creation(NewAccount(name: "Harbor & Pine", type: .enterprise), idempotencyKey: "fresh-1"))),
          token: token, checks: checks)
      ])
    for key in [Key.enter, .character(" "), .enter] { #expect(person.press(key) == []) }
    person.press(.tab)
    person.press(.enter)
    #expect(person.effects == [])
    #expect(person.sendingToken == token)
  }

  @Test("the form cannot be left or changed while the request is on its way")
  func standsStill() {
    var person = Person.creating()
    person.press(.enter)
    let form = person.createForm
    person.press(.escape)
    #expect(person.createForm == form)
    person.press(.tab)
    person.type("x")
    #expect(person.createForm?.name.text == "Harbor & Pine")
  }

  @Test("while the request is on its way, the keys that do nothing are not offered")
  func busy() {
    var person = Person.creating()
    person.press(.enter)
    #expect(person.state.inputContext == .busy)
    let hints = person.screen.split(separator: "\n").last ?? ""
    #expect(!hints.contains("Esc") && !hints.contains("Tab") && hints.contains("? help"))
  }

  @Test("the new account is selected at the end, and the form is gone")
  func selected() throws {
    var person = Person.creating()
    person.press(.enter)
    let account = Fixture.account(900, name: "Harbor & Pine", type: .standard)
    person.send(.create(.answered(token: try #require(person.sendingToken), .success(account))))
    #expect(person.state.dialog == nil)
    #expect(person.state.draft == nil)
    #expect(person.selectedID == account.id)
    #expect(person.notice == "Created Harbor & Pine as ab00…0384")
    #expect(person.screen.contains(">+ Harbor & Pine"))
  }

  @Test("the type that the server gave is told when it is not the one asked for")
  func otherType() throws {
    var person = Person.creating(enterprise: true)
    person.press(.enter)
    let account = Fixture.account(900, name: "Harbor & Pine", type: .standard)
    person.send(.create(.answered(token: try #require(person.sendingToken), .success(account))))
    #expect(person.notice == "Created Harbor & Pine as ab00…0384: asked for enterprise, the server made it standard")
  }

  @Test("an empty name is not sent, and said once creating is tried")
  func emptyName() {
    var person = Person.creating("")
    #expect(!person.screen.contains("A name is needed"))
    #expect(person.press(.enter) == [])
    #expect(person.screen.contains("! A name is needed"))
    #expect(person.createForm?.focus == .name)
  }

  @Test("101 characters are not sent; 100 are")
  func longName() {
    var person = Person.creating(String(repeating: "é", count: 101))
    #expect(person.screen.contains("101 of 100"))
    #expect(person.screen.contains("! 1 too many"))
    #expect(person.press(.enter) == [])
    person = Person.creating(String(repeating: "é", count: 100))
    #expect(person.press(.enter).count == 1)
  }

  @Test(
    "what may not be meant is said and can be sent",
    arguments: [" Harbor", "Harbor ", "Har\u{202E}bor", "Har\u{200B}bor"])
  func doubtfulName(name: String) {
    var person = Person.creating()
    person.press(.tab)
    person.press(.control("u"))
    person.send(.edit(.insert(name)))
    #expect(person.createForm?.nameDoubt != nil)
    person.press(.backTab)
    #expect(person.press(.enter).count == 1)
  }

  @Test("a refusal of the name stands beside the name, with the server's words, and goes when the name changes")
  func refusedName() throws {
    var person = Person.creating()
    person.press(.enter)
    let message = APIMessage(code: 1001, message: "name has an invalid character", source: .init(pointer: "/name"))
    let error = CloudflareError(.refused, status: 400, errors: [message])
    person.send(.create(.answered(token: try #require(person.sendingToken), .failure(error))))
    #expect(person.createForm?.phase == .refused(error))
    #expect(person.createForm?.focus == .name)
    #expect(person.screen.contains("! name has an invalid character"))
    #expect(person.createForm?.name.text == "Harbor & Pine")
    person.press(.backspace)
    #expect(person.createForm?.phase == .editing)
  }

  @Test("what the server says beside the fields it points to is told as well")
  func refusedBoth() throws {
    var person = Person.creating()
    person.press(.enter)
    let error = CloudflareError(
      .refused, status: 400,
      errors: [
        APIMessage(code: 1001, message: "name has an invalid character", source: .init(pointer: "/name")),
        APIMessage(code: 1002, message: "account creation not allowed"),
      ], ray: "8f00c0ffee00beef-ZRH")
    person.send(.create(.answered(token: try #require(person.sendingToken), .failure(error))))
    #expect(person.createForm?.focus == .name)
    #expect(person.screen.contains("! name has an invalid character"))
    #expect(person.screen.contains("! Not created: Cloudflare refused (400)"))
    #expect(person.screen.contains("account creation not allowed") && person.screen.contains("8f00c0ffee00beef-ZRH"))
  }

  @Test("a refusal that points nowhere is shown whole, and nothing typed is lost")
  func refused() throws {
    var person = Person.creating()
    person.press(.enter)
    let error = CloudflareError(
      .refused, status: 403, errors: [APIMessage(code: 1002, message: "account creation not allowed")])
    person.send(.create(.answered(token: try #require(person.sendingToken), .failure(error))))
    #expect(person.screen.contains("! Not created:"))
    #expect(person.screen.contains("account creation not allowed"))
    #expect(person.createForm?.name.text == "Harbor & Pine")
  }

  @Test("what cannot be written down is not sent, and the form says why and what to do")
  func fullDisk() throws {
    var person = Person.creating()
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

  @Test("what is told while the form takes the whole window is seen, and hides none of its buttons")
  func told() {
    var person = Person(accounts: 20, size: Size(width: 60, height: 16))
    person.press(.character("n"), .backTab)
    person.send(.paste("Harbor"))
    #expect(person.screen.contains("! Pasted text was dropped"))
    #expect(person.screen.contains("[ Cancel ]  >[ Create ]<"))
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
