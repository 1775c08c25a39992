import Cloudflare
import Terminal

/// The list of accounts on screen: its rows, their order, and the selection.
struct ListState: Sendable, Equatable {
  /// The subject of commands. It is an account, not a row, so changes of the rows do not change it.
  enum Selection: Sendable, Equatable {
    /// A row that is not loaded. The selection becomes its account when that comes.
    case row(Int)
    case account(Account.ID)
    /// The selected account has left the list. The cursor stays, and nothing is selected until a key moves it.
    case lost(name: String, row: Int)
  }

  private(set) var selection = Selection.row(0)
  /// The selected row, and the first one on screen.
  private(set) var cursor = ListCursor()
  /// The name of the selected account, for the message if it is lost.
  private var selectedName: String?
  /// The search; `nil` for none.
  var find: FindState?
  /// The order of the rows; `nil` for the server's order.
  private(set) var sort: AccountOrder?
  /// The accounts of the rows if the list is filtered or sorted; `nil` otherwise.
  private(set) var arrangement: [Account.ID]?
  /// All accounts in that order.
  private var sorted: SortedAccounts?
  private var arranged = Basis()
  /// The direction of the last move, in which pages are prefetched.
  private(set) var isMovingUp = false
  /// Whether the cursor follows the last row of a list without a known end, as pages come.
  private(set) var isFollowingEnd = false

  /// The input of the current ``arrangement``.
  private struct Basis: Sendable, Equatable {
    var revision = 0
    var sort: AccountOrder?
    var query: FuzzyQuery?
    var isLoadingAll = false
  }

  static let bindings: [KeyMap.Binding] =
    KeyMap.scrolling([.list]) + [
      bind(.previousServerPage, [.character("[")], [.list], "to the server's previous page"),
      bind(.nextServerPage, [.character("]")], [.list], "to the server's next page"),
      bind(.open, [.enter, .right, .character("l")], [.list], "open the account", hint: ("⏎", "open")),
      bind(.back, [.escape], [.list], "stop loading, dismiss the message, drop the filter"),
      bind(.dropFilter, [.left, .character("h")], [.list], "show all accounts again"),
    ]
  static let commands: [KeyMap.Binding] =
    [
      bind(.find, [.character("/")], [.list], "find accounts by name or ID", hint: ("/", "find")),
      bind(.loadAll, [.character("L")], [.list], "load all accounts"),
      bind(.sort, [.character("s")], [.list], "sort by the next column"),
      bind(.reverseSort, [.character("S")], [.list], "sort the other way round"),
      bind(.accept, [.enter], [.find], "keep what matches, and go there", hint: ("⏎", "keep")),
      bind(.cancel, [.escape, .control("c")], [.find], "show all accounts again", hint: ("Esc", "clear")),
    ] + KeyMap.moving([.find], by: "match") + [KeyMap.helpWhileTyping([.find])]

  /// Whether keys go to the find line.
  var isFinding: Bool { find?.isEditing == true }

  // MARK: Rows

  func rowCount(of list: AccountList) -> Int { arrangement?.count ?? list.rowCount }

  /// - Parameter index: the row, from 0.
  func row(at index: Int, of list: AccountList) -> AccountList.Row? {
    guard let arrangement else { return list.row(at: index) }
    return arrangement.indices.contains(index) ? .account(arrangement[index]) : nil
  }

  /// The row of an account; `nil` if no row shows it.
  func index(of id: Account.ID, in list: AccountList) -> Int? {
    guard let arrangement else { return list.index(of: id) }
    if arrangement.indices.contains(cursor.row), arrangement[cursor.row] == id { return cursor.row }
    return arrangement.firstIndex(of: id)
  }

  /// Whether a row shows the account. An account that has left its page is known for a while, but has no row.
  func shows(_ id: Account.ID, of list: AccountList) -> Bool {
    list.account(id) != nil && (list.index(of: id) ?? index(of: id, in: list)) != nil
  }

  /// The account that commands apply to; `nil` for none.
  func selectedAccount(in list: AccountList) -> Account? {
    guard case .account(let id) = selection else { return nil }
    return list.account(id)
  }

  /// The order of the rows in words; `nil` for the server's order. Matches of a search are ordered by rank first.
  var orderWords: String? {
    let isFiltering = find?.isFiltering == true
    return sort.map { isFiltering ? "by match, then \($0.words)" : $0.words }
  }

  /// The list's rows on screen; `nil` if the list is filtered or sorted.
  func visibleRows(_ rows: Int) -> Range<Int>? { arrangement == nil ? cursor.top..<cursor.top + max(1, rows) : nil }

  // MARK: Updating

  /// Updates the rows from the accounts. The selected account stays selected and on its line of the screen.
  ///
  /// - Parameter rows: visible rows.
  mutating func sync(with accounts: Accounts, rows: Int) {
    let list = accounts.list
    if basis(accounts) != arranged {
      let line = cursor.row - cursor.top
      arrange(accounts)
      let last = rowCount(of: list) - 1
      switch selection {
      case .account(let id):
        if let row = index(of: id, in: list) {
          cursor.row = row
        } else {
          cursor.row = max(0, min(cursor.row, last))
          selection = .lost(name: selectedName ?? id, row: cursor.row)
        }
      case .row(let row): select(row: row, of: list)
      case .lost(let name, let row):
        cursor.row = max(0, min(row, last))
        selection = .lost(name: name, row: cursor.row)
      }
      cursor.top = max(0, cursor.row - line)
      reveal(rows, of: list)
      if isFollowingEnd {
        isFollowingEnd = list.isOpen
        select(row: list.rowCount - 1, of: list)
        reveal(rows, of: list)
      }
    } else if cursor.row < cursor.top || cursor.row - cursor.top >= rows {
      reveal(rows, of: list)
    }
    selectedName = selectedAccount(in: list).map(Wording.name(of:))
  }

  /// Updates ``arrangement`` from the list, the order and the search.
  private mutating func arrange(_ accounts: Accounts) {
    if find?.isFiltering == true {
      syncIndex(accounts)
      arrangement = find?.index.matches
    } else {
      arrangement = sort.map { sortedAccounts($0, accounts).ids }
    }
    arranged = basis(accounts)
  }

  private func basis(_ accounts: Accounts) -> Basis {
    Basis(
      revision: accounts.list.revision, sort: sort, query: find?.isFiltering == true ? find?.query : nil,
      isLoadingAll: accounts.loadAll != nil)
  }

  /// Updates the search index from the list and its order.
  private mutating func syncIndex(_ accounts: Accounts) {
    guard var find else { return }
    let list = accounts.list
    // Moved out of the state, so that the index is changed in place.
    self.find = nil
    if let sorted = sort.map({ sortedAccounts($0, accounts) }) {
      let found = list.parts.filter { $0.key == AccountList.foundKey }
      let all = AccountList.Part(key: AccountList.frontKey, ids: sorted.ids, revision: sorted.revision)
      find.index.sync([all] + found, of: list)
    } else {
      find.index.sync(list)
    }
    self.find = find
  }

  private mutating func sortedAccounts(_ order: AccountOrder, _ accounts: Accounts) -> SortedAccounts {
    let list = accounts.list
    var result = sorted.flatMap { $0.order == order ? $0 : nil } ?? SortedAccounts(order)
    // Sorting after each page would be slower than the loading of all pages. Single changes are sorted in at once.
    if accounts.loadAll != nil, result.handRevision == list.handRevision { return result }
    // Moved out of the state, so that it is changed in place.
    sorted = nil
    result.sync(list)
    sorted = result
    return result
  }

  // MARK: Selecting

  /// Restores the selection from before a search.
  private mutating func goBack(to origin: Selection, in list: AccountList) {
    selection = origin
    cursor.row =
      switch origin {
      case .row(let row), .lost(_, let row): row
      case .account(let id): index(of: id, in: list) ?? 0
      }
    selectedName = selectedAccount(in: list).map(Wording.name(of:))
  }

  private mutating func select(row: Int, of list: AccountList) {
    cursor.row = max(0, min(row, rowCount(of: list) - 1))
    switch self.row(at: cursor.row, of: list) {
    case .account(let id): selection = .account(id)
    case .pending, nil: selection = .row(cursor.row)
    }
    selectedName = selectedAccount(in: list).map(Wording.name(of:))
  }

  private mutating func reveal(_ rows: Int, of list: AccountList) {
    cursor.reveal(rows: rows, count: rowCount(of: list))
  }

  /// Moves the cursor to a row that a person chose.
  mutating func moveCursor(to row: Int, of list: AccountList, rows: Int) {
    isFollowingEnd = false
    find?.hasMoved = true
    isMovingUp = row < cursor.row
    select(row: row, of: list)
    reveal(rows, of: list)
  }

  /// Scrolls the rows. The cursor stays on its line of the screen if possible.
  mutating func scroll(by steps: Int, of list: AccountList, rows: Int) {
    guard rowCount(of: list) > 0 else { return }
    let target = max(0, min(cursor.row + steps, rowCount(of: list) - 1))
    cursor.top += target - cursor.row
    moveCursor(to: target, of: list, rows: rows)
  }

  /// Selects a row and shows it as the first on screen.
  mutating func goTo(row: Int, of list: AccountList) {
    isFollowingEnd = false
    isMovingUp = row < cursor.top
    select(row: row, of: list)
    cursor.top = max(0, min(row, rowCount(of: list) - 1))
  }

  /// Selects an account of the list, and closes a search that does not show it.
  mutating func show(_ id: Account.ID, of accounts: Accounts, rows: Int) {
    arrange(accounts)
    if index(of: id, in: accounts.list) == nil {
      find = nil
      arrange(accounts)
    }
    selection = .account(id)
    cursor.row = index(of: id, in: accounts.list) ?? 0
    selectedName = selectedAccount(in: accounts.list).map(Wording.name(of:))
    isFollowingEnd = false
    reveal(rows, of: accounts.list)
  }

  /// - Parameter rows: visible rows.
  mutating func move(_ command: Command, of list: AccountList, rows: Int) {
    let row = cursor.row
    let last = rowCount(of: list) - 1
    guard last >= 0 else { return }
    isFollowingEnd = false
    find?.hasMoved = true
    let target: Int
    switch command {
    case .previousServerPage where arrangement != nil: target = row - rows
    case .nextServerPage where arrangement != nil: target = row + rows
    case .previousAccount: target = row - 1
    case .nextAccount: target = row + 1
    case .previousServerPage:
      let page = list.page(ofRow: row)
      let first = list.firstRow(ofPage: page)
      target = row > first ? first : list.firstRow(ofPage: max(1, page - 1))
    case .nextServerPage:
      let page = list.page(ofRow: row)
      target = page < list.pageCount ? list.firstRow(ofPage: page + 1) : row
    default:
      guard let moved = command.target(from: row, rows: rows, last: last) else { return }
      target = moved
      isFollowingEnd = command == .moveToEnd && list.isOpen && arrangement == nil
    }
    if command == .nextServerPage { cursor.top += max(0, target - row) }
    if command == .previousServerPage { cursor.top = max(0, cursor.top + min(0, target - row)) }
    isMovingUp = target < row
    select(row: target, of: list)
    reveal(rows, of: list)
  }

  /// The message of a command that needs a selected account.
  func missingSelection(in list: AccountList) -> Notice {
    if case .lost(let name, _) = selection {
      return Notice(
        .warning, "\(name) is no longer in this part of the list, so nothing is selected", nextStep: "move to select")
    }
    return Notice(.note, rowCount(of: list) == 0 ? "There is no account to open" : "This account has not come yet")
  }
}

extension ListState {
  /// - Parameter rows: visible rows.
  mutating func reduce(_ command: Command, in context: Context, rows: Int) -> Outcome {
    if isFinding {
      switch command {
      case .cancel: return closeFind(in: context)
      case .accept:
        find?.isEditing = false
        return find?.isFiltering == true ? .none : closeFind(in: context)
      default: break
      }
    }
    switch command {
    case .find: return openFind(in: context)
    case .dropFilter: return closeFind(in: context)
    case .sort: return sortByNextColumn(in: context)
    case .reverseSort: return reverseSort(in: context)
    case .loadAll: return .events(.loadAll)
    default:
      move(command, of: context.accounts.list, rows: max(1, rows))
      return .none
    }
  }

  /// Reads the pages on screen again, or all pages of a sorted list.
  ///
  /// - Parameter rows: rows that fit on screen.
  mutating func refresh(in context: Context, rows: Int) -> Outcome {
    let list = context.accounts.list
    let refresh: Accounts.Refresh
    if sort != nil {
      refresh = .all(triesOne: context.rateLimitSeconds != nil)
    } else if let arrangement {
      let onScreen = arrangement.dropFirst(cursor.top).prefix(max(1, rows))
      refresh = .pages(Set(onScreen.compactMap { list.page(of: $0) }).sorted(), marksStale: false)
    } else {
      let last = min(cursor.top + max(1, rows), list.rowCount) - 1
      let pages = Array(list.page(ofRow: cursor.top)...list.page(ofRow: max(cursor.top, last)))
      return .events(
        .clearNotice, .forgetFound(keeping: selectedAccount(in: list)?.id), .refresh(.pages(pages, marksStale: true)))
    }
    return Outcome(effects: find?.ask(list) ?? [], events: [.clearNotice, .refresh(refresh)])
  }

  // MARK: Finding

  /// Opens the search line, with the current search if there is one.
  private mutating func openFind(in context: Context) -> Outcome {
    if find == nil {
      find = FindState(origin: selection)
      isFollowingEnd = false
      // The index is built before the first letter is typed.
      syncIndex(context.accounts)
    }
    find?.isEditing = true
    return .events(.clearNotice)
  }

  mutating func edit(_ edit: TextEdit, in context: Context, rows: Int) -> Outcome {
    guard var find else { return .none }
    let list = context.accounts.list
    find.field.apply(edit)
    let query = FuzzyQuery(find.field.text)
    guard query != find.query else {
      self.find = find
      return .none
    }
    find.index.search(query)
    let kept = find.hasMoved ? selectedAccount(in: list)?.id : nil
    self.find = find
    arrange(context.accounts)
    // An account that a person moved to stays selected while it matches.
    if let kept, let row = index(of: kept, in: list) {
      cursor.row = row
      reveal(rows, of: list)
    } else {
      self.find?.hasMoved = false
      if find.isFiltering {
        cursor.top = 0
        select(row: 0, of: list)
      } else {
        goBack(to: find.origin, in: list)
      }
    }
    return .events(.clearNotice) + Outcome(effects: self.find?.askLater(list) ?? [])
  }

  /// Closes the search. The selected account stays selected.
  mutating func closeFind(in context: Context) -> Outcome {
    guard let find else { return .none }
    var kept: Account.ID?
    if case .account(let id) = selection, index(of: id, in: context.accounts.list) != nil {
      kept = id
    } else {
      goBack(to: find.origin, in: context.accounts.list)
    }
    self.find = nil
    return Outcome(effects: find.cancellations, events: [.clearNotice, .forgetFound(keeping: kept)])
  }

  // MARK: Order

  /// Sorts by the next column, and after the last one by the server's order.
  private mutating func sortByNextColumn(in context: Context) -> Outcome {
    let columns = AccountOrder.Column.allCases
    let next = sort.flatMap { columns.firstIndex(of: $0.criterion) }.map { $0 + 1 } ?? 0
    return sort(by: next < columns.count ? AccountOrder(criterion: columns[next]) : nil, in: context)
  }

  private mutating func reverseSort(in context: Context) -> Outcome {
    guard var order = sort else {
      return .notice(
        .note, "The accounts are in the server's order", nextStep: context.hints.list(.sort, "sorts them"))
    }
    order.isReversed.toggle()
    return sort(by: order, in: context)
  }

  /// - Parameter order: `nil` for the server's order.
  mutating func sort(by order: AccountOrder?, in context: Context) -> Outcome {
    let list = context.accounts.list
    guard sort != nil || list.isWhole else {
      let known =
        list.isLoaded
        ? "\(Wording.number(list.loadedCount)) of \(list.countWords) are loaded" : "none has come yet"
      return .notice(
        .note, "Sorting needs every account, and \(known)",
        nextStep: context.hints.list(.loadAll, "loads the rest"))
    }
    sort = order
    isFollowingEnd = false
    return .notice(.note, orderWords.map { "Sorted \($0)" } ?? "In the server's order")
  }

  // MARK: Answers

  mutating func receive(_ answer: Answer, in context: Context) -> Outcome {
    switch answer {
    case .search(let result): return find?.receive(result, perPage: context.session.perPage) ?? .none
    case .elapsed(.searchDebounce): return Outcome(effects: find?.askNow(context.accounts.list) ?? [])
    default: return .none
    }
  }

  var awaited: [EffectID] { find?.asking == .asked ? [.search] : [] }
}
