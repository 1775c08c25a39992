import Cloudflare
import Terminal

extension State {
  mutating func reduceBrowse(_ command: Command, in environment: Environment) -> [Effect] {
    switch command {
    case .open: return openDetail(in: environment)
    case .back:
      if browse.pane == .detail {
        browse.pane = .list
        browse.detailSearch = nil
      } else if browse.loadAll != nil {
        return giveUpLoadingAll()
      } else if notice != nil {
        notice = nil
      } else {
        return closeFind()
      }
      return []
    case .widenDetail, .narrowDetail:
      moveDivider(by: command == .widenDetail ? -Layout.dividerStep : Layout.dividerStep)
      return []
    case .switchPane:
      browse.pane = browse.pane == .list ? .detail : .list
      return []
    case .refresh:
      return browse.pane == .detail
        ? readSelectedAccount(priority: .byHand) + refreshInventory() : refreshList(in: environment)
    case .dropFilter: return closeFind()
    case .find: return browse.pane == .detail ? openDetailSearch() : openFind()
    case .nextMatch: return moveToDetailMatch(step: 1)
    case .previousMatch: return moveToDetailMatch(step: -1)
    case .loadAll: return startLoadAll(in: environment)
    case .sort: return sortByNextColumn()
    case .reverseSort: return reverseSort()
    case .loadRest: return completeInventory()
    case .showRaw: return openRaw()
    case .newAccount: return openCreate()
    case .editAccount: return openEdit()
    case .activity: return openActivity()
    case .deleteAccount: return openDelete(in: environment)
    case .explainDeletion:
      let reason = hint(.deleteAccount, "opens the deletion review") ?? "No key opens the deletion review"
      notice = Notice(.note, session.writing == .readOnly ? readOnlyReason : reason)
      return []
    default:
      return browse.pane == .detail && !isListCommand(command) ? scrollDetail(command) : move(command)
    }
  }

  mutating func reduce(_ action: BrowseAction, in environment: Environment) -> [Effect] {
    switch action {
    case .pageAnswered(let page, let token, let result):
      // A page that was given up, or asked for again since: its answer is of no use.
      guard browse.loading[page] == token else { return [] }
      browse.stopLoading(page)
      switch result {
      case .success(let answer):
        browse.failures[page] = nil
        forgetFailure()
        release()
        changeList { $0.insert(page: page, answer, at: environment.date) }
        syncEnd()
        browse.loadAll?.noteArrival(of: page, at: environment.date)
        return []
      case .failure(let error):
        if let effects = hold(page: page, error, in: environment) { return effects }
        browse.failures[page] = error
        // Without a list its place tells it, with more room.
        guard browse.list.isLoaded else {
          browse.loadAll = nil
          return []
        }
        showFailure(error, of: page)
        return stopLoadingAll()
      }
    case .accountAnswered(let id, let token, let result):
      guard browse.detailToken == token else { return [] }
      browse.detailToken = nil
      browse.detailReading = nil
      switch result {
      case .success(let account):
        changeList { $0.update(account) }
        release()
        return []
      case .failure(let error) where error.saysGone:
        let name = browse.list.account(id).map(Wording.name(of:)) ?? id
        notice = Notice(
          .warning, "\(name) is not there any more: \(error.explanation)", nextStep: stepToReadList)
      case .failure(let error):
        notice = Notice(
          .failure, "The account could not be read: \(error.explanation)",
          nextStep: error.nextStep ?? hint(.refresh, "tries again"))
      }
      return []
    }
  }

  /// Asks for the pages that the rows on screen belong to, and the next one ahead when its rows are near; gives up the
  /// requests for pages that are far by now.
  /// Goes on with the loading of all, too.
  mutating func syncPages() -> [Effect] {
    guard size.width > 0 else { return [] }
    // Rows that match are all here: what is on its way may only bring more of them.
    if browse.arrangement != nil, browse.list.isLoaded { return goOnLoadingAll() }
    let needed = neededPages()
    var effects: [Effect] = []
    for page in browse.loading.keys.sorted()
    where !needed.contains(where: { $0.page == page }) && browse.loadAll?.pages.contains(page) != true {
      browse.stopLoading(page)
      effects.append(.cancel(.page(page)))
    }
    for need in needed where browse.loading[need.page] == nil && browse.failures[need.page] == nil {
      if browse.list.hasPage(need.page) || browse.held.contains(need.page) { continue }
      effects.append(load(page: need.page, priority: need.priority))
    }
    if budget.map({ $0.waiting > 0 }) == true { effects += loadVisiblePagesFirst() }
    return effects + goOnLoadingAll()
  }

  /// A page that was asked for ahead and has come on screen waits behind a person's requests no longer. Only worth it
  /// when requests do wait: otherwise its answer is as good as here.
  mutating func loadVisiblePagesFirst() -> [Effect] {
    guard !browse.loadingAhead.isEmpty else { return [] }
    return neededPages().filter { need in
      need.priority == .interactive && browse.loading[need.page] != nil && browse.loadingAhead.contains(need.page)
    }.map { load(page: $0.page, priority: .interactive) }
  }

  private struct NeededPage {
    var page: Int
    var priority: RequestPriority
  }

  private func neededPages() -> [NeededPage] {
    let list = browse.list
    guard list.isLoaded else { return [NeededPage(page: 1, priority: .interactive)] }
    guard list.pageCount > 0 else { return [] }
    let rows = max(1, layout.listRows)
    let last = max(browse.top, min(browse.top + rows, list.rowCount) - 1)
    let visible = list.page(ofRow: browse.top)...list.page(ofRow: last)
    var needed = visible.map { NeededPage(page: $0, priority: .interactive) }
    let ahead = browse.isMovingUp ? visible.lowerBound - 1 : visible.upperBound + 1
    guard (1...list.pageCount).contains(ahead) else { return needed }
    let distance =
      browse.isMovingUp ? browse.top - list.firstRow(ofPage: visible.lowerBound) : list.firstRow(ofPage: ahead) - last
    if distance <= rows { needed.append(NeededPage(page: ahead, priority: .background)) }
    return needed
  }

  mutating func load(page: Int, priority: RequestPriority) -> Effect {
    let token = nextToken()
    browse.loading[page] = token
    if priority == .background { browse.loadingAhead.insert(page) } else { browse.loadingAhead.remove(page) }
    return .loadPage(ListQuery(page: page, perPage: session.perPage), priority: priority, token: token)
  }

  private mutating func refreshList(in environment: Environment) -> [Effect] {
    notice = nil
    browse.failures = [:]
    browse.held = []
    var effects = browse.loading.keys.sorted().map { Effect.cancel(.page($0)) }
    browse.stopLoading()
    browse.loadAll = nil
    guard browse.list.isLoaded, browse.list.pageCount > 0 else {
      return effects + [load(page: 1, priority: .byHand)]
    }
    if browse.sort != nil {
      // The order needs every page, so every page is read again; until then the rows stay as they are.
      changeList { $0.markStale() }
      // While nothing is let through, one page tries all the same.
      if rateLimitWait.seconds != nil { effects.append(load(page: 1, priority: .byHand)) }
      return effects + askServer() + startLoadAll(in: environment)
    }
    if let rows = browse.arrangement {
      let onScreen = rows.dropFirst(browse.top).prefix(max(1, layout.listRows))
      let pages = Set(onScreen.compactMap { browse.list.page(of: $0) }).sorted()
      return effects + pages.map { load(page: $0, priority: $0 == pages[0] ? .byHand : .interactive) } + askServer()
    }
    let selected = browse.selectedAccount?.id
    changeList { $0.forgetFound(keeping: selected) }
    let last = min(browse.top + max(1, layout.listRows), browse.list.rowCount) - 1
    let visible = browse.list.page(ofRow: browse.top)...browse.list.page(ofRow: max(browse.top, last))
    // What is not on screen is read again when it comes near; until then there is something to see, and to keep.
    changeList { $0.markStale() }
    return effects + visible.map { load(page: $0, priority: $0 == visible.lowerBound ? .byHand : .interactive) }
  }

  mutating func move(_ command: Command) -> [Effect] {
    let rows = max(1, listRows)
    let cursor = browse.cursorRow
    let list = browse.list
    let last = browse.rowCount - 1
    guard last >= 0 else { return [] }
    browse.isFollowingEnd = false
    browse.find?.hasMoved = true
    let target: Int
    switch command {
    case .previousServerPage where browse.arrangement != nil: target = cursor - rows
    case .nextServerPage where browse.arrangement != nil: target = cursor + rows
    case .previousAccount: target = cursor - 1
    case .nextAccount: target = cursor + 1
    case .previousServerPage:
      let first = list.firstRow(ofPage: list.page(ofRow: cursor))
      target = cursor > first ? first : list.firstRow(ofPage: max(1, list.page(ofRow: cursor) - 1))
    case .nextServerPage:
      let page = list.page(ofRow: cursor)
      target = page < list.pageCount ? list.firstRow(ofPage: page + 1) : cursor
    default:
      guard let row = command.target(from: cursor, rows: rows, last: last) else { return [] }
      target = row
      browse.isFollowingEnd = command == .moveToEnd && list.isOpen && browse.arrangement == nil
    }
    if case .nextServerPage = command { browse.top += max(0, target - cursor) }
    if case .previousServerPage = command { browse.top = max(0, browse.top + min(0, target - cursor)) }
    browse.isMovingUp = target < cursor
    browse.select(row: target)
    browse.keepSelectionVisible(rows: rows)
    return []
  }

  /// Puts the cursor on a row, because a person did.
  mutating func moveCursor(to row: Int) -> [Effect] {
    browse.isFollowingEnd = false
    browse.find?.hasMoved = true
    browse.isMovingUp = row < browse.cursorRow
    browse.select(row: row)
    browse.keepSelectionVisible(rows: listRows)
    return []
  }

  private mutating func syncEnd() {
    guard browse.isFollowingEnd else { return }
    browse.isFollowingEnd = browse.list.isOpen
    browse.select(row: browse.list.rowCount - 1)
    browse.keepSelectionVisible(rows: listRows)
  }

  // MARK: Detail

  private func isListCommand(_ command: Command) -> Bool {
    command == .previousAccount || command == .nextAccount
  }

  private mutating func openDetail(in environment: Environment) -> [Effect] {
    guard browse.selectedAccount != nil else { return explainMissingSelection() }
    browse.pane = .detail
    browse.detailScroll = 0
    return readSelectedAccount(priority: .interactive) + openInventory(in: environment)
  }

  private mutating func readSelectedAccount(priority: RequestPriority) -> [Effect] {
    guard let account = browse.selectedAccount else { return explainMissingSelection() }
    let token = nextToken()
    browse.detailToken = token
    browse.detailReading = account.id
    return [.loadAccount(id: account.id, priority: priority, token: token)]
  }

  /// Gives up the reading of an account that is selected no longer.
  mutating func syncDetailReading() -> [Effect] {
    guard let reading = browse.detailReading, browse.selection != .account(reading) else { return [] }
    // Of one that has gone from the list, the answer says why.
    if case .lost = browse.selection { return [] }
    browse.detailReading = nil
    browse.detailToken = nil
    return [.cancel(.detail)]
  }

  @discardableResult
  mutating func scrollDetail(_ command: Command) -> [Effect] {
    let lines = detailLines(width: layout.detail.width).count
    browse.detailScroll = scrolled(
      browse.detailScroll, command, rows: detailRows, lines: lines)
    return []
  }

  /// Says why a command that needs an account has none.
  mutating func explainMissingSelection() -> [Effect] {
    switch browse.selection {
    case .lost(let name, _):
      notice = Notice(
        .warning, "\(name) is no longer in this part of the list, so nothing is selected", nextStep: "move to select")
    default:
      notice = Notice(
        .note, browse.rowCount == 0 ? "There is no account to open" : "This account has not come yet")
    }
    return []
  }
}
