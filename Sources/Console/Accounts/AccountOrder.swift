import Cloudflare
import FoundationEssentials

/// The order of all accounts by one of their columns.
struct AccountOrder: Sendable, Equatable {
  enum Column: Sendable, CaseIterable {
    case name, type, created, twoFactor
  }

  var criterion: Column
  /// Whether the column's own order is reversed: names from Z, the oldest first.
  var isReversed = false

  /// The order in words.
  var words: String {
    switch criterion {
    case .name: isReversed ? "by name, from Z" : "by name"
    case .type: isReversed ? "by type, from Z" : "by type"
    case .created: isReversed ? "oldest first" : "newest first"
    case .twoFactor: isReversed ? "without two-factor first" : "with two-factor first"
    }
  }

  /// Up if the smallest value comes first.
  var arrow: String {
    switch criterion {
    case .name, .type: isReversed ? "↓" : "↑"
    case .created, .twoFactor: isReversed ? "↑" : "↓"
    }
  }

  /// The values that accounts are compared by. They are computed once per account, not per comparison.
  struct Entry: Sendable, Equatable {
    var value: Value?
    /// Without case and accents.
    var name: String
    var id: Account.ID
  }

  enum Value: Sendable, Comparable {
    case number(Double)
    case text(String)
  }

  func entries(of accounts: [Account]) -> [Entry] {
    var folding = Folding()
    return accounts.map { account in
      let value: Value? =
        switch criterion {
        case .name: nil
        case .type: (account.type?.rawValue).map(Value.text)
        case .created: account.createdOn.map { .number(-$0.timeIntervalSince1970) }
        case .twoFactor: (account.settings?.enforceTwoFactor).map { .number($0 ? 0 : 1) }
        }
      return Entry(value: value, name: folding.fold(account.name), id: account.id)
    }
  }

  /// Unknown values come last in both directions. Equal values are ordered by name, without case and accents, and then
  /// by ID.
  func precedes(_ one: Entry, _ two: Entry) -> Bool {
    if one.value != two.value {
      guard let first = one.value else { return false }
      guard let second = two.value else { return true }
      return isReversed ? first > second : first < second
    }
    if one.name != two.name { return isReversed && criterion == .name ? one.name > two.name : one.name < two.name }
    return one.id < two.id
  }
}
