import Synchronization

/// The accounts, for reading from any number of requests at once; ``AccountWriter`` changes them.
final class AccountStore: Sendable {
  let catalog: Catalog
  private let state: Mutex<AccountState>
  private let search: NameSearch
  private let managed = Mutex<(version: Int, positions: [Int])?>(nil)

  init(_ state: AccountState, nameMatch: SandboxOptions.NameMatch) {
    catalog = state.catalog
    self.state = Mutex(state)
    search = NameSearch(catalog: catalog, match: nameMatch)
  }

  /// Some accounts of the list, and how many the list has.
  struct Slice: Sendable {
    var accounts: [AccountRecord]
    var total: Int
    /// Of the list that they are from.
    var version: Int
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

  /// Another number whenever the list may have become another.
  var version: Int { read { $0.version } }

  /// Accounts of that name, or managed by the tenant, or both.
  ///
  /// - Parameters:
  ///   - range: places in the list, from 0; those past its end are left out.
  ///   - name: `nil` leaves the name out of account.
  ///   - isManaged: leaves only accounts that the tenant manages.
  func slice(
    _ range: Range<Int>, direction: SortDirection, name: String?, isManaged: Bool = false
  ) async -> Slice {
    if let name {
      let found = await search.positions(of: name, in: self)
      return slice(range, direction, of: isManaged ? read { state in found.filter { state.isManaged($0) } } : found)
    }
    return isManaged ? slice(range, direction, of: managedPositions()) : slice(range, direction: direction)
  }

  /// Accounts in creation order, or the other way round: what the API sorts by is not documented.
  ///
  /// - Parameter range: places in the list, from 0; those past its end are left out.
  func slice(_ range: Range<Int>, direction: SortDirection) -> Slice {
    let (rows, total, version) = read { state in
      let listed = state.listed
      let rows = range.clamped(to: 0..<listed).map { rank in
        let position = state.removed.remaining(at: direction == .ascending ? rank : listed - 1 - rank)
        return (position: position, override: state.override(at: position))
      }
      return (rows, listed, state.version)
    }
    return Slice(
      accounts: rows.map { $0.override ?? catalog.account(at: $0.position) }, total: total, version: version)
  }

  private func slice(_ range: Range<Int>, _ direction: SortDirection, of positions: [Int]) -> Slice {
    let total = positions.count
    return read { state in
      let accounts = range.clamped(to: 0..<total).map { rank in
        state.account(at: positions[direction == .ascending ? rank : total - 1 - rank])
      }
      return Slice(accounts: accounts, total: total, version: state.version)
    }
  }

  /// The positions of listed accounts that the tenant manages, ascending; kept for the next page.
  private func managedPositions() -> [Int] {
    let version = read { $0.version }
    if let kept = managed.withLock({ $0 }), kept.version == version { return kept.positions }
    let found = read { state in
      let positions = (0..<state.positions).filter { state.isManaged($0) && !state.removed.contains($0) }
      return (version: state.version, positions: positions)
    }
    managed.withLock { $0 = found }
    return found.positions
  }
}

extension AccountState {
  /// Whether the tenant manages the account at a position. A parent never changes, so the catalogue knows it for its
  /// own.
  fileprivate func isManaged(_ position: Int) -> Bool {
    position < catalog.count ? catalog.isManaged(position) : account(at: position).unit != nil
  }
}
