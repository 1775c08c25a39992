import Cloudflare
import FoundationEssentials

/// The list of accounts over all pages of the server, whether they are loaded or not.
///
/// Rows are counted from 0 and follow the server's order. Accounts created here come first until a page contains them.
struct AccountList: Sendable, Equatable {
  enum Row: Sendable, Equatable {
    case account(Account.ID)
    /// A row of a page that is not loaded.
    case pending(page: Int)
  }

  /// The length of the list, as the server gave it.
  enum Extent: Sendable, Equatable {
    /// No page is loaded.
    case unknown
    /// The server gives no total: another page may follow the last loaded one.
    case open(lastPage: Int)
    /// `total` is the server's count of the accounts; `nil` if it gave none.
    case pages(Int, total: Int?)
  }

  /// Why the list ends, if not by the server's total.
  enum EarlyEnd: Sendable, Equatable {
    /// The server says that there are no more pages, but they hold less than the total.
    case lastPage
    case emptyPage(Int)
    /// A page had no new account. Account-owned tokens get page 1 for every page.
    case repeatedPage(Int)
  }

  /// Rows requested with each page.
  let perPage: Int
  /// Rows on a full page of the server, which may differ from ``perPage``.
  var pageSize: Int
  /// Changes of ``pageSize`` since the last refresh.
  var sizeChanges = 0
  var extent = Extent.unknown
  var earlyEnd: EarlyEnd?
  /// Accounts before the pages' rows that are in no loaded page: created here, newest first, or found.
  var front: [Account.ID] = []
  /// Accounts that a search on the server returned and that are in no loaded page. Only a search shows them, except
  /// those in ``front``.
  var found: [Account.ID] = []
  /// Accounts deleted here. Their rows stay until the list is read again.
  var deleted: Set<Account.ID> = []
  var accounts: [Account.ID: Account] = [:]
  var pages: [Int: [Account.ID]] = [:]
  var pageOfAccount: [Account.ID: Int] = [:]
  /// The difference in rows of the pages that do not have ``pageSize`` rows.
  var pageSizeDelta: [Int: Int] = [:]
  /// The ``revision`` of each part's last change, by the part's key.
  var revisions: [Int: Int] = [:]
  /// Grows with each change.
  var revision = 0
  /// Grows with each change of a single account or of the accounts in no page.
  var handRevision = 0
  /// Accounts missing from their pages after a refresh. A sorted list may show them until every page is read again.
  var orphaned: Set<Account.ID> = []
  /// Pages that are shown but have to be read again.
  var stale: Set<Int> = []
  /// Rows without an ID, which cannot be shown, by page.
  var withoutID: [Int: Int] = [:]
  /// When pages were read, as far as known.
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

  /// Accounts created here that are in no loaded page, newest first.
  var created: [Account.ID] { front.filter { !found.contains($0) } }

  /// Accounts of loaded pages and accounts created here.
  var loadedCount: Int { pageOfAccount.count + front.count }

  /// `1 row of page 3 has no identifier`; `nil` if every loaded row is shown.
  var leftOutWords: String? {
    guard let (page, count) = withoutID.first else { return nil }
    guard withoutID.count == 1 else {
      return "\(Wording.number(withoutID.values.reduce(0, +))) rows on \(withoutID.count) pages have no identifier"
    }
    return "\(Wording.count(count, "row", "rows")) of page \(page) \(count == 1 ? "has" : "have") no identifier"
  }

  /// The server's last count of the accounts; `nil` if it gave none.
  var total: Int? {
    guard case .pages(_, let total) = extent else { return nil }
    return total
  }

  /// ``total`` minus the rows of the pages; negative if the pages have more.
  var missingFromTotal: Int {
    total.map { $0 - pageOfAccount.count - withoutID.values.reduce(0, +) } ?? 0
  }

  /// Loaded pages that need not be read again.
  var currentPageCount: Int { pages.count - stale.count }

  /// Whether every page is loaded and none has to be read again.
  var isCurrent: Bool { isWhole && stale.isEmpty }

  /// Whether every page is loaded, though some may have to be read again.
  var isWhole: Bool {
    guard case .pages(let count, _) = extent else { return false }
    return pages.count == count
  }

  /// A page, the front or the found accounts.
  struct Part: Sendable, Equatable {
    /// The number of the page, ``frontKey`` or ``foundKey``.
    var key: Int
    var ids: [Account.ID]
    /// Differs after a change of the part.
    var revision: Int
  }

  /// All accounts in the order of the rows, then those that only a search shows.
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

  /// Whether a page is loaded and need not be read again.
  func hasPage(_ page: Int) -> Bool { pages[page] != nil && !stale.contains(page) }

  /// The number of pages, including a possible one after the last if the server gives no total.
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

  /// The number of accounts, by the server's count until all are loaded. There may be more if ``isOpen``.
  var knownCount: Int {
    if isOpen { return loadedCount }
    guard let total, !isWhole, earlyEnd == nil else { return rowCount }
    return max(loadedCount, total + front.count)
  }

  /// `1,204`, or `50+` if there may be more.
  var countWords: String { Wording.number(knownCount) + (isOpen ? "+" : "") }

  func row(at index: Int) -> Row? {
    guard index >= 0, index < rowCount else { return nil }
    if index < front.count { return .account(front[index]) }
    let page = page(ofRow: index)
    guard let ids = pages[page] else { return .pending(page: page) }
    return .account(ids[index - firstRow(ofPage: page)])
  }

  /// The account's row; `nil` if no row shows it.
  func index(of id: Account.ID) -> Int? {
    if let index = front.firstIndex(of: id) { return index }
    guard let page = pageOfAccount[id], let offset = pages[page]?.firstIndex(of: id) else { return nil }
    return firstRow(ofPage: page) + offset
  }

  /// The page of an account; `nil` for none.
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

  /// The loaded accounts with exactly this name, in the order of their IDs.
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
