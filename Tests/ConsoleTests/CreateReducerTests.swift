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
    person.press(.tab, .tab, .tab)
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
        .createAccount(NewAccount(name: "Harbor & Pine", type: .enterprise), idempotencyKey: "fresh-1", token: token)
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
    person.press(.backTab, .backTab, .backTab)
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
    #expect(person.notice == "Created Harbor & Pine, but as standard: the server did not take enterprise")
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
    person.press(.backTab, .backTab, .backTab, .backTab)
    person.press(.control("u"))
    person.send(.edit(.insert(name)))
    #expect(person.createForm?.nameDoubt != nil)
    person.press(.tab, .tab, .tab, .tab)
    #expect(person.press(.enter).count == 1)
  }

  @Test("a name that loaded accounts have already is told with their ids")
  func namesakes() {
    var person = Person(accounts: 20)
    person.press(.character("n"))
    person.type("Account 7")
    #expect(person.screen.contains("! An account already has this name: ab00…0007"))
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

  @Test("after an unknown outcome the same body goes out under the same key, another body under a new one")
  func unknownOutcome() throws {
    var person = ready()
    person.press(.enter)
    person.send(.create(.answered(token: try #require(token(person)), .failure(CloudflareError(.timedOut)))))
    #expect(person.createForm?.phase == .unknown(CloudflareError(.timedOut)))
    #expect(person.screen.contains("! Not known whether it was created"))
    person.moment.freshID = "fresh-2"
    #expect(person.press(.enter).map(\.idempotencyKey) == ["fresh-1"])
    person.send(.create(.answered(token: try #require(token(person)), .failure(CloudflareError(.timedOut)))))
    person.press(.backTab, .backTab, .backTab, .backTab)
    person.type("!")
    person.press(.tab, .tab, .tab, .tab)
    #expect(person.press(.enter).map(\.idempotencyKey) == ["fresh-2"])
  }

  @Test("leaving keeps the draft, and n goes on with it")
  func draft() {
    var person = Person(accounts: 20)
    person.press(.character("n"))
    person.type("Harbor")
    person.press(.escape)
    #expect(person.state.dialog == nil)
    #expect(person.effects == [])
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
    #expect(person.effects == [])
  }
}

extension Effect {
  var idempotencyKey: String? {
    guard case .createAccount(_, let key, _) = self else { return nil }
    return key
  }
}
