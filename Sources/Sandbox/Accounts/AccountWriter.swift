/// Makes the changes to accounts, one at a time.
actor AccountWriter {
  private let store: AccountStore

  init(store: AccountStore) {
    self.store = store
  }

  /// Creates an account, or gives the one that the same key and request created before.
  ///
  /// Cloudflare does not document what a key used for another request gets; the sandbox refuses it.
  func create(_ request: NewAccountRequest, key: String?) throws(Refusal) -> AccountRecord {
    let (position, earlier) = store.read { state in
      (state.positions, key.flatMap { state.creation(key: $0) }.map { ($0.request, state.account(at: $0.position)) })
    }
    if let (earlierRequest, account) = earlier {
      guard earlierRequest == request else {
        throw .invalid("This Idempotency-Key was already used for another request")
      }
      return account
    }
    let account = AccountRecord(
      position: position, name: request.name, isEnterprise: request.isEnterprise, enforcesTwoFactor: false,
      createdOn: .now, unit: request.isStandalone ? nil : request.unit ?? 0)
    commit(.created(account, AccountChange.Creation(key: key, request: request)))
    return account
  }

  /// Changes an account.
  ///
  /// - Returns: the account as it is now; `nil` when there is none of that identifier.
  func update(_ identifier: Identifier, from body: JSON) throws(Refusal) -> AccountRecord? {
    guard var account = store.account(identifier) else { return nil }
    try AccountRules.update(&account, id: identifier, from: body)
    commit(.updated(account))
    return account
  }

  /// Deletes an account.
  ///
  /// - Returns: whether there was one of that identifier.
  func delete(_ identifier: Identifier) -> Bool {
    guard let account = store.account(identifier) else { return false }
    commit(.deleted(position: account.position, at: .now))
    return true
  }

  private func commit(_ change: AccountChange) {
    store.apply(change)
  }
}
