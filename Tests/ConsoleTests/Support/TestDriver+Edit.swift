import Cloudflare
import Terminal
import Testing

@testable import Console

extension TestDriver {
  /// Answers the reading of the account that is to be changed: as the list has it, with a difference.
  @discardableResult
  mutating func answerEditRead(_ change: (inout Account) -> Void = { _ in }) -> [Effect] {
    guard let id = editForm?.base.id, var account = accounts.account(id) else { return [] }
    change(&account)
    return answerEditRead(with: .success(account))
  }

  /// A person in front of the fields of account 7, which has just been read.
  static func editing(isDryRun: Bool = false) -> TestDriver {
    var driver = TestDriver(accounts: 20, isDryRun: isDryRun)
    for _ in 0..<7 { driver.press(.down) }
    driver.press(.character("e"))
    driver.answerEditRead()
    return driver
  }

  /// The name is changed, and the review is on screen.
  static func reviewing(isDryRun: Bool = false) -> TestDriver {
    var driver = editing(isDryRun: isDryRun)
    driver.type("!")
    driver.press(.backTab, .enter)
    return driver
  }

  /// The change is on its way.
  static func sendingChange() -> TestDriver {
    var driver = reviewing()
    driver.press(.enter)
    driver.answerEditRead()
    return driver
  }
}

extension WriteIntent {
  /// What is sent when ``TestDriver/reviewing(isDryRun:)`` goes on.
  static var renaming: WriteIntent {
    WriteIntent(
      id: "fresh-1", date: TestDriver().environment.date, origin: Fixture.origin,
      operation: .update(Fixture.id(7), AccountChanges(name: "Account 7!")))
  }
}
