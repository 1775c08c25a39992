import Cloudflare

/// The accounts that were printed last, by their numbers. A number never comes to mean another account.
struct PrintedList: Equatable {
  /// The first row, counted from 0.
  var first = 0
  private(set) var entries: [Int: Account] = [:]

  mutating func begin(at first: Int) {
    self.first = first
    entries = [:]
  }

  mutating func add(_ account: Account, row: Int) {
    entries[row + 1] = account
  }

  /// Why a number stands for nothing.
  func missing(_ number: Int) -> String {
    guard let lowest = entries.keys.min(), let highest = entries.keys.max() else {
      return "No list has been printed yet, so no number stands for an account. list prints it."
    }
    return "There is no \(number) in the list that was printed last: it goes from \(lowest) to \(highest). "
      + "list, next and page print others."
  }

  /// Whether the account of a number is still one that the list shows, or a search.
  func isHere(_ number: Int, in browse: BrowseState) -> Bool {
    entries[number].map { browse.shows($0.id) } ?? false
  }

  /// Whether the list would not show the same at this number now.
  func isStale(_ number: Int, in browse: BrowseState) -> Bool {
    guard let account = entries[number] else { return false }
    return browse.row(at: number - 1) != .account(account.id) || browse.list.account(account.id) != account
  }
}

extension BrowseState {
  /// Whether a row stands for the account. One that has left its page is still known for a while.
  func shows(_ id: Account.ID) -> Bool { list.account(id) != nil && (list.index(of: id) ?? index(of: id)) != nil }
}

/// The writes that were printed last, by their numbers.
struct PrintedWrites: Equatable {
  var entries: [Int: WriteIntent.ID] = [:]
  /// How many were printed from the newest on.
  var count = 0
}
