import Cloudflare
import FoundationEssentials

/// The order of all accounts by one of their columns.
public struct AccountOrder: Sendable, Equatable {
  public enum Column: Sendable, CaseIterable {
    case name, type, created, twoFactor
  }

  public var column: Column
  /// Whether the order is the other way round than the column's own: names from Z, the oldest first.
  public var isReversed = false

  /// The order in words.
  var words: String {
    switch column {
    case .name: isReversed ? "by name, from Z" : "by name"
    case .type: isReversed ? "by type, from Z" : "by type"
    case .created: isReversed ? "oldest first" : "newest first"
    case .twoFactor: isReversed ? "without two-factor first" : "with two-factor first"
    }
  }

  /// Points to where the values grow: up for the smallest first.
  var arrow: String {
    switch column {
    case .name, .type: isReversed ? "↓" : "↑"
    case .created, .twoFactor: isReversed ? "↑" : "↓"
    }
  }

  /// What is not known stands last, whichever way the order goes. Values that are alike are in the order of the names
  /// without regard to case, and those of the identifiers.
  func sorted(_ accounts: [Account]) -> [Account.ID] {
    switch column {
    case .name: sorted(accounts) { _ in 0 }
    case .type: sorted(accounts) { $0.type?.rawValue }
    case .created: sorted(accounts) { $0.createdOn.map { -$0.timeIntervalSince1970 } }
    case .twoFactor: sorted(accounts) { $0.settings?.enforceTwoFactor.map { $0 ? 0 : 1 } }
    }
  }

  private struct Entry<Value: Comparable> {
    var value: Value?
    var name: String
    var id: Account.ID
  }

  private func sorted<Value: Comparable>(_ accounts: [Account], by value: (Account) -> Value?) -> [Account.ID] {
    // Made once for each account and not for each comparison. Swift compares text as after NFC.
    let entries = accounts.map { Entry(value: value($0), name: $0.name.lowercased(), id: $0.id) }
    let isReversedName = isReversed && column == .name
    return entries.sorted { one, two in
      if one.value != two.value {
        guard let first = one.value else { return false }
        guard let second = two.value else { return true }
        return isReversed ? first > second : first < second
      }
      if one.name != two.name { return isReversedName ? one.name > two.name : one.name < two.name }
      return one.id < two.id
    }.map(\.id)
  }
}
