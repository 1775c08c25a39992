import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("Copying and opening")
struct DesktopTests {
  @Test(
    "y copies the ID and Y the name of the account that is looked at", arguments: [nil, Key.enter, .character("J")])
  func copying(first: Key?) {
    var driver = TestDriver(accounts: 20)
    driver.press(.down)
    if let first { driver.press(first) }
    #expect(driver.press(.character("y")) == [.copy(ClipboardText("the ID", Fixture.id(1)))])
    #expect(driver.press(.character("Y")) == [.copy(ClipboardText("the name", "Account 1"))])
  }

  @Test("which way it went is said, and with it what has to be known of that way")
  func routes() {
    var driver = TestDriver(accounts: 20)
    let copied = ClipboardText("the ID", Fixture.id(0))
    driver.send(.answer(.copied(copied, .program("wl-copy"))))
    #expect(driver.message == Notice(.success, "Copied the ID by wl-copy"))
    driver.send(.answer(.copied(copied, .terminal(note: "tmux has to be told"))))
    #expect(driver.message == Notice(.success, "Copied the ID by OSC 52", nextStep: "tmux has to be told"))
    driver.send(.answer(.copied(copied, nil)))
    #expect(driver.noticeKind == .failure)
  }

  @Test("no escape sequence comes out of a name, and what was left out is said")
  func cleaning() {
    let copied = ClipboardText("the name", "a\u{1B}]52;c;eA==\u{7}b\n\u{9B}31m東\u{7F}")
    #expect(copied.text == "a]52;c;eA==b31m東")
    #expect(copied.omitted == 5)
    var driver = TestDriver(accounts: 20)
    driver.send(.answer(.copied(copied, .program("xsel"))))
    #expect(driver.notice == "Copied the name by xsel, without 5 controls in it")
    #expect(ClipboardText("", "a\nb\r", keepsLines: true).text == "a\nb")
  }

  @Test("in the activity y copies all that is known of the write, with the ID as it is")
  func receipt() throws {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("@"))
    driver.answerJournal(.success(ActivityFixture.reading))
    let effects = driver.press(.character("y"))
    guard case .copy(let copied) = effects.first else {
      Issue.record("nothing was copied")
      return
    }
    #expect(copied.name == "the receipt")
    let entry = try #require(driver.history.entries.last)
    #expect(copied.text.contains(entry.intent.operation.name))
    if let id = entry.accountID { #expect(copied.text.contains("ID: \(id)\n")) }
    #expect(!copied.text.contains("\u{1B}"))
  }

  @Test("where an error stands in the list's place, y copies its cf-ray")
  func ray() {
    var driver = TestDriver()
    let error = CloudflareError(.edge, status: 502, ray: "8f00c0ffee00beef-ZRH")
    driver.answer(page: 1, .failure(error))
    #expect(driver.press(.character("y")) == [.copy(ClipboardText("the cf-ray", "8f00c0ffee00beef-ZRH"))])
  }

  @Test("o opens the account's page at Cloudflare, or shows the address, which o copies then")
  func opening() {
    var driver = TestDriver(endpointKind: .production)
    driver.answerPages(of: 20)
    let address = "https://dash.cloudflare.com/\(Fixture.id(0))"
    #expect(driver.press(.character("o")) == [.open(address)])
    driver.send(.answer(.opened(address, true)))
    #expect(driver.notice == "Opened \(address)")
    driver.press(.character("o"))
    driver.send(.answer(.opened(address, false)))
    #expect(driver.message == Notice(.note, "The dashboard page is \(address)", nextStep: "o again copies it"))
    #expect(driver.press(.character("o")) == [.copy(ClipboardText("the address", address))])
  }

  @Test("elsewhere there is no page to open", arguments: [Session.EndpointKind.sandbox, .custom])
  func noPage(kind: Session.EndpointKind) {
    var driver = TestDriver(endpointKind: kind)
    driver.answerPages(of: 20)
    #expect(driver.press(.character("o")) == [])
    #expect(driver.notice?.contains("There is no dashboard page") == true)
  }
}
