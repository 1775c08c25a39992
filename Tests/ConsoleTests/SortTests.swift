import Cloudflare
import FoundationEssentials
import Terminal
import TestSupport
import Testing

@testable import Console

@Suite("Sorting")
struct SortTests {
  private func names(_ driver: TestDriver) -> [String] {
    (0..<driver.rowCount).compactMap { row in
      guard case .account(let id) = driver.list.row(at: row, of: driver.accounts) else { return nil }
      return driver.accounts.account(id)?.name
    }
  }

  /// In front of a whole list with these names, in this order of the server.
  private func driver(_ names: [String], size: Size = Size(width: 120, height: 32)) -> TestDriver {
    var driver = TestDriver(size: size)
    var page = Fixture.page(1, of: names.count)
    for (index, name) in names.enumerated() { page.accounts[index].name = name }
    driver.answer(page: 1, .success(page))
    return driver
  }

  @Test("s goes from column to column and back to the server's order, and the head of the column says which")
  func columns() {
    var driver = driver(["b", "C", "a", "B", "e\u{301}", "é", "D"])
    driver.press(.down)
    let selected = driver.selectedID
    driver.press(.character("s"))
    #expect(names(driver) == ["a", "b", "B", "C", "D", "e\u{301}", "é"])
    #expect(driver.screen.contains("NAME ↑"))
    #expect(driver.position == "4 of 7 · sorted by name")
    #expect(driver.selectedID == selected)
    driver.press(.character("S"))
    #expect(names(driver) == ["e\u{301}", "é", "D", "C", "b", "B", "a"])
    #expect(driver.screen.contains("NAME ↓"))
    #expect(driver.frame.asciiFallback.text.contains("NAME v"))
    driver.press(.character("s"))
    // The fourth account is an enterprise.
    #expect(names(driver) == ["B", "a", "b", "C", "D", "e\u{301}", "é"])
    #expect(driver.screen.contains("TYPE ↑"))
    driver.press(.character("s"))
    #expect(names(driver) == ["D", "é", "e\u{301}", "B", "a", "C", "b"])
    #expect(driver.screen.contains("CREATED ↓"))
    driver.press(.character("s"))
    // The first and the sixth require two-factor.
    #expect(names(driver) == ["b", "é", "a", "B", "C", "D", "e\u{301}"])
    #expect(driver.screen.contains("2FA↓"))
    driver.press(.character("s"))
    #expect(names(driver) == ["b", "C", "a", "B", "e\u{301}", "é", "D"])
    #expect(driver.selectedID == selected)
    #expect(driver.position == "2 of 7 · page 1 of 1")
    driver.press(.character("S"))
    #expect(driver.message == Notice(.note, "The accounts are in the server's order", nextStep: "s sorts them"))
  }

  @Test("a filter follows the order when that changes under it")
  func reversedUnderFilter() {
    var driver = driver(["xa", "xb", "xc", "other"])
    driver.press(.character("s"), .character("/"), .character("x"), .enter)
    #expect(names(driver) == ["xa", "xb", "xc"])
    driver.press(.character("S"))
    #expect(names(driver) == ["xc", "xb", "xa"])
  }

  @Test("a search in a sorted list reaches every account after one was created")
  func createdUnderSort() {
    var driver = driver(["xa", "xb", "other"])
    driver.press(.character("s"))
    driver.changeList { $0.insertCreated(Account(id: "new", name: "xn")) }
    driver.press(.character("/"), .character("x"))
    #expect(names(driver) == ["xa", "xb", "xn"])
  }

  @Test("what is not known stands last either way", arguments: [AccountOrder.Column.type, .created, .twoFactor])
  func unknown(column: AccountOrder.Column) {
    let accounts = [Account(id: "1", name: "x"), Fixture.account(3), Fixture.account(5)]
    #expect(AccountOrder(criterion: column).sortedIDs(of: accounts).last == "1")
    #expect(AccountOrder(criterion: column, isReversed: true).sortedIDs(of: accounts).last == "1")
  }

  @Test("a list that is not whole is not sorted, and says what is missing")
  func missing() {
    var driver = TestDriver(accounts: 1204)
    driver.press(.character("s"))
    #expect(driver.list.sort == nil)
    #expect(
      driver.message
        == Notice(.note, "Sorting needs every account, and 100 of 1,204 are loaded", nextStep: "L loads the rest"))
  }

  @Test("a refresh reads every page again under the sorted rows, and sorts once at the end")
  func refresh() {
    var driver = TestDriver(accounts: 120)
    driver.press(.character("L"))
    driver.answerPages(of: 120)
    driver.press(.character("s"), .down, .down)
    let selected = driver.selectedID
    let before = driver.list.arrangement
    driver.press(.character("r"))
    #expect(driver.effects.compactMap(\.page) == [1, 2, 3])
    #expect(driver.list.arrangement == before)
    #expect(driver.screen.contains("reading again, page 0 of 3"))
    // An account has gone from the first page, so that all others moved up, and one has another name.
    for page in 1...3 {
      var answer = Fixture.page(page, of: 120)
      let first = (page - 1) * 50 + 1
      answer.accounts = (first..<min(120, first + 50)).map { Fixture.account($0, name: $0 == 119 ? "A" : nil) }
      answer.info?.totalCount = 119
      #expect(driver.list.arrangement == before)
      driver.answer(page: page, .success(answer))
    }
    #expect(driver.list.arrangement?.count == 119)
    #expect(names(driver).first == "A")
    #expect(driver.selectedID == selected)
    #expect(driver.notice == "All 119 accounts are loaded")
  }

  @Test("while all pages are read again, what is created or found is among the rows at once, and stays there")
  func newWhileReading() throws {
    var driver = TestDriver(accounts: 120)
    driver.press(.character("L"))
    driver.answerPages(of: 120)
    driver.press(.character("s"), .character("r"))
    let created = Fixture.account(300, name: "Aardvark")
    driver.finishCreate(created)
    #expect(driver.selectedID == created.id)
    #expect(names(driver).first == "Aardvark" && names(driver).count == 121)
    driver.answer(page: 1, .success(Fixture.page(1, of: 121)))
    #expect(driver.selectedID == created.id)
    #expect(names(driver).first == "Aardvark")

    // One that the server knew and the list did not, and then brings with its last page.
    driver.press(.character("/"))
    driver.type("zoo")
    driver.elapse(.searchDebounce)
    let found = Fixture.account(400, name: "Zoo")
    driver.answerSearch(.success(AccountPage(accounts: [found])))
    #expect(names(driver) == ["Zoo"])
    var last = Fixture.page(3, of: 121)
    last.accounts[20] = found
    driver.answer(page: 3, .success(last))
    #expect(driver.loadAll != nil)
    #expect(names(driver) == ["Zoo"])
    #expect(driver.selectedID == found.id)
  }

  @Test("an account that is created beside what is looked for ends the search, and the order stays")
  func createdBesideFilter() {
    var driver = driver(["zebra one", "apple one", "mango"])
    driver.press(.character("s"), .character("/"))
    driver.type("one")
    driver.press(.enter)
    driver.finishCreate(Fixture.account(400, name: "banana"))
    #expect(driver.list.find == nil)
    #expect(names(driver) == ["apple one", "banana", "mango", "zebra one"])
    #expect(driver.screen.contains("NAME ↑"))
  }

  @Test("a filter on sorted rows keeps their order, and new accounts take their place in it")
  func filtered() {
    var driver = driver(["zebra one", "apple one", "mango one", "zebra two"])
    driver.press(.character("s"), .character("/"))
    driver.type("one")
    #expect(names(driver) == ["apple one", "mango one", "zebra one"])
    driver.press(.enter)
    driver.finishCreate(Fixture.account(400, name: "banana one"))
    driver.press(.up)
    #expect(names(driver) == ["apple one", "banana one", "mango one", "zebra one"])
    driver.press(.escape, .escape)
    #expect(names(driver) == ["apple one", "banana one", "mango one", "zebra one", "zebra two"])
  }

  @Test("names are sorted without regard to case and accents")
  func folded() {
    var driver = driver([
      "Zebra", "Émile", "emil", "Łódź", "Lodge", "lozenge", "Straßen", "Strasse", "Østre", "ostrich",
    ])
    driver.press(.character("s"))
    #expect(
      names(driver)
        == ["emil", "Émile", "Lodge", "Łódź", "lozenge", "Østre", "ostrich", "Strasse", "Straßen", "Zebra"])
  }

  /// Changes the selected account by the form.
  private func edit(_ driver: inout TestDriver, _ keys: [Key], as change: (inout Account) -> Void) throws {
    driver.press(.character("e"))
    driver.answerEditRead()
    driver.press(keys)
    while let focus = driver.editForm?.focus, focus != .proceed { driver.press(.tab) }
    driver.press(.enter, .enter)
    driver.answerEditRead()
    var account = try #require(driver.editForm?.base)
    change(&account)
    driver.answerChange(.success(account))
    #expect(!driver.hasDialog)
  }

  private func rename(_ driver: inout TestDriver, to name: String) throws {
    try edit(&driver, [.control("u")] + name.unicodeScalars.map(Key.character)) { $0.name = name }
  }

  @Test("a renamed account takes its new place, stays selected, and stays on screen")
  func renamed() throws {
    let size = Size(width: 80, height: 16)
    var driver = driver((0..<40).map { "name \($0 + 10)" }, size: size)
    driver.press(.character("s"), .down)
    let id = driver.selectedID
    try rename(&driver, to: "zebra")
    #expect(names(driver).last == "zebra" && driver.selectedID == id)
    #expect(driver.list.cursor.row == 39 && driver.screen.contains("zebra"))
    #expect(driver.position == "40 of 40 · sorted by name")
    try rename(&driver, to: "aardvark")
    #expect(names(driver).first == "aardvark" && driver.selectedID == id && driver.list.cursor.top == 0)
  }

  @Test(
    "under a filter a renamed account moves among the matches, or leaves them, sorted or not", arguments: [false, true])
  func renamedUnderFilter(isSorted: Bool) throws {
    var driver = driver(["x one", "x two", "x three", "other"])
    if isSorted { driver.press(.character("s")) }
    driver.press(.character("/"), .character("x"), .enter, .home)
    let id = driver.selectedID
    try rename(&driver, to: "not an x")
    #expect(names(driver) == (isSorted ? ["x three", "x two", "not an x"] : ["x two", "x three", "not an x"]))
    #expect(driver.selectedID == id && driver.list.cursor.row == 2)
    try rename(&driver, to: "gone")
    #expect(names(driver) == (isSorted ? ["x three", "x two"] : ["x two", "x three"]))
    #expect(driver.selectedAccount == nil)
  }

  @Test("whatever changes an account, and by whatever column, its row follows")
  func followsEveryChange() throws {
    let names = ["a", "b", "c", "d", "e", "f", "g"]
    var driver = driver(names)
    for _ in 0..<4 { driver.press(.character("s")) }
    #expect(self.names(driver) == ["a", "f", "b", "c", "d", "e", "g"])
    // A change of the setting.
    driver.press(.end)
    try edit(&driver, [.tab, .character(" ")]) { $0.settings?.enforceTwoFactor = true }
    #expect(self.names(driver) == ["a", "f", "g", "b", "c", "d", "e"])

    // A fresh reading in the detail pane, and one of a review that shows another name.
    driver = self.driver(names)
    driver.press(.character("s"), .enter)
    var fresh = try #require(driver.selectedAccount)
    fresh.name = "x"
    driver.answerAccount(.success(fresh))
    #expect(self.names(driver) == ["b", "c", "d", "e", "f", "g", "x"])
    driver.press(.escape, .home, .character("D"))
    fresh = try #require(driver.deletion?.captured)
    fresh.name = "y"
    driver.answerReview(fresh: fresh)
    driver.press(.enter)
    #expect(self.names(driver) == ["c", "d", "e", "f", "g", "x", "y"])
    // The reading before a change.
    driver.press(.home, .character("e"))
    driver.answerEditRead { $0.name = "z" }
    #expect(self.names(driver) == ["d", "e", "f", "g", "x", "y", "z"])
  }

  @Test("an account that is renamed while all pages are read again takes its new place at once")
  func renamedWhileReading() throws {
    var driver = TestDriver(accounts: 120)
    driver.press(.character("L"))
    driver.answerPages(of: 120)
    driver.press(.character("s"), .character("r"), .home)
    #expect(driver.loadAll != nil)
    try rename(&driver, to: "zebra")
    #expect(names(driver).last == "zebra" && names(driver).count == 120)
  }

  @Test("where matches are grouped by how well they match, the words say so, and no column claims the order")
  func wordsUnderFilter() {
    var driver = driver(["a pine", "pine b", "Alpine", "pine a"])
    driver.press(.character("s"), .character("/"))
    #expect(driver.screen.contains("NAME ↑"))
    driver.type("pine")
    #expect(names(driver) == ["pine a", "pine b", "a pine", "Alpine"])
    #expect(driver.position.contains("sorted by match, then by name"))
    #expect(!driver.screen.contains("NAME ↑"))
    driver.press(.enter, .character("S"))
    #expect(names(driver) == ["pine b", "pine a", "a pine", "Alpine"])
    #expect(driver.notice == "Sorted by match, then by name, from Z")
    driver.press(.escape, .escape)
    #expect(driver.position.hasSuffix(" of 4 · sorted by name, from Z"))
    #expect(driver.screen.contains("NAME ↓"))
  }

  @Test("pages that come, go and change leave the order that sorting everything anew gives")
  func followsPages() {
    var random = SeededGenerator(seed: 3)
    for column in AccountOrder.Column.allCases {
      let order = AccountOrder(criterion: column, isReversed: column == .created)
      var list = AccountList(perPage: 5)
      var sorted = SortedAccounts(order)
      for step in 0..<300 {
        switch random.below(5) {
        case 0: list.insertCreated(Fixture.account(1_000 + step, name: "New \(random.below(50))"))
        case 1: list.update(Fixture.account(random.below(30), name: "Other \(random.below(50))"))
        case 2: list.markDeleted(Fixture.id(random.below(30)))
        default:
          var page = Fixture.page(1 + random.below(6), of: 30 - random.below(3), perPage: 5)
          for index in page.accounts.indices { page.accounts[index].name = "Name \(random.below(20))" }
          if let number = page.info?.page { list.receive(page: number, page) }
        }
        sorted.sync(list)
        let all = list.parts.filter { $0.key != AccountList.foundKey }.flatMap(\.ids).compactMap(list.account)
        #expect(sorted.ids == order.sortedIDs(of: all), "\(column), \(step)")
      }
    }
  }
}

extension AccountOrder {
  fileprivate func sortedIDs(of accounts: [Account]) -> [Account.ID] {
    entries(of: accounts).sorted(by: precedes).map(\.id)
  }
}
