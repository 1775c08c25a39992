import Cloudflare
import Testing

@testable import Console

@Suite("One list over all pages")
struct AccountListTests {
  private func list(_ pages: Int..., of total: Int, perPage: Int = 50) -> AccountList {
    var list = AccountList(perPage: perPage)
    for page in pages { list.insert(page: page, Fixture.page(page, of: total, perPage: perPage)) }
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
    for page in (1...(total + 49) / 50).reversed() { list.insert(page: page, Fixture.page(page, of: total)) }
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
    list.insert(page: 2, second)
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
    list.insert(page: 2, second)
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
    list.insert(page: 1, first)
    #expect(list.rowCount == 1204)
    list.insert(page: 2, first)
    #expect(list.rowCount == 50)
    #expect(list.earlyEnd == .repeatedPage(2))
  }

  @Test("total_pages ends the list even when total_count promises more")
  func lastPageBeforeTotal() {
    var list = AccountList(perPage: 50)
    var first = Fixture.page(1, of: 50)
    first.info = ResultInfo(page: 1, perPage: 50, totalPages: 1, count: 50, totalCount: 1204)
    list.insert(page: 1, first)
    #expect(list.rowCount == 50)
    #expect(list.earlyEnd == .lastPage)
  }

  @Test("an empty page ends the list, and pages behind it are forgotten")
  func emptyPage() {
    var list = list(1, 3, of: 150)
    list.insert(page: 2, AccountPage(accounts: [], info: nil))
    #expect(list.rowCount == 50)
    #expect(list.index(of: Fixture.id(149)) == nil)
    #expect(list.earlyEnd == .emptyPage(2))
  }

  @Test("without totals one row stands for the page that may follow, until one comes short")
  func noTotals() {
    var list = AccountList(perPage: 50)
    list.insert(page: 1, AccountPage(accounts: Fixture.page(1, of: 70).accounts))
    #expect(list.rowCount == 51)
    #expect(list.row(at: 50) == .pending(page: 2))
    #expect(list.isOpen)
    list.insert(page: 2, AccountPage(accounts: Fixture.page(2, of: 70).accounts))
    #expect(list.rowCount == 70)
    #expect(!list.isOpen)
  }

  @Test("a created account comes first, until a page shows where the server keeps it")
  func createdAccount() {
    var list = list(1, of: 120)
    list.insertCreated(Fixture.account(120, name: "New"))
    #expect(list.rowCount == 121)
    #expect(list.row(at: 0) == .account(Fixture.id(120)))
    #expect(list.row(at: 1) == .account(Fixture.id(0)))
    #expect(list.page(ofRow: 51) == 2)
    list.insert(page: 3, Fixture.page(3, of: 121))
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
    list.insert(
      page: 1,
      AccountPage(accounts: (0..<8).map { Fixture.account($0) }, info: ResultInfo(totalPages: 2, totalCount: 12)))
    #expect((0..<8).allSatisfy { list.row(at: $0) == .account(Fixture.id($0)) })
    #expect(list.row(at: 8) == .pending(page: 2))
  }
}
