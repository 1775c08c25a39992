/// What a key can be bound to. The raw value is the name by which people know it.
enum Command: String, Sendable, CaseIterable {
  case moveUp = "move-up"
  case moveDown = "move-down"
  case pageUp = "page-up"
  case pageDown = "page-down"
  case halfPageUp = "half-page-up"
  case halfPageDown = "half-page-down"
  case moveToStart = "move-to-start"
  case moveToEnd = "move-to-end"
  case previousServerPage = "previous-server-page"
  case nextServerPage = "next-server-page"
  case previousAccount = "previous-account"
  case nextAccount = "next-account"
  case open
  case back
  case switchPane = "switch-pane"
  case widenDetail = "widen-detail"
  case narrowDetail = "narrow-detail"
  case refresh
  /// Opens the line for what is looked for.
  case find
  /// Shows all accounts again.
  case dropFilter = "drop-filter"
  /// Goes on to what is looked for in the detail pane.
  case nextMatch = "next-match"
  case previousMatch = "previous-match"
  case showRaw = "show-raw"
  case loadRest = "load-rest"
  /// Loads every page of the list.
  case loadAll = "load-all"
  /// Sorts by the next column.
  case sort
  case reverseSort = "reverse-sort"
  case newAccount = "new-account"
  case editAccount = "edit-account"
  case deleteAccount = "open-deletion-review"
  /// Bound to the keys that delete elsewhere: says which key it is here.
  case explainDeletion = "explain-deletion"
  /// Opens the screen of all writes.
  case activity
  /// Finds out by reading what became of a write.
  case verify
  /// Lets a write that cannot be looked up block no others any more.
  case dismiss
  /// Takes the one account that may have come of a creation as the one that has.
  case adopt
  case nextField = "next-field"
  case previousField = "previous-field"
  /// Enter: the next field, or the button in focus.
  case accept
  /// Ticks or unticks a box, or opens or closes a part of a form.
  case toggle
  case nextChoice = "next-choice"
  case previousChoice = "previous-choice"
  case cancel
  case copyID = "copy-id"
  case copyName = "copy-name"
  /// Copies all that is known of a write.
  case copyReceipt = "copy-receipt"
  /// Opens the account's page of Cloudflare's dashboard, or tells its address.
  case openDashboard = "open-dashboard"
  case help
  /// Opens the list of all commands.
  case palette = "command-palette"
  case suspend
  case redraw
  case quit
  /// Ctrl-C: leaves whatever is on screen.
  case interrupt
}

extension Command {
  /// Whether the command leads to something being changed on the server.
  var writes: Bool { self == .newAccount || self == .editAccount || self == .deleteAccount }

  /// Where the command leads from a row; `nil` where it moves nothing.
  ///
  /// - Parameters:
  ///   - rows: rows on screen.
  ///   - last: the last row that there is, from 0.
  func target(from row: Int, rows: Int, last: Int) -> Int? {
    switch self {
    case .moveUp: row - 1
    case .moveDown: row + 1
    case .pageUp: row - rows
    case .pageDown: row + rows
    case .halfPageUp: row - rows / 2
    case .halfPageDown: row + rows / 2
    case .moveToStart: 0
    case .moveToEnd: last
    default: nil
    }
  }
}
