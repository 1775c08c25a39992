import Cloudflare
import Terminal
import TestSupport
import Testing

@testable import Console

@Suite("Changing an account")
struct EditTests {
  @Test("the account is read before anything can be typed, and what was read fills the form")
  func prefilled() {
    var driver = TestDriver(accounts: 20)
    for _ in 0..<5 { driver.press(.down) }
    driver.press(.character("e"))
    #expect(driver.effects == [.readAccount(Fixture.id(5), for: .edit)])
    driver.type("x")
    #expect(driver.editForm?.name.text == "")
    driver.answerEditRead {
      $0.name = "Renamed"
      $0.settings?.abuseContactEmail = "abuse@harbor.example"
    }
    #expect(driver.editForm?.name.text == "Renamed")
    #expect(driver.editForm?.requiresTwoFactor == true)
    #expect(driver.editForm?.contact.text == "abuse@harbor.example")
    #expect(driver.editForm?.edits.isEmpty == true)
    #expect(driver.selectedAccount?.name == "Renamed")
  }

  @Test("old and new stand side by side before anything is sent, and what was typed ahead is dropped")
  func review() {
    let driver = TestDriver.reviewing()
    #expect(driver.effects == [.terminal(.discardTypedAhead)])
    #expect(driver.editForm?.phase == .reviewing)
    let row = driver.screen.split(separator: "\n").first { $0.contains("Account 7 ") && $0.contains("Account 7!") }
    #expect(row?.contains("Name") == true)
  }

  @Test("saving reads the account once more, and then sends exactly what changed, once")
  func sent() {
    var driver = TestDriver.reviewing()
    driver.press(.enter)
    #expect(driver.effects == [.readAccount(Fixture.id(7), for: .edit)])
    #expect(driver.press(.enter) == [])
    #expect(driver.answerEditRead() == [.write(.renaming)])
    for key in [Key.enter, .escape, .character(" "), .tab, .enter] { #expect(driver.press(key) == []) }
    #expect(driver.isRunning(.write("fresh-1")) && driver.context == .busy)
  }

  @Test("settings are sent only where they change, the others are left to the server, and the type never goes along")
  func changes() {
    var driver = TestDriver.editing()
    driver.press(.tab, .character(" "), .tab)
    driver.type("abuse@harbor.example")
    driver.press(.tab, .tab, .enter, .enter)
    driver.answerEditRead()
    #expect(
      driver.effects.first?.intent?.operation
        == .update(
          Fixture.id(7),
          AccountChanges(
            name: "Account 7",
            settings: AccountSettings(enforceTwoFactor: true, abuseContactEmail: "abuse@harbor.example"))))
    driver = TestDriver.editing()
    driver.press(.tab, .character(" "), .backTab, .backTab, .enter, .enter)
    driver.answerEditRead()
    #expect(
      driver.effects.first?.intent?.operation
        == .update(
          Fixture.id(7), AccountChanges(name: "Account 7", settings: AccountSettings(enforceTwoFactor: true))))
  }

  @Test("a contact is taken away by an empty address")
  func emptied() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("e"))
    driver.answerEditRead { $0.settings?.abuseContactEmail = "abuse@harbor.example" }
    driver.press(.tab, .tab, .control("u"))
    #expect(driver.screen.contains("The contact is taken away"))
    driver.press(.tab, .tab, .enter)
    #expect(driver.screen.contains("none"))
    driver.press(.enter)
    driver.answerEditRead { $0.settings?.abuseContactEmail = "abuse@harbor.example" }
    let changes = AccountChanges(name: "Account 0", settings: AccountSettings(abuseContactEmail: ""))
    #expect(driver.effects.first?.intent?.operation == .update(Fixture.id(0), changes))
    #expect(changes.areMade(in: Fixture.account(0)))
  }

  @Test("a contact that has a blank already is in the way of no other change, and a new one with a blank is")
  func contactWithBlank() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("e"))
    driver.answerEditRead { $0.settings?.abuseContactEmail = "abuse desk@harbor.example" }
    driver.type("!")
    #expect(driver.editForm?.firstProblem == nil && !driver.screen.contains("An e-mail address has no blanks"))
    driver.press(.backTab, .enter, .enter)
    driver.answerEditRead { $0.settings?.abuseContactEmail = "abuse desk@harbor.example" }
    #expect(
      driver.effects.compactMap(\.intent).map(\.operation)
        == [.update(Fixture.id(0), AccountChanges(name: "Account 0!"))])
    driver = TestDriver.editing()
    driver.press(.tab, .tab)
    driver.type("abuse desk@harbor.example")
    driver.press(.tab, .tab, .enter)
    #expect(driver.editForm?.phase == .editing && driver.screen.contains("! An e-mail address has no blanks"))
  }

  @Test(
    "a name that nobody could give today may stay while something else changes, and no such name can be given",
    arguments: ["", "  ", String(repeating: "a", count: 120)])
  func oddName(name: String) {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("e"))
    driver.answerEditRead { $0.name = name }
    driver.press(.tab, .character(" "), .backTab, .backTab, .enter, .enter)
    driver.answerEditRead { $0.name = name }
    #expect(
      driver.effects.compactMap(\.intent).map(\.operation)
        == [.update(Fixture.id(0), AccountChanges(name: name, settings: AccountSettings(enforceTwoFactor: false)))])
    driver = TestDriver.editing()
    driver.press(.control("u"))
    driver.type(name)
    driver.press(.backTab, .enter)
    #expect(driver.editForm?.phase == .editing && driver.editForm?.firstProblem == .name)
  }

  @Test("an account that somebody else has changed meanwhile is not written to; both versions are shown")
  func changedMeanwhile() {
    var driver = TestDriver.reviewing()
    driver.press(.enter)
    driver.answerEditRead { $0.settings?.enforceTwoFactor = true }
    #expect(driver.effects == [.terminal(.discardTypedAhead)])
    #expect(driver.screen.contains("! Somebody else has changed the account since it was read. Nothing was"))
    let rows = driver.screen.split(separator: "\n")
    #expect(rows.contains { $0.contains("Two-factor") && $0.contains("not required") })
    #expect(rows.contains { $0.contains("Account 7 ") && $0.contains("Account 7!") })
    // Going on keeps what was typed, and takes over what is new.
    driver.press(.tab, .enter)
    #expect(driver.editForm?.name.text == "Account 7!")
    #expect(driver.editForm?.requiresTwoFactor == true)
    #expect(driver.editForm?.edits == AccountEdits(name: "Account 7!"))
    driver.press(.backTab, .enter, .enter)
    driver.answerEditRead { $0.settings?.enforceTwoFactor = true }
    #expect(driver.effects.compactMap(\.intent) == [.renaming])
  }

  @Test(
    "whatever else changed stops the change as well",
    arguments: [\Account.name, \.abuse, \.kind, \.parent] as [any WritableKeyPath<Account, String> & Sendable])
  func changedIn(field: any WritableKeyPath<Account, String> & Sendable) {
    var driver = TestDriver.reviewing()
    driver.press(.enter)
    driver.answerEditRead { $0[keyPath: field] = "other" }
    guard case .changedMeanwhile? = driver.editForm?.phase else {
      Issue.record("it was not noticed")
      return
    }
    #expect(driver.effects.allSatisfy { $0.intent == nil })
  }

  @Test("another parent of the same name stops the change as well, and both are told apart")
  func otherParent() {
    var driver = TestDriver.reviewing()
    driver.press(.enter)
    driver.answerEditRead { $0.managedBy?.id = "0123456789abcdef0123456789abcdef" }
    guard case .changedMeanwhile? = driver.editForm?.phase else {
      Issue.record("it was not noticed")
      return
    }
    #expect(driver.screen.contains("0123456789abcdef"))
  }

  @Test("an account that cannot be read is not changed, before and after the review")
  func unreadable() {
    let error = CloudflareError(.edge, status: 502)
    var driver = TestDriver(accounts: 20)
    driver.press(.character("e"))
    driver.answerEditRead(with: .failure(error))
    #expect(driver.screen.contains("! The account could not be read, so nothing can be changed"))
    driver.press(.enter)
    driver.answerEditRead()
    #expect(driver.editForm?.phase == .editing)
    driver = TestDriver.reviewing()
    driver.press(.enter)
    driver.answerEditRead(with: .failure(error))
    #expect(driver.screen.contains("! The account could not be read again, so nothing was sent"))
    driver.press(.enter)
    driver.answerEditRead()
    #expect(driver.effects.compactMap(\.intent) == [.renaming])
  }

  @Test("with nothing changed there is nothing to review")
  func nothing() {
    var driver = TestDriver.editing()
    driver.press(.backTab)
    #expect(driver.press(.enter) == [])
    #expect(driver.editForm?.phase == .editing)
    #expect(driver.screen.contains("! Nothing is changed yet"))
  }

  @Test("leaving keeps what was typed for that account, and only for that")
  func draft() {
    var driver = TestDriver.editing()
    driver.type("!")
    driver.press(.escape)
    #expect(driver.notice == "What was typed for Account 7 is kept")
    driver.press(.down, .character("e"))
    driver.answerEditRead()
    #expect(driver.editForm?.name.text == "Account 8")
    driver.press(.escape, .up, .character("e"))
    driver.answerEditRead()
    #expect(driver.editForm?.name.text == "Account 7!")
  }

  @Test("Esc goes one step back: from the review to the fields, from the reading to the review")
  func steps() {
    var driver = TestDriver.reviewing()
    driver.press(.enter)
    #expect(driver.press(.escape) == [.cancel(.account(.edit))])
    #expect(driver.editForm?.phase == .reviewing)
    driver.press(.escape)
    #expect(driver.editForm?.phase == .editing)
    #expect(driver.editForm?.name.text == "Account 7!")
  }

  @Test("a reading that was given up is over, and the change is sent only after another one")
  func stale() {
    var driver = TestDriver.reviewing()
    driver.press(.enter, .escape)
    #expect(!driver.isRunning(.account(.edit)) && driver.editForm?.phase == .reviewing)
    #expect(driver.press(.enter) == [.readAccount(Fixture.id(7), for: .edit)])
    #expect(driver.answerEditRead() == [.write(.renaming)])
  }

  @Test("a dry run walks the same way and sends nothing")
  func dryRun() {
    var driver = TestDriver.reviewing(isDryRun: true)
    driver.press(.enter)
    driver.answerEditRead()
    #expect(driver.effects == [.terminal(.discardTypedAhead)])
    #expect(
      driver.notice
        == "Dry run: PUT /accounts/\(Fixture.id(7)) would have changed name of Account 7. Nothing was sent")
    #expect(driver.editDrafts[Fixture.id(7)] == AccountEdits(name: "Account 7!"))
  }

  @Test("a read-only console says why it changes nothing")
  func readOnly() {
    var driver = TestDriver(accounts: 20, isReadOnly: true)
    #expect(driver.press(.character("e")) == [])
    #expect(!driver.hasDialog)
    #expect(driver.notice == "This console was started read-only: it changes nothing")
    #expect(!driver.screen.contains("e edit"))
  }

  @Test("random keys and answers never send a change that was not reviewed and read again just before")
  func property() {
    var random = SeededGenerator(seed: 11)
    func next(_ bound: Int) -> Int { random.below(bound) }
    var sent = 0
    for _ in 0..<2_000 {
      var driver = TestDriver.editing()
      driver.type("!")
      for step in 0..<40 {
        let before = driver.editForm
        driver.environment.freshID = "fresh-\(step)"
        let effects: [Effect]
        switch next(6) {
        case 0:
          guard driver.isRunning(.account(.edit)) else { continue }
          effects = driver.answerEditRead { if next(3) == 0 { $0.settings?.enforceTwoFactor = true } }
        case 1:
          guard driver.sending != nil else { continue }
          effects = driver.answerChange(.failure(CloudflareError(.refused, status: 400)))
        default:
          let keys: [Key] = [.enter, .tab, .backTab, .escape, .character(" "), .character("e"), .up, .down]
          effects = driver.press(keys[next(keys.count)])
        }
        for intent in effects.compactMap(\.intent) {
          sent += 1
          guard case .checking? = before?.phase, case .update(let id, let changes) = intent.operation else {
            Issue.record("sent without being read again")
            continue
          }
          #expect(id == before?.base.id)
          #expect(changes == before?.requestedChanges)
        }
      }
    }
    #expect(sent > 50)
  }
}

extension Account {
  fileprivate var abuse: String {
    get { settings?.abuseContactEmail ?? "" }
    set { settings?.abuseContactEmail = newValue }
  }

  fileprivate var kind: String {
    get { type?.rawValue ?? "" }
    set { type = AccountType(rawValue: newValue) }
  }

  fileprivate var parent: String {
    get { managedBy?.id ?? "" }
    set { managedBy = Parent(id: newValue) }
  }
}
