/// The API: turns a request that has arrived into its answer.
struct API: Sendable {
  private let authenticator = Authenticator()
  private let accounts: AccountsController

  init(_ options: SandboxOptions) {
    let catalog = Catalog(seed: options.seed, count: options.accounts)
    let state = AccountState(catalog: catalog, deletionDelay: options.deletionDelay)
    let store = AccountStore(state, nameMatch: options.nameMatch)
    accounts = AccountsController(store: store, writer: AccountWriter(store: store), isTenant: options.isTenant)
  }

  /// A request, as far as the API looks at it.
  struct Incoming: Sendable {
    var method: String
    /// Path and query.
    var target: String
    var credentials: Authenticator.Headers
    var idempotencyKey: String?
    var body: [UInt8]
  }

  func answer(to incoming: Incoming) async -> Answer {
    do throws(Refusal) {
      return try await respond(to: incoming)
    } catch {
      return Answer(error)
    }
  }

  /// Path and method are judged before the credentials, as the API's routing does.
  private func respond(to incoming: Incoming) async throws(Refusal) -> Answer {
    let parts = incoming.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let path = String(parts[0])
    guard let endpoint = Endpoint(path: path) else { throw .noRoute }
    guard endpoint.methods.contains(incoming.method) else {
      throw .methodNotAllowed(incoming.method, allowed: endpoint.methods)
    }
    let caller = try authenticator.caller(of: incoming.credentials)
    let call = Call(
      method: incoming.method, endpoint: endpoint, path: path, query: Query(parts.count == 2 ? parts[1] : ""),
      caller: caller, idempotencyKey: incoming.idempotencyKey, body: incoming.body)
    return try await perform(call)
  }

  private func perform(_ call: Call) async throws(Refusal) -> Answer {
    switch (call.method, call.endpoint) {
    case ("POST", .accounts): try await accounts.create(call)
    case (_, .accounts): try await accounts.list(call)
    case ("PUT", .account(let id)): try await accounts.update(id, call)
    case ("DELETE", .account(let id)): try await accounts.delete(id, call)
    case (_, .account(let id)): try accounts.get(id, call)
    }
  }
}
