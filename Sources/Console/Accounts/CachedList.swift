import Cloudflare
import FoundationEssentials

/// The pages of a list as they were when they were last read.
struct CachedList: Sendable, Equatable, Codable {
  struct Page: Sendable, Equatable, Codable {
    /// From 1.
    var number: Int
    /// When the server gave it.
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

  /// Whether its numbers are within bounds, which a damaged file's may not be.
  var isPlausible: Bool {
    ListQuery.perPageBounds ~= perPage && 1...ResultInfo.largestTotal ~= pageSize
      && zip([0] + pages.map(\.number), pages.map(\.number)).allSatisfy(<)
  }
}

extension CachedList {
  /// Accounts that are kept at most.
  static let limit = 20_000

  /// The beginning of a list, as far as it has been read and up to ``limit``; without accounts that were deleted here.
  init(_ list: AccountList) {
    self.init(perPage: list.perPage, pageSize: list.pageSize, total: list.total, pages: [])
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

/// What a cache has to give.
enum ListCacheReading: Sendable, Equatable {
  case nothing
  case list(CachedList)
  /// There was something that cannot be used, for the reason given, and it is not kept any longer.
  case dropped(String)
}
