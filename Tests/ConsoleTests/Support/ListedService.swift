import Cloudflare
import Synchronization

@testable import Console

/// A server with a list of accounts, which answers at once what is not kept back.
final class ListedService: AccountsService, AccountEditor, IdentityService {
  struct Content: Sendable {
    var accounts: [Account]
    /// Requests that write, as they came.
    var writes: [String] = []
    var tenants: [Tenant] = []
    var listFailure: CloudflareError?
    /// What a write is answered by instead of being carried out.
    var writeFailure: CloudflareError?
    /// Whether lists and writes wait until this is taken back.
    var keepsBack = false
    /// The account that the answer to a deletion names instead of the one that was deleted.
    var confirmedDeletion: Account.ID?
  }

  let content: Mutex<Content>

  init(_ accounts: [Account]) {
    content = Mutex(Content(accounts: accounts))
  }

  var writes: [String] { content.withLock { $0.writes } }
  var accounts: [Account] { content.withLock { $0.accounts } }

  func change(_ body: (inout Content) -> Void) { content.withLock { body(&$0) } }

  func list(_ query: ListQuery, priority: RequestPriority) async throws(CloudflareError) -> AccountPage {
    try await pass()
    let content = content.withLock { $0 }
    if let failure = content.listFailure { throw failure }
    let all = content.accounts.filter { query.name == nil || $0.name.contains(query.name ?? "") }
    let rows = all.dropFirst((query.page - 1) * query.perPage).prefix(query.perPage)
    return AccountPage(
      accounts: Array(rows),
      info: ResultInfo(
        page: query.page, perPage: query.perPage, totalPages: (all.count + query.perPage - 1) / query.perPage,
        count: rows.count, totalCount: all.count))
  }

  func get(id: String, priority: RequestPriority) async throws(CloudflareError) -> Account {
    guard let account = accounts.first(where: { $0.id == id }) else { throw Self.notThere }
    return account
  }

  func create(_ account: NewAccount, idempotencyKey: String) async throws(CloudflareError) -> Confirmed<Account> {
    try await write("POST \(account.name)")
    let created = content.withLock { content in
      let created = content.writes.count { $0.hasPrefix("POST") }
      let account = Account(id: Fixture.id(0x10000 - created), name: account.name, type: account.type)
      content.accounts.append(account)
      return account
    }
    return Confirmed(created, status: 200)
  }

  func update(id: String, changes: AccountChanges) async throws(CloudflareError) -> Confirmed<Account> {
    try await write("PUT \(id)")
    guard var account = accounts.first(where: { $0.id == id }) else { throw Self.notThere }
    account.name = changes.name
    account.settings = changes.settings ?? account.settings
    let changed = account
    change { content in content.accounts = content.accounts.map { $0.id == id ? changed : $0 } }
    return Confirmed(changed, status: 200)
  }

  func delete(id: String) async throws(CloudflareError) -> Confirmed<DeletedAccount?> {
    try await write("DELETE \(id)")
    change { $0.accounts.removeAll { $0.id == id } }
    return Confirmed(DeletedAccount(id: content.withLock { $0.confirmedDeletion } ?? id), status: 200)
  }

  func user() async throws(CloudflareError) -> User { throw Self.notThere }
  func verifyUserToken() async throws(CloudflareError) -> TokenVerification { throw Self.notThere }
  func verifyAccountToken(accountID: String) async throws(CloudflareError) -> TokenVerification { throw Self.notThere }
  func tenants() async throws(CloudflareError) -> [Tenant] { content.withLock { $0.tenants } }
  func accountTypes(tenantID: String) async throws(CloudflareError) -> [AccountType] { [.standard, .enterprise] }

  /// Waits while answers are kept back.
  private func pass() async throws(CloudflareError) {
    while content.withLock({ $0.keepsBack }) {
      do { try await Task.sleep(for: .milliseconds(2)) } catch { throw CloudflareError(.cancelled) }
    }
  }

  private func write(_ request: String) async throws(CloudflareError) {
    try await pass()
    change { $0.writes.append(request) }
    if let failure = content.withLock({ $0.writeFailure }) { throw failure }
  }

  static let notThere = CloudflareError(
    .refused, status: 404, errors: [APIMessage(code: 7003, message: "Could not route to /accounts")])
}
