import Cloudflare
import FoundationEssentials

/// The pages of a list, each as of its last reading.
struct CachedList: Sendable, Equatable, Codable {
  struct Page: Sendable, Equatable, Codable {
    /// From 1.
    var number: Int
    /// The time of the reading.
    var readOn: Date
    var accounts: [Account]
  }

  /// Rows asked for with each page.
  var perPage: Int
  /// Rows on a full page of the server.
  var pageSize: Int
  /// The server's count of all accounts; `nil` if it gave none.
  var total: Int?
  /// Ascending, not necessarily all.
  var pages: [Page]

  /// Whether the numbers are within bounds. Those of a damaged file may not be.
  var isPlausible: Bool {
    ListQuery.perPageBounds ~= perPage && 1...ResultInfo.largestTotal ~= pageSize
      && zip([0] + pages.map(\.number), pages.map(\.number)).allSatisfy(<)
  }
}

extension CachedList {
  /// The most accounts to cache.
  static let limit = 20_000

  /// The loaded pages of a list, up to ``limit`` accounts, without accounts deleted here.
  init(_ list: AccountList) {
    self.init(perPage: list.perPage, pageSize: list.pageSize, total: list.total, pages: [])
    var count = 0
    for part in list.parts {
      guard let readOn = list.readOn[part.key] else { continue }
      // Accounts created here join page 1; its next reading moves them to their places.
      let ids = part.key == 1 ? list.created + part.ids : part.ids
      let accounts = ids.filter { !list.deleted.contains($0) }.compactMap(list.account)
      count += accounts.count
      guard count <= Self.limit else { return }
      pages.append(Page(number: part.key, readOn: readOn, accounts: accounts))
    }
  }
}

/// The result of reading the cache.
enum ListCacheReading: Sendable, Equatable {
  case nothing
  case list(CachedList)
  /// The cache could not be used, for this reason, and was deleted.
  case dropped(String)
}
