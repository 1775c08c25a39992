import Cloudflare

/// What lines can say and keys cannot: which account is meant, instead of how to get to it.
enum PlainAction: Sendable, Equatable {
  /// A command was typed: what was told before has been read.
  case begin
  /// Rows from this one on are wanted, counted from 0.
  case rows(from: Int)
  /// The list is wanted, whatever is open.
  case leave
  /// All accounts are wanted again.
  case showAll
  case account(Account.ID)
  case write(WriteIntent.ID)
}

extension State {
  mutating func reduce(_ action: PlainAction) -> [Effect] {
    switch action {
    case .begin:
      notice = nil
      return []
    case .rows(let first):
      browse.isFollowingEnd = false
      browse.isMovingUp = first < browse.top
      browse.select(row: first)
      browse.top = max(0, min(first, browse.rowCount - 1))
      // Without this, a page that did not come would never be asked for again.
      for page in browse.failures.keys { browse.failures[page] = nil }
      return []
    case .leave: return leaveForList()
    case .showAll: return leaveForList() + closeFind()
    case .account(let id):
      guard browse.shows(id) else { return [] }
      browse.show(id)
      browse.detailScroll = 0
      browse.keepSelectionVisible(rows: layout.listRows)
      return []
    case .write(let id):
      activity.screen?.selection = id
      return []
    }
  }

  private mutating func leaveForList() -> [Effect] {
    let effects = closeRaw()
    activity.screen = nil
    browse.pane = .list
    browse.detailSearch = nil
    return effects
  }
}
