/// Changes accounts: apart from ``AccountsService``, since only those who edit need it.
public protocol AccountEditor: Sendable {
  /// Changes the name and settings of an account. Sent exactly once.
  ///
  /// - Returns: the account as it is now.
  func update(id: String, changes: AccountChanges) async throws(CloudflareError) -> Confirmed<Account>
}
