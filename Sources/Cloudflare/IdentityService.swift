/// Who the credentials belong to, and what they may do.
public protocol IdentityService: Sendable {
  /// The person behind the credentials. Tokens of an account have none.
  func user() async throws(CloudflareError) -> User

  /// Checks the token as a person's. One that belongs to an account gets 401 with code 1000 here.
  func verifyUserToken() async throws(CloudflareError) -> TokenVerification

  /// Checks the token as one that belongs to this account.
  func verifyAccountToken(accountID: String) async throws(CloudflareError) -> TokenVerification

  /// The tenants that the credentials administer: none means that they cannot create accounts.
  func tenants() async throws(CloudflareError) -> [Tenant]

  /// The types of account that this tenant may create.
  func accountTypes(tenantID: String) async throws(CloudflareError) -> [AccountType]
}
