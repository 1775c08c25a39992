import NIOCore

extension AccountsClient: AccountInventory {
  public func zones(
    accountID: String, page: Int, perPage: Int, priority: RequestPriority
  ) async throws(CloudflareError) -> CountedList<Zone> {
    try Self.checkIdentifier(accountID)
    var request = APIRequest(method: .get, path: ["zones"], priority: priority)
    request.query = [("account.id", accountID)]
    return try await list(request, as: Zone.self, page: page, perPage: perPage) {
      zones, envelope throws(CloudflareError) in
      // A server that ignores the filter would have other people's domains counted as this account's.
      guard zones.allSatisfy({ $0.account?.id == nil || $0.account?.id == accountID }) else {
        throw envelope.unreadable("it holds zones of another account than the one asked for")
      }
    }
  }

  public func members(
    accountID: String, page: Int, perPage: Int, priority: RequestPriority
  ) async throws(CloudflareError) -> CountedList<Member> {
    let request = APIRequest(method: .get, path: ["accounts", accountID, "members"], priority: priority)
    return try await list(request, as: Member.self, page: page, perPage: perPage)
  }

  public func subscriptions(
    accountID: String, priority: RequestPriority
  ) async throws(CloudflareError) -> CountedList<Subscription> {
    try await all(
      of: APIRequest(method: .get, path: ["accounts", accountID, "subscriptions"], priority: priority),
      as: Subscription.self)
  }

  public func logpushJobs(
    accountID: String, priority: RequestPriority
  ) async throws(CloudflareError) -> CountedList<LogpushJob> {
    try await all(
      of: APIRequest(method: .get, path: ["accounts", accountID, "logpush", "jobs"], priority: priority),
      as: LogpushJob.self)
  }

  public func gateway(accountID: String, priority: RequestPriority) async throws(CloudflareError) -> Gateway? {
    let request = APIRequest(method: .get, path: ["accounts", accountID, "gateway"], priority: priority)
    let envelope = try await perform(request, as: Gateway.self)
    let gateway = try envelope.theOne()
    guard gateway != Gateway() else { throw envelope.unreadable("it describes no gateway") }
    return gateway
  }

  public func accessOrganization(
    accountID: String, priority: RequestPriority
  ) async throws(CloudflareError) -> AccessOrganization? {
    let request = APIRequest(
      method: .get, path: ["accounts", accountID, "access", "organizations"], priority: priority)
    do throws(CloudflareError) {
      let envelope = try await perform(request, as: AccessOrganization.self)
      let organization = try envelope.theOne()
      guard organization != AccessOrganization() else { throw envelope.unreadable("it describes no organisation") }
      return organization
    } catch {
      // Seen live: an account without Zero Trust answers 9999 with this name in the message.
      let isNotEnabled = error.errors.contains { $0.message.contains("access.api.error.not_enabled") }
      guard error.cause == .refused, isNotEnabled else { throw error }
      return nil
    }
  }

  public func rawAccount(accountID: String) async throws(CloudflareError) -> RawAnswer {
    let answer = try await answer(
      to: APIRequest(method: .get, path: ["accounts", accountID], priority: .byHand))
    return RawAnswer(
      status: answer.status, ray: answer.ray, body: String(decoding: answer.body.readableBytesView, as: UTF8.self))
  }

  private func list<Element: Decodable & Sendable>(
    _ request: APIRequest, as type: Element.Type, page: Int, perPage: Int,
    check: ([Element], Envelope<ReadableList<Element>>) throws(CloudflareError) -> Void = { _, _ in }
  ) async throws(CloudflareError) -> CountedList<Element> {
    var request = request
    request.query += [("page", "\(page)"), ("per_page", "\(perPage)")]
    let envelope = try await perform(request, as: ReadableList<Element>.self)
    let counted = try CountedList(envelope, page: page, perPage: perPage)
    try check(counted.first, envelope)
    return counted
  }

  private func all<Element: Decodable & Sendable>(
    of request: APIRequest, as type: Element.Type
  ) async throws(CloudflareError) -> CountedList<Element> {
    try CountedList(await perform(request, as: ReadableList<Element>.self))
  }
}

extension Envelope {
  /// The one thing that the answer is about; `nil` where it says that there is none.
  ///
  /// - Throws: ``CloudflareError/Cause/unreadable(_:)`` where it does not say, or contradicts itself.
  func theOne() throws(CloudflareError) -> Result? {
    try checkErrors()
    guard result != nil || isResultNull else { throw unreadable("it does not say what there is") }
    return result
  }

  /// - Throws: when an error stands beside a success: what is there beside it may be a part only.
  func checkErrors() throws(CloudflareError) {
    guard let error = errors.first else { return }
    let words = CloudflareError.oneLine(error.message, limit: 100)
    throw unreadable("an error stands beside its result\(words.isEmpty ? "" : ": \(words)")")
  }
}
