/// All accounts at one moment: the catalogue, and what has been changed since.
struct AccountState: Sendable {
  let catalog: Catalog
  /// How long a deleted account stays in the list.
  let deletionDelay: Duration
  /// Accounts made since, in order; the first one's position is the catalogue's count.
  private(set) var created: [AccountRecord] = []
  /// Accounts of the catalogue that are no longer as they were.
  private(set) var changed: [Int: AccountRecord] = [:]
  /// When accounts were deleted. They answer no more; some of them are still listed.
  private var deleted: [Int: Timestamp] = [:]
  /// Deleted and no longer listed.
  private(set) var removed = RemovedPositions()
  /// Deleted and still listed, in the order in which they leave.
  private var leaving: [(position: Int, due: Timestamp)] = []
  /// For each of ``created``.
  private var creations: [AccountChange.Creation] = []
  private var positionsByKey: [String: Int] = [:]
  private var removedSurvivors: [Int: Set<Survivor>] = [:]
  /// Another number whenever the list may have become another.
  private(set) var version = 0

  init(catalog: Catalog, deletionDelay: Duration) {
    self.catalog = catalog
    self.deletionDelay = deletionDelay
  }

  /// How many positions have ever been given out.
  var positions: Int { catalog.count + created.count }

  /// How many accounts are listed.
  var listed: Int { positions - removed.count }

  /// The position of an account that exists; `nil` when there is none, or no longer one, of that identifier.
  func position(of identifier: Identifier) -> Int? {
    issuedPosition(of: identifier).flatMap { deleted[$0] == nil ? $0 : nil }
  }

  /// The position of an account that existed and was deleted.
  func deletedPosition(of identifier: Identifier) -> Int? {
    issuedPosition(of: identifier).flatMap { deleted[$0] == nil ? nil : $0 }
  }

  private func issuedPosition(of identifier: Identifier) -> Int? {
    guard let (position, ordinal) = catalog.identifiers.owner(of: identifier, .account), ordinal == 0,
      (0..<positions).contains(position)
    else { return nil }
    return position
  }

  /// The account at a position that has been given out, deleted or not.
  func account(at position: Int) -> AccountRecord {
    override(at: position) ?? catalog.account(at: position)
  }

  /// The account at a position, if it is not simply the catalogue's.
  func override(at position: Int) -> AccountRecord? {
    position >= catalog.count ? created[position - catalog.count] : changed[position]
  }

  /// What an idempotency key was used for.
  func creation(key: String) -> (request: NewAccountRequest, account: AccountRecord)? {
    positionsByKey[key].map { position in
      (creations[position - catalog.count].request, created[position - catalog.count])
    }
  }

  func isRemoved(_ survivor: Survivor, at position: Int) -> Bool {
    removedSurvivors[position]?.contains(survivor) ?? false
  }

  mutating func apply(_ change: AccountChange) {
    version += 1
    switch change {
    case .created(let account, let creation):
      created.append(account)
      creations.append(creation)
      if let key = creation.key { positionsByKey[key] = account.position }
    case .updated(let account):
      if account.position >= catalog.count {
        created[account.position - catalog.count] = account
      } else {
        changed[account.position] = account
      }
    case .deleted(let position, let moment):
      deleted[position] = moment
      leaving.append((position, moment.advanced(by: deletionDelay)))
    case .survivorRemoved(let position, let survivor):
      removedSurvivors[position, default: []].insert(survivor)
    }
  }

  /// Whether a change can come next: what a data file holds may have been written by anyone.
  func canApply(_ change: AccountChange) -> Bool {
    switch change {
    case .created(let account, _): account.position == positions && canShow(account)
    case .updated(let account): (0..<positions).contains(account.position) && canShow(account)
    case .deleted(let position, let moment):
      (0..<positions).contains(position) && deleted[position] == nil && Timestamp.usable.contains(moment)
    case .survivorRemoved(let position, _): (0..<positions).contains(position)
    }
  }

  private func canShow(_ account: AccountRecord) -> Bool {
    account.unit.map(catalog.tenant.units.indices.contains) != false && Timestamp.usable.contains(account.createdOn)
  }

  /// The fewest changes that make a fresh catalogue into this.
  var changes: [AccountChange] {
    zip(created, creations).map { .created($0, $1) }
      + changed.values.sorted { $0.position < $1.position }.map { .updated($0) }
      + deleted.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { .deleted(position: $0.key, at: $0.value) }
      + removedSurvivors.flatMap { position, survivors in
        survivors.map { .survivorRemoved(position: position, $0) }
      }
  }

  /// Takes accounts off the list whose time has come.
  mutating func advance(to now: Timestamp) {
    let due = leaving.prefix { $0.due <= now }
    guard !due.isEmpty else { return }
    version += 1
    for (position, _) in due { removed.insert(position) }
    leaving.removeFirst(due.count)
  }
}
