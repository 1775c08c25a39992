import Synchronization
import Testing

@testable import Cloudflare

/// Lists of made-up accounts that answer when a test lets them, and count what is on its way.
private final class PagedService: AccountsService {
  struct Counts {
    var pages: [Int] = []
    var underWay = 0
    var mostUnderWay = 0
  }

  typealias Script = @Sendable (_ page: Int) async throws(CloudflareError) -> AccountPage

  private let log = Mutex(Counts())
  private let script: Script

  var counts: Counts { log.withLock { $0 } }

  init(_ script: @escaping Script) {
    self.script = script
  }

  func list(_ query: ListQuery, priority: RequestPriority) async throws(CloudflareError) -> AccountPage {
    log.withLock {
      $0.pages.append(query.page)
      $0.underWay += 1
      $0.mostUnderWay = max($0.mostUnderWay, $0.underWay)
    }
    defer { log.withLock { $0.underWay -= 1 } }
    return try await script(query.page)
  }

  func get(id: String, priority: RequestPriority) async throws(CloudflareError) -> Account { throw Self.unused }

  func create(
    _ account: NewAccount, idempotencyKey: String
  ) async throws(CloudflareError) -> Confirmed<Account> { throw Self.unused }

  func delete(id: String) async throws(CloudflareError) -> Confirmed<DeletedAccount?> { throw Self.unused }

  private static var unused: CloudflareError { CloudflareError(.invalidRequest("This is not listing.")) }
}

@Suite("Reading a list to its end")
struct ListReaderTests {
  private static func page(_ number: Int, of last: Int, totals: Bool = true) -> AccountPage {
    let ids = number > last ? [] : (0..<5).map { "\(number * 5 - 5 + $0)" }
    return AccountPage(
      accounts: ids.map { Account(id: $0, name: "n") },
      info: totals ? ResultInfo(page: number, perPage: 5, totalPages: last, totalCount: last * 5) : nil)
  }

  private static func ids(_ pages: Int) -> [String] { (0..<pages * 5).map(String.init) }

  private func read(
    _ service: PagedService, window: Int = 4, paging: Paging = Paging(perPage: 5)
  ) async -> (ids: [String], paging: Paging, error: CloudflareError?) {
    var paging = paging
    var ids: [String] = []
    do throws(CloudflareError) {
      try await ListReader(service, window: window).read(&paging) { new, _ in ids += new.map(\.id) }
      return (ids, paging, nil)
    } catch {
      return (ids, paging, error)
    }
  }

  @Test("Pages come in their order, each asked for once, whatever order they are answered in")
  func order() async {
    let service = PagedService { page throws(CloudflareError) in
      for _ in 0..<(page % 3) * 20 { await Task.yield() }
      return Self.page(page, of: 23)
    }
    let (ids, paging, error) = await read(service)
    #expect(ids == Self.ids(23) && paging.end == .lastPage && error == nil)
    #expect(service.counts.pages.sorted() == Array(1...23))
    #expect(service.counts.pages.first == 1)
  }

  @Test("As many pages are on their way at once as the window says, and no more", arguments: [1, 3, 4])
  func window(size: Int) async {
    let reached = Mutex(false)
    let service = PagedService { page throws(CloudflareError) in
      // Page 2 is answered only when the window is full, which it has to become.
      if page == 2 {
        let deadline = ContinuousClock.now + .seconds(10)
        while !reached.withLock({ $0 }), ContinuousClock.now < deadline { await Task.yield() }
      }
      if page == size + 1 { reached.withLock { $0 = true } }
      return Self.page(page, of: 12)
    }
    if size == 1 { reached.withLock { $0 = true } }
    let (ids, _, error) = await read(service, window: size)
    #expect(ids == Self.ids(12) && error == nil)
    #expect(reached.withLock { $0 } && service.counts.mostUnderWay <= size)
  }

  @Test("Without totals one page follows the other until an empty one")
  func noTotals() async {
    let service = PagedService { page throws(CloudflareError) in Self.page(page, of: 3, totals: false) }
    let (ids, paging, _) = await read(service)
    #expect(ids == Self.ids(3) && paging.end == .emptyPage)
    #expect(service.counts.pages == [1, 2, 3, 4] && service.counts.mostUnderWay == 1)
  }

  @Test("No page beyond the totals is asked for, and a list of one page takes one request")
  func short() async {
    let one = PagedService { page throws(CloudflareError) in Self.page(page, of: 1) }
    #expect(await read(one).paging.end == .lastPage)
    #expect(one.counts.pages == [1])
    let two = PagedService { page throws(CloudflareError) in Self.page(page, of: 2) }
    #expect(await read(two, window: 16).ids == Self.ids(2))
    #expect(two.counts.pages == [1, 2])
  }

  @Test("A list that shrinks, and one that grows, is read to where it ends now")
  func drifting() async {
    let shrinking = PagedService { page throws(CloudflareError) in Self.page(page, of: page == 1 ? 20 : 4) }
    let shrunk = await read(shrinking)
    #expect(shrunk.ids == Self.ids(4) && shrunk.paging.end == .lastPage && shrunk.error == nil)
    #expect(shrinking.counts.pages.allSatisfy { $0 <= 5 })
    let growing = PagedService { page throws(CloudflareError) in Self.page(page, of: page < 3 ? 3 : 6) }
    #expect(await read(growing).ids == Self.ids(6))
  }

  @Test("A server that ignores the page is asked for no more than a window beyond it")
  func ignored() async {
    let service = PagedService { _ throws(CloudflareError) in
      var page = Self.page(1, of: 1)
      page.info = ResultInfo(page: 1, perPage: 5, totalPages: 100, totalCount: 500)
      return page
    }
    let (ids, paging, _) = await read(service)
    #expect(ids == Self.ids(1) && paging.end == .nothingNew && service.counts.pages.count <= 5)
  }

  @Test("An error comes in its turn: all pages before it are handed on, and reading can go on from there")
  func failure() async {
    let broken = Mutex(true)
    let service = PagedService { page throws(CloudflareError) in
      if page == 4, broken.withLock({ $0 }) { throw CloudflareError(.timedOut) }
      if page == 3 { for _ in 0..<50 { await Task.yield() } }
      return Self.page(page, of: 9)
    }
    let first = await read(service)
    #expect(first.ids == Self.ids(3) && first.error?.cause == .timedOut && first.paging.nextPage == 4)
    broken.withLock { $0 = false }
    let second = await read(service, paging: first.paging)
    #expect(first.ids + second.ids == Self.ids(9) && second.error == nil && second.paging.count == 45)
  }

  @Test("Cancelling ends it, with nothing left on its way")
  func cancelled() async throws {
    let service = PagedService { page throws(CloudflareError) in
      guard page > 1 else { return Self.page(1, of: 50) }
      do { try await Task.sleep(for: .seconds(600)) } catch { throw CloudflareError(.cancelled) }
      return Self.page(page, of: 50)
    }
    let task = Task { await read(service) }
    try await eventually { service.counts.underWay == 4 }
    task.cancel()
    let (ids, _, error) = await task.value
    #expect(ids == Self.ids(1) && error?.cause == .cancelled && service.counts.underWay == 0)
  }

  @Test("Over the wire, too, every account comes once and in its order")
  func wire() async throws {
    try await withClient(script: { _, request in
      let page = request.target.split(separator: "?page=").last?.prefix { $0.isNumber }
      let number = page.flatMap { Int($0) } ?? 0
      let accounts = (0..<5).map { Reply.account(id: "\(number * 5 - 5 + $0)") }.joined(separator: ",")
      let info = #"{"page":\#(number),"per_page":5,"total_pages":8,"count":5,"total_count":40}"#
      return [Reply.http(200, Reply.envelope("[\(accounts)]", info: info))]
    }) { client, server in
      var paging = Paging(perPage: 5)
      var ids: [String] = []
      try await ListReader(client).read(&paging) { new, _ in ids += new.map(\.id) }
      #expect(ids == Self.ids(8) && server.requests.count == 8)
    }
  }
}
