/// Makes the changes to accounts, one at a time. A change is kept on disk before it takes effect, and takes effect
/// before it is confirmed.
actor AccountWriter {
  private let store: AccountStore
  private let file: DataFile?

  init(store: AccountStore, file: DataFile? = nil) {
    self.store = store
    self.file = file
  }

  /// Creates an account, or gives the one that the same key and request created before.
  ///
  /// Cloudflare does not document what a key used for another request gets; the sandbox refuses it.
  func create(_ request: NewAccountRequest, key: String?) throws(Refusal) -> AccountRecord {
    let (position, earlier) = store.read { state in (state.positions, key.flatMap { state.creation(key: $0) }) }
    if let earlier {
      guard earlier.request == request else {
        throw .invalid("This Idempotency-Key was already used for another request")
      }
      return earlier.account
    }
    let account = AccountRecord(
      position: position, name: request.name, isEnterprise: request.isEnterprise, enforcesTwoFactor: false,
      createdOn: .now, unit: request.isStandalone ? nil : request.unit ?? 0)
    try commit(.created(account, AccountChange.Creation(key: key, request: request)))
    return account
  }

  /// Changes an account.
  ///
  /// - Returns: the account as it is now; `nil` when there is none of that identifier.
  func update(_ identifier: Identifier, from body: JSON) throws(Refusal) -> AccountRecord? {
    guard var account = store.account(identifier) else { return nil }
    try AccountRules.update(&account, id: identifier, from: body)
    try commit(.updated(account))
    return account
  }

  /// Deletes an account.
  ///
  /// - Returns: whether there was one of that identifier.
  func delete(_ identifier: Identifier) throws(Refusal) -> Bool {
    guard let account = store.account(identifier) else { return false }
    try commit(.deleted(position: account.position, at: .now))
    return true
  }

  /// Removes what would outlive the account at a position.
  func remove(_ survivor: Survivor, at position: Int) throws(Refusal) {
    try commit(.survivorRemoved(position: position, survivor))
  }

  /// Waiting for the disk holds up other writers and nobody else.
  private func commit(_ change: AccountChange) throws(Refusal) {
    do { try file?.append(change) } catch { throw .cannotKeep }
    store.apply(change)
  }
}
