import Terminal

@testable import Console

extension TestDriver {
  /// On the button of the form for a new account, with a name typed.
  static func creating(_ name: String = "Harbor & Pine", enterprise: Bool = false) -> TestDriver {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("n"))
    driver.type(name)
    driver.press(.tab)
    if enterprise { driver.press(.down) }
    driver.press(.backTab, .backTab)
    return driver
  }

  /// The token of the write that the form for a new account waits for.
  var sendingToken: RequestToken? {
    guard case .sending(let token) = createForm?.phase else { return nil }
    return token
  }
}
