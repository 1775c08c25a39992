import Cloudflare
import FoundationEssentials
import Testing

@testable import Console

@Suite("One list over all pages")
struct AccountListTests {
  private func list(_ pages: Int..., of total: Int, perPage: Int = 50) -> AccountList {
    var list = AccountList(perPage: perPage)
    for page in pages { list.receive(page: page, Fixture.page(page, of: total, perPage: perPage)) }
    return list
  }

  @Test("rows of pages that have not come are pending, of the right page")
  func pendingRows() {
    let list = list(1, of: 1204)
    #expect(list.rowCount == 1204)
    #expect(list.row(at: 49) == .account(Fixture.id(49)))
    #expect(list.row(at: 50) == .pending(page: 2))
    #expect(list.row(at: 1199) == .pending(page: 24))
    #expect(list.row(at: 1200) == .pending(page: 25))
    #expect(list.row(at: 1203) == .pending(page: 25))
    #expect(list.row(at: 1204) == nil)
    #expect(list.row(at: -1) == nil)
  }

  @Test("every account of a wholly loaded list stands where the server has it", arguments: [1, 4, 50, 51, 1204])
  func wholeList(total: Int) {
    var list = AccountList(perPage: 50)
    for page in (1...(total + 49) / 50).reversed() { list.receive(page: page, Fixture.page(page, of: total)) }
    #expect(list.rowCount == total)
    for row in 0..<total {
      #expect(list.row(at: row) == .account(Fixture.id(row)))
      #expect(list.index(of: Fixture.id(row)) == row)
      #expect(list.page(ofRow: row) == row / 50 + 1)
    }
  }

  @Test("an account that comes again on another page is shown once, where it was first")
  func repeats() {
    var list = list(1, of: 100)
    var second = Fixture.page(2, of: 100)
    second.accounts[0] = Fixture.account(49)
    list.receive(page: 2, second)
    #expect(list.rowCount == 99)
    #expect(list.row(at: 49) == .account(Fixture.id(49)))
    #expect(list.row(at: 50) == .account(Fixture.id(51)))
    #expect(list.row(at: 98) == .account(Fixture.id(99)))
    #expect(list.page(ofRow: 98) == 2)
  }

  @Test("a page that came out short does not shift the pages behind it")
  func shortPage() {
    var list = list(1, 3, of: 150)
    var second = Fixture.page(2, of: 150)
    second.accounts.removeLast(10)
    list.receive(page: 2, second)
    #expect(list.rowCount == 140)
    #expect(list.row(at: 89) == .account(Fixture.id(89)))
    #expect(list.row(at: 90) == .account(Fixture.id(100)))
    #expect(list.index(of: Fixture.id(149)) == 139)
  }

  @Test("page 1 for ever ends the list, and the reason is kept")
  func repeatedPage() {
    var list = AccountList(perPage: 50)
    var first = Fixture.page(1, of: 50)
    first.info = ResultInfo(page: 1, perPage: 50, totalPages: nil, count: 50, totalCount: 1204)
    list.receive(page: 1, first)
    #expect(list.rowCount == 1204)
    list.receive(page: 2, first)
    #expect(list.rowCount == 50)
    #expect(list.earlyEnd == .repeatedPage(2))
  }

  @Test("total_pages ends the list even when total_count promises more")
  func lastPageBeforeTotal() {
    var list = AccountList(perPage: 50)
    var first = Fixture.page(1, of: 50)
    first.info = ResultInfo(page: 1, perPage: 50, totalPages: 1, count: 50, totalCount: 1204)
    list.receive(page: 1, first)
    #expect(list.rowCount == 50)
    #expect(list.earlyEnd == .lastPage)
  }

  @Test("an empty page ends the list, and pages behind it are forgotten")
  func emptyPage() {
    var list = list(1, 3, of: 150)
    list.receive(page: 2, AccountPage(accounts: [], info: nil))
    #expect(list.rowCount == 50)
    #expect(list.index(of: Fixture.id(149)) == nil)
    #expect(list.earlyEnd == .emptyPage(2))
  }

  @Test("without totals one row stands for the page that may follow, until one comes empty")
  func noTotals() {
    var list = AccountList(perPage: 50)
    list.receive(page: 1, AccountPage(accounts: Fixture.page(1, of: 70).accounts))
    #expect(list.rowCount == 51)
    #expect(list.row(at: 50) == .pending(page: 2))
    #expect(list.countWords == "50+")
    list.receive(page: 2, AccountPage(accounts: Fixture.page(2, of: 70).accounts))
    // A server may give fewer a page than it was asked for.
    #expect(list.isOpen && list.countWords == "70+")
    list.receive(page: 3, AccountPage(accounts: []))
    #expect(!list.isOpen)
    #expect(list.rowCount == 70)
    #expect(list.earlyEnd == nil && list.missingFromTotal == 0)
  }

  @Test("a server that gives fewer a page than it was asked for is followed to the end of its count")
  func smallerPages() {
    var list = AccountList(perPage: 50)
    for page in 1...5 {
      var answer = Fixture.page(page, of: 100, perPage: 20)
      answer.info?.totalPages = nil
      list.receive(page: page, answer)
      #expect(list.pageCount == 5)
    }
    #expect(list.rowCount == 100 && list.isCurrent)
    #expect(list.earlyEnd == nil && list.missingFromTotal == 0)
  }

  /// A page of a server that gives so many rows and says what it likes about them.
  private static func page(_ number: Int, rows: Int, of total: Int, says info: ResultInfo) -> AccountPage {
    AccountPage(accounts: Fixture.page(number, of: total, perPage: rows).accounts, info: info)
  }

  @Test(
    "rows and page numbers follow the size that the server's pages have, and counts are the server's",
    arguments: [
      (20, ResultInfo(perPage: 20, totalPages: 5, totalCount: 100), 5),
      (20, ResultInfo(perPage: 20, totalCount: 100), 5), (20, ResultInfo(totalCount: 100), 5),
      (20, ResultInfo(perPage: 50, totalCount: 100), 5), (20, ResultInfo(perPage: 0, totalCount: 100), 5),
      (20, ResultInfo(perPage: 50, totalPages: 5, totalCount: 100), 5),
      (50, ResultInfo(perPage: 20, totalPages: 5, totalCount: 100), 2),
      (50, ResultInfo(perPage: 20, totalCount: 100), 2), (50, ResultInfo(perPage: 0, totalCount: 100), 2),
      (50, ResultInfo(perPage: -1, totalPages: 2, totalCount: 100), 2),
      (50, ResultInfo(perPage: 1_000, totalPages: 1, totalCount: 100), 2),
      (80, ResultInfo(perPage: 50, totalPages: 2, totalCount: 100), 2),
    ])
  func pageSizes(rows: Int, info: ResultInfo, pages: Int) {
    var list = AccountList(perPage: 50)
    list.receive(page: 1, Self.page(1, rows: rows, of: 100, says: info))
    #expect(list.pageCount == pages && list.rowCount == 100 && list.countWords == "100")
    #expect(list.row(at: rows) == .pending(page: 2) && list.row(at: 99) == .pending(page: pages))
    for page in (2...pages).reversed() { list.receive(page: page, Self.page(page, rows: rows, of: 100, says: info)) }
    #expect((0..<100).allSatisfy { list.row(at: $0) == .account(Fixture.id($0)) })
    #expect(list.isCurrent && list.earlyEnd == nil && list.missingFromTotal == 0)
  }

  @Test("pages of another size than before hold other accounts: all are read again, and none is lost or shown twice")
  func changingSize() {
    var list = AccountList(perPage: 50)
    list.receive(page: 1, Self.page(1, rows: 50, of: 100, says: ResultInfo(perPage: 50, totalCount: 100)))
    let info = ResultInfo(perPage: 20, totalCount: 100)
    list.receive(page: 2, Self.page(2, rows: 20, of: 100, says: info))
    #expect(list.pageCount == 5 && list.stale == [1] && list.earlyEnd == nil)
    for page in [1, 3, 4, 5] where !list.hasPage(page) {
      list.receive(page: page, Self.page(page, rows: 20, of: 100, says: info))
    }
    #expect((0..<100).allSatisfy { list.row(at: $0) == .account(Fixture.id($0)) })
    #expect(list.isCurrent && list.rowCount == 100)
  }

  @Test("a server that changes the size with each answer is not asked for ever")
  func flutteringSize() {
    var list = AccountList(perPage: 50)
    var requests = 0
    list.receive(page: 1, Self.page(1, rows: 50, of: 100, says: ResultInfo(perPage: 50, totalCount: 100)))
    while requests < 100, let page = (1...list.pageCount).first(where: { !list.hasPage($0) }) {
      requests += 1
      let rows = requests.isMultiple(of: 2) ? 50 : 20
      list.receive(page: page, Self.page(page, rows: rows, of: 100, says: ResultInfo(perPage: rows, totalCount: 100)))
    }
    #expect(requests < 20)
  }

  @Test("more pages than the count fills are looked for one by one, and are no rows")
  func tooManyPages() {
    let info = ResultInfo(perPage: 50, totalPages: 100_000, totalCount: 100)
    var list = AccountList(perPage: 50)
    for page in [1, 2] { list.receive(page: page, Self.page(page, rows: 50, of: 100, says: info)) }
    #expect(list.countWords == "100" && list.pageCount == 3)
    var longer = list
    longer.receive(page: 3, Self.page(3, rows: 50, of: 200, says: info))
    #expect(longer.pageCount == 4 && longer.rowCount == 151)
    list.receive(page: 3, AccountPage(accounts: [], info: info))
    #expect(list.isCurrent && list.rowCount == 100 && list.earlyEnd == .emptyPage(3))
  }

  @Test("G goes to the end of a list with pages of the server's own size, and L loads all of it")
  func smallPagesOnScreen() throws {
    var driver = TestDriver()
    let info = ResultInfo(perPage: 20, totalPages: 5, totalCount: 100)
    func answer(_ driver: inout TestDriver) {
      while let page = driver.loading.first {
        let result = Self.page(page, rows: 20, of: 100, says: info)
        driver.answer(page: page, .success(result))
      }
    }
    answer(&driver)
    #expect(driver.screen.contains(" 100 accounts\n"))
    driver.press(.character("G"))
    answer(&driver)
    #expect(driver.selectedID == Fixture.id(99))
    #expect(driver.screen.contains("100 of 100 · page 5 of 5"))
    driver.press(.character("L"))
    answer(&driver)
    #expect(driver.notice == "All 100 accounts are loaded")
  }

  @Test("pages that come empty behind a list that has become shorter leave its end where it is")
  func emptyBehindTheEnd() {
    var list = list(1, of: 1200)
    for page in 2...20 { list.receive(page: page, Fixture.page(page, of: 1000)) }
    for page in 21...24 {
      list.receive(page: page, Fixture.page(page, of: 1000))
      #expect(list.pageCount == 20 && list.rowCount == 1000)
    }
    #expect(list.isCurrent && list.earlyEnd == nil && list.missingFromTotal == 0)
  }

  @Test("the end that the first empty page showed stays, whatever the totals go on to say")
  func emptyAgainstTotals() {
    var list = list(1, of: 250)
    for page in 2...5 {
      list.receive(page: page, AccountPage(accounts: [], info: ResultInfo(totalPages: 5, totalCount: 250)))
    }
    #expect(list.pageCount == 1)
    #expect(list.earlyEnd == .emptyPage(2))
  }

  @Test("a repeated page far behind ends the list at once where it has been seen")
  func repeatedAtTheEnd() {
    var list = AccountList(perPage: 50)
    var first = Fixture.page(1, of: 50)
    first.info = ResultInfo(page: 1, perPage: 50, count: 50, totalCount: 1204)
    list.receive(page: 1, first)
    list.receive(page: 25, first)
    #expect(list.rowCount == 50 && list.isCurrent)
    #expect(list.earlyEnd == .repeatedPage(25))
  }

  @Test(
    "totals beyond all bounds are no totals, and end nothing by a crash",
    arguments: [
      ResultInfo(totalPages: 999_999_999_999_999_999), ResultInfo(totalPages: .max, totalCount: .max),
      ResultInfo(perPage: .min, totalCount: .max), ResultInfo(totalPages: .min, totalCount: .min),
      ResultInfo(perPage: 0, totalPages: 3, totalCount: .min),
    ])
  func hostileTotals(info: ResultInfo) {
    var list = list(1, of: 1204)
    for page in [2, 3] {
      list.receive(page: page, AccountPage(accounts: Fixture.page(page, of: 1204).accounts, info: info))
      list.receive(page: 9, AccountPage(accounts: [], info: info))
      #expect((100...5_000_000_050).contains(list.rowCount))
      #expect(list.row(at: 99) == .account(Fixture.id(99)))
      #expect(list.row(at: list.rowCount - 1) != nil)
    }
    #expect(list.missingFromTotal <= ResultInfo.largestTotal)
  }

  @Test("a last known list with numbers beyond all bounds is of no use, or shown without them")
  func hostileListCache() {
    func known(number: Int, total: Int) -> CachedList {
      CachedList(
        perPage: 50, pageSize: 50, total: total,
        pages: [.init(number: number, readOn: Date(timeIntervalSince1970: 0), accounts: [Fixture.account(0)])])
    }
    var list = AccountList(perPage: 50)
    list.restore(known(number: .max, total: 10))
    #expect(!list.isLoaded)
    list.restore(known(number: 1, total: .max))
    #expect(list.row(at: 0) == .account(Fixture.id(0)))
    var other = AccountList(perPage: 50)
    other.restore(known(number: 1, total: .min))
    #expect(other.row(at: 0) == .account(Fixture.id(0)))
  }

  @Test("an account that slipped from its page to one that has not come is found, and counts for nothing until then")
  func slipped() {
    var list = list(1, of: 1204)
    var first = Fixture.page(1, of: 1205)
    first.accounts = [Fixture.account(1204)] + first.accounts.dropLast()
    list.receive(page: 1, first)
    #expect(list.account(Fixture.id(49)) == nil)
    #expect(list.loaded(named: "Account 49").isEmpty)
    list.insertFound([Fixture.account(49)])
    #expect(list.parts.last?.ids == [Fixture.id(49)])
    #expect(list.loaded(named: "Account 49").map(\.id) == [Fixture.id(49)])
  }

  @Test("while pages are read again, an account between two of them is still known, and found all the same")
  func slippedBetweenStalePages() {
    var list = list(1, 2, of: 100)
    list.markStale()
    var first = Fixture.page(1, of: 101)
    first.accounts = [Fixture.account(100)] + first.accounts.dropLast()
    list.receive(page: 1, first)
    #expect(list.account(Fixture.id(49)) != nil && list.index(of: Fixture.id(49)) == nil)
    #expect(list.loaded(named: "Account 49").isEmpty)
    var searched = list
    searched.insertFound([Fixture.account(49)])
    #expect(searched.parts.last?.ids == [Fixture.id(49)])
    list.receive(page: 2, Fixture.page(2, of: 100))
    #expect(list.account(Fixture.id(49)) == nil)
  }

  @Test("what is read again as it was is no change")
  func unchanged() {
    var list = list(1, of: 120)
    let revision = list.revision
    list.update(Fixture.account(3))
    list.insertFound([Fixture.account(4)])
    list.markDeleted(Fixture.id(900))
    #expect(list.revision == revision)
    list.insertFound([Fixture.account(60)])
    list.forgetFound(keeping: Fixture.id(60))
    let kept = list
    list.forgetFound(keeping: Fixture.id(60))
    #expect(list == kept)
    list.update(Fixture.account(3, name: "Other"))
    #expect(list.revision > kept.revision)
  }

  @Test("an account that is known to be deleted before its page comes is shown as deleted when that brings it")
  func deletedBeforeItsPage() {
    var list = list(1, of: 120)
    list.markDeleted(Fixture.id(60))
    list.receive(page: 2, Fixture.page(2, of: 120))
    #expect(list.row(at: 60) == .account(Fixture.id(60)))
    #expect(list.deleted.contains(Fixture.id(60)))
  }

  @Test("a created account comes first, until a page shows where the server keeps it")
  func createdAccount() {
    var list = list(1, of: 120)
    list.insertCreated(Fixture.account(120, name: "New"))
    #expect(list.rowCount == 121)
    #expect(list.row(at: 0) == .account(Fixture.id(120)))
    #expect(list.row(at: 1) == .account(Fixture.id(0)))
    #expect(list.page(ofRow: 51) == 2)
    list.receive(page: 3, Fixture.page(3, of: 121))
    #expect(list.rowCount == 121)
    #expect(list.row(at: 0) == .account(Fixture.id(0)))
    #expect(list.row(at: 120) == .account(Fixture.id(120)))
  }

  @Test("an empty list has no rows")
  func empty() {
    let list = list(1, of: 0)
    #expect(list.rowCount == 0)
    #expect(list.isLoaded)
    #expect(list.row(at: 0) == nil)
  }

  @Test("a server that gives more than it was asked for keeps every account in its place")
  func overlongPage() {
    var list = AccountList(perPage: 5)
    list.receive(
      page: 1,
      AccountPage(accounts: (0..<8).map { Fixture.account($0) }, info: ResultInfo(totalPages: 2, totalCount: 12)))
    #expect((0..<8).allSatisfy { list.row(at: $0) == .account(Fixture.id($0)) })
    #expect(list.row(at: 8) == .pending(page: 2))
  }
}
