import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("Browsing")
struct BrowseReducerTests {
  @Test("the start asks for page 1 at once and for the journal, and for nothing else")
  func start() {
    var state = State(session: Person().state.session)
    let moment = Person().moment
    let effects = reduce(&state, .start(Size(width: 120, height: 32)), at: moment)
    #expect(
      effects == [
        .loadPage(ListQuery(page: 1, perPage: 50), priority: .interactive, token: RequestToken(number: 1)),
        .readJournal(token: RequestToken(number: 2)),
        .wait(.patience, for: .milliseconds(310), then: .patience),
      ])
    var expected = State(session: state.session)
    expected.size = Size(width: 120, height: 32)
    expected.now = moment.date
    _ = expected.nextToken()
    expected.browse.loading = [1: RequestToken(number: 1)]
    expected.activity.reading = expected.nextToken()
    _ = expected.patience.follow([RequestToken(number: 1)], at: moment.date)
    expected.patience.due = moment.date + 0.3
    #expect(state == expected)
  }

  @Test("the page ahead is fetched in the background when its rows are near, and not before")
  func pageAhead() {
    var person = Person(size: Size(width: 120, height: 32))
    let token = person.state.browse.loading[1]!
    person.send(.browse(.pageAnswered(page: 1, token: token, .success(Fixture.page(1, of: 1204)))))
    // 26 rows are on screen, page 2 begins 25 rows below the last of them.
    #expect(person.effects.compactMap(\.page) == [2])
    #expect(person.effects.compactMap(\.priority) == [.background])

    var small = Person(size: Size(width: 80, height: 16))
    small.send(
      .browse(.pageAnswered(page: 1, token: small.state.browse.loading[1]!, .success(Fixture.page(1, of: 1204)))))
    #expect(small.effects == [])
  }

  @Test("walking down asks for each page once, as its rows come near")
  func walk() {
    var person = Person(accounts: 1204)
    var asked: [Int] = []
    for _ in 0..<700 {
      asked += person.press(.down).compactMap(\.page)
      person.answerPages(of: 1204)
    }
    #expect(person.selectedID == Fixture.id(700))
    #expect(asked == Array(3...15))
    for _ in 0..<700 { asked += person.press(.up).compactMap(\.page) }
    #expect(person.selectedID == Fixture.id(0))
    #expect(asked == Array(3...15))
  }

  @Test("G goes to the end of a million accounts with one request")
  func end() {
    var person = Person(size: Size(width: 120, height: 32))
    person.send(
      .browse(.pageAnswered(page: 1, token: person.state.browse.loading[1]!, .success(Fixture.page(1, of: 1_000_000)))))
    person.answerPages(of: 1_000_000)
    let effects = person.press(.character("G"))
    #expect(effects.compactMap(\.page) == [20_000])
    person.answerPages(of: 1_000_000)
    #expect(person.effects == [.rest(on: Fixture.id(999_999))])
    #expect(person.selectedID == Fixture.id(999_999))
    #expect(person.state.position == "1,000,000 of 1,000,000 · page 20,000 of 20,000")
  }

  @Test("pages that the screen has left behind are given up")
  func givesUpFarPages() {
    var person = Person(accounts: 100_000)
    person.press(.character("G"))
    let page = person.state.browse.loading.keys.max()!
    person.press(.character("g"))
    #expect(person.effects == [.cancel(.page(page)), .rest(on: Fixture.id(0))])
    #expect(person.state.browse.loading.isEmpty)
  }

  @Test("a late answer changes nothing")
  func lateAnswer() {
    var person = Person(accounts: 100_000)
    person.press(.character("G"))
    let (page, token) = person.state.browse.loading.first!
    person.press(.character("g"))
    let before = person.state
    person.send(.browse(.pageAnswered(page: page, token: token, .success(Fixture.page(page, of: 100_000)))))
    #expect(person.state == before)
    #expect(person.effects == [])
  }

  @Test("the selection of a row on its way becomes that row's account, and not another")
  func pendingSelection() {
    var person = Person(accounts: 1204)
    person.press(.character("G"))
    #expect(person.state.browse.selection == .row(1203))
    #expect(person.selectedID == nil)
    person.press(.character("D"))
    #expect(person.state.dialog == nil)
    #expect(person.notice == "This account has not come yet")
    person.answerPages(of: 1204)
    #expect(person.state.browse.selection == .account(Fixture.id(1203)))
  }

  @Test("a refresh keeps the selected account selected and on its line, wherever it went")
  func refreshKeepsSelection() {
    var person = Person(accounts: 120)
    for _ in 0..<30 { person.press(.down) }
    let line = person.state.browse.cursorRow - person.state.browse.top
    person.press(.character("r"))
    // Five accounts have come in before it.
    while let (page, token) = person.state.browse.loading.first {
      var answer = Fixture.page(page, of: 120)
      if page == 1 { answer.accounts = (500..<505).map { Fixture.account($0) } + answer.accounts.dropLast(5) }
      person.send(.browse(.pageAnswered(page: page, token: token, .success(answer))))
    }
    #expect(person.selectedID == Fixture.id(30))
    #expect(person.state.browse.cursorRow == 35)
    #expect(person.state.browse.cursorRow - person.state.browse.top == line)
  }

  @Test("an account that vanishes in a refresh leaves nothing selected, and says so")
  func refreshLosesSelection() {
    var person = Person(accounts: 20)
    for _ in 0..<5 { person.press(.down) }
    person.press(.character("r"))
    var answer = Fixture.page(1, of: 20)
    answer.accounts.remove(at: 5)
    person.send(.browse(.pageAnswered(page: 1, token: person.state.browse.loading[1]!, .success(answer))))
    #expect(person.state.browse.selection == .lost(name: "Account 5", row: 5))
    #expect(person.selectedID == nil)
    person.press(.character("D"))
    #expect(person.state.dialog == nil)
    #expect(person.notice == "Account 5 is no longer in this part of the list, so nothing is selected")
    person.press(.down)
    #expect(person.selectedID == Fixture.id(7))
  }

  @Test("an unreachable endpoint is said, and r tries again")
  func unreachable() {
    var person = Person()
    let error = CloudflareError(.unreachable("connection refused"))
    person.send(.browse(.pageAnswered(page: 1, token: person.state.browse.loading[1]!, .failure(error))))
    #expect(person.effects == [])
    #expect(person.state.browse.failures[1] == error)
    #expect(person.screen.contains("The accounts could not be read."))
    #expect(person.screen.contains("r tries again"))
    person.press(.character("r"))
    #expect(person.effects.map(\.page) == [1])
    person.answerPages(of: 3)
    #expect(person.state.notice == nil)
    #expect(person.selectedID == Fixture.id(0))
  }

  @Test("a page that fails is not asked for again by itself; r asks again")
  func failedPage() {
    var person = Person(accounts: 1204)
    person.press(.character("G"))
    let (page, token) = person.state.browse.loading.first!
    let error = CloudflareError(.serverFault, status: 500)
    person.send(.browse(.pageAnswered(page: page, token: token, .failure(error))))
    #expect(person.effects == [])
    #expect(person.press(.up) == [])
    #expect(person.screen.contains("! did not come"))
    #expect(person.press(.character("r")).compactMap(\.page).contains(page))
  }

  @Test("a page that comes takes away only the message that told of its failure")
  func noticeOfAnother() {
    var person = Person(accounts: 1204)
    person.press(.character("G"))
    let error = Notice(.failure, "The account could not be read")
    person.state.notice = error
    person.answerPages(of: 1204)
    #expect(person.state.notice == error)
    person.press(.character("g"), .character("]"), .character("]"))
    let (page, token) = person.state.browse.loading.min { $0.key < $1.key }!
    person.send(.browse(.pageAnswered(page: page, token: token, .failure(CloudflareError(.timedOut)))))
    #expect(person.notice?.hasPrefix("Page \(page) did not come") == true)
    // Going on in plain mode asks for it again.
    person.send(.plain(.rows(from: (page - 1) * 50)))
    #expect(person.state.notice != nil)
    person.answerPages(of: 1204)
    #expect(person.state.notice == nil)
  }

  @Test("no message covers the cursor, and pages go by the rows that are seen", arguments: ["j", "G"])
  func covered(key: Unicode.Scalar) {
    var person = Person(accounts: 40, size: Size(width: 80, height: 24))
    let message = String(repeating: "A long message. ", count: 14)
    person.state.notice = Notice(.failure, message)
    #expect(person.state.statusLines.map(\.rows) == [3])
    for _ in 0..<39 {
      person.press(.character(key))
      let row = person.state.browse.cursorRow
      let screen = person.screen.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(screen.contains { $0.hasPrefix(" >  Account \(row) ") }, "row \(row) is not on the screen")
    }
    #expect(person.selectedID == Fixture.id(39))
    person.press(.pageUp, .pageUp)
    // 18 rows, of which the message covers one.
    #expect(person.state.browse.cursorRow == 39 - 2 * 17)
  }

  @Test("a message that comes when the cursor is at the bottom moves the rows up")
  func coveredLater() {
    var person = Person(accounts: 40, size: Size(width: 80, height: 24))
    for _ in 0..<17 { person.press(.down) }
    #expect(person.state.browse.top == 0)
    person.press(.enter)
    let token = person.state.browse.detailToken!
    person.press(.escape)
    let error = CloudflareError(
      .refused, status: 403, errors: [APIMessage(code: 10000, message: String(repeating: "word ", count: 38))])
    person.send(.browse(.accountAnswered(id: Fixture.id(17), token: token, .failure(error))))
    #expect(person.state.browse.top > 0)
    #expect(person.state.browse.cursorRow - person.state.browse.top < person.state.listRows)
  }

  @Test("where r reads the account, the way to reading the list again is told")
  func readingTheListAgain() throws {
    var person = Person(accounts: 20)
    person.press(.enter)
    let gone = CloudflareError(.refused, status: 404, errors: [APIMessage(code: 7003, message: "could not route")])
    let token = try #require(person.state.browse.detailToken)
    person.send(.browse(.accountAnswered(id: Fixture.id(0), token: token, .failure(gone))))
    #expect(person.state.notice?.nextStep == "Esc, then r, reads the list again")
    person.state.browse.list.markDeleted(Fixture.id(0))
    for key in ["D", "e"] as [Unicode.Scalar] {
      person.press(.character(key))
      #expect(person.state.notice?.nextStep == "Esc, then r, reads the list again")
    }
    person.press(.escape, .character("D"))
    #expect(person.state.notice?.nextStep == "r reads the list again")
  }

  @Test("server pages go by whole pages", arguments: [(0, 50), (10, 50), (49, 50), (50, 100)])
  func nextServerPage(from row: Int, to target: Int) {
    var person = Person(accounts: 1204)
    for _ in 0..<row {
      person.press(.down)
      person.answerPages(of: 1204)
    }
    person.press(.character("]"))
    person.answerPages(of: 1204)
    #expect(person.state.browse.cursorRow == target)
    person.press(.character("["))
    #expect(person.state.browse.cursorRow == target - 50)
  }

  @Test("Enter opens the account that is selected and reads it afresh; a late reading of another is dropped")
  func open() {
    var person = Person(accounts: 20)
    person.press(.enter)
    #expect(person.state.browse.pane == .detail)
    let token = person.state.browse.detailToken!
    #expect(person.effects.first == .loadAccount(id: Fixture.id(0), token: token))
    person.press(.character("]"))
    #expect(person.effects.contains(.cancel(.detail)))
    let before = person.state
    person.send(.browse(.accountAnswered(id: Fixture.id(0), token: token, .success(Fixture.account(0, name: "Other")))))
    #expect(person.state == before)
  }

  @Test(
    "d, x, Delete and Backspace only say which key it is",
    arguments: [Key.character("d"), .character("x"), .delete, .backspace])
  func otherDeletionKeys(key: Key) {
    var person = Person(accounts: 20)
    #expect(person.press(key) == [])
    #expect(person.state.dialog == nil)
    #expect(person.notice == "D opens the deletion review")
  }

  @Test("pasted text outside a field is dropped with a notice and presses no key")
  func paste() {
    var person = Person(accounts: 20)
    person.send(.paste("D\nq"))
    #expect(person.effects == [])
    #expect(person.state.dialog == nil)
    #expect(person.notice == "Pasted text was dropped: it goes into text fields only")
  }

  @Test(
    "Ctrl-Z and Ctrl-L mean the same everywhere",
    arguments: [[], [Key.character("n")], [Key.character("D")], [Key.character("?")]])
  func everywhere(before: [Key]) {
    var person = Person(accounts: 20)
    person.press(before)
    #expect(person.press(.control("z")).last == .terminal(.suspend))
    #expect(person.press(.control("l")) == [.terminal(.redraw)])
  }

  @Test(
    "a resize keeps the selection on screen",
    arguments: [Size(width: 60, height: 16), Size(width: 200, height: 60), Size(width: 10, height: 5)])
  func resize(size: Size) {
    var person = Person(accounts: 1204)
    for _ in 0..<40 { person.press(.down) }
    person.answerPages(of: 1204)
    person.send(.resize(size))
    #expect(person.selectedID == Fixture.id(40))
    person.send(.resize(Size(width: 120, height: 32)))
    #expect(person.selectedID == Fixture.id(40))
    let browse = person.state.browse
    #expect((browse.top..<browse.top + 26).contains(browse.cursorRow))
  }

  @Test("a read-only console opens neither form")
  func readOnly() {
    var person = Person(accounts: 20, isReadOnly: true)
    person.press(.character("n"))
    #expect(person.state.dialog == nil)
    person.press(.character("D"))
    #expect(person.state.dialog == nil)
    #expect(person.notice == "This console was started read-only: it changes nothing")
    #expect(person.screen.contains("READ-ONLY"))
    #expect(!person.screen.contains("n new"))
  }
}

extension Effect {
  var page: Int? {
    guard case .loadPage(let query, _, _) = self else { return nil }
    return query.page
  }

  var priority: RequestPriority? {
    guard case .loadPage(_, let priority, _) = self else { return nil }
    return priority
  }
}
