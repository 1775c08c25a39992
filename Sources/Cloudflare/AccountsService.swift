import FoundationEssentials

/// The operations on accounts that the console needs: implemented by ``AccountsClient``, and by fakes in tests.
public protocol AccountsService: Sendable {
  /// One page of the accounts that the credentials reach.
  func list(_ query: ListQuery, priority: RequestPriority) async throws(CloudflareError) -> AccountPage

  /// One account, read afresh.
  func get(id: String, priority: RequestPriority) async throws(CloudflareError) -> Account

  /// Creates an account. Sent exactly once: the caller decides whether to try again, with the same key.
  ///
  /// - Parameter idempotencyKey: names this one creation; a further try of the same creation carries the same key.
  func create(
    _ account: NewAccount, idempotencyKey: String
  ) async throws(CloudflareError) -> Confirmed<Account>

  /// Deletes an account for ever. Sent exactly once.
  ///
  /// - Returns: the identifier that the server confirms, or `nil` when it confirms without naming one.
  func delete(id: String) async throws(CloudflareError) -> Confirmed<DeletedAccount?>
}

extension AccountsService {
  /// ``list(_:priority:)`` for a person who waits.
  public func list(_ query: ListQuery) async throws(CloudflareError) -> AccountPage {
    try await list(query, priority: .interactive)
  }

  /// ``get(id:priority:)`` for a person who waits.
  public func get(id: String) async throws(CloudflareError) -> Account {
    try await get(id: id, priority: .interactive)
  }
}

/// What `GET /accounts` can be asked.
public struct ListQuery: Sendable, Hashable {
  /// From 1.
  public var page: Int
  /// Accounts a page, within ``perPageBounds``.
  public var perPage: Int
  /// Asks for accounts of that name; how the server matches is not documented, so filter again.
  public var name: String?

  public init(page: Int, perPage: Int, name: String? = nil) {
    self.page = page
    self.perPage = perPage
    self.name = name
  }

  /// The published schema's bounds for `per_page`.
  public static let perPageBounds = 5...50
}

/// One page of accounts, with what the server said about where it stands.
public struct AccountPage: Sendable, Equatable {
  public var accounts: [Account]
  /// How many more rows the page has, which have no usable identifier and so cannot be shown.
  public var withoutID = 0
  public var info: ResultInfo?
  /// The server's clock when it answered (`Date`), in whole seconds; `nil` when it did not say.
  public var serverDate: Date?

  public init(accounts: [Account], withoutID: Int = 0, info: ResultInfo? = nil, serverDate: Date? = nil) {
    self.accounts = accounts
    self.withoutID = withoutID
    self.info = info
    self.serverDate = serverDate
  }

  /// How many rows the server gave.
  public var rowCount: Int { accounts.count + withoutID }
}
