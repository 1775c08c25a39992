/// A path of the API that the sandbox knows.
enum Endpoint: Sendable, Equatable {
  case accounts
  case account(String)
  case members(String)
  case roles(String)
  case subscriptions(String)
  case logpushJobs(String)
  case logpushJob(String, job: String)
  case gateway(String)
  case accessOrganization(String)
  case accountTokenVerification(String)
  case zones
  case user
  case userTokenVerification
  case userTenants
  case memberships
  case tenant(String)
  case tenantAccountTypes(String)
  case tenantEntitlements(String)
  case tenantMemberships(String)
  case tenantAccounts(String)
  case organizations
  case organization(String)

  /// - Parameter path: of the request, still percent-encoded, without the query.
  /// - Returns: `nil` when there is no such path.
  init?(path: Substring) {
    let segments = path.utf8.split(separator: UInt8(ascii: "/")).map { PercentEncoding.decode($0) }
    guard segments.starts(with: ["client", "v4"]) else { return nil }
    let names = Array(segments.dropFirst(2))
    let id = names.count > 1 ? names[1] : ""
    // The identifier's own place is judged later: it has another answer when it is malformed.
    var form = names
    if names.count > 1, ["accounts", "tenants", "organizations"].contains(names[0]) { form[1] = "*" }
    switch form {
    case ["accounts"]: self = .accounts
    case ["accounts", "*"]: self = .account(id)
    case ["accounts", "*", "members"]: self = .members(id)
    case ["accounts", "*", "roles"]: self = .roles(id)
    case ["accounts", "*", "subscriptions"]: self = .subscriptions(id)
    case ["accounts", "*", "logpush", "jobs"]: self = .logpushJobs(id)
    case ["accounts", "*", "gateway"]: self = .gateway(id)
    case ["accounts", "*", "access", "organizations"]: self = .accessOrganization(id)
    case ["accounts", "*", "tokens", "verify"]: self = .accountTokenVerification(id)
    case ["zones"]: self = .zones
    case ["user"]: self = .user
    case ["user", "tokens", "verify"]: self = .userTokenVerification
    case ["user", "tenants"]: self = .userTenants
    case ["memberships"]: self = .memberships
    case ["tenants", "*"]: self = .tenant(id)
    case ["tenants", "*", "account_types"]: self = .tenantAccountTypes(id)
    case ["tenants", "*", "entitlements"]: self = .tenantEntitlements(id)
    case ["tenants", "*", "memberships"]: self = .tenantMemberships(id)
    case ["tenants", "*", "accounts"]: self = .tenantAccounts(id)
    case ["organizations"]: self = .organizations
    case ["organizations", "*"]: self = .organization(id)
    default:
      guard form.count == 5, form.prefix(4) == ["accounts", "*", "logpush", "jobs"] else { return nil }
      self = .logpushJob(id, job: names[4])
    }
  }

  /// The methods that it takes.
  var methods: [String] {
    switch self {
    case .accounts: ["GET", "POST"]
    case .account: ["GET", "PUT", "DELETE"]
    case .logpushJob, .gateway, .accessOrganization: ["GET", "DELETE"]
    default: ["GET"]
    }
  }

  /// Whether only a token counts as a credential.
  var isTokenVerification: Bool {
    switch self {
    case .userTokenVerification, .accountTokenVerification: true
    default: false
    }
  }
}
