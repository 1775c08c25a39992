import Cloudflare
import FoundationEssentials
import Terminal
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
}
