import Terminal
import Testing

@testable import Console

@Suite("The help")
struct HelpTests {
  @Test("it opens over the list and a form, scrolls, and closes to what was there")
  func opening() {
    var driver = TestDriver(accounts: 20, size: Size(width: 80, height: 16))
    driver.press(.character("?"))
    #expect(driver.screen.contains("Keys: the list"))
    #expect(driver.screen.contains("↓ more"))
    for _ in 0..<60 { driver.press(.down) }
    #expect(!driver.screen.contains("↓ more"))
    driver.press(.escape)
    #expect(driver.help == nil)
    driver.press(.character("n"), .function(1))
    #expect(driver.screen.contains("Keys: a text field"))
    driver.press(.escape)
    #expect(driver.createForm != nil)
  }

  @Test("what is looked for leaves the lines that have it in key, title or name, and Esc brings all back")
  func searching() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("?"))
    let all = driver.helpEntries
    driver.press(.pageDown, .character("/"))
    #expect(driver.context == .helpSearch)
    driver.type("ctrl-f")
    #expect(titles(driver) == ["down one screen"])
    #expect(driver.screen.contains(" /ctrl-f "))
    driver.press(.control("u"))
    driver.type("half-page")
    #expect(titles(driver) == ["up half a screen", "down half a screen"])
    driver.press(.enter)
    #expect(driver.context == .help)
    #expect(titles(driver).count == 2)
    driver.press(.character("/"), .escape)
    #expect(driver.helpEntries == all)
    driver.press(.escape)
    #expect(driver.help == nil)
  }

  @Test("nothing that fits says so, and a command letter is only typed")
  func nothing() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("?"), .character("/"))
    driver.type("qqqD")
    #expect(driver.screen.contains("No key here does that."))
    #expect(!driver.hasDialog)
    driver.send(.paste("\u{1B}[31mxyz\n"))
    #expect(driver.help?.field.text == "qqqD[31mxyz")
  }

  @Test("in a form it tells first what the focused field means")
  func fields() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("n"), .function(1))
    #expect(driver.help?.meaning?.title == "Name")
    #expect(driver.screen.contains("What the account is called"))
    driver.press(.escape, .tab, .character("?"))
    #expect(driver.screen.contains("Standard accounts are for self-serve customers"))
    driver.press(.escape, .escape, .character("?"))
    #expect(driver.help?.meaning == nil)
  }

  @Test("read-only, it has no key that writes")
  func readOnly() {
    var driver = TestDriver(accounts: 20, isReadOnly: true)
    driver.press(.character("?"), .character("/"))
    driver.type("review")
    #expect(titles(driver).isEmpty)
  }

  private func titles(_ driver: TestDriver) -> [String] { driver.helpEntries.map(\.title) }
}
