import Cloudflare
import Terminal
import TestSupport
import Testing

@testable import Console

@Suite("Changing an account")
struct EditTests {
  @Test("the account is read before anything can be typed, and what was read fills the form")
  func prefilled() throws {
    var person = Person(accounts: 20)
    for _ in 0..<5 { person.press(.down) }
    person.press(.character("e"))
    guard case .reading(let token)? = person.editForm?.phase else {
      Issue.record("nothing is read")
      return
    }
    #expect(person.effects == [.readEditTarget(id: Fixture.id(5), token: token)])
    person.type("x")
    #expect(person.editForm?.name.text == "")
    person.answerEditRead {
      $0.name = "Renamed"
      $0.settings?.abuseContactEmail = "abuse@harbor.example"
    }
    #expect(person.editForm?.name.text == "Renamed")
    #expect(person.editForm?.requiresTwoFactor == true)
    #expect(person.editForm?.contact.text == "abuse@harbor.example")
    #expect(person.editForm?.wish.isEmpty == true)
    #expect(person.state.browse.selectedAccount?.name == "Renamed")
  }

  @Test("old and new stand side by side before anything is sent, and what was typed ahead is dropped")
  func review() {
    let person = Person.reviewing()
    #expect(person.effects == [.terminal(.discardTypedAhead)])
    #expect(person.editForm?.phase == .reviewing)
    let row = person.screen.split(separator: "\n").first { $0.contains("Account 7 ") && $0.contains("Account 7!") }
    #expect(row?.contains("Name") == true)
  }

  @Test("saving reads the account once more, and then sends exactly what changed, once")
  func sent() throws {
    var person = Person.reviewing()
    person.press(.enter)
    guard case .checking(let check)? = person.editForm?.phase else {
      Issue.record("nothing is read")
      return
    }
    #expect(person.effects == [.readEditTarget(id: Fixture.id(7), token: check)])
    #expect(person.press(.enter) == [])
    let effects = person.answerEditRead()
    let token = try #require(person.changeToken)
    #expect(effects == [.write(.renaming, token: token)])
    for key in [Key.enter, .escape, .character(" "), .tab, .enter] { #expect(person.press(key) == []) }
    #expect(person.changeToken == token)
    #expect(person.state.inputContext == .busy)
  }

  @Test("settings are sent only where they change, the others are left to the server, and the type never goes along")
  func changes() {
    var person = Person.editing()
    person.press(.tab, .character(" "), .tab)
    person.type("abuse@harbor.example")
    person.press(.tab, .tab, .enter, .enter)
    person.answerEditRead()
    #expect(
      person.effects.first?.intent?.operation
        == .update(
          Fixture.id(7),
          AccountChanges(
            name: "Account 7",
            settings: AccountSettings(enforceTwoFactor: true, abuseContactEmail: "abuse@harbor.example"))))
    person = Person.editing()
    person.press(.tab, .character(" "), .backTab, .backTab, .enter, .enter)
    person.answerEditRead()
    #expect(
      person.effects.first?.intent?.operation
        == .update(
          Fixture.id(7), AccountChanges(name: "Account 7", settings: AccountSettings(enforceTwoFactor: true))))
  }

  @Test("a contact is taken away by an empty address")
  func emptied() {
    var person = Person(accounts: 20)
    person.press(.character("e"))
    person.answerEditRead { $0.settings?.abuseContactEmail = "abuse@harbor.example" }
    person.press(.tab, .tab, .control("u"))
    #expect(person.screen.contains("The contact is taken away"))
    person.press(.tab, .tab, .enter)
    #expect(person.screen.contains("none"))
    person.press(.enter)
    person.answerEditRead { $0.settings?.abuseContactEmail = "abuse@harbor.example" }
    let changes = AccountChanges(name: "Account 0", settings: AccountSettings(abuseContactEmail: ""))
    #expect(person.effects.first?.intent?.operation == .update(Fixture.id(0), changes))
    #expect(changes.areMade(in: Fixture.account(0)))
  }

  @Test("a contact that has a blank already is in the way of no other change, and a new one with a blank is")
  func contactWithBlank() {
    var person = Person(accounts: 20)
    person.press(.character("e"))
    person.answerEditRead { $0.settings?.abuseContactEmail = "abuse desk@harbor.example" }
    person.type("!")
    #expect(person.editForm?.firstProblem == nil && !person.screen.contains("An e-mail address has no blanks"))
    person.press(.backTab, .enter, .enter)
    person.answerEditRead { $0.settings?.abuseContactEmail = "abuse desk@harbor.example" }
    #expect(
      person.effects.compactMap(\.intent).map(\.operation)
        == [.update(Fixture.id(0), AccountChanges(name: "Account 0!"))])
    person = Person.editing()
    person.press(.tab, .tab)
    person.type("abuse desk@harbor.example")
    person.press(.tab, .tab, .enter)
    #expect(person.editForm?.phase == .editing && person.screen.contains("! An e-mail address has no blanks"))
  }

  @Test(
    "a name that nobody could give today may stay while something else changes, and no such name can be given",
    arguments: ["", "  ", String(repeating: "a", count: 120)])
  func oddName(name: String) {
    var person = Person(accounts: 20)
    person.press(.character("e"))
    person.answerEditRead { $0.name = name }
    person.press(.tab, .character(" "), .backTab, .backTab, .enter, .enter)
    person.answerEditRead { $0.name = name }
    #expect(
      person.effects.compactMap(\.intent).map(\.operation)
        == [.update(Fixture.id(0), AccountChanges(name: name, settings: AccountSettings(enforceTwoFactor: false)))])
    person = Person.editing()
    person.press(.control("u"))
    person.type(name)
    person.press(.backTab, .enter)
    #expect(person.editForm?.phase == .editing && person.editForm?.firstProblem == .name)
  }

  @Test("an account that somebody else has changed meanwhile is not written to; both versions are shown")
  func changedMeanwhile() throws {
    var person = Person.reviewing()
    person.press(.enter)
    person.answerEditRead { $0.settings?.enforceTwoFactor = true }
    #expect(person.effects == [.terminal(.discardTypedAhead)])
    #expect(person.screen.contains("! Somebody else has changed the account since it was read. Nothing was"))
    let rows = person.screen.split(separator: "\n")
    #expect(rows.contains { $0.contains("Two-factor") && $0.contains("not required") })
    #expect(rows.contains { $0.contains("Account 7 ") && $0.contains("Account 7!") })
    // Going on keeps what was typed, and takes over what is new.
    person.press(.tab, .enter)
    #expect(person.editForm?.name.text == "Account 7!")
    #expect(person.editForm?.requiresTwoFactor == true)
    #expect(person.editForm?.wish == EditState.Wish(name: "Account 7!"))
    person.press(.backTab, .enter, .enter)
    person.answerEditRead { $0.settings?.enforceTwoFactor = true }
    #expect(person.effects.compactMap(\.intent) == [.renaming])
  }

  @Test(
    "whatever else changed stops the change as well",
    arguments: [\Account.name, \.abuse, \.kind, \.parent] as [any WritableKeyPath<Account, String> & Sendable])
  func changedIn(field: any WritableKeyPath<Account, String> & Sendable) {
    var person = Person.reviewing()
    person.press(.enter)
    person.answerEditRead { $0[keyPath: field] = "other" }
    guard case .changedMeanwhile? = person.editForm?.phase else {
      Issue.record("it was not noticed")
      return
    }
    #expect(person.effects.allSatisfy { $0.intent == nil })
  }

  @Test("another parent of the same name stops the change as well, and both are told apart")
  func otherParent() {
    var person = Person.reviewing()
    person.press(.enter)
    person.answerEditRead { $0.managedBy?.id = "0123456789abcdef0123456789abcdef" }
    guard case .changedMeanwhile? = person.editForm?.phase else {
      Issue.record("it was not noticed")
      return
    }
    #expect(person.screen.contains("0123456789abcdef"))
  }

  @Test("an account that cannot be read is not changed, before and after the review")
  func unreadable() {
    let error = CloudflareError(.edge, status: 502)
    var person = Person(accounts: 20)
    person.press(.character("e"))
    person.answerEditRead(with: .failure(error))
    #expect(person.screen.contains("! The account could not be read, so nothing can be changed"))
    person.press(.enter)
    person.answerEditRead()
    #expect(person.editForm?.phase == .editing)
    person = Person.reviewing()
    person.press(.enter)
    person.answerEditRead(with: .failure(error))
    #expect(person.screen.contains("! The account could not be read again, so nothing was sent"))
    person.press(.enter)
    person.answerEditRead()
    #expect(person.effects.compactMap(\.intent) == [.renaming])
  }

  @Test("with nothing changed there is nothing to review")
  func nothing() {
    var person = Person.editing()
    person.press(.backTab)
    #expect(person.press(.enter) == [])
    #expect(person.editForm?.phase == .editing)
    #expect(person.screen.contains("! Nothing is changed yet"))
  }

  @Test("leaving keeps what was typed for that account, and only for that")
  func draft() {
    var person = Person.editing()
    person.type("!")
    person.press(.escape)
    #expect(person.notice == "What was typed for Account 7 is kept")
    person.press(.down, .character("e"))
    person.answerEditRead()
    #expect(person.editForm?.name.text == "Account 8")
    person.press(.escape, .up, .character("e"))
    person.answerEditRead()
    #expect(person.editForm?.name.text == "Account 7!")
  }

  @Test("Esc goes one step back: from the review to the fields, from the reading to the review")
  func steps() {
    var person = Person.reviewing()
    person.press(.enter)
    #expect(person.press(.escape) == [.cancel(.editTarget)])
    #expect(person.editForm?.phase == .reviewing)
    person.press(.escape)
    #expect(person.editForm?.phase == .editing)
    #expect(person.editForm?.name.text == "Account 7!")
  }

  @Test("an answer to a reading that was given up changes nothing")
  func stale() {
    var person = Person.reviewing()
    person.press(.enter)
    guard case .checking(let token)? = person.editForm?.phase else { return }
    person.press(.escape)
    let state = person.state
    #expect(person.send(.change(.accountRead(token: token, .success(Fixture.account(7))))) == [])
    #expect(person.state == state)
  }

  @Test("a rehearsal walks the same way and sends nothing")
  func rehearsed() {
    var person = Person.reviewing(isRehearsal: true)
    person.press(.enter)
    person.answerEditRead()
    #expect(person.effects == [.terminal(.discardTypedAhead)])
    #expect(
      person.notice
        == "Rehearsed: PUT /accounts/\(Fixture.id(7)) would have changed name of Account 7. Nothing was sent")
    #expect(person.state.edits[Fixture.id(7)] == EditState.Wish(name: "Account 7!"))
  }

  @Test("a read-only console says why it changes nothing")
  func readOnly() {
    var person = Person(accounts: 20, isReadOnly: true)
    #expect(person.press(.character("e")) == [])
    #expect(person.state.dialog == nil)
    #expect(person.notice == "This console was started read-only: it changes nothing")
    #expect(!person.screen.contains("e edit"))
  }

  @Test("random keys and answers never send a change that was not reviewed and read again just before")
  func property() {
    var random = SeededGenerator(seed: 11)
    func next(_ bound: Int) -> Int { random.below(bound) }
    var sent = 0
    for _ in 0..<2_000 {
      var person = Person.editing()
      person.type("!")
      for step in 0..<40 {
        let before = person.editForm
        person.moment.freshID = "fresh-\(step)"
        let effects: [Effect]
        switch next(6) {
        case 0: effects = person.answerEditRead { if next(3) == 0 { $0.settings?.enforceTwoFactor = true } }
        case 1:
          guard let token = person.changeToken else { continue }
          effects = person.send(.change(.answered(token: token, .failure(CloudflareError(.refused, status: 400)))))
        default:
          let keys: [Key] = [.enter, .tab, .backTab, .escape, .character(" "), .character("e"), .up, .down]
          effects = person.press(keys[next(keys.count)])
        }
        for intent in effects.compactMap(\.intent) {
          sent += 1
          guard case .checking? = before?.phase, case .update(let id, let changes) = intent.operation else {
            Issue.record("sent without being read again")
            continue
          }
          #expect(id == before?.base.id)
          #expect(changes == before?.changes)
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
