import Cloudflare

/// The accounts that were printed last, by their numbers. A number never comes to mean another account.
struct PrintedList: Equatable {
  /// The firstRow row, counted from 0.
  var firstRow = 0
  private(set) var entries: [Int: Account] = [:]

  mutating func begin(at firstRow: Int) {
    self.firstRow = firstRow
    entries = [:]
  }

  mutating func add(_ account: Account, row: Int) {
    entries[row + 1] = account
  }

  /// Why a number stands for nothing.
  func missingEntry(_ number: Int) -> String {
    guard let lowest = entries.keys.min(), let highest = entries.keys.max() else {
      return "No list has been printed yet, so no number stands for an account. list prints it."
    }
    return "There is no \(number) in the list that was printed last: it goes from \(lowest) to \(highest). "
      + "list, next and page print others."
  }

  /// Whether the account of a number is still one that the list shows, or a search.
  func isHere(_ number: Int, in state: State) -> Bool {
    entries[number].map { state.browse.list.shows($0.id, of: state.accounts.list) } ?? false
  }

  /// Whether the list would not show the same at this number now.
  func isStale(_ number: Int, in state: State) -> Bool {
    guard let account = entries[number] else { return false }
    return state.row(at: number - 1) != .account(account.id) || state.accounts.list.account(account.id) != account
  }
}

/// What plain mode reads of the screens.
extension State {
  var plainContext: Context { context() }

  var rowCount: Int { browse.list.rowCount(of: accounts.list) }

  var selectedAccount: Account? { browse.list.selectedAccount(in: accounts.list) }

  func row(at index: Int) -> AccountList.Row? { browse.list.row(at: index, of: accounts.list) }
}

/// The writes that were printed last, by their numbers.
struct PrintedWrites: Equatable {
  var entries: [Int: WriteIntent.ID] = [:]
  /// How many were printed from the newest on.
  var count = 0
}
