import Terminal
import Testing

@testable import Console

@Suite("The mouse")
struct MouseTests {
  /// Clicks on the first place of the screen that shows a text.
  @discardableResult
  private func click(_ text: String, _ person: inout Person) throws -> [Effect] {
    let rows = person.screen.split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(rows.lastIndex { $0.contains(text) }, "\(text) is not on the screen")
    let range = try #require(rows[row].firstRange(of: text))
    let column = SafeText(String(rows[row][..<range.lowerBound])).width
    return person.send(.mouse(MouseEvent(.press, at: Position(column: column, row: row))))
  }

  private func wheel(_ kind: MouseEvent.Kind, column: Int, _ person: inout Person) {
    person.send(.mouse(MouseEvent(kind, at: Position(column: column, row: 8))))
  }

  @Test("a click selects the row under it, wherever the list stands, and a click on the other pane goes there")
  func select() throws {
    var person = Person(accounts: 200)
    try click("Account 7 ", &person)
    #expect(person.selectedID == Fixture.id(7))
    person.press(.pageDown, .pageDown)
    try click("Account 50 ", &person)
    #expect(person.selectedID == Fixture.id(50))
    person.send(.mouse(MouseEvent(.press, at: Position(column: 90, row: 10))))
    #expect(person.state.browse.pane == .detail)
    try click("Account 51 ", &person)
    #expect(person.selectedID == Fixture.id(51) && person.state.browse.pane == .list)
  }

  @Test("a click beside the rows selects nothing", arguments: [0, 1, 2, 20, 28, 29, 30])
  func beside(row: Int) {
    var person = Person(accounts: 5)
    let before = person.state
    person.send(.mouse(MouseEvent(.press, at: Position(column: 20, row: row))))
    #expect(person.state == before)
  }

  @Test("a click on a message selects nothing under it")
  func message() {
    var person = Person(accounts: 200, size: Size(width: 80, height: 24))
    person.state.notice = Notice(.failure, String(repeating: "A long message. ", count: 14))
    let before = person.state
    for row in person.state.statusTop..<person.state.layout.hintRow {
      person.send(.mouse(MouseEvent(.press, at: Position(column: 20, row: row))))
    }
    #expect(person.state.statusTop == 20)
    #expect(person.state == before)
    person.send(.mouse(MouseEvent(.press, at: Position(column: 20, row: 19))))
    #expect(person.selectedID == Fixture.id(16))
  }

  @Test("a click on a row leaves what is being looked for in the detail pane")
  func leavesDetailSearch() {
    var person = Person(accounts: 200)
    person.press(.enter, .character("/"))
    person.type("abc")
    person.send(.mouse(MouseEvent(.press, at: Position(column: 20, row: 8))))
    #expect(person.state.inputContext == .list)
    person.press(.enter)
    #expect(person.state.inputContext == .detail)
  }

  @Test("the wheel moves the rows and the cursor with them, and stops at both ends")
  func wheel() {
    var person = Person(accounts: 200)
    person.press(.down, .down)
    wheel(.wheelDown, column: 10, &person)
    #expect(person.state.browse.cursorRow == 5 && person.state.browse.top == 3)
    wheel(.wheelUp, column: 10, &person)
    #expect(person.state.browse.cursorRow == 2 && person.state.browse.top == 0)
    wheel(.wheelUp, column: 10, &person)
    #expect(person.state.browse.cursorRow == 0 && person.state.browse.top == 0)
    for _ in 0..<100 {
      wheel(.wheelDown, column: 10, &person)
      person.answerPages(of: 200)
    }
    #expect(person.state.browse.cursorRow == 199)
    #expect(person.screen.contains("Account 199"))
  }

  @Test("the wheel over the detail pane scrolls it, and the selection and the focus stay")
  func wheelOverDetail() {
    var person = Person(accounts: 200, size: Size(width: 120, height: 16))
    person.rest()
    person.answerInventory(with: .rich)
    wheel(.wheelDown, column: 100, &person)
    #expect(person.state.browse.detailScroll == 3)
    #expect(person.state.browse.pane == .list && person.state.browse.cursorRow == 0)
    wheel(.wheelUp, column: 100, &person)
    #expect(person.state.browse.detailScroll == 0)
  }

  @Test("help, raw answers and the activity scroll", arguments: ["?", "J", "@"] as [Unicode.Scalar])
  func scrollers(key: Unicode.Scalar) {
    var person = Person(accounts: 60, size: Size(width: 80, height: 16))
    person.press(.character(key))
    person.answerJournal(.success(ActivityFixture.reading))
    var other = person
    wheel(.wheelDown, column: 20, &person)
    other.press(.down, .down, .down)
    #expect(person.state == other.state)
  }

  @Test("a click on a hint does what its keys do")
  func hints() throws {
    var person = Person(accounts: 60)
    try click("⏎ open", &person)
    #expect(person.state.browse.pane == .detail)
    try click("Esc back", &person)
    #expect(person.state.browse.pane == .list)
    try click("? help", &person)
    #expect(person.state.help != nil)
    try click("Esc close", &person)
    #expect(person.state.help == nil)
    try click("n new", &person)
    #expect(person.createForm != nil)
    #expect(person.send(.mouse(MouseEvent(.press, at: Position(column: 0, row: 31)))) == [])
  }

  @Test("no click begins a deletion or presses a button, anywhere on any screen")
  func harmless() throws {
    func clickEverywhere(_ person: Person) {
      for row in 0..<person.state.size.height {
        // Nothing that can be clicked is narrower.
        for column in stride(from: row % 5, to: person.state.size.width, by: 5) {
          var person = person
          person.send(.mouse(MouseEvent(.press, at: Position(column: column, row: row))))
          if person.effects.contains(where: { $0.intent != nil || $0.resolution != nil }) {
            Issue.record("a click on \(column), \(row) writes")
          }
          if person.deletion != nil, person.state.dialog != clicked {
            Issue.record("a click on \(column), \(row) changes the deletion")
          }
        }
      }
    }
    var clicked: Dialog?
    var person = Person(accounts: 60, size: Size(width: 80, height: 24))
    clickEverywhere(person)
    person.press(.character("n"))
    person.type("Harbor")
    person.press(.backTab)
    clickEverywhere(person)
    person = Person(accounts: 60, size: Size(width: 80, height: 24))
    person.press(.character("D"))
    clicked = person.state.dialog
    clickEverywhere(person)
    person = Person(accounts: 60, size: Size(width: 80, height: 24))
    person.openChallenge()
    person.type(person.deletion?.challenge.expected ?? "")
    person.press(.tab, .tab)
    #expect(person.deletion?.focus == .delete)
    clicked = person.state.dialog
    clickEverywhere(person)
  }

  @Test("while a deletion can still be stopped, a click, the wheel or a paste stops it")
  func stops() {
    for action in [
      Action.mouse(MouseEvent(.press, at: Position(column: 40, row: 12))),
      .mouse(MouseEvent(.wheelDown, at: Position(column: 1, row: 1))), .paste("Account 0"),
    ] {
      var person = Person(accounts: 60)
      person.openChallenge()
      person.type(person.deletion?.challenge.expected ?? "")
      person.press(.tab, .tab, .enter)
      #expect(person.state.inputContext == .delay)
      person.send(action)
      #expect(person.state.inputContext != .delay)
      person.waitSecond()
      #expect(person.effects.allSatisfy { $0.intent == nil })
    }
  }

  @Test("the hint for deleting only says which key it is")
  func deletion() throws {
    var person = Person(accounts: 60)
    try click("D delete", &person)
    #expect(person.state.dialog == nil)
    #expect(person.notice?.contains("D opens") == true)
  }

  @Test("the help says how to select text, where the mouse is used")
  func help() {
    var person = Person(accounts: 1)
    person.press(.character("?"), .end)
    #expect(!person.screen.contains("Shift-drag"))
    var session = person.state.session
    session.usesMouse = true
    person.state = State(session: session)
    person.send(.start(Size(width: 80, height: 24)))
    person.press(.character("?"), .end)
    #expect(person.screen.contains("Shift-drag"))
  }
}
