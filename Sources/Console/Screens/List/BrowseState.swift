import Cloudflare

/// The list with its place on screen, and the pane beside it.
struct BrowseState: Sendable, Equatable {
  enum Pane: Sendable, Equatable {
    case list, detail
  }

  /// What the next command is about. It is an account, not a row: whatever happens to the rows, it stays the same one.
  enum Selection: Sendable, Equatable {
    /// A row whose account has not come yet; becomes that account when it does.
    case row(Int)
    case account(Account.ID)
    /// The selected account is no longer where it was; the cursor stays on its row, and nothing is selected until a key
    /// moves it.
    case lost(name: String, row: Int)
  }

  private(set) var list: AccountList
  var selection = Selection.row(0)
  /// The first row on screen.
  var top = 0
  var pane = Pane.list
  /// Lines of the detail pane above its first visible one.
  var detailScroll = 0
  /// What is looked for in the detail pane; `nil` while nothing is.
  var detailSearch: DetailSearch?
  /// Columns by which a person has moved the line between the panes to the right.
  var dividerShift = 0
  /// Pages on their way.
  var loading: [Int: RequestToken] = [:]
  /// The accounts on screen where they are not simply the list's: those that match what is looked for.
  var arrangement: [Account.ID]?
  /// What is looked for; `nil` while nothing is.
  var find: FindState?
  /// The order of the rows; `nil` for the server's own.
  var sort: AccountOrder?
  /// All accounts in that order, as of a revision of the list.
  private var sorted: SortedAccounts?
  /// The list's, as of which the arrangement is.
  private var arrangedRevision = 0
  /// The reading of all pages, while it goes on.
  var loadAll: LoadAll?
  /// Where the selected account was last seen in the arrangement, to look there first.
  private var lastRow = 0
  /// Those of them that were asked for ahead, behind what a person waits for.
  var loadingAhead: Set<Int> = []
  /// Pages that did not come, with the reason.
  var failures: [Int: CloudflareError] = [:]
  /// Pages that the request budget holds back: nothing was sent, and they are asked for again when it lets them through.
  var held: Set<Int> = []
  /// What was last told of one of them.
  var shownFailure: Notice?
  /// The fresh reading of the account in the detail pane that is on its way.
  var detailToken: RequestToken?
  /// The account that it is of.
  var detailReading: Account.ID?
  /// The direction of the last move, in which pages are fetched ahead.
  var isMovingUp = false
  /// `G` was pressed in a list whose end the server does not tell: go on to each page that comes.
  var isFollowingEnd = false

  init(perPage: Int) {
    list = AccountList(perPage: perPage)
  }

  /// Rows there are to move over.
  var rowCount: Int { arrangement?.count ?? list.rowCount }

  /// What a row shows, counted from 0.
  func row(at index: Int) -> AccountList.Row? {
    guard let arrangement else { return list.row(at: index) }
    return arrangement.indices.contains(index) ? .account(arrangement[index]) : nil
  }

  /// Where an account stands, or `nil` when no row shows it.
  func index(of id: Account.ID) -> Int? {
    guard let arrangement else { return list.index(of: id) }
    if arrangement.indices.contains(lastRow), arrangement[lastRow] == id { return lastRow }
    return arrangement.firstIndex(of: id)
  }

  /// The row that the cursor is on.
  var cursorRow: Int {
    switch selection {
    case .row(let row), .lost(_, let row): row
    case .account(let id): index(of: id) ?? 0
    }
  }

  /// The account that commands are about; `nil` while there is none under the cursor.
  var selectedAccount: Account? {
    guard case .account(let id) = selection else { return nil }
    return list.account(id)
  }

  /// Expects a page no longer, or no page at all.
  mutating func stopLoading(_ page: Int? = nil) {
    if let page {
      loading[page] = nil
      loadingAhead.remove(page)
    } else {
      loading = [:]
      loadingAhead = []
    }
  }

  mutating func select(row: Int) {
    let row = max(0, min(row, rowCount - 1))
    lastRow = row
    switch self.row(at: row) {
    case .account(let id): selection = .account(id)
    case .pending, nil: selection = .row(row)
    }
    detailScroll = 0
    detailSearch?.line = nil
  }

  /// Scrolls as little as needed for the cursor to be on screen.
  mutating func keepSelectionVisible(rows: Int) {
    guard rows > 0 else { return }
    let cursor = cursorRow
    lastRow = cursor
    top = min(top, cursor)
    top = max(top, cursor - rows + 1)
    top = max(0, min(top, rowCount - rows))
  }

  /// Changes the list, with the selection on the same account and that account on the same line of the screen.
  mutating func changeList(rows: Int, _ change: (inout AccountList) -> Void) {
    let before = cursorRow
    let line = before - top
    let name = selectedAccount.map(Wording.name(of:))
    change(&list)
    arrange()
    switch selection {
    case .account(let id):
      if let row = index(of: id) {
        lastRow = row
      } else {
        selection = .lost(name: name ?? id, row: max(0, min(before, rowCount - 1)))
      }
    case .row(let row): select(row: row)
    case .lost(let name, let row): selection = .lost(name: name, row: max(0, min(row, rowCount - 1)))
    }
    top = max(0, cursorRow - line)
    keepSelectionVisible(rows: rows)
  }

  /// Selects an account that the list has, and gives up a search that does not show it.
  mutating func show(_ id: Account.ID) {
    arrange()
    if index(of: id) == nil {
      find = nil
      arrange()
    }
    selection = .account(id)
  }

  /// Brings the rows up to what has become of the accounts, whatever has changed them.
  mutating func syncRows(rows: Int) {
    guard arrangement != nil, arrangedRevision != list.revision else { return }
    changeList(rows: rows) { _ in }
  }

  /// The order of the rows in words; `nil` for the server's own. What is looked for stands first by how well it matches.
  var orderWords: String? {
    let isFiltering = find?.isFiltering == true
    return sort.map { isFiltering ? "by match, then \($0.words)" : $0.words }
  }

  /// Brings the rows on screen up to the list, its order, and what is looked for.
  mutating func arrange() {
    arrangedRevision = list.revision
    if find?.isFiltering == true {
      syncIndex()
      arrangement = find?.index.matches
    } else {
      arrangement = sort.map { sortedAccounts($0).ids }
    }
  }

  /// Brings what is searched up to the list and its order.
  mutating func syncIndex() {
    guard var find else { return }
    // Out of the state meanwhile, so that its index is changed where it is.
    self.find = nil
    if let sorted = sort.map({ sortedAccounts($0) }) {
      let found = list.parts.filter { $0.key == AccountList.foundKey }
      let all = AccountList.Part(key: AccountList.frontKey, ids: sorted.ids, revision: sorted.revision)
      find.index.sync([all] + found, of: list)
    } else {
      find.index.sync(list)
    }
    self.find = find
  }

  private mutating func sortedAccounts(_ order: AccountOrder) -> SortedAccounts {
    var result = sorted.flatMap { $0.order == order ? $0 : nil } ?? SortedAccounts(order)
    // While all pages come, following each of them would take longer than they do; what is changed, created or found
    // otherwise is seen at once all the same.
    if loadAll != nil, result.handRevision == list.handRevision { return result }
    // Out of the state meanwhile, so that it is changed where it is.
    sorted = nil
    result.sync(list)
    sorted = result
    return result
  }
}
