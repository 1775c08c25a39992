import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("The command palette")
struct PaletteTests {
  @Test("it has everything that is bound where it was asked for, with its keys, what deletes last")
  func entries() {
    var person = Person(accounts: 20)
    person.press(.character(":"))
    let entries = self.entries(person)
    let bound = Set(KeyMap.standard.bindings(in: .list).filter { $0.title != nil }.map(\.command))
    #expect(Set(entries.map(\.command)) == bound.subtracting([.palette, .interrupt]))
    #expect(entries.last?.command == .deleteAccount)
    #expect(entries.first { $0.command == .refresh }?.keys == "r F5 Ctrl-R")
    person.press(.escape)
    #expect(person.state.palette == nil)
    person.press(.enter, .character(":"))
    #expect(self.entries(person).contains { $0.command == .nextAccount })
    #expect(!self.entries(person).contains { $0.command == .sort })
  }

  @Test("what is typed finds commands by name and by what they do, and Enter carries the chosen one out")
  func choosing() {
    var person = Person(accounts: 20)
    person.press(.character(":"))
    person.type("refr")
    #expect(entries(person).first?.command == .refresh)
    let effects = person.press(.enter)
    #expect(effects.count == 1)
    guard case .loadPage = effects.first else {
      Issue.record("the list was not read again")
      return
    }
    #expect(person.state.palette == nil)
    person.press(.character(":"))
    person.type("json")
    person.press(.enter)
    #expect(person.state.raw != nil)
  }

  @Test("it is there in forms, too, where no text is typed, and presses no button")
  func forms() {
    var person = Person(accounts: 20)
    person.press(.character("n"), .character(":"))
    #expect(person.state.palette == nil)
    person.press(.backspace, .tab, .character(":"))
    #expect(!entries(person).contains { $0.command == .accept })
    person.type("next-choice")
    person.press(.enter)
    guard case .create(let form) = person.state.dialog else {
      Issue.record("the form is gone")
      return
    }
    #expect(form.type == .enterprise)
    #expect(person.state.inputContext == .choice)
    person.press(.character(":"), .escape)
    #expect(person.state.inputContext == .choice)
  }

  @Test("at no step of a deletion does it press a button")
  func deletionSteps() {
    var person = Person(accounts: 20)
    person.press(.character("D"))
    person.answerReview()
    person.press(.character(":"))
    #expect(entries(person).contains { $0.command == .refresh })
    #expect(!entries(person).contains { $0.command == .accept })
    person.press(.escape)
    #expect(person.state.inputContext == .review)
  }

  @Test("a command is carried out where the palette was asked for")
  func place() {
    var person = Person(accounts: 20)
    person.press(.enter, .character(":"))
    person.type("next-account")
    person.press(.enter)
    #expect(person.selectedID == Fixture.id(1))
    #expect(person.state.browse.pane == .detail)
  }

  @Test("what deletes is behind everything else that fits, and leads to the review and no further")
  func deletion() {
    var person = Person(accounts: 20)
    person.press(.character(":"))
    person.type("re")
    let commands = entries(person).map(\.command)
    #expect(commands.count > 1)
    #expect(commands.last == .deleteAccount)
    person.press(.control("u"))
    person.type("open-deletion-review")
    #expect(entries(person).map(\.command) == [.deleteAccount])
    person.press(.enter)
    #expect(person.deletion?.account.id == Fixture.id(0))
    #expect(person.effects.allSatisfy { $0.intent == nil })
  }

  @Test("the cursor keys choose, within the entries that are left")
  func moving() {
    var person = Person(accounts: 20, size: Size(width: 60, height: 16))
    person.press(.character(":"), .up)
    #expect(person.state.palette?.cursor == 0)
    person.press(.down, .pageDown)
    #expect(person.state.palette?.cursor == 10)
    for _ in 0..<60 { person.press(.down) }
    #expect(person.state.palette?.cursor == entries(person).count - 1)
    #expect(person.screen.contains("> review the account for deletion"))
    person.type("sort")
    #expect(person.state.palette?.cursor == 0)
  }

  @Test("Enter does nothing where nothing fits, and keys that came at once carry nothing out")
  func nothing() {
    var person = Person(accounts: 20)
    person.press(.character(":"))
    person.type("no such thing")
    #expect(person.screen.contains("Nothing here is called that."))
    #expect(person.press(.enter) == [])
    #expect(person.state.palette != nil)
    person.press(.control("u"))
    person.send(.burst("quit".unicodeScalars.map(Key.character) + [.enter]))
    #expect(person.state.palette?.field.text == "quit")
    #expect(person.effects == [])
    person.send(.paste("sort\n"))
    #expect(person.state.palette?.field.text == "quitsort")
  }

  @Test("read-only, it has nothing that writes")
  func readOnly() {
    var person = Person(accounts: 20, isReadOnly: true)
    person.press(.character(":"))
    #expect(!entries(person).contains { $0.command.writes })
  }

  @Test("the mouse scrolls and leaves it, and carries nothing out")
  func mouse() throws {
    var person = Person(accounts: 20)
    person.press(.character(":"))
    person.type("open-deletion-review")
    let hints = person.state.hints
    let accept = try #require(hints.first { $0.command == .accept })
    let cancel = try #require(hints.first { $0.command == .cancel })
    let row = person.state.layout.hintRow
    person.send(.mouse(MouseEvent(.press, at: Position(column: accept.columns.lowerBound, row: row))))
    #expect(person.state.palette != nil)
    #expect(person.state.dialog == nil)
    person.press(.control("u"))
    person.send(.mouse(MouseEvent(.wheelDown, at: Position(column: 40, row: 10))))
    #expect(person.state.palette?.cursor == 3)
    #expect(person.selectedID == Fixture.id(0))
    person.send(.mouse(MouseEvent(.press, at: Position(column: 40, row: 10))))
    #expect(person.selectedID == Fixture.id(0))
    person.send(.mouse(MouseEvent(.press, at: Position(column: cancel.columns.lowerBound, row: row))))
    #expect(person.state.palette == nil)
  }

  @Test("help can be asked for, and leads back into the palette")
  func help() {
    var person = Person(accounts: 20)
    person.press(.character(":"), .function(1))
    #expect(person.screen.contains("Keys: the command palette"))
    person.press(.escape)
    #expect(person.state.palette != nil)
    #expect(person.state.inputContext == .palette)
  }

  private func entries(_ person: Person) -> [PaletteEntry] {
    person.state.palette.map { person.state.paletteEntries(of: $0) } ?? []
  }
}
