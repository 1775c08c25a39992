/// All accounts at one moment: the catalogue, and what has been changed since.
struct AccountState: Sendable {
  let catalog: Catalog
  /// How long a deleted account stays in the list.
  let deletionDelay: Duration
  /// Accounts made since, in order; the first one's position is the catalogue's count.
  private(set) var created: [AccountRecord] = []
  /// Accounts of the catalogue that are no longer as they were.
  private(set) var changed: [Int: AccountRecord] = [:]
  /// Deleted, so that they answer no more; some of them are still listed.
  private var deleted: Set<Int> = []
  /// Deleted and no longer listed.
  private(set) var removed = RemovedPositions()
  /// Deleted and still listed, in the order in which they leave.
  private var leaving: [(position: Int, due: Timestamp)] = []
  private var creations: [String: (request: NewAccountRequest, position: Int)] = [:]
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
    guard let (position, ordinal) = catalog.identifiers.owner(of: identifier, .account), ordinal == 0,
      (0..<positions).contains(position), !deleted.contains(position)
    else { return nil }
    return position
  }

  /// Whether an account of that identifier existed and was deleted.
  func isDeleted(_ identifier: Identifier) -> Bool {
    guard let (position, ordinal) = catalog.identifiers.owner(of: identifier, .account) else { return false }
    return ordinal == 0 && deleted.contains(position)
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
  func creation(key: String) -> (request: NewAccountRequest, position: Int)? { creations[key] }

  mutating func apply(_ change: AccountChange) {
    version += 1
    switch change {
    case .created(let account, let creation):
      created.append(account)
      if let key = creation.key { creations[key] = (creation.request, account.position) }
    case .updated(let account):
      if account.position >= catalog.count {
        created[account.position - catalog.count] = account
      } else {
        changed[account.position] = account
      }
    case .deleted(let position, let moment):
      deleted.insert(position)
      leaving.append((position, moment.advanced(by: deletionDelay)))
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
