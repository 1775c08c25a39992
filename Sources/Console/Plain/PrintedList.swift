import Cloudflare

/// The accounts that were printed last, by number. A number keeps its account until the next list is printed.
struct PrintedList: Equatable {
  /// The first row, counted from 0.
  var firstRow = 0
  var entries: [Int: Account] = [:]

  /// The message about a number without an account.
  func missingEntry(_ number: Int) -> String {
    guard let lowest = entries.keys.min(), let highest = entries.keys.max() else {
      return "No list has been printed yet, so no number stands for an account. list prints it."
    }
    return "There is no \(number) in the list that was printed last: it goes from \(lowest) to \(highest). "
      + "list, next and page print others."
  }

  /// Whether the list still has the account of a number, but no longer shows the same at its row.
  func isStale(_ number: Int, in state: State) -> Bool {
    guard let account = entries[number], state.browse.list.shows(account.id, of: state.accounts.list) else {
      return false
    }
    return state.row(at: number - 1) != .account(account.id) || state.accounts.list.account(account.id) != account
  }
}

/// What plain mode reads from the screens.
extension State {
  var plainContext: Context { context() }

  var rowCount: Int { browse.list.rowCount(of: accounts.list) }

  var selectedAccount: Account? { browse.list.selectedAccount(in: accounts.list) }

  func row(at index: Int) -> AccountList.Row? { browse.list.row(at: index, of: accounts.list) }
}
