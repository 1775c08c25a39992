import Cloudflare
import FoundationEssentials
import Terminal
import TestSupport
import Testing

@testable import Console

@Suite("Sorting")
struct SortTests {
  private func names(_ person: Person) -> [String] {
    (0..<person.state.browse.rowCount).compactMap { row in
      guard case .account(let id) = person.state.browse.row(at: row) else { return nil }
      return person.state.browse.list.account(id)?.name
    }
  }

  /// In front of a whole list with these names, in this order of the server.
  private func person(_ names: [String], size: Size = Size(width: 120, height: 32)) -> Person {
    var person = Person(size: size)
    var page = Fixture.page(1, of: names.count)
    for (index, name) in names.enumerated() { page.accounts[index].name = name }
    person.send(.browse(.pageAnswered(page: 1, token: person.state.browse.loading[1]!, .success(page))))
    return person
  }

  @Test("s goes from column to column and back to the server's order, and the head of the column says which")
  func columns() {
    var person = person(["b", "C", "a", "B", "e\u{301}", "é", "D"])
    person.press(.down)
    let selected = person.selectedID
    person.press(.character("s"))
    #expect(names(person) == ["a", "b", "B", "C", "D", "e\u{301}", "é"])
    #expect(person.screen.contains("NAME ↑"))
    #expect(person.state.position == "4 of 7 · sorted by name")
    #expect(person.selectedID == selected)
    person.press(.character("S"))
    #expect(names(person) == ["e\u{301}", "é", "D", "C", "b", "B", "a"])
    #expect(person.screen.contains("NAME ↓"))
    #expect(view(person.state).asciiFallback.text.contains("NAME v"))
    person.press(.character("s"))
    // The fourth account is an enterprise.
    #expect(names(person) == ["B", "a", "b", "C", "D", "e\u{301}", "é"])
    #expect(person.screen.contains("TYPE ↑"))
    person.press(.character("s"))
    #expect(names(person) == ["D", "é", "e\u{301}", "B", "a", "C", "b"])
    #expect(person.screen.contains("CREATED ↓"))
    person.press(.character("s"))
    // The first and the sixth require two-factor.
    #expect(names(person) == ["b", "é", "a", "B", "C", "D", "e\u{301}"])
    #expect(person.screen.contains("2FA↓"))
    person.press(.character("s"))
    #expect(names(person) == ["b", "C", "a", "B", "e\u{301}", "é", "D"])
    #expect(person.selectedID == selected)
    #expect(person.state.position == "2 of 7 · page 1 of 1")
    person.press(.character("S"))
    #expect(person.state.notice == Notice(.note, "The accounts are in the server's order", nextStep: "s sorts them"))
  }

  @Test("a filter follows the order when that changes under it")
  func reversedUnderFilter() {
    var person = person(["xa", "xb", "xc", "other"])
    person.press(.character("s"), .character("/"), .character("x"), .enter)
    #expect(names(person) == ["xa", "xb", "xc"])
    person.press(.character("S"))
    #expect(names(person) == ["xc", "xb", "xa"])
  }

  @Test("a search in a sorted list reaches every account after one was created")
  func createdUnderSort() {
    var person = person(["xa", "xb", "other"])
    person.press(.character("s"))
    person.state.browse.list.insertCreated(Account(id: "new", name: "xn"))
    person.state.browse.arrange()
    person.press(.character("/"), .character("x"))
    #expect(names(person) == ["xa", "xb", "xn"])
  }

  @Test("what is not known stands last either way", arguments: [AccountOrder.Column.type, .created, .twoFactor])
  func unknown(column: AccountOrder.Column) {
    let accounts = [Account(id: "1", name: "x"), Fixture.account(3), Fixture.account(5)]
    #expect(AccountOrder(column: column).sorted(accounts).last == "1")
    #expect(AccountOrder(column: column, isReversed: true).sorted(accounts).last == "1")
  }

  @Test("a list that is not whole is not sorted, and says what is missing")
  func missing() {
    var person = Person(accounts: 1204)
    person.press(.character("s"))
    #expect(person.state.browse.sort == nil)
    #expect(
      person.state.notice
        == Notice(.note, "Sorting needs every account, and 100 of 1,204 are loaded", nextStep: "L loads the rest"))
  }

  @Test("a refresh reads every page again under the sorted rows, and sorts once at the end")
  func refresh() {
    var person = Person(accounts: 120)
    person.press(.character("L"))
    person.answerPages(of: 120)
    person.press(.character("s"), .down, .down)
    let selected = person.selectedID
    let before = person.state.browse.arrangement
    person.press(.character("r"))
    #expect(person.effects.compactMap(\.page) == [1, 2, 3])
    #expect(person.state.browse.arrangement == before)
    #expect(person.screen.contains("reading again, page 0 of 3"))
    // An account has gone from the first page, so that all others moved up, and one has another name.
    for page in 1...3 {
      var answer = Fixture.page(page, of: 120)
      let first = (page - 1) * 50 + 1
      answer.accounts = (first..<min(120, first + 50)).map { Fixture.account($0, name: $0 == 119 ? "A" : nil) }
      answer.info?.totalCount = 119
      #expect(person.state.browse.arrangement == before)
      let token = person.state.browse.loading[page]!
      person.send(.browse(.pageAnswered(page: page, token: token, .success(answer))))
    }
    #expect(person.state.browse.arrangement?.count == 119)
    #expect(names(person).first == "A")
    #expect(person.selectedID == selected)
    #expect(person.notice == "All 119 accounts are loaded")
  }

  @Test("while all pages are read again, what is created or found is among the rows at once, and stays there")
  func newWhileReading() throws {
    var person = Person(accounts: 120)
    person.press(.character("L"))
    person.answerPages(of: 120)
    person.press(.character("s"), .character("r"))
    let created = Fixture.account(300, name: "Aardvark")
    _ = person.state.finishCreate(created, asked: .standard)
    #expect(person.selectedID == created.id)
    #expect(names(person).first == "Aardvark" && names(person).count == 121)
    let first = try #require(person.state.browse.loading[1])
    person.send(.browse(.pageAnswered(page: 1, token: first, .success(Fixture.page(1, of: 121)))))
    #expect(person.selectedID == created.id)
    #expect(names(person).first == "Aardvark")

    // One that the server knew and the list did not, and then brings with its last page.
    person.press(.character("/"))
    person.type("zoo")
    person.send(.find(.rested))
    guard case .asked(let token) = person.state.browse.find?.asking else {
      Issue.record("the server is not asked")
      return
    }
    let found = Fixture.account(400, name: "Zoo")
    person.send(.find(.answered(token: token, .success(AccountPage(accounts: [found])))))
    #expect(names(person) == ["Zoo"])
    var last = Fixture.page(3, of: 121)
    last.accounts[20] = found
    let third = try #require(person.state.browse.loading[3])
    person.send(.browse(.pageAnswered(page: 3, token: third, .success(last))))
    #expect(person.state.browse.loadAll != nil)
    #expect(names(person) == ["Zoo"])
    #expect(person.selectedID == found.id)
  }

  @Test("an account that is created beside what is looked for ends the search, and the order stays")
  func createdBesideFilter() {
    var person = person(["zebra one", "apple one", "mango"])
    person.press(.character("s"), .character("/"))
    person.type("one")
    person.press(.enter)
    _ = person.state.finishCreate(Fixture.account(400, name: "banana"), asked: .standard)
    #expect(person.state.browse.find == nil)
    #expect(names(person) == ["apple one", "banana", "mango", "zebra one"])
    #expect(person.screen.contains("NAME ↑"))
  }

  @Test("a filter on sorted rows keeps their order, and new accounts take their place in it")
  func filtered() {
    var person = person(["zebra one", "apple one", "mango one", "zebra two"])
    person.press(.character("s"), .character("/"))
    person.type("one")
    #expect(names(person) == ["apple one", "mango one", "zebra one"])
    person.press(.enter)
    _ = person.state.finishCreate(Fixture.account(400, name: "banana one"), asked: .standard)
    person.press(.up)
    #expect(names(person) == ["apple one", "banana one", "mango one", "zebra one"])
    person.press(.escape, .escape)
    #expect(names(person) == ["apple one", "banana one", "mango one", "zebra one", "zebra two"])
  }

  @Test("names are sorted without regard to case and accents")
  func folded() {
    var person = person([
      "Zebra", "Émile", "emil", "Łódź", "Lodge", "lozenge", "Straßen", "Strasse", "Østre", "ostrich",
    ])
    person.press(.character("s"))
    #expect(
      names(person)
        == ["emil", "Émile", "Lodge", "Łódź", "lozenge", "Østre", "ostrich", "Strasse", "Straßen", "Zebra"])
  }

  /// Changes the selected account by the form.
  private func edit(_ person: inout Person, _ keys: [Key], as change: (inout Account) -> Void) throws {
    person.press(.character("e"))
    person.answerEditRead()
    person.press(keys)
    while let focus = person.editForm?.focus, focus != .proceed { person.press(.tab) }
    person.press(.enter, .enter)
    person.answerEditRead()
    var account = try #require(person.editForm?.base)
    change(&account)
    person.send(.change(.answered(token: try #require(person.changeToken), .success(account))))
    #expect(person.state.dialog == nil)
  }

  private func rename(_ person: inout Person, to name: String) throws {
    try edit(&person, [.control("u")] + name.unicodeScalars.map(Key.character)) { $0.name = name }
  }

  @Test("a renamed account takes its new place, stays selected, and stays on screen")
  func renamed() throws {
    let size = Size(width: 80, height: 16)
    var person = person((0..<40).map { "name \($0 + 10)" }, size: size)
    person.press(.character("s"), .down)
    let id = person.selectedID
    try rename(&person, to: "zebra")
    #expect(names(person).last == "zebra" && person.selectedID == id)
    #expect(person.state.browse.cursorRow == 39 && person.screen.contains("zebra"))
    #expect(person.state.position == "40 of 40 · sorted by name")
    try rename(&person, to: "aardvark")
    #expect(names(person).first == "aardvark" && person.selectedID == id && person.state.browse.top == 0)
  }

  @Test(
    "under a filter a renamed account moves among the matches, or leaves them, sorted or not", arguments: [false, true])
  func renamedUnderFilter(isSorted: Bool) throws {
    var person = person(["x one", "x two", "x three", "other"])
    if isSorted { person.press(.character("s")) }
    person.press(.character("/"), .character("x"), .enter, .home)
    let id = person.selectedID
    try rename(&person, to: "not an x")
    #expect(names(person) == (isSorted ? ["x three", "x two", "not an x"] : ["x two", "x three", "not an x"]))
    #expect(person.selectedID == id && person.state.browse.cursorRow == 2)
    try rename(&person, to: "gone")
    #expect(names(person) == (isSorted ? ["x three", "x two"] : ["x two", "x three"]))
    #expect(person.state.browse.selectedAccount == nil)
  }

  @Test("whatever changes an account, and by whatever column, its row follows")
  func followsEveryChange() throws {
    let names = ["a", "b", "c", "d", "e", "f", "g"]
    var person = person(names)
    for _ in 0..<4 { person.press(.character("s")) }
    #expect(self.names(person) == ["a", "f", "b", "c", "d", "e", "g"])
    // A change of the setting.
    person.press(.end)
    try edit(&person, [.tab, .character(" ")]) { $0.settings?.enforceTwoFactor = true }
    #expect(self.names(person) == ["a", "f", "g", "b", "c", "d", "e"])

    // A fresh reading in the detail pane, and one of a review that shows another name.
    person = self.person(names)
    person.press(.character("s"), .enter)
    let token = try #require(person.state.browse.detailToken)
    let first = try #require(person.selectedID)
    var fresh = try #require(person.state.browse.selectedAccount)
    fresh.name = "x"
    person.send(.browse(.accountAnswered(id: first, token: token, .success(fresh))))
    #expect(self.names(person) == ["b", "c", "d", "e", "f", "g", "x"])
    person.press(.escape, .home, .character("D"))
    fresh = try #require(person.deletion?.captured)
    fresh.name = "y"
    person.answerReview(fresh: fresh)
    person.press(.enter)
    #expect(self.names(person) == ["c", "d", "e", "f", "g", "x", "y"])
    // The reading before a change.
    person.press(.home, .character("e"))
    person.answerEditRead { $0.name = "z" }
    #expect(self.names(person) == ["d", "e", "f", "g", "x", "y", "z"])
  }

  @Test("an account that is renamed while all pages are read again takes its new place at once")
  func renamedWhileReading() throws {
    var person = Person(accounts: 120)
    person.press(.character("L"))
    person.answerPages(of: 120)
    person.press(.character("s"), .character("r"), .home)
    #expect(person.state.browse.loadAll != nil)
    try rename(&person, to: "zebra")
    #expect(names(person).last == "zebra" && names(person).count == 120)
  }

  @Test("where matches are grouped by how well they match, the words say so, and no column claims the order")
  func wordsUnderFilter() {
    var person = person(["a pine", "pine b", "Alpine", "pine a"])
    person.press(.character("s"), .character("/"))
    #expect(person.screen.contains("NAME ↑"))
    person.type("pine")
    #expect(names(person) == ["pine a", "pine b", "a pine", "Alpine"])
    #expect(person.state.position.contains("sorted by match, then by name"))
    #expect(!person.screen.contains("NAME ↑"))
    person.press(.enter, .character("S"))
    #expect(names(person) == ["pine b", "pine a", "a pine", "Alpine"])
    #expect(person.notice == "Sorted by match, then by name, from Z")
    person.press(.escape, .escape)
    #expect(person.state.position.hasSuffix(" of 4 · sorted by name, from Z"))
    #expect(person.screen.contains("NAME ↓"))
  }

  @Test("pages that come, go and change leave the order that sorting everything anew gives")
  func followsPages() {
    var random = SeededGenerator(seed: 3)
    for column in AccountOrder.Column.allCases {
      let order = AccountOrder(column: column, isReversed: column == .created)
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
          if let number = page.info?.page { list.insert(page: number, page) }
        }
        sorted.follow(list)
        let all = list.parts.filter { $0.key != AccountList.foundKey }.flatMap(\.ids).compactMap(list.account)
        #expect(sorted.ids == order.sorted(all), "\(column), \(step)")
      }
    }
  }
}
