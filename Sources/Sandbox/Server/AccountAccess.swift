/// Finds the account that a path names, for the caller who asks.
struct AccountAccess: Sendable {
  let store: AccountStore
  let unknown: SandboxOptions.UnknownAccount

  /// The account, if it exists and the caller reaches it.
  func account(_ id: String, _ call: Call) throws(Refusal) -> AccountRecord {
    guard let account = store.account(try identifier(id, call)) else { throw absent(id, call) }
    return account
  }

  /// As ``account(_:_:)``, deleted ones too: for what outlives them.
  func accountEvenDeleted(_ id: String, _ call: Call) throws(Refusal) -> AccountRecord {
    let identifier = try identifier(id, call)
    let found = store.read { state -> AccountRecord? in
      if let position = state.deletedPosition(of: identifier) { return state.account(at: position) }
      return state.position(of: identifier).map { state.account(at: $0) }
    }
    guard let found else { throw absent(id, call) }
    return found
  }

  /// The identifier, if it is one and the caller may use it.
  func identifier(_ id: String, _ call: Call) throws(Refusal) -> Identifier {
    guard let identifier = Identifier(id) else { throw malformed(call) }
    if case .accountToken(_, let own) = call.caller, own != identifier { throw .notAuthorized }
    return identifier
  }

  /// What a path with something that is no identifier gets.
  func malformed(_ call: Call) -> Refusal {
    var refusal = gone(call)
    refusal.errors += Refusal.noRoute.errors
    return refusal
  }

  /// What an identifier gets that names no account that exists.
  func absent(_ id: String, _ call: Call) -> Refusal {
    let isDeleted = Identifier(id).map { identifier in store.read { $0.deletedPosition(of: identifier) != nil } }
    if isDeleted == true { return gone(call) }
    return switch unknown {
    case .notFound, .badRequest: gone(call)
    case .unauthorized: .notAuthorized
    case .unauthenticated: .notAuthenticated
    }
  }

  private func gone(_ call: Call) -> Refusal {
    .noSuchObject(call.path, status: unknown == .badRequest ? 400 : 404)
  }
}
