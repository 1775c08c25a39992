import Cloudflare

@testable import Console

/// A server whose answers the test gives by hand.
actor ScriptedService: AccountsService, AccountEditor {
  private var lists: [(page: Int, continuation: CheckedContinuation<Result<AccountPage, CloudflareError>, Never>)] = []
  private(set) var cancelled = 0
  private var answersWhatIsGivenUp = false

  func waiting(page: Int) -> Int { lists.filter { $0.page == page }.count }

  /// Has requests wait for their answers though they are given up, as where an answer is there already.
  func answerWhatIsGivenUp() { answersWhatIsGivenUp = true }

  func answerList(page: Int, with result: Result<AccountPage, CloudflareError>) async throws {
    try await eventually { waiting(page: page) > 0 }
    guard let index = lists.firstIndex(where: { $0.page == page }) else { return }
    lists.remove(at: index).continuation.resume(returning: result)
  }

  /// Answers the last of several requests for a page that wait.
  func answerNewestList(page: Int, with result: Result<AccountPage, CloudflareError>) async throws {
    try await eventually { waiting(page: page) > 0 }
    guard let index = lists.lastIndex(where: { $0.page == page }) else { return }
    lists.remove(at: index).continuation.resume(returning: result)
  }

  func list(_ query: ListQuery, priority: RequestPriority) async throws(CloudflareError) -> AccountPage {
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { lists.append((query.page, $0)) }
    } onCancel: {
      Task { await self.cancel(page: query.page) }
    }
    return try result.get()
  }

  private func cancel(page: Int) {
    cancelled += 1
    guard !answersWhatIsGivenUp, let index = lists.firstIndex(where: { $0.page == page }) else { return }
    lists.remove(at: index).continuation.resume(returning: .failure(CloudflareError(.cancelled)))
  }

  private var answers: [CheckedContinuation<Result<Confirmed<Account>, CloudflareError>, Never>] = []
  private(set) var writes: [NewAccount] = []
  /// Writes of every kind that were sent.
  private(set) var writeCount = 0

  /// Answers the creation that waits, as soon as there is one.
  func answerWrite(with result: Result<Confirmed<Account>, CloudflareError>) async {
    while answers.isEmpty { await Task.yield() }
    answers.removeFirst().resume(returning: result)
  }

  func get(id: String, priority: RequestPriority) async throws(CloudflareError) -> Account { Fixture.account(0) }

  func create(
    _ account: NewAccount, idempotencyKey: String
  ) async throws(CloudflareError) -> Confirmed<Account> {
    writes.append(account)
    writeCount += 1
    return try await withCheckedContinuation { answers.append($0) }.get()
  }

  func update(id: String, changes: AccountChanges) async throws(CloudflareError) -> Confirmed<Account> {
    writeCount += 1
    return Confirmed(Fixture.account(0))
  }

  func delete(id: String) async throws(CloudflareError) -> Confirmed<DeletedAccount?> {
    writeCount += 1
    return Confirmed(nil)
  }
}

/// Whom the credentials stand for plays no part in what the store is tested for.
extension ScriptedService: IdentityService {
  func user() async throws(CloudflareError) -> User { throw CloudflareError(.refused, status: 403) }

  func verifyUserToken() async throws(CloudflareError) -> TokenVerification {
    throw CloudflareError(.refused, status: 403)
  }

  func verifyAccountToken(accountID: String) async throws(CloudflareError) -> TokenVerification {
    throw CloudflareError(.refused, status: 403)
  }

  func tenants() async throws(CloudflareError) -> [Tenant] { try Fixture.tenancy.tenants.get() }

  func accountTypes(tenantID: String) async throws(CloudflareError) -> [AccountType] {
    guard let types = Fixture.tenancy.types[tenantID] else { throw CloudflareError(.refused, status: 404) }
    return try types.get()
  }
}
