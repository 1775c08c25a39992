extension AccountsClient: IdentityService {
  public func user() async throws(CloudflareError) -> User {
    try await result(of: ["user"], as: User.self)
  }

  public func verifyUserToken() async throws(CloudflareError) -> TokenVerification {
    try await result(of: ["user", "tokens", "verify"], as: TokenVerification.self)
  }

  public func verifyAccountToken(accountID: String) async throws(CloudflareError) -> TokenVerification {
    try await result(of: ["accounts", accountID, "tokens", "verify"], as: TokenVerification.self)
  }

  public func tenants() async throws(CloudflareError) -> [Tenant] {
    try await result(of: ["user", "tenants"], as: [Tenant].self)
  }

  public func accountTypes(tenantID: String) async throws(CloudflareError) -> [AccountType] {
    try await result(of: ["tenants", tenantID, "account_types"], as: [AccountType].self)
  }

  private func result<Result: Decodable & Sendable>(
    of path: [String], as type: Result.Type
  ) async throws(CloudflareError) -> Result {
    let envelope = try await perform(APIRequest(method: .get, path: path), as: type)
    guard let result = envelope.result else { throw envelope.unreadable("it holds no result") }
    return result
  }
}
