import Cloudflare
import Testing

@testable import Console

extension TestDriver {
  /// In front of a list with this account in its fourth row, or its last.
  static func listing(_ account: Account, of total: Int = 5) -> TestDriver {
    var driver = TestDriver()
    var page = Fixture.page(1, of: total)
    page.accounts[min(3, total - 1)] = account
    driver.answer(page: 1, .success(page))
    return driver
  }

  /// The review of this row's account has just been asked for.
  static func askedToDelete(row: Int = 3, in driver: TestDriver = TestDriver(accounts: 20)) -> TestDriver {
    var driver = driver
    for _ in 0..<row { driver.press(.down) }
    driver.press(.character("D"))
    return driver
  }

  /// At the challenge for the account at this row, read again and found the same.
  static func challenged(row: Int = 3, by driver: TestDriver = TestDriver(accounts: 20)) -> TestDriver {
    var driver = driver
    for _ in 0..<row { driver.press(.down) }
    driver.openChallenge()
    return driver
  }

  /// Something has come between the person and the screen.
  mutating func disarm(because reason: String) -> [Effect] { state.disarm(because: reason, in: environment) }

  /// The challenge for account 3 is met, the button pressed, and the delay over.
  static func deleting(in driver: TestDriver = TestDriver(accounts: 20)) -> TestDriver {
    var driver = challenged(by: driver)
    driver.type("Account 3")
    driver.press(.tab, .tab, .enter)
    driver.waitOutCountdown()
    return driver
  }
}

extension DeleteState.Challenge {
  /// Why the name will not do; `nil` when it does.
  var reason: String? {
    guard case .idTail(_, let reason) = self else { return nil }
    return reason
  }
}
