import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("The command palette")
struct PaletteTests {
  @Test("it has everything that is bound where it was asked for, with its keys, what deletes last")
  func entries() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character(":"))
    let entries = driver.paletteEntries
    let bound = Set(KeyMap.builtIn.bindings(in: .list).filter { $0.title != nil }.map(\.command))
    #expect(Set(entries.map(\.command)) == bound.subtracting([.palette, .interrupt]))
    #expect(entries.last?.command == .deleteAccount)
    #expect(entries.first { $0.command == .refresh }?.keys == "r F5 Ctrl-R")
    driver.press(.escape)
    #expect(driver.palette == nil)
    driver.press(.enter, .character(":"))
    #expect(driver.paletteEntries.contains { $0.command == .nextAccount })
    #expect(!driver.paletteEntries.contains { $0.command == .sort })
  }

  @Test("what is typed finds commands by name and by what they do, and Enter carries the chosen one out")
  func choosing() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character(":"))
    driver.type("refr")
    #expect(driver.paletteEntries.first?.command == .refresh)
    let effects = driver.press(.enter)
    #expect(effects.count == 1)
    guard case .loadPage = effects.first else {
      Issue.record("the list was not read again")
      return
    }
    #expect(driver.palette == nil)
    driver.press(.character(":"))
    driver.type("json")
    driver.press(.enter)
    #expect(driver.json != nil)
  }

  @Test("it is there in forms, too, where no text is typed, and presses no button")
  func forms() throws {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("n"), .character(":"))
    #expect(driver.palette == nil)
    driver.press(.backspace, .tab, .character(":"))
    #expect(!driver.paletteEntries.contains { $0.command == .accept })
    driver.type("next-choice")
    driver.press(.enter)
    #expect(try #require(driver.createForm).type == .enterprise)
    #expect(driver.context == .choice)
    driver.press(.character(":"), .escape)
    #expect(driver.context == .choice)
  }

  @Test("at no step of a deletion does it press a button")
  func deletionSteps() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("D"))
    driver.answerReview()
    driver.press(.character(":"))
    #expect(driver.paletteEntries.contains { $0.command == .refresh })
    #expect(!driver.paletteEntries.contains { $0.command == .accept })
    driver.press(.escape)
    #expect(driver.context == .review)
  }

  @Test("a command is carried out where the palette was asked for")
  func place() {
    var driver = TestDriver(accounts: 20)
    driver.press(.enter, .character(":"))
    driver.type("next-account")
    driver.press(.enter)
    #expect(driver.selectedID == Fixture.id(1))
    #expect(driver.pane == .detail)
  }

  @Test("what deletes is behind everything else that fits, and leads to the review and no further")
  func deletion() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character(":"))
    driver.type("re")
    let commands = driver.paletteEntries.map(\.command)
    #expect(commands.count > 1)
    #expect(commands.last == .deleteAccount)
    driver.press(.control("u"))
    driver.type("open-deletion-review")
    #expect(driver.paletteEntries.map(\.command) == [.deleteAccount])
    driver.press(.enter)
    #expect(driver.deletion?.account.id == Fixture.id(0))
    #expect(driver.effects.allSatisfy { $0.intent == nil })
  }

  @Test("the cursor keys choose, within the entries that are left")
  func moving() {
    var driver = TestDriver(accounts: 20, size: Size(width: 60, height: 16))
    driver.press(.character(":"), .up)
    #expect(driver.palette?.cursor.row == 0)
    driver.press(.down, .pageDown)
    #expect(driver.palette?.cursor.row == 10)
    for _ in 0..<60 { driver.press(.down) }
    #expect(driver.palette?.cursor.row == driver.paletteEntries.count - 1)
    #expect(driver.screen.contains("> review the account for deletion"))
    driver.type("sort")
    #expect(driver.palette?.cursor.row == 0)
  }

  @Test("Enter does nothing where nothing fits, and keys that came at once carry nothing out")
  func nothing() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character(":"))
    driver.type("no such thing")
    #expect(driver.screen.contains("Nothing here is called that."))
    #expect(driver.press(.enter) == [])
    #expect(driver.palette != nil)
    driver.press(.control("u"))
    driver.send(.burst("quit".unicodeScalars.map(Key.character) + [.enter]))
    #expect(driver.palette?.field.text == "quit")
    #expect(driver.effects == [])
    driver.send(.paste("sort\n"))
    #expect(driver.palette?.field.text == "quitsort")
  }

  @Test("read-only, it has nothing that writes")
  func readOnly() {
    var driver = TestDriver(accounts: 20, isReadOnly: true)
    driver.press(.character(":"))
    #expect(!driver.paletteEntries.contains { $0.command.writes })
  }

  @Test("the mouse scrolls and leaves it, and carries nothing out")
  func mouse() throws {
    var driver = TestDriver(accounts: 20)
    driver.press(.character(":"))
    driver.type("open-deletion-review")
    let accept = try #require(driver.state.shownHints.first { $0.command == .accept })
    let cancel = try #require(driver.state.shownHints.first { $0.command == .cancel })
    let row = driver.size.height - 1
    driver.send(.mouse(MouseEvent(.press, at: Position(column: accept.columns.lowerBound, row: row))))
    #expect(driver.palette != nil)
    #expect(!driver.hasDialog)
    driver.press(.control("u"))
    driver.send(.mouse(MouseEvent(.wheelDown, at: Position(column: 40, row: 10))))
    #expect(driver.palette?.cursor.row == 3)
    #expect(driver.selectedID == Fixture.id(0))
    driver.send(.mouse(MouseEvent(.press, at: Position(column: 40, row: 10))))
    #expect(driver.selectedID == Fixture.id(0))
    driver.send(.mouse(MouseEvent(.press, at: Position(column: cancel.columns.lowerBound, row: row))))
    #expect(driver.palette == nil)
  }

  @Test("help can be asked for, and leads back into the palette")
  func help() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character(":"), .function(1))
    #expect(driver.screen.contains("Keys: the command palette"))
    driver.press(.escape)
    #expect(driver.palette != nil)
    #expect(driver.context == .palette)
  }
}
