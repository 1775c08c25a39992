/// What belongs to one account: for its details, and for the review before it is deleted.
///
/// Each is a read of its own, so that one that fails or is forbidden never spoils the others. `nil` and a total of 0
/// mean that the server said "none"; everything else is an error, and "could not check" to a person.
public protocol AccountInventory: Sendable {
  /// One page of its domains. Internal zones are not among them unless the server decides otherwise.
  ///
  /// - Parameters:
  ///   - page: from 1.
  ///   - perPage: within ``ListQuery/perPageBounds``.
  func zones(
    accountID: String, page: Int, perPage: Int, priority: RequestPriority
  ) async throws(CloudflareError) -> CountedList<Zone>

  /// One page of the people with access to it.
  ///
  /// - Parameters:
  ///   - page: from 1.
  ///   - perPage: within ``ListQuery/perPageBounds``.
  func members(
    accountID: String, page: Int, perPage: Int, priority: RequestPriority
  ) async throws(CloudflareError) -> CountedList<Member>

  /// Its plans and add-ons, all of them.
  func subscriptions(
    accountID: String, priority: RequestPriority
  ) async throws(CloudflareError) -> CountedList<Subscription>

  /// The jobs that send its logs elsewhere, all of them.
  func logpushJobs(
    accountID: String, priority: RequestPriority
  ) async throws(CloudflareError) -> CountedList<LogpushJob>

  /// Its Zero Trust Gateway, if it has one.
  func gateway(accountID: String, priority: RequestPriority) async throws(CloudflareError) -> Gateway?

  /// Its Zero Trust Access organisation, if it has one.
  func accessOrganization(
    accountID: String, priority: RequestPriority
  ) async throws(CloudflareError) -> AccessOrganization?

  /// The account itself, in the server's own words: everything that it says, known to this program or not.
  func rawAccount(accountID: String) async throws(CloudflareError) -> RawAnswer
}
