import Terminal
import Testing

@testable import Console

@Suite("The help")
struct HelpTests {
  @Test("it opens over the list and a form, scrolls, and closes to what was there")
  func opening() {
    var person = Person(accounts: 20, size: Size(width: 80, height: 16))
    person.press(.character("?"))
    #expect(person.screen.contains("Keys: the list"))
    #expect(person.screen.contains("↓ more"))
    for _ in 0..<60 { person.press(.down) }
    #expect(!person.screen.contains("↓ more"))
    person.press(.escape)
    #expect(person.state.help == nil)
    person.press(.character("n"), .function(1))
    #expect(person.screen.contains("Keys: a text field"))
    person.press(.escape)
    #expect(person.createForm != nil)
  }

  @Test("what is looked for leaves the lines that have it in key, title or name, and Esc brings all back")
  func searching() {
    var person = Person(accounts: 20)
    person.press(.character("?"))
    let all = person.state.help.map { person.state.helpEntries(of: $0) } ?? []
    person.press(.pageDown, .character("/"))
    #expect(person.state.inputContext == .helpSearch)
    person.type("ctrl-f")
    #expect(titles(person) == ["down one screen"])
    #expect(person.screen.contains(" /ctrl-f "))
    person.press(.control("u"))
    person.type("half-page")
    #expect(titles(person) == ["up half a screen", "down half a screen"])
    person.press(.enter)
    #expect(person.state.inputContext == .help)
    #expect(titles(person).count == 2)
    person.press(.character("/"), .escape)
    #expect(person.state.help.map { person.state.helpEntries(of: $0) } == all)
    person.press(.escape)
    #expect(person.state.help == nil)
  }

  @Test("nothing that fits says so, and a command letter is only typed")
  func nothing() {
    var person = Person(accounts: 20)
    person.press(.character("?"), .character("/"))
    person.type("qqqD")
    #expect(person.screen.contains("No key here does that."))
    #expect(person.state.dialog == nil)
    person.send(.paste("\u{1B}[31mxyz\n"))
    #expect(person.state.help?.field.text == "qqqD[31mxyz")
  }

  @Test("in a form it tells first what the focused field means")
  func fields() {
    var person = Person(accounts: 20)
    person.press(.character("n"), .function(1))
    #expect(person.state.help?.meaning?.title == "Name")
    #expect(person.screen.contains("What the account is called"))
    person.press(.escape, .tab, .character("?"))
    #expect(person.screen.contains("Standard accounts are for self-serve customers"))
    person.press(.escape, .escape, .character("?"))
    #expect(person.state.help?.meaning == nil)
  }

  @Test("read-only, it has no key that writes")
  func readOnly() {
    var person = Person(accounts: 20, isReadOnly: true)
    person.press(.character("?"), .character("/"))
    person.type("review")
    #expect(titles(person).isEmpty)
  }

  private func titles(_ person: Person) -> [String] {
    person.state.help.map { person.state.helpEntries(of: $0).map(\.title) } ?? []
  }
}
