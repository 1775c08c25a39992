import Testing

@testable import Cloudflare

@Suite("Rule 6: a list ends, and says why")
struct PagingTests {
  private func page(_ ids: ClosedRange<Int>, _ info: ResultInfo? = nil) -> AccountPage {
    AccountPage(accounts: ids.map { Account(id: "\($0)", name: "n\($0)") }, info: info)
  }

  private let nothing = AccountPage(accounts: [])

  @Test("An empty page ends the list")
  func empty() {
    var paging = Paging(perPage: 5)
    #expect(paging.take(page(1...5)).count == 5)
    #expect(paging.nextPage == 2)
    #expect(paging.take(nothing).isEmpty)
    #expect(paging.end == .emptyPage)
    #expect(paging.nextPage == nil)
  }

  @Test("total_pages ends the list")
  func totalPages() {
    var paging = Paging(perPage: 5)
    _ = paging.take(page(1...5, ResultInfo(totalPages: 2)))
    #expect(paging.end == nil)
    _ = paging.take(page(6...7, ResultInfo(totalPages: 2)))
    #expect(paging.end == .lastPage)
  }

  @Test("total_count ends the list, where total_pages is missing")
  func totalCount() {
    var paging = Paging(perPage: 5)
    _ = paging.take(page(1...5, ResultInfo(totalCount: 7)))
    #expect(paging.end == nil)
    _ = paging.take(page(6...7, ResultInfo(totalCount: 7)))
    #expect(paging.end == .allCounted)
  }

  @Test("A page that brings nothing new ends the list: a server that ignores the page cannot make it endless")
  func repeated() {
    var paging = Paging(perPage: 5)
    #expect(paging.take(page(1...5)).count == 5)
    #expect(paging.take(page(1...5)).isEmpty)
    #expect(paging.end == .nothingNew)
    #expect(paging.count == 5)
  }

  @Test("Credentials of one account, which say total_pages 1 on every page, end after one page")
  func accountOwned() {
    var paging = Paging(perPage: 50)
    let answer = page(1...1, ResultInfo(page: 1, perPage: 20, totalPages: 1, count: 1, totalCount: 1))
    #expect(paging.take(answer).count == 1)
    #expect(paging.end == .lastPage)
    #expect(paging.take(answer).isEmpty)
  }

  @Test("Repeats across pages are dropped, and the order is kept")
  func repeats() {
    var paging = Paging(perPage: 5)
    _ = paging.take(page(1...5))
    #expect(paging.take(page(4...8)).map(\.id) == ["6", "7", "8"])
    #expect(paging.end == nil)
  }

  @Test("A page that shrinks does not end the list early")
  func shrinking() {
    var paging = Paging(perPage: 5)
    _ = paging.take(page(1...5, ResultInfo(totalCount: 10)))
    _ = paging.take(page(6...8, ResultInfo(totalCount: 10)))
    #expect(paging.end == nil)
    _ = paging.take(nothing)
    #expect(paging.end == .emptyPage)
  }

  @Test("Totals that drift are followed")
  func drifting() {
    var paging = Paging(perPage: 5)
    _ = paging.take(page(1...5, ResultInfo(totalCount: 20)))
    _ = paging.take(page(6...10, ResultInfo(totalCount: 9)))
    #expect(paging.end == .allCounted)
  }

  @Test("A server that gives fewer a page than asked for is followed to its end")
  func smallerPages() {
    var paging = Paging(perPage: 50)
    for number in 0..<5 {
      let info = ResultInfo(page: number + 1, perPage: 20, totalCount: 100)
      _ = paging.take(page(number * 20 + 1...number * 20 + 20, info))
      #expect((paging.end == nil) == (number < 4))
    }
    #expect(paging.count == 100)
  }

  @Test(
    "Where rows and per_page disagree, the rows are followed to the end of the count",
    arguments: [
      ResultInfo(perPage: 50, totalCount: 100), ResultInfo(totalCount: 100), ResultInfo(perPage: 0, totalCount: 100),
      ResultInfo(perPage: 1_000, totalCount: 100), ResultInfo(perPage: 50, totalPages: 5, totalCount: 100),
      ResultInfo(totalPages: 5),
    ])
  func rowsBelieved(info: ResultInfo) {
    var paging = Paging(perPage: 50)
    while let number = paging.nextPage, number < 9 {
      _ = paging.take(page((number - 1) * 20 + 1...number * 20, info))
    }
    #expect(paging.count == 100 && paging.end != nil)
  }

  @Test("More rows than per_page says are as many pages as they fill", arguments: [nil, 5] as [Int?])
  func longerPages(pages: Int?) {
    var paging = Paging(perPage: 50)
    let info = ResultInfo(perPage: 20, totalPages: pages, totalCount: 100)
    _ = paging.take(page(1...50, info))
    #expect(paging.end == nil)
    _ = paging.take(page(51...100, info))
    #expect(paging.end != nil && paging.count == 100)
  }

  @Test(
    "Totals that contradict the page are not believed",
    arguments: [ResultInfo(totalPages: 0), ResultInfo(totalPages: -3), ResultInfo(totalCount: 0), ResultInfo()])
  func nonsense(info: ResultInfo) {
    #expect(ListEnd.judge(page: 1, size: 5, count: 5, newCount: 5, info: info) == nil)
  }

  @Test("A total beyond all bounds makes no room for itself, and ends nothing", arguments: [Int.min, -1, .max])
  func hostileTotal(total: Int) {
    var paging = Paging(perPage: 5)
    #expect(paging.take(page(1...3, ResultInfo(totalCount: total))).count == 3)
    #expect(paging.nextPage == 2)
  }

  @Test("Numbers beyond all bounds end nothing by a crash")
  func hostile() {
    let info = ResultInfo(page: .max, perPage: .max, totalCount: .max)
    #expect(ListEnd.judge(page: .max - 1, size: .max, count: 1, newCount: 1, info: info) == .allCounted)
    let pages = ResultInfo(page: .max, perPage: .max, totalPages: .max, totalCount: .max)
    #expect(ListEnd.judge(page: .max - 1, size: .max, count: 1, newCount: 1, info: pages) == .lastPage)
    #expect(ListEnd.judge(page: 1, size: 5, count: 5, newCount: 5, info: pages) == nil)
    #expect(ListEnd.judge(page: 1, size: 5, count: 1, newCount: 1, info: ResultInfo(perPage: .min)) == nil)
    #expect(
      ListEnd.judge(page: 2, size: 5, count: 1, newCount: 1, info: ResultInfo(perPage: 0, totalCount: .min)) == nil)
  }
}
