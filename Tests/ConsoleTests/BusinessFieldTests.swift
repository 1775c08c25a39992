import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("Business details of a new account")
struct BusinessFieldTests {
  /// A person on the first of the business fields.
  private func opened(size: Size = Size(width: 120, height: 32)) -> Person {
    var person = Person(accounts: 20, size: size)
    person.press(.character("n"))
    person.type("Harbor")
    person.press(.tab, .tab, .tab, .tab, .character(" "), .tab)
    return person
  }

  @Test("they are folded away, and Tab passes them by, until Space opens them")
  func folded() {
    var person = Person(accounts: 20)
    person.press(.character("n"))
    person.press(.tab, .tab, .tab, .tab)
    #expect(person.createForm?.focus == .details)
    person.press(.tab)
    #expect(person.createForm?.focus == .cancel)
    person.press(.backTab, .character(" "), .tab)
    #expect(person.createForm?.focus == .business(.name))
  }

  @Test("what is filled in is sent, and what is not is left out")
  func sent() {
    var person = opened()
    person.type("Harbor GmbH")
    person.press(.tab, .tab)
    person.type("it@harbor.example")
    for _ in 0..<4 { person.press(.tab) }
    guard case .create(let creation)? = person.press(.enter).first?.intent?.operation else {
      Issue.record("nothing was sent")
      return
    }
    #expect(creation.account.business == BusinessDetails(name: "Harbor GmbH", email: "it@harbor.example"))
  }

  @Test("a detail that is too long is not sent, and its field comes out from behind its line")
  func tooLong() {
    var person = opened()
    person.type(String(repeating: "é", count: 121))
    #expect(person.screen.contains("121 of 120"))
    person.press(.backTab, .character(" "), .tab, .tab)
    #expect(person.createForm?.focus == .create)
    #expect(person.press(.enter) == [])
    #expect(person.createForm?.focus == .business(.name))
    #expect(person.screen.contains("! 1 too many: at most 120 characters are allowed"))
  }

  @Test("a refusal stands beside the detail that the server points to")
  func refused() throws {
    var person = opened()
    person.type("Harbor GmbH")
    person.press(.backTab, .character(" "), .tab, .tab, .enter)
    let message = APIMessage(code: 1001, message: "not an e-mail address", source: .init(pointer: "/business_email"))
    let error = CloudflareError(.refused, status: 400, errors: [message])
    person.send(.create(.answered(token: try #require(person.sendingToken), .failure(error))))
    #expect(person.createForm?.focus == .business(.email))
    #expect(person.screen.contains("! not an e-mail address"))
  }

  @Test("other details are another creation, with a key of its own; the same ones are the same")
  func key() throws {
    var person = opened()
    person.type("A")
    person.press(.backTab, .character(" "), .tab, .tab, .enter)
    let refused = CloudflareError(.refused, status: 400, errors: [APIMessage(code: 1001, message: "no")])
    person.send(.create(.answered(token: try #require(person.sendingToken), .failure(refused))))
    person.moment.freshID = "fresh-2"
    #expect(person.press(.enter).map(\.idempotencyKey) == ["fresh-1"])
    person.send(.create(.answered(token: try #require(person.sendingToken), .failure(refused))))
    person.press(.backTab, .backTab, .character(" "), .tab)
    person.type("B")
    person.press(.backTab, .character(" "), .tab, .tab)
    person.moment.freshID = "fresh-3"
    #expect(person.press(.enter).map(\.idempotencyKey) == ["fresh-3"])
  }

  @Test("whatever has the focus is on screen, in the smallest window too")
  func scrolled() {
    var person = opened(size: Size(width: 60, height: 16))
    person.answerTenancy()
    for _ in 0..<24 {
      person.press(.tab)
      let frame = view(person.state)
      let row = frame.cursor.map { frame.text(row: $0.row) } ?? ""
      switch person.createForm?.focus {
      case .name: #expect(row.contains("> Name "))
      case .type: #expect(row.contains("(•) standard"))
      case .twoFactor: #expect(row.contains("> Two-factor [ ]"))
      case .unit: #expect(row.contains("(•) not named"))
      case .details: #expect(row.contains("> Business   ▾"))
      case .business(let field): #expect(row.contains("> \(field.title) "))
      case .cancel: #expect(row.contains(">[ Cancel ]<"))
      case .create: #expect(row.contains(">[ Create ]<"))
      case nil: Issue.record("the form is gone")
      }
    }
  }
}
