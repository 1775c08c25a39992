import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("Copying and opening")
struct DesktopTests {
  @Test(
    "y copies the ID and Y the name of the account that is looked at", arguments: [nil, Key.enter, .character("J")])
  func copying(first: Key?) {
    var person = Person(accounts: 20)
    person.press(.down)
    if let first { person.press(first) }
    #expect(person.press(.character("y")) == [.copy(Clipping("the ID", Fixture.id(1)))])
    #expect(person.press(.character("Y")) == [.copy(Clipping("the name", "Account 1"))])
  }

  @Test("which way it went is said, and with it what has to be known of that way")
  func routes() {
    var person = Person(accounts: 20)
    let clipping = Clipping("the ID", Fixture.id(0))
    person.send(.desktop(.copied(clipping, .program("wl-copy"))))
    #expect(person.state.notice == Notice(.success, "Copied the ID by wl-copy"))
    person.send(.desktop(.copied(clipping, .terminal(advice: "tmux has to be told"))))
    #expect(person.state.notice == Notice(.success, "Copied the ID by OSC 52", nextStep: "tmux has to be told"))
    person.send(.desktop(.copied(clipping, nil)))
    #expect(person.state.notice?.kind == .failure)
  }

  @Test("no escape sequence comes out of a name, and what was left out is said")
  func cleaning() {
    let clipping = Clipping("the name", "a\u{1B}]52;c;eA==\u{7}b\n\u{9B}31m東\u{7F}")
    #expect(clipping.text == "a]52;c;eA==b31m東")
    #expect(clipping.omitted == 5)
    var person = Person(accounts: 20)
    person.send(.desktop(.copied(clipping, .program("xsel"))))
    #expect(person.notice == "Copied the name by xsel, without 5 controls in it")
    #expect(Clipping("", "a\nb\r", keepsLines: true).text == "a\nb")
  }

  @Test("in the activity y copies all that is known of the write, with the ID as it is")
  func receipt() throws {
    var person = Person(accounts: 20)
    person.press(.character("@"))
    person.answerJournal(.success(ActivityFixture.reading))
    let effects = person.press(.character("y"))
    guard case .copy(let clipping) = effects.first else {
      Issue.record("nothing was copied")
      return
    }
    #expect(clipping.name == "the receipt")
    let entry = try #require(person.state.activity.ledger.entries.last)
    #expect(clipping.text.contains(entry.intent.operation.name))
    if let id = entry.accountID { #expect(clipping.text.contains("ID: \(id)\n")) }
    #expect(!clipping.text.contains("\u{1B}"))
  }

  @Test("where an error stands in the list's place, y copies its cf-ray")
  func ray() {
    var person = Person()
    guard let token = person.state.browse.loading[1] else {
      Issue.record("nothing was asked for")
      return
    }
    let error = CloudflareError(.edge, status: 502, ray: "8f00c0ffee00beef-ZRH")
    person.send(.browse(.pageAnswered(page: 1, token: token, .failure(error))))
    #expect(person.press(.character("y")) == [.copy(Clipping("the cf-ray", "8f00c0ffee00beef-ZRH"))])
  }

  @Test("o opens the account's page at Cloudflare, or shows the address, which o copies then")
  func opening() {
    var person = Person(endpointKind: .production)
    person.answerPages(of: 20)
    let address = "https://dash.cloudflare.com/\(Fixture.id(0))"
    #expect(person.press(.character("o")) == [.openAddress(address)])
    person.send(.desktop(.opened(address, true)))
    #expect(person.notice == "Opened \(address)")
    person.press(.character("o"))
    person.send(.desktop(.opened(address, false)))
    #expect(person.state.notice == Notice(.note, "The dashboard page is \(address)", nextStep: "o again copies it"))
    #expect(person.press(.character("o")) == [.copy(Clipping("the address", address))])
  }

  @Test("elsewhere there is no page to open", arguments: [Session.EndpointKind.sandbox, .custom])
  func noPage(kind: Session.EndpointKind) {
    var person = Person(endpointKind: kind)
    person.answerPages(of: 20)
    #expect(person.press(.character("o")) == [])
    #expect(person.notice?.contains("There is no dashboard page") == true)
  }
}
