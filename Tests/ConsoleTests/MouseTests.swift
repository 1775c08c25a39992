import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("The mouse")
struct MouseTests {
  /// Clicks on the first place of the screen that shows a text.
  @discardableResult
  private func click(_ text: String, _ driver: inout TestDriver) throws -> [Effect] {
    let rows = driver.screen.split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(rows.lastIndex { $0.contains(text) }, "\(text) is not on the screen")
    let range = try #require(rows[row].firstRange(of: text))
    let column = SafeText(String(rows[row][..<range.lowerBound])).width
    return driver.send(.mouse(MouseEvent(.press, at: Position(column: column, row: row))))
  }

  private func wheel(_ kind: MouseEvent.Kind, column: Int, _ driver: inout TestDriver) {
    driver.send(.mouse(MouseEvent(kind, at: Position(column: column, row: 8))))
  }

  @Test("a click selects the row under it, wherever the list stands, and a click on the other pane goes there")
  func select() throws {
    var driver = TestDriver(accounts: 200)
    try click("Account 7 ", &driver)
    #expect(driver.selectedID == Fixture.id(7))
    driver.press(.pageDown, .pageDown)
    try click("Account 50 ", &driver)
    #expect(driver.selectedID == Fixture.id(50))
    driver.send(.mouse(MouseEvent(.press, at: Position(column: 90, row: 10))))
    #expect(driver.pane == .detail)
    try click("Account 51 ", &driver)
    #expect(driver.selectedID == Fixture.id(51) && driver.pane == .list)
  }

  @Test("a click beside the rows selects nothing", arguments: [0, 1, 2, 20, 28, 29, 30])
  func beside(row: Int) {
    var driver = TestDriver(accounts: 5)
    let before = driver
    driver.send(.mouse(MouseEvent(.press, at: Position(column: 20, row: row))))
    #expect(driver.isLike(before))
  }

  @Test("a click on a message selects nothing under it")
  func message() {
    var driver = TestDriver(accounts: 200, size: Size(width: 80, height: 24))
    driver.show(Notice(.failure, String(repeating: "A long message. ", count: 14)))
    let before = driver
    for row in driver.state.statusTop..<driver.size.height - 1 {
      driver.send(.mouse(MouseEvent(.press, at: Position(column: 20, row: row))))
    }
    #expect(driver.state.statusTop == 20)
    #expect(driver.isLike(before))
    driver.send(.mouse(MouseEvent(.press, at: Position(column: 20, row: 19))))
    #expect(driver.selectedID == Fixture.id(16))
  }

  @Test("a click on a row leaves what is being looked for in the detail pane")
  func leavesDetailSearch() {
    var driver = TestDriver(accounts: 200)
    driver.press(.enter, .character("/"))
    driver.type("abc")
    driver.send(.mouse(MouseEvent(.press, at: Position(column: 20, row: 8))))
    #expect(driver.context == .list)
    driver.press(.enter)
    #expect(driver.context == .detail)
  }

  @Test("the wheel moves the rows and the cursor with them, and stops at both ends")
  func wheel() {
    var driver = TestDriver(accounts: 200)
    driver.press(.down, .down)
    wheel(.wheelDown, column: 10, &driver)
    #expect(driver.list.cursor.row == 5 && driver.list.cursor.top == 3)
    wheel(.wheelUp, column: 10, &driver)
    #expect(driver.list.cursor.row == 2 && driver.list.cursor.top == 0)
    wheel(.wheelUp, column: 10, &driver)
    #expect(driver.list.cursor.row == 0 && driver.list.cursor.top == 0)
    for _ in 0..<100 {
      wheel(.wheelDown, column: 10, &driver)
      driver.answerPages(of: 200)
    }
    #expect(driver.list.cursor.row == 199)
    #expect(driver.screen.contains("Account 199"))
  }

  @Test("the wheel over the detail pane scrolls it, and the selection and the focus stay")
  func wheelOverDetail() {
    var driver = TestDriver(accounts: 200, size: Size(width: 120, height: 16))
    driver.rest()
    driver.answerInventory(with: .rich)
    wheel(.wheelDown, column: 100, &driver)
    #expect(driver.detail.scroll == 3)
    #expect(driver.pane == .list && driver.list.cursor.row == 0)
    wheel(.wheelUp, column: 100, &driver)
    #expect(driver.detail.scroll == 0)
  }

  @Test("help, raw answers and the activity scroll", arguments: ["?", "J", "@"] as [Unicode.Scalar])
  func scrollers(key: Unicode.Scalar) {
    var driver = TestDriver(accounts: 60, size: Size(width: 80, height: 16))
    driver.press(.character(key))
    if driver.isRunning(.journal) { driver.answerJournal(.success(ActivityFixture.reading)) }
    let body = "[\((0..<50).map(String.init).joined(separator: ","))]"
    if driver.isRunning(.json) { driver.answerJSON(.success(RawAnswer(status: 200, body: body))) }
    let before = driver
    var other = driver
    wheel(.wheelDown, column: 20, &driver)
    other.press(.down, .down, .down)
    #expect(!driver.isLike(before) && driver.isLike(other))
  }

  @Test("a click on a hint does what its keys do")
  func hints() throws {
    var driver = TestDriver(accounts: 60)
    try click("⏎ open", &driver)
    #expect(driver.pane == .detail)
    try click("Esc back", &driver)
    #expect(driver.pane == .list)
    try click("? help", &driver)
    #expect(driver.help != nil)
    try click("Esc close", &driver)
    #expect(driver.help == nil)
    try click("n new", &driver)
    #expect(driver.createForm != nil)
    #expect(driver.send(.mouse(MouseEvent(.press, at: Position(column: 0, row: 31)))) == [])
  }

  @Test("no click begins a deletion or presses a button, anywhere on any screen")
  func harmless() throws {
    func clickEverywhere(_ driver: TestDriver) {
      for row in 0..<driver.size.height {
        // Nothing that can be clicked is narrower.
        for column in stride(from: row % 5, to: driver.size.width, by: 5) {
          var driver = driver
          driver.send(.mouse(MouseEvent(.press, at: Position(column: column, row: row))))
          if driver.effects.contains(where: { $0.intent != nil || $0.resolution != nil }) {
            Issue.record("a click on \(column), \(row) writes")
          }
          if driver.deletion != nil, driver.deletion != clicked {
            Issue.record("a click on \(column), \(row) changes the deletion")
          }
        }
      }
    }
    var clicked: DeleteState?
    var driver = TestDriver(accounts: 60, size: Size(width: 80, height: 24))
    clickEverywhere(driver)
    driver.press(.character("n"))
    driver.type("Harbor")
    driver.press(.backTab)
    clickEverywhere(driver)
    driver = TestDriver(accounts: 60, size: Size(width: 80, height: 24))
    driver.press(.character("D"))
    clicked = driver.deletion
    clickEverywhere(driver)
    driver = TestDriver(accounts: 60, size: Size(width: 80, height: 24))
    driver.openChallenge()
    driver.type(driver.deletion?.challenge.expected ?? "")
    driver.press(.tab, .tab)
    #expect(driver.deletion?.focus == .delete)
    clicked = driver.deletion
    clickEverywhere(driver)
  }

  @Test("while a deletion can still be stopped, a click, the wheel or a paste stops it")
  func stops() {
    for action in [
      Action.mouse(MouseEvent(.press, at: Position(column: 40, row: 12))),
      .mouse(MouseEvent(.wheelDown, at: Position(column: 1, row: 1))), .paste("Account 0"),
    ] {
      var driver = TestDriver(accounts: 60)
      driver.openChallenge()
      driver.type(driver.deletion?.challenge.expected ?? "")
      driver.press(.tab, .tab, .enter)
      #expect(driver.context == .countdown)
      driver.send(action)
      #expect(driver.context != .countdown)
      driver.waitSecond()
      #expect(driver.effects.allSatisfy { $0.intent == nil })
    }
  }

  @Test("the hint for deleting only says which key it is")
  func deletion() throws {
    var driver = TestDriver(accounts: 60)
    try click("D delete", &driver)
    #expect(!driver.hasDialog)
    #expect(driver.notice?.contains("D opens") == true)
  }

  @Test("the help says how to select text, where the mouse is used")
  func help() {
    var driver = TestDriver(accounts: 1)
    driver.press(.character("?"), .end)
    #expect(!driver.screen.contains("Shift-drag"))
    driver.restart(size: Size(width: 80, height: 24)) { $0.usesMouse = true }
    driver.press(.character("?"), .end)
    #expect(driver.screen.contains("Shift-drag"))
  }
}
