import Cloudflare
import Console
import FoundationEssentials

/// Who the credentials belong to, and what they may do. Each question is asked for itself, all at once.
struct DoctorIdentity: Sendable {
  private(set) var findings: [DoctorFinding] = []
  /// Whether the server has said no to what the console cannot do without.
  private(set) var isRefused = false
  /// Whether there was no answer to that.
  private(set) var isUnanswered = false

  static func examine(_ setup: DoctorSetup, isReachable: Bool) async -> DoctorIdentity {
    var identity = DoctorIdentity()
    guard let endpoint = setup.endpoint, let credentials = setup.credentials, let options = setup.options, isReachable
    else {
      let reason = isReachable ? "there are no credentials that can be used" : "the endpoint cannot be reached"
      identity.add(.note, "who", "not asked: \(reason)")
      return identity
    }
    let client = AccountsClient(endpoint: endpoint, credentials: credentials, options: options)
    await identity.ask(client, credentials)
    await client.shutdown()
    return identity
  }

  private typealias Answer<Value> = Result<Value, CloudflareError>

  /// - Parameter service: asked about the credentials that it signs with.
  mutating func ask(_ service: any IdentityService & AccountsService, _ credentials: Credentials) async {
    async let user = Self.answer { () async throws(CloudflareError) in try await service.user() }
    async let list = Self.answer { () async throws(CloudflareError) in
      try await service.list(ListQuery(page: 1, perPage: ListQuery.perPageBounds.lowerBound))
    }
    async let tenants = Self.answer { () async throws(CloudflareError) in try await service.tenants() }
    var isOfAccount = false
    if case .token = credentials {
      let verification = await Self.answer { () async throws(CloudflareError) in try await service.verifyUserToken() }
      isOfAccount = await addToken(verification, try? list.get().accounts.first?.id, service)
    }
    addUser(await user, credentials, isOfAccount: isOfAccount)
    addList(await list)
    await addTenants(tenants, service, isOfAccount: isOfAccount)
  }

  private static func answer<Value: Sendable>(
    _ question: @Sendable () async throws(CloudflareError) -> Value
  ) async -> Result<Value, CloudflareError> {
    do throws(CloudflareError) {
      return .success(try await question())
    } catch {
      return .failure(error)
    }
  }

  /// - Returns: whether the token belongs to an account instead of a person.
  private mutating func addToken(
    _ verification: Result<TokenVerification, CloudflareError>, _ accountID: Account.ID?,
    _ service: any IdentityService
  ) async -> Bool {
    switch verification {
    case .success(let token):
      add(token, of: "a person")
      return false
    case .failure(let error):
      if error.cause == .refused, let accountID {
        let other = await Self.answer { () async throws(CloudflareError) in
          try await service.verifyAccountToken(accountID: accountID)
        }
        if case .success(let token) = other {
          add(token, of: "the account \(accountID)")
          return true
        }
      }
      addFailure("token", error)
      return false
    }
  }

  private mutating func add(_ token: TokenVerification, of owner: String) {
    let end = token.expiresOn.map { ", until \($0.formatted(.iso8601.year().month().day()))" } ?? ""
    let text = "belongs to \(owner), \(token.status)\(end), ID \(token.id)"
    if !token.isActive { isRefused = true }
    add(
      token.isActive ? .fine : .problem, "token", text,
      remedy: token.isActive ? nil : "Make a new one in the dashboard, or enable it there.")
  }

  private mutating func addUser(
    _ answer: Result<User, CloudflareError>, _ credentials: Credentials, isOfAccount: Bool
  ) {
    switch answer {
    case .success(let user):
      let twoFactor = user.hasTwoFactor.map { $0 ? ", two-factor on" : ", two-factor off" } ?? ""
      let isSuspended = user.isSuspended == true
      if isSuspended { isRefused = true }
      add(
        isSuspended ? .problem : .fine, "person",
        "\(user.email ?? "no e-mail address")\(twoFactor)\(isSuspended ? ", suspended" : "")",
        remedy: isSuspended ? "Ask Cloudflare's support why." : nil)
    case .failure(let error):
      if isOfAccount { return add(.note, "person", "none: the token belongs to an account") }
      // A token needs a permission of its own to say whose it is, and nothing else depends on that.
      if case .token = credentials, error.cause == .refused {
        return add(.note, "person", "not told: the token may not read its user")
      }
      addFailure("person", error)
    }
  }

  private mutating func addList(_ answer: Result<AccountPage, CloudflareError>) {
    switch answer {
    case .success(let page):
      let count = page.info?.countedTotal ?? page.accounts.count
      add(.fine, "accounts", "\(Wording.number(count)) can be listed")
    case .failure(let error): addFailure("accounts", error)
    }
  }

  private mutating func addTenants(
    _ answer: Result<[Tenant], CloudflareError>, _ service: any IdentityService, isOfAccount: Bool
  ) async {
    let refusal = "creating accounts would be refused (403, 1002)"
    switch answer {
    case .success(let tenants) where tenants.isEmpty:
      add(
        .note, "tenant", "none is administered: \(refusal)",
        remedy: "Looking works. To create and delete, ask Cloudflare to enable the tenant for this person.")
    case .success(let tenants):
      for tenant in tenants {
        let types = await Self.answer { () async throws(CloudflareError) in
          try await service.accountTypes(tenantID: tenant.id)
        }
        let units = tenant.units.count > 1 ? " with \(tenant.units.count) units" : ""
        let may = (try? types.get()).map { "may create \($0.map(\.rawValue).joined(separator: " and ")) accounts" }
        add(.fine, "tenant", "\(tenant.name ?? tenant.id)\(units), \(may ?? "which types it may create is not told")")
      }
    case .failure where isOfAccount:
      add(
        .note, "tenant", "none: a token of an account administers no tenant, so \(refusal)",
        remedy: "To create and delete, sign in with a tenant admin's e-mail address and Global API Key.")
    case .failure(let error):
      add(.note, "tenant", "not told: \(error.explanation)", remedy: error.nextStep)
    }
  }

  private mutating func addFailure(_ subject: String, _ error: CloudflareError) {
    if error.cause == .refused, error.status != 429 { isRefused = true } else { isUnanswered = true }
    add(.problem, subject, error.explanation, remedy: error.nextStep)
  }

  private mutating func add(_ grade: DoctorFinding.Grade, _ subject: String, _ text: String, remedy: String? = nil) {
    findings.append(DoctorFinding(grade, subject, text, remedy: remedy))
  }
}
