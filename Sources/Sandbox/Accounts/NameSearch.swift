import Synchronization

/// Finds accounts by name. The names of the catalogue are laid out in memory at the first search; what a search found
/// is kept for the pages that follow.
final class NameSearch: Sendable {
  private let catalog: Catalog
  private let match: SandboxOptions.NameMatch
  private let index = Mutex<Task<NameIndex, Never>?>(nil)
  private let recent = Mutex<[Found]>([])

  private struct Found {
    var name: String
    var version: Int
    var positions: [Int]
  }

  init(catalog: Catalog, match: SandboxOptions.NameMatch) {
    self.catalog = catalog
    self.match = match
  }

  /// The positions of listed accounts of that name, ascending.
  func positions(of name: String, in store: AccountStore) async -> [Int] {
    let version = store.read { $0.version }
    let kept = recent.withLock { found in found.first { $0.name == name && $0.version == version } }
    if let kept { return kept.positions }

    let candidates = await builtIndex().positions(matching: name.lowercased(), wholly: match == .exact)
    let found = store.read { state in
      Found(name: name, version: state.version, positions: filter(candidates, name, state))
    }
    recent.withLock { recent in
      recent.removeAll { $0.name == name || $0.version != found.version }
      recent.insert(found, at: 0)
      if recent.count > Self.keptSearches { recent.removeLast() }
    }
    return found.positions
  }

  private static let keptSearches = 8

  private func builtIndex() async -> NameIndex {
    let building = index.withLock { building in
      if let building { return building }
      let task = Task { [catalog] in NameIndex(seed: catalog.seed, count: catalog.count) }
      building = task
      return task
    }
    return await building.value
  }

  /// What the index found is judged again: it knows nothing of changes, nor of case where that counts.
  private func filter(_ candidates: [Int], _ name: String, _ state: borrowing AccountState) -> [Int] {
    let folded = name.lowercased()
    let matches = { (account: AccountRecord) in
      switch self.match {
      case .exact: account.name == name
      case .substring: account.name.lowercased().contains(folded)
      }
    }
    let isExact = match == .exact
    let isUntouched = state.changed.isEmpty && state.removed.count == 0
    var positions =
      isUntouched && !isExact
      ? candidates
      : candidates.filter { position in
        state.changed[position] == nil && !state.removed.contains(position)
          && (!isExact || matches(state.account(at: position)))
      }
    let own = Array(state.changed.values) + state.created
    positions += own.filter { matches($0) && !state.removed.contains($0.position) }.map(\.position)
    if !own.isEmpty { positions.sort() }
    return positions
  }
}
