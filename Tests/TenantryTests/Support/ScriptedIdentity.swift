import Cloudflare

/// Answers questions about credentials as a test wants it. What a test does not expect is refused.
struct ScriptedIdentity: IdentityService, AccountsService {
  static let refusal = CloudflareError(
    .refused, status: 403, errors: [APIMessage(code: 10000, message: "Authentication error")])

  var person: Result<User, CloudflareError> = .failure(refusal)
  var userToken: Result<TokenVerification, CloudflareError> = .failure(refusal)
  var accountToken: Result<TokenVerification, CloudflareError> = .failure(refusal)
  var administered: Result<[Tenant], CloudflareError> = .failure(refusal)
  var types: Result<[AccountType], CloudflareError> = .failure(refusal)
  var page: Result<AccountPage, CloudflareError> = .failure(refusal)

  func user() async throws(CloudflareError) -> User { try person.get() }
  func verifyUserToken() async throws(CloudflareError) -> TokenVerification { try userToken.get() }
  func verifyAccountToken(accountID: String) async throws(CloudflareError) -> TokenVerification {
    try accountToken.get()
  }
  func tenants() async throws(CloudflareError) -> [Tenant] { try administered.get() }
  func accountTypes(tenantID: String) async throws(CloudflareError) -> [AccountType] { try types.get() }

  func list(_ query: ListQuery, priority: RequestPriority) async throws(CloudflareError) -> AccountPage {
    try page.get()
  }
  func get(id: String, priority: RequestPriority) async throws(CloudflareError) -> Account { throw Self.refusal }
  func create(
    _ account: NewAccount, idempotencyKey: String
  ) async throws(CloudflareError) -> Confirmed<Account> { throw Self.refusal }
  func delete(id: String) async throws(CloudflareError) -> Confirmed<DeletedAccount?> { throw Self.refusal }
}
