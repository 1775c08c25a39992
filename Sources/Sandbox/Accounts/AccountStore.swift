import Cloudflare
import Synchronization

/// The accounts, for reading from any number of requests at once; ``AccountWriter`` changes them.
final class AccountStore: Sendable {
  let catalog: Catalog
  private let state: Mutex<AccountState>
  private let search: NameSearch

  init(_ state: AccountState, nameMatch: SandboxOptions.NameMatch) {
    catalog = state.catalog
    self.state = Mutex(state)
    search = NameSearch(catalog: catalog, match: nameMatch)
  }

  /// Some accounts of the list, and how many the list has.
  struct Slice: Sendable {
    var accounts: [AccountRecord]
    var total: Int
  }

  /// Reads the state as it is now.
  func read<Value: Sendable>(_ body: (borrowing AccountState) -> sending Value) -> Value {
    state.withLock { state in
      state.advance(to: .now)
      return body(state)
    }
  }

  func apply(_ change: AccountChange) {
    state.withLock { $0.apply(change) }
  }

  /// An account that exists.
  func account(_ identifier: Identifier) -> AccountRecord? {
    read { state in state.position(of: identifier).map { state.account(at: $0) } }
  }

  /// Accounts in creation order, or the other way round: what the API sorts by is not documented.
  ///
  /// - Parameter range: places in the list, from 0; those past its end are left out.
  func slice(_ range: Range<Int>, direction: SortDirection) -> Slice {
    let (rows, total) = read { state in
      let listed = state.listed
      let rows = range.clamped(to: 0..<listed).map { rank in
        let position = state.removed.remaining(at: direction == .ascending ? rank : listed - 1 - rank)
        return (position: position, override: state.override(at: position))
      }
      return (rows, listed)
    }
    return Slice(accounts: rows.map { $0.override ?? catalog.account(at: $0.position) }, total: total)
  }

  /// As ``slice(_:direction:)``, of the accounts of that name.
  func slice(_ range: Range<Int>, direction: SortDirection, name: String) async -> Slice {
    let found = await search.positions(of: name, in: self)
    let total = found.count
    return read { state in
      let accounts = range.clamped(to: 0..<total).map { rank in
        state.account(at: found[direction == .ascending ? rank : total - 1 - rank])
      }
      return Slice(accounts: accounts, total: total)
    }
  }
}
