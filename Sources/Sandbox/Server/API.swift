/// The API: turns a request that has arrived into its answer.
struct API: Sendable {
  private let authenticator: Authenticator
  private let limiter: RateLimiter?
  private let accounts: AccountsController
  private let contents: ContentsController
  private let zones: ZonesController
  private let user: UserController
  private let tenant: TenantController

  /// - Parameter file: keeps what is written to `state`.
  init(_ options: SandboxOptions, state: AccountState, file: DataFile? = nil) {
    let store = AccountStore(state, nameMatch: options.nameMatch)
    let access = AccountAccess(store: store, unknown: options.unknownAccount)
    let writer = AccountWriter(store: store, file: file)
    authenticator = Authenticator(
      adding: options.credentials, firstAccount: store.catalog.identifiers.identifier(.account, 0))
    limiter = options.rateLimit > 0 ? RateLimiter(quota: options.rateLimit, window: options.rateLimitWindow) : nil
    accounts = AccountsController(access: access, writer: writer, options: options)
    contents = ContentsController(access: access, writer: writer, options: options)
    zones = ZonesController(access: access, options: options)
    user = UserController(access: access, options: options)
    tenant = TenantController(access: access, options: options)
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
    var standing: RateLimiter.Standing?
    do throws(Refusal) {
      var answer = try await respond(to: incoming, &standing)
      answer.add(standing, limiter)
      return answer
    } catch {
      var answer = Answer(error)
      answer.add(standing, limiter)
      return answer
    }
  }

  /// Path and method are judged before the credentials, as the API's routing does.
  private func respond(
    to incoming: Incoming, _ standing: inout RateLimiter.Standing?
  ) async throws(Refusal) -> Answer {
    let parts = incoming.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard let endpoint = Endpoint(path: parts[0]) else { throw .noRoute }
    guard endpoint.methods.contains(incoming.method) else {
      throw .methodNotAllowed(incoming.method, allowed: endpoint.methods)
    }
    let caller =
      endpoint.isTokenVerification
      ? try authenticator.verifiedToken(of: incoming.credentials)
      : try authenticator.caller(of: incoming.credentials)
    standing = limiter?.admit(caller.budget)
    if let standing, standing.isBlocked { throw .throttled(seconds: standing.resetsIn) }
    let call = Call(
      method: incoming.method, endpoint: endpoint, path: String(parts[0]),
      query: Query(parts.count == 2 ? parts[1] : ""),
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
    case (_, .members(let id)): try contents.members(id, call)
    case (_, .roles(let id)): try contents.roles(id, call)
    case (_, .subscriptions(let id)): try contents.subscriptions(id, call)
    case (_, .logpushJobs(let id)): try contents.logpushJobs(id, call)
    case (_, .logpushJob(let id, let job)): try await contents.logpushJob(id, job, call)
    case (_, .gateway(let id)): try await contents.gateway(id, call)
    case (_, .accessOrganization(let id)): try await contents.accessOrganization(id, call)
    case (_, .accountTokenVerification(let id)): try contents.verifyToken(id, call)
    case (_, .zones): try await zones.list(call)
    case (_, .user): try user.user(call)
    case (_, .userTokenVerification): try user.verifyToken(call)
    case (_, .userTenants): try user.tenants(call)
    case (_, .memberships): try await user.memberships(call)
    case (_, .tenant(let id)): try tenant.tenant(id, call)
    case (_, .tenantAccountTypes(let id)): try tenant.accountTypes(id, call)
    case (_, .tenantEntitlements(let id)): try tenant.entitlements(id, call)
    case (_, .tenantMemberships(let id)): try tenant.memberships(id, call)
    case (_, .tenantAccounts(let id)): try await tenant.accounts(id, call)
    case (_, .organizations): try tenant.organizations(call)
    case (_, .organization(let id)): try tenant.organization(id, call)
    }
  }
}

extension Answer {
  /// Adds the headers that say how the caller stands.
  fileprivate mutating func add(_ standing: RateLimiter.Standing?, _ limiter: RateLimiter?) {
    guard let standing, let limiter else { return }
    headers["Ratelimit"] = #""default";r=\#(standing.remaining);t=\#(standing.resetsIn)"#
    headers["Ratelimit-Policy"] = #""default";q=\#(limiter.quota);w=\#(limiter.window.components.seconds)"#
  }
}
