import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("Browsing")
struct BrowseReducerTests {
  @Test("the start asks for page 1 at once and for the journal, and for nothing else")
  func start() {
    let driver = TestDriver()
    #expect(driver.effects == [.readJournal, .loadPage(ListQuery(page: 1, perPage: 50), priority: .interactive)])
    // The journal has been answered.
    #expect(Set(driver.running.keys) == [.page(1), .waitIndicator])
    #expect(driver.isRunning(.wait(.waitIndicator, for: .milliseconds(310))))
    #expect(driver.context == .list && !driver.accounts.isLoaded && driver.selectedID == nil && driver.message == nil)
  }

  @Test("the page ahead is fetched in the background when its rows are near, and not before")
  func pageAhead() {
    var driver = TestDriver(size: Size(width: 120, height: 32))
    driver.answer(page: 1, .success(Fixture.page(1, of: 1204)))
    // 26 rows are on screen, page 2 begins 25 rows below the last of them.
    #expect(driver.effects.compactMap(\.page) == [2])
    #expect(driver.effects.compactMap(\.priority) == [.background])

    var small = TestDriver(size: Size(width: 80, height: 16))
    small.answer(page: 1, .success(Fixture.page(1, of: 1204)))
    #expect(small.effects == [])
  }

  @Test("walking down asks for each page once, as its rows come near")
  func walk() {
    var driver = TestDriver(accounts: 1204)
    var asked: [Int] = []
    for _ in 0..<700 {
      asked += driver.press(.down).compactMap(\.page)
      driver.answerPages(of: 1204)
    }
    #expect(driver.selectedID == Fixture.id(700))
    #expect(asked == Array(3...15))
    for _ in 0..<700 { asked += driver.press(.up).compactMap(\.page) }
    #expect(driver.selectedID == Fixture.id(0))
    #expect(asked == Array(3...15))
  }

  @Test("G goes to the end of a million accounts with one request")
  func end() {
    var driver = TestDriver(size: Size(width: 120, height: 32))
    driver.answer(page: 1, .success(Fixture.page(1, of: 1_000_000)))
    driver.answerPages(of: 1_000_000)
    let effects = driver.press(.character("G"))
    #expect(effects.compactMap(\.page) == [20_000])
    driver.answerPages(of: 1_000_000)
    #expect(driver.effects == [.rest(on: Fixture.id(999_999))])
    #expect(driver.selectedID == Fixture.id(999_999))
    #expect(driver.position == "1,000,000 of 1,000,000 · page 20,000 of 20,000")
  }

  @Test("pages that the screen has left behind are given up")
  func givesUpFarPages() {
    var driver = TestDriver(accounts: 100_000)
    driver.press(.character("G"))
    let page = driver.loading.max()!
    driver.press(.character("g"))
    #expect(driver.effects == [.cancel(.page(page)), .rest(on: Fixture.id(0))])
    #expect(driver.loading.isEmpty)
  }

  @Test("a page that was given up is waited for no longer, and is asked for anew when its rows are back")
  func backToFarPages() {
    var driver = TestDriver(accounts: 100_000)
    driver.press(.character("G"))
    let page = driver.loading.first!
    driver.press(.character("g"))
    #expect(!driver.isRunning(.page(page)))
    #expect(!driver.accounts.hasPage(page) && driver.failures.isEmpty)
    #expect(driver.press(.character("G")).compactMap(\.page) == [page])
    driver.answerPages(of: 100_000)
    #expect(driver.selectedID == Fixture.id(99_999))
  }

  @Test("the selection of a row on its way becomes that row's account, and not another")
  func pendingSelection() {
    var driver = TestDriver(accounts: 1204)
    driver.press(.character("G"))
    #expect(driver.list.selection == .row(1203))
    #expect(driver.selectedID == nil)
    driver.press(.character("D"))
    #expect(!driver.hasDialog)
    #expect(driver.notice == "This account has not come yet")
    driver.answerPages(of: 1204)
    #expect(driver.list.selection == .account(Fixture.id(1203)))
  }

  @Test("a refresh keeps the selected account selected and on its line, wherever it went")
  func refreshKeepsSelection() {
    var driver = TestDriver(accounts: 120)
    for _ in 0..<30 { driver.press(.down) }
    let line = driver.list.cursor.row - driver.list.cursor.top
    driver.press(.character("r"))
    // Five accounts have come in before it.
    while let page = driver.loading.first {
      var answer = Fixture.page(page, of: 120)
      if page == 1 { answer.accounts = (500..<505).map { Fixture.account($0) } + answer.accounts.dropLast(5) }
      driver.answer(page: page, .success(answer))
    }
    #expect(driver.selectedID == Fixture.id(30))
    #expect(driver.list.cursor.row == 35)
    #expect(driver.list.cursor.row - driver.list.cursor.top == line)
  }

  @Test("an account that vanishes in a refresh leaves nothing selected, and says so")
  func refreshLosesSelection() {
    var driver = TestDriver(accounts: 20)
    for _ in 0..<5 { driver.press(.down) }
    driver.press(.character("r"))
    var answer = Fixture.page(1, of: 20)
    answer.accounts.remove(at: 5)
    driver.answer(page: 1, .success(answer))
    #expect(driver.list.selection == .lost(name: "Account 5", row: 5))
    #expect(driver.selectedID == nil)
    driver.press(.character("D"))
    #expect(!driver.hasDialog)
    #expect(driver.notice == "Account 5 is no longer in this part of the list, so nothing is selected")
    driver.press(.down)
    #expect(driver.selectedID == Fixture.id(7))
  }

  @Test("an unreachable endpoint is said, and r tries again")
  func unreachable() {
    var driver = TestDriver()
    let error = CloudflareError(.unreachable("connection refused"))
    driver.answer(page: 1, .failure(error))
    #expect(driver.effects == [])
    #expect(driver.failures[1] == error)
    #expect(driver.screen.contains("The accounts could not be read."))
    #expect(driver.screen.contains("r tries again"))
    driver.press(.character("r"))
    #expect(driver.effects.map(\.page) == [1])
    driver.answerPages(of: 3)
    #expect(driver.message == nil)
    #expect(driver.selectedID == Fixture.id(0))
  }

  @Test("a page that fails is not asked for again by itself; r asks again")
  func failedPage() {
    var driver = TestDriver(accounts: 1204)
    driver.press(.character("G"))
    let page = driver.loading.first!
    let error = CloudflareError(.serverFault, status: 500)
    driver.answer(page: page, .failure(error))
    #expect(driver.effects == [])
    #expect(driver.press(.up) == [])
    #expect(driver.screen.contains("! did not come"))
    #expect(driver.press(.character("r")).compactMap(\.page).contains(page))
  }

  @Test("a page that comes takes away only the message that told of its failure")
  func noticeOfAnother() {
    var driver = TestDriver(accounts: 1204)
    driver.press(.character("G"))
    let error = Notice(.failure, "The account could not be read")
    driver.show(error)
    driver.answerPages(of: 1204)
    #expect(driver.message == error)
    driver.press(.character("g"), .character("]"), .character("]"))
    let page = driver.loading.first!
    driver.answer(page: page, .failure(CloudflareError(.timedOut)))
    #expect(driver.notice?.hasPrefix("Page \(page) did not come") == true)
    // Going on in plain mode asks for it again.
    driver.send(.plain(.rows(from: (page - 1) * 50)))
    #expect(driver.message != nil)
    driver.answerPages(of: 1204)
    #expect(driver.message == nil)
  }

  @Test("no message covers the cursor, and pages go by the rows that are seen", arguments: ["j", "G"])
  func covered(key: Unicode.Scalar) {
    var driver = TestDriver(accounts: 40, size: Size(width: 80, height: 24))
    let message = String(repeating: "A long message. ", count: 14)
    driver.show(Notice(.failure, message))
    #expect(driver.statusLines.map(\.rows) == [3])
    for _ in 0..<39 {
      driver.press(.character(key))
      let row = driver.list.cursor.row
      let screen = driver.screen.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(screen.contains { $0.hasPrefix(" >  Account \(row) ") }, "row \(row) is not on the screen")
    }
    #expect(driver.selectedID == Fixture.id(39))
    driver.press(.pageUp, .pageUp)
    // 18 rows, of which the message covers one.
    #expect(driver.list.cursor.row == 39 - 2 * 17)
  }

  @Test("a message that comes when the cursor is at the bottom moves the rows up")
  func coveredLater() {
    var driver = TestDriver(accounts: 40, size: Size(width: 80, height: 24))
    for _ in 0..<17 { driver.press(.down) }
    #expect(driver.list.cursor.top == 0)
    driver.press(.enter)
    driver.press(.escape)
    let error = CloudflareError(
      .refused, status: 403, errors: [APIMessage(code: 10000, message: String(repeating: "word ", count: 38))])
    driver.answerAccount(.failure(error))
    #expect(driver.list.cursor.top > 0)
    #expect(driver.list.cursor.row - driver.list.cursor.top < driver.state.listRows)
  }

  @Test("where r reads the account, the way to reading the list again is told")
  func readingTheListAgain() throws {
    var driver = TestDriver(accounts: 20)
    driver.press(.enter)
    let gone = CloudflareError(.refused, status: 404, errors: [APIMessage(code: 7003, message: "could not route")])
    driver.answerAccount(.failure(gone))
    #expect(driver.nextStep == "Esc, then r, reads the list again")
    driver.changeList { $0.markDeleted(Fixture.id(0)) }
    for key in ["D", "e"] as [Unicode.Scalar] {
      driver.press(.character(key))
      #expect(driver.nextStep == "Esc, then r, reads the list again")
    }
    driver.press(.escape, .character("D"))
    #expect(driver.nextStep == "r reads the list again")
  }

  @Test("server pages go by whole pages", arguments: [(0, 50), (10, 50), (49, 50), (50, 100)])
  func nextServerPage(from row: Int, to target: Int) {
    var driver = TestDriver(accounts: 1204)
    for _ in 0..<row {
      driver.press(.down)
      driver.answerPages(of: 1204)
    }
    driver.press(.character("]"))
    driver.answerPages(of: 1204)
    #expect(driver.list.cursor.row == target)
    driver.press(.character("["))
    #expect(driver.list.cursor.row == target - 50)
  }

  @Test("Enter opens the account that is selected and reads it afresh; the reading of one that was left is given up")
  func open() {
    var driver = TestDriver(accounts: 20)
    driver.press(.enter)
    #expect(driver.pane == .detail)
    #expect(driver.effects.first == .readAccount(Fixture.id(0), for: .detail))
    driver.press(.character("]"))
    #expect(driver.effects.contains(.cancel(.account(.detail))) && !driver.isRunning(.account(.detail)))
    #expect(driver.selectedID == Fixture.id(1) && driver.accounts.account(Fixture.id(0)) == Fixture.account(0))
  }

  @Test(
    "d, x, Delete and Backspace only say which key it is",
    arguments: [Key.character("d"), .character("x"), .delete, .backspace])
  func otherDeletionKeys(key: Key) {
    var driver = TestDriver(accounts: 20)
    #expect(driver.press(key) == [])
    #expect(!driver.hasDialog)
    #expect(driver.notice == "D opens the deletion review")
  }

  @Test("pasted text outside a field is dropped with a notice and presses no key")
  func paste() {
    var driver = TestDriver(accounts: 20)
    driver.send(.paste("D\nq"))
    #expect(driver.effects == [])
    #expect(!driver.hasDialog)
    #expect(driver.notice == "Pasted text was dropped: it goes into text fields only")
  }

  @Test(
    "Ctrl-Z and Ctrl-L mean the same everywhere",
    arguments: [[], [Key.character("n")], [Key.character("D")], [Key.character("?")]])
  func everywhere(before: [Key]) {
    var driver = TestDriver(accounts: 20)
    driver.press(before)
    #expect(driver.press(.control("z")).last == .terminal(.suspend))
    #expect(driver.press(.control("l")) == [.terminal(.redraw)])
  }

  @Test(
    "a resize keeps the selection on screen",
    arguments: [Size(width: 60, height: 16), Size(width: 200, height: 60), Size(width: 10, height: 5)])
  func resize(size: Size) {
    var driver = TestDriver(accounts: 1204)
    for _ in 0..<40 { driver.press(.down) }
    driver.answerPages(of: 1204)
    driver.send(.resize(size))
    #expect(driver.selectedID == Fixture.id(40))
    driver.send(.resize(Size(width: 120, height: 32)))
    #expect(driver.selectedID == Fixture.id(40))
    let cursor = driver.list.cursor
    #expect((cursor.top..<cursor.top + 26).contains(cursor.row))
  }

  @Test("a read-only console opens neither form")
  func readOnly() {
    var driver = TestDriver(accounts: 20, isReadOnly: true)
    driver.press(.character("n"))
    #expect(!driver.hasDialog)
    driver.press(.character("D"))
    #expect(!driver.hasDialog)
    #expect(driver.notice == "This console was started read-only: it changes nothing")
    #expect(driver.screen.contains("READ-ONLY"))
    #expect(!driver.screen.contains("n new"))
  }
}
