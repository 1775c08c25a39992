import Cloudflare
import FoundationEssentials

/// One continuous list of accounts over all pages of the server, of which some are here and others are not yet.
///
/// A row is a place in the list, counted from 0. Rows follow the server's order; accounts created here come first until
/// a page shows where the server keeps them.
struct AccountList: Sendable, Equatable {
  enum Row: Sendable, Equatable {
    case account(Account.ID)
    /// A row of this page of the server, which has not come yet.
    case pending(page: Int)
  }

  /// How far the list reaches, as far as the server said.
  enum Extent: Sendable, Equatable {
    /// No page has come yet.
    case unknown
    /// The server gives no total: there may be a page behind the last one that came.
    case open(lastPage: Int)
    /// `total` is the server's count of the accounts; `nil` when it gave none.
    case pages(Int, total: Int?)
  }

  /// Why the list ends otherwise than by the totals that the server gave.
  enum EarlyEnd: Sendable, Equatable {
    /// The server said that there are no more pages, though they hold less than the total.
    case lastPage
    case emptyPage(Int)
    /// A page brought no account that was not there already, as account-owned tokens get page 1 for ever.
    case repeatedPage(Int)
  }

  /// How many were asked for with each page.
  let perPage: Int
  /// Rows on a full page of the server, which may differ from ``perPage``.
  var pageSize: Int
  /// Changes of ``pageSize`` since the last refresh.
  var sizeChanges = 0
  var extent = Extent.unknown
  var earlyEnd: EarlyEnd?
  /// Accounts before the pages' rows that are in no loaded page: created here, newest first, or found.
  var front: [Account.ID] = []
  /// Accounts that a search on the server returned and that are in no loaded page. Only a search shows them, unless they
  /// are in ``front``.
  var found: [Account.ID] = []
  /// Deleted here; their rows stay until the list is read again.
  var deleted: Set<Account.ID> = []
  var accounts: [Account.ID: Account] = [:]
  var pages: [Int: [Account.ID]] = [:]
  var pageOfAccount: [Account.ID: Int] = [:]
  /// Pages whose number of rows is not the expected one, with the difference.
  var pageSizeDelta: [Int: Int] = [:]
  /// The ``revision`` of the last change of each part, by the part's key.
  var revisions: [Int: Int] = [:]
  /// Grows with each change.
  var revision = 0
  /// Grows with each change of a single account and of the accounts that are in no page.
  var handRevision = 0
  /// Accounts whose pages came again without them. An order of all rows may show them until every page is read again.
  var orphaned: Set<Account.ID> = []
  /// Pages that are shown as they were, and have to be read again.
  var stale: Set<Int> = []
  /// Rows of pages that have no identifier and so cannot be shown, by page.
  var withoutID: [Int: Int] = [:]
  /// When the pages that are here were read, as far as it is known.
  var readOn: [Int: Date] = [:]

  init(perPage: Int) {
    self.perPage = perPage
    pageSize = perPage
  }

  func account(_ id: Account.ID) -> Account? { accounts[id] }

  /// Whether a page, the front or a search has the account.
  func hasPlace(for id: Account.ID) -> Bool {
    pageOfAccount[id] != nil || front.contains(id) || found.contains(id)
  }

  /// Created here, newest first, and not in any page that has come.
  var created: [Account.ID] { front.filter { !found.contains($0) } }

  /// Accounts that have come with their pages, or were created here.
  var loadedCount: Int { pageOfAccount.count + front.count }

  /// `1 row of page 3 has no identifier`; `nil` where every row that came is shown.
  var leftOutWords: String? {
    guard let (page, count) = withoutID.first else { return nil }
    guard withoutID.count == 1 else {
      return "\(Wording.number(withoutID.values.reduce(0, +))) rows on \(withoutID.count) pages have no identifier"
    }
    return "\(Wording.count(count, "row", "rows")) of page \(page) \(count == 1 ? "has" : "have") no identifier"
  }

  /// The accounts that there are, as the server counted them last; `nil` where it did not.
  var total: Int? {
    guard case .pages(_, let total) = extent else { return nil }
    return total
  }

  /// The server's last total minus the rows of the pages; negative when the pages have more.
  var missingFromTotal: Int {
    total.map { $0 - pageOfAccount.count - withoutID.values.reduce(0, +) } ?? 0
  }

  /// Pages that are here and need not be read again.
  var currentPageCount: Int { pages.count - stale.count }

  /// Whether every page has come and none has to be read again.
  var isCurrent: Bool { isWhole && stale.isEmpty }

  /// Whether every page has come, though some of them may have to be read again.
  var isWhole: Bool {
    guard case .pages(let count, _) = extent else { return false }
    return pages.count == count
  }

  /// Accounts that stand together.
  struct Part: Sendable, Equatable {
    /// The number of the page; 0 for what stands in front of them, and the greatest for what was found behind them.
    var key: Int
    var ids: [Account.ID]
    /// Differs after accounts came, went or changed.
    var revision: Int
  }

  /// All accounts, in the order of the rows, and then those that only a search shows.
  var parts: [Part] {
    var keyed = pages.map { Part(key: $0.key, ids: $0.value, revision: revisions[$0.key] ?? 0) }
    keyed.append(Part(key: Self.frontKey, ids: front, revision: revisions[Self.frontKey] ?? 0))
    let found = found.filter { !front.contains($0) }
    keyed.append(Part(key: Self.foundKey, ids: found, revision: revisions[Self.foundKey] ?? 0))
    return keyed.sorted { $0.key < $1.key }
  }

  static let frontKey = 0
  static let foundKey = Int.max

  var isLoaded: Bool { extent != .unknown }

  /// Whether a page is here and need not be read again.
  func hasPage(_ page: Int) -> Bool { pages[page] != nil && !stale.contains(page) }

  /// Pages there are, counting the one that may be behind the last when the server gives no total.
  var pageCount: Int {
    switch extent {
    case .unknown: 0
    case .open(let lastPage): lastPage + 1
    case .pages(let count, _): count
    }
  }

  var rowCount: Int { front.count + firstServerRow(ofPage: pageCount + 1) }

  /// Whether ``rowCount`` may still grow.
  var isOpen: Bool { if case .pages = extent { false } else { true } }

  /// How many accounts there are, by the server's count until all are here; see ``isOpen`` for whether there may be
  /// more.
  var knownCount: Int {
    if isOpen { return loadedCount }
    guard let total, !isWhole, earlyEnd == nil else { return rowCount }
    return max(loadedCount, total + front.count)
  }

  /// `1,204`, or `50+` where the server does not say whether there are more.
  var countWords: String { Wording.number(knownCount) + (isOpen ? "+" : "") }

  func row(at index: Int) -> Row? {
    guard index >= 0, index < rowCount else { return nil }
    if index < front.count { return .account(front[index]) }
    let page = page(ofRow: index)
    guard let ids = pages[page] else { return .pending(page: page) }
    return .account(ids[index - firstRow(ofPage: page)])
  }

  /// The account's row; `nil` when no row shows it.
  func index(of id: Account.ID) -> Int? {
    if let index = front.firstIndex(of: id) { return index }
    guard let page = pageOfAccount[id], let offset = pages[page]?.firstIndex(of: id) else { return nil }
    return firstRow(ofPage: page) + offset
  }

  /// The page that has brought an account; `nil` when none has.
  func page(of id: Account.ID) -> Int? { pageOfAccount[id] }

  func firstRow(ofPage page: Int) -> Int { front.count + firstServerRow(ofPage: page) }

  /// The page that a row belongs to, from 1; the first one for rows created here.
  func page(ofRow index: Int) -> Int {
    let place = index - front.count
    guard place >= 0 else { return 1 }
    var difference = 0
    for (page, change) in pageSizeDelta.sorted(by: { $0.key < $1.key }) {
      let pageEnd = page * pageSize + difference + change
      if place < pageEnd {
        return max(1, min(page, (place - difference) / pageSize + 1))
      }
      difference += change
    }
    return max(1, min(max(1, pageCount), (place - difference) / pageSize + 1))
  }

  /// The loaded accounts with exactly this name, in the order of their identifiers.
  func loaded(named name: String) -> [Account] {
    accounts.values.filter { $0.isNamed(name) && !deleted.contains($0.id) && hasPlace(for: $0.id) }
      .sorted { $0.id < $1.id }
  }

  mutating func noteChange(_ key: Int) {
    revision += 1
    revisions[key] = revision
  }

  func firstServerRow(ofPage page: Int) -> Int {
    var rows = (min(page, pageCount + 1) - 1) * pageSize
    for (irregular, change) in pageSizeDelta where irregular < page { rows += change }
    return max(0, rows)
  }
}
