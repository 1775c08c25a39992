/// A command of the console. The raw value is its name in the palette and in the configuration.
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
  /// Opens the search line.
  case find
  /// Shows all accounts again.
  case dropFilter = "drop-filter"
  /// Goes to the next match in the detail pane.
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
  /// Names the key that deletes. It is bound to keys that delete in other programs.
  case explainDeletion = "explain-deletion"
  /// Opens the screen of all writes.
  case activity
  /// Looks up the outcome of a write by reading.
  case verify
  /// Stops a write that cannot be looked up from blocking others.
  case dismiss
  /// Accepts the one account that a creation may have made as its result.
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
  /// Opens the account's page in Cloudflare's dashboard, or shows its address.
  case openDashboard = "open-dashboard"
  case help
  /// Opens the list of all commands.
  case palette = "command-palette"
  case suspend
  case redraw
  case quit
  /// Ctrl-C: leaves the current screen.
  case interrupt
}

extension Command {
  /// Whether the command leads to a write on the server.
  var writes: Bool { self == .newAccount || self == .editAccount || self == .deleteAccount }

  /// Whether the command moves the cursor.
  var moves: Bool { target(from: 0, rows: 0, last: 0) != nil }

  /// The row that the command moves to, which may be out of bounds; `nil` if it does not move.
  ///
  /// - Parameters:
  ///   - rows: rows on screen.
  ///   - last: the last row, from 0.
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
