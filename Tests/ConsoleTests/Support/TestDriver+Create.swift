import Cloudflare
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

  /// Ends the creation of a standard account as the server's answer does.
  mutating func finishCreate(_ account: Account) {
    let effects = state.apply(.events(.created(account)), in: environment)
    for effect in effects { start(effect) }
    syncRows()
  }
}
