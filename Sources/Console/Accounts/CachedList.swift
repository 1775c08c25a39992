import Cloudflare
import FoundationEssentials

/// The pages of a list as they were when they were last read.
struct CachedList: Sendable, Equatable {
  struct Page: Sendable, Equatable {
    /// From 1.
    var number: Int
    /// When the server gave it, to the second.
    var readOn: Date
    var accounts: [Account]
  }

  /// Rows asked for with each page.
  var perPage: Int
  /// Rows on a full page of the server's.
  var pageSize: Int
  /// The server's count of all accounts; `nil` when it gave none.
  var total: Int?
  /// Ascending, not necessarily all.
  var pages: [Page]

  init(perPage: Int, pageSize: Int? = nil, total: Int?, pages: [Page]) {
    self.perPage = perPage
    self.pageSize = pageSize ?? perPage
    self.total = total
    self.pages = pages
  }

  /// Accounts that are kept at most.
  static let limit = 20_000

  /// The beginning of a list, as far as it has been read and up to ``limit``; without accounts that were deleted here.
  init(_ list: AccountList) {
    perPage = list.perPage
    pageSize = list.pageSize
    if case .pages(_, let count) = list.extent { total = count }
    pages = []
    var count = 0
    for part in list.parts {
      guard let readOn = list.readOn[part.key] else { continue }
      // Created here and in no page yet: the next reading of the first page puts them where they belong.
      let ids = part.key == 1 ? list.created + part.ids : part.ids
      let accounts = ids.filter { !list.deleted.contains($0) }.compactMap(list.account)
      count += accounts.count
      guard count <= Self.limit else { return }
      pages.append(Page(number: part.key, readOn: readOn, accounts: accounts))
    }
  }
}

/// Keeps the last known list between one run and the next.
protocol ListCache: Sendable {
  /// What was kept.
  func read() async -> ListCacheReading

  /// Keeps a list in place of what was kept before; does nothing when that is the same.
  ///
  /// - Returns: why it could not be kept, in words; `nil` when it was.
  func keep(_ list: CachedList) async -> String?
}

/// What a cache has to give.
enum ListCacheReading: Sendable, Equatable {
  case nothing
  case list(CachedList)
  /// There was something that cannot be used, for the reason given, and it is not kept any longer.
  case dropped(String)
}
