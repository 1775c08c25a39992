import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("Creating")
struct CreateReducerTests {
  @Test("creating sends the name, the chosen type and a fresh key, once")
  func sendsOnce() {
    var driver = TestDriver.creating(enterprise: true)
    let effects = driver.press(.enter)
    var checks = WriteChecks()
    checks.knownAccounts = driver.accounts
    #expect(
      effects == [
        .write(
          WriteIntent(
            id: "fresh-1", date: driver.environment.date, origin: Fixture.origin,
            operation: .create(
              Creation(NewAccount(name: "Harbor & Pine", type: .enterprise), idempotencyKey: "fresh-1"))),
          checks: checks)
      ])
    for key in [Key.enter, .character(" "), .enter] { #expect(driver.press(key) == []) }
    driver.press(.tab)
    driver.press(.enter)
    #expect(driver.effects == [])
    #expect(driver.createForm?.isSending == true && driver.isRunning(.write("fresh-1")))
  }

  @Test("the form cannot be left or changed while the request is on its way")
  func standsStill() {
    var driver = TestDriver.creating()
    driver.press(.enter)
    let form = driver.createForm
    driver.press(.escape)
    #expect(driver.createForm == form)
    driver.press(.tab)
    driver.type("x")
    #expect(driver.createForm?.name.text == "Harbor & Pine")
  }

  @Test("while the request is on its way, the keys that do nothing are not offered")
  func busy() {
    var driver = TestDriver.creating()
    driver.press(.enter)
    #expect(driver.context == .busy)
    let hints = driver.screen.split(separator: "\n").last ?? ""
    #expect(!hints.contains("Esc") && !hints.contains("Tab") && hints.contains("? help"))
  }

  @Test("the new account is selected at the end, and the form is gone")
  func selected() {
    var driver = TestDriver.creating()
    driver.press(.enter)
    let account = Fixture.account(900, name: "Harbor & Pine", type: .standard)
    driver.answerCreation(.success(account))
    #expect(!driver.hasDialog)
    #expect(driver.draft == nil)
    #expect(driver.selectedID == account.id)
    #expect(driver.notice == "Created Harbor & Pine as ab00…0384")
    #expect(driver.screen.contains(">+ Harbor & Pine"))
  }

  @Test("the type that the server gave is told when it is not the one asked for")
  func otherType() {
    var driver = TestDriver.creating(enterprise: true)
    driver.press(.enter)
    let account = Fixture.account(900, name: "Harbor & Pine", type: .standard)
    driver.answerCreation(.success(account))
    #expect(driver.notice == "Created Harbor & Pine as ab00…0384: asked for enterprise, the server made it standard")
  }

  @Test("an empty name is not sent, and said once creating is tried")
  func emptyName() {
    var driver = TestDriver.creating("")
    #expect(!driver.screen.contains("A name is needed"))
    #expect(driver.press(.enter) == [])
    #expect(driver.screen.contains("! A name is needed"))
    #expect(driver.createForm?.focus == .name)
  }

  @Test("101 characters are not sent; 100 are")
  func longName() {
    var driver = TestDriver.creating(String(repeating: "é", count: 101))
    #expect(driver.screen.contains("101 of 100"))
    #expect(driver.screen.contains("! 1 too many"))
    #expect(driver.press(.enter) == [])
    driver = TestDriver.creating(String(repeating: "é", count: 100))
    #expect(driver.press(.enter).count == 1)
  }

  @Test(
    "what may not be meant is said and can be sent",
    arguments: [" Harbor", "Harbor ", "Har\u{202E}bor", "Har\u{200B}bor"])
  func doubtfulName(name: String) {
    var driver = TestDriver.creating()
    driver.press(.tab)
    driver.press(.control("u"))
    driver.send(.edit(.insert(name)))
    #expect(driver.createForm?.warningOfName != nil)
    driver.press(.backTab)
    #expect(driver.press(.enter).count == 1)
  }

  @Test("a refusal of the name stands beside the name, with the server's words, and goes when the name changes")
  func refusedName() {
    var driver = TestDriver.creating()
    driver.press(.enter)
    let message = APIMessage(code: 1001, message: "name has an invalid character", source: .init(pointer: "/name"))
    let error = CloudflareError(.refused, status: 400, errors: [message])
    driver.answerCreation(.failure(error))
    #expect(driver.createForm?.progress == .refused(error))
    #expect(driver.createForm?.focus == .name)
    #expect(driver.screen.contains("! name has an invalid character"))
    #expect(driver.createForm?.name.text == "Harbor & Pine")
    driver.press(.backspace)
    #expect(driver.createForm?.progress == .idle)
  }

  @Test("what the server says beside the fields it points to is told as well")
  func refusedBoth() {
    var driver = TestDriver.creating()
    driver.press(.enter)
    let error = CloudflareError(
      .refused, status: 400,
      errors: [
        APIMessage(code: 1001, message: "name has an invalid character", source: .init(pointer: "/name")),
        APIMessage(code: 1002, message: "account creation not allowed"),
      ], ray: "8f00c0ffee00beef-ZRH")
    driver.answerCreation(.failure(error))
    #expect(driver.createForm?.focus == .name)
    #expect(driver.screen.contains("! name has an invalid character"))
    #expect(driver.screen.contains("! Not created: Cloudflare refused (400)"))
    #expect(driver.screen.contains("account creation not allowed") && driver.screen.contains("8f00c0ffee00beef-ZRH"))
  }

  @Test("a refusal that points nowhere is shown whole, and nothing typed is lost")
  func refused() {
    var driver = TestDriver.creating()
    driver.press(.enter)
    let error = CloudflareError(
      .refused, status: 403, errors: [APIMessage(code: 1002, message: "account creation not allowed")])
    driver.answerCreation(.failure(error))
    #expect(driver.screen.contains("! Not created:"))
    #expect(driver.screen.contains("account creation not allowed"))
    #expect(driver.createForm?.name.text == "Harbor & Pine")
  }

  @Test("what cannot be written down is not sent, and the form says why and what to do")
  func fullDisk() throws {
    var driver = TestDriver.creating()
    let intent = try #require(driver.press(.enter).first?.intent)
    driver.keepBack(intent, because: .cannotWrite(path: "/home/x/journal.jsonl", reason: "the disk is full"))
    #expect(driver.screen.contains("! Not sent. The journal /home/x/journal.jsonl cannot be written: the disk"))
    #expect(driver.screen.contains("Put that right, then try again: nothing is sent that is not written"))
    #expect(driver.history.entries.isEmpty)
    driver.environment.freshID = "fresh-2"
    #expect(driver.press(.enter).map(\.idempotencyKey) == ["fresh-1"])
  }

  @Test("leaving keeps the draft, and n goes on with it")
  func draft() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("n"))
    driver.type("Harbor")
    driver.press(.escape)
    #expect(!driver.hasDialog)
    #expect(driver.effects == [.cancel(.duplicateNames(.creation))])
    driver.press(.character("n"))
    #expect(driver.createForm?.name.text == "Harbor")
    driver.press(.control("u"))
    driver.press(.escape)
    #expect(driver.draft == nil)
  }

  @Test("what is told while the form takes the whole window is seen, and hides none of its buttons")
  func shown() {
    var driver = TestDriver(accounts: 20, size: Size(width: 60, height: 16))
    driver.press(.character("n"), .backTab)
    driver.send(.paste("Harbor"))
    #expect(driver.screen.contains("! Pasted text was dropped"))
    #expect(driver.screen.contains("[ Cancel ]  >[ Create ]<"))
  }

  @Test("pasted text becomes one line and submits nothing")
  func paste() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("n"))
    driver.send(.paste("Harbor\nPine\tLtd\u{1B}[31m\n"))
    #expect(driver.createForm?.name.text == "Harbor Pine Ltd[31m")
    #expect(driver.createForm?.progress == .idle)
    #expect(driver.effects.allSatisfy { $0.intent == nil })
  }
}
