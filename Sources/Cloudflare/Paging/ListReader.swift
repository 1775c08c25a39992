/// Reads a list to its end, a few pages at a time, and hands them on in their order.
///
/// The first page is asked for alone. When its totals say that there is more, up to ``window`` pages are on their way
/// at once, never one that the newest totals do not know of; without totals one page follows the other. Whether the
/// list has ended is judged by ``Paging`` alone, page by page.
public struct ListReader: Sendable {
  public let service: any AccountsService
  /// Asks for accounts of that name: ``ListQuery/name``.
  public var name: String?
  public var direction: SortDirection?
  public var priority: RequestPriority
  /// How many pages may be asked for at once, at least 1.
  public var window: Int

  public init(
    _ service: any AccountsService, name: String? = nil, direction: SortDirection? = nil,
    priority: RequestPriority = .background, window: Int = 4
  ) {
    self.service = service
    self.name = name
    self.direction = direction
    self.priority = priority
    self.window = max(1, window)
  }

  /// Reads the pages that the paging still lacks.
  ///
  /// - Parameters:
  ///   - paging: where to begin; afterwards, where it ended. After an error or a cancellation it holds everything that
  ///     was handed on, and reading can be gone on with later.
  ///   - take: gets each page's new accounts, and the paging after it. No further page is handed on before it returns.
  /// - Throws: the first error in the order of the pages. Every page before it was handed on.
  public nonisolated(nonsending) func read(
    _ paging: inout Paging, _ take: nonisolated(nonsending) (_ new: [Account], _ paging: Paging) async -> Void
  ) async throws(CloudflareError) {
    var current = paging
    let failure = await withTaskGroup(of: Fetched.self) { group in
      // Cancels what is on its way beyond the end, or beyond an error.
      defer { group.cancelAll() }
      var asked = 0
      var last = 0
      var waiting: [Int: Result<AccountPage, CloudflareError>] = [:]
      while let next = current.nextPage {
        asked = max(asked, next - 1)
        let limit = max(next, min(last, next + window - 1))
        while asked < limit {
          asked += 1
          let query = ListQuery(page: asked, perPage: current.perPage, name: name, direction: direction)
          group.addTask { await fetch(query) }
        }
        guard let result = waiting.removeValue(forKey: next) else {
          // There is one on its way: the next page is always asked for.
          guard let fetched = await group.next() else { break }
          waiting[fetched.page] = fetched.result
          continue
        }
        switch result {
        case .success(let page):
          last = Self.lastPage(page.info, perPage: current.perPage) ?? 0
          await take(current.take(page), current)
        case .failure(let error): return error as CloudflareError?
        }
      }
      return nil
    }
    paging = current
    if let failure { throw failure }
  }

  private struct Fetched: Sendable {
    var page: Int
    var result: Result<AccountPage, CloudflareError>
  }

  private func fetch(_ query: ListQuery) async -> Fetched {
    do throws(CloudflareError) {
      return Fetched(page: query.page, result: .success(try await service.list(query, priority: priority)))
    } catch {
      return Fetched(page: query.page, result: .failure(error))
    }
  }

  /// The last page by the server's totals, the smaller number when they contradict each other.
  private static func lastPage(_ info: ResultInfo?, perPage: Int) -> Int? {
    let size = max(1, info?.perPage ?? perPage)
    let counted = info?.totalCount.flatMap { $0 > 0 ? ($0 - 1) / size + 1 : nil }
    let told = info?.totalPages.flatMap { $0 > 0 ? $0 : nil }
    return [counted, told].compactMap(\.self).min()
  }
}
