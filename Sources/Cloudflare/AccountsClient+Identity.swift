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
    try await elements(of: ["user", "tenants"], as: Tenant.self)
  }

  public func accountTypes(tenantID: String) async throws(CloudflareError) -> [AccountType] {
    try await elements(of: ["tenants", tenantID, "account_types"], as: AccountType.self)
  }

  /// Those elements of a list that can be read.
  private func elements<Element: Decodable & Sendable>(
    of path: [String], as type: Element.Type
  ) async throws(CloudflareError) -> [Element] {
    let list = try await result(of: path, as: ReadableList<Element>.self)
    guard list.unreadable == 0 || !list.elements.isEmpty else {
      throw Self.unreadable("nothing in its list can be read")
    }
    return list.elements
  }

  private func result<Result: Decodable & Sendable>(
    of path: [String], as type: Result.Type
  ) async throws(CloudflareError) -> Result {
    let envelope = try await perform(APIRequest(method: .get, path: path), as: type)
    guard let result = envelope.result else { throw envelope.unreadable("it holds no result") }
    return result
  }
}
