import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("Business details of a new account")
struct BusinessFieldTests {
  /// A person on the first of the business fields.
  private func opened(size: Size = Size(width: 120, height: 32)) -> TestDriver {
    var driver = TestDriver(accounts: 20, size: size)
    driver.press(.character("n"))
    driver.type("Harbor")
    driver.press(.tab, .tab, .tab, .tab, .character(" "), .tab)
    return driver
  }

  @Test("they are folded away, and Tab passes them by, until Space opens them")
  func folded() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("n"))
    driver.press(.tab, .tab, .tab, .tab)
    #expect(driver.createForm?.focus == .details)
    driver.press(.tab)
    #expect(driver.createForm?.focus == .cancel)
    driver.press(.backTab, .character(" "), .tab)
    #expect(driver.createForm?.focus == .business(.name))
  }

  @Test("what is filled in is sent, and what is not is left out")
  func sent() {
    var driver = opened()
    driver.type("Harbor GmbH")
    driver.press(.tab, .tab)
    driver.type("it@harbor.example")
    for _ in 0..<4 { driver.press(.tab) }
    guard case .create(let creation)? = driver.press(.enter).first?.intent?.operation else {
      Issue.record("nothing was sent")
      return
    }
    #expect(creation.account.business == BusinessDetails(name: "Harbor GmbH", email: "it@harbor.example"))
  }

  @Test("a detail that is too long is not sent, and its field comes out from behind its line")
  func tooLong() {
    var driver = opened()
    driver.type(String(repeating: "é", count: 121))
    #expect(driver.screen.contains("121 of 120"))
    driver.press(.backTab, .character(" "), .tab, .tab)
    #expect(driver.createForm?.focus == .create)
    #expect(driver.press(.enter) == [])
    #expect(driver.createForm?.focus == .business(.name))
    #expect(driver.screen.contains("! 1 too many: at most 120 characters are allowed"))
  }

  @Test("a refusal stands beside the detail that the server points to")
  func refused() throws {
    var driver = opened()
    driver.type("Harbor GmbH")
    driver.press(.backTab, .character(" "), .tab, .tab, .enter)
    let message = APIMessage(code: 1001, message: "not an e-mail address", source: .init(pointer: "/business_email"))
    let error = CloudflareError(.refused, status: 400, errors: [message])
    driver.answerCreation(.failure(error))
    #expect(driver.createForm?.focus == .business(.email))
    #expect(driver.screen.contains("! not an e-mail address"))
  }

  @Test("other details are another creation, with a key of its own; the same ones are the same")
  func key() throws {
    var driver = opened()
    driver.type("A")
    driver.press(.backTab, .character(" "), .tab, .tab, .enter)
    let refused = CloudflareError(.refused, status: 400, errors: [APIMessage(code: 1001, message: "no")])
    driver.answerCreation(.failure(refused))
    driver.environment.freshID = "fresh-2"
    #expect(driver.press(.enter).map(\.idempotencyKey) == ["fresh-1"])
    driver.answerCreation(.failure(refused))
    driver.press(.backTab, .backTab, .character(" "), .tab)
    driver.type("B")
    driver.press(.backTab, .character(" "), .tab, .tab)
    driver.environment.freshID = "fresh-3"
    #expect(driver.press(.enter).map(\.idempotencyKey) == ["fresh-3"])
  }

  @Test("whatever has the focus is on screen, in the smallest window too")
  func scrolled() {
    var driver = opened(size: Size(width: 60, height: 16))
    driver.answerTenancy()
    for _ in 0..<24 {
      driver.press(.tab)
      let frame = driver.frame
      let row = frame.cursor.map { frame.text(row: $0.row) } ?? ""
      switch driver.createForm?.focus {
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
