import FoundationEssentials

/// Calls Cloudflare's v4 accounts API over HTTP.
///
/// Reads are retried when trying again may help; writes are sent exactly once. Every call has a deadline
/// (``ClientOptions/deadline``) and ends with ``CloudflareError/Cause/cancelled`` when its task is cancelled.
///
/// Making one is cheap: nothing is opened before the first call. Call ``shutdown()`` when done.
public final class AccountsClient: Sendable {
  public let endpoint: Endpoint

  private let credentialProblem: String?
  private let options: ClientOptions
  private let policy: RetryPolicy
  private let transport: Transport

  public init(endpoint: Endpoint, credentials: Credentials, options: ClientOptions = ClientOptions()) {
    self.endpoint = endpoint
    self.options = options
    credentialProblem = credentials.shapeProblem
    policy = RetryPolicy(options)
    transport = Transport(endpoint: endpoint, credentials: credentials, options: options)
  }

  /// Closes all connections. Calls under way end as cancelled; later ones are refused unsent.
  public func shutdown() async {
    await transport.shutdown()
  }

  /// Sends a request, again if the policy says so, and reads the envelope of its success.
  func perform<Result: Decodable & Sendable>(
    _ request: APIRequest, as type: Result.Type
  ) async throws(CloudflareError) -> Envelope<Result> {
    try AnswerReader.envelope(of: await answer(to: request), as: type)
  }

  private func answer(to request: APIRequest) async throws(CloudflareError) -> Answer {
    try request.validate()
    if let credentialProblem {
      throw CloudflareError(.invalidRequest(credentialProblem), attempts: 0, nothingWasSent: true)
    }
    let deadline = ContinuousClock.now + options.deadline
    var attempt = 1
    var wasSent = false
    while true {
      var failure: CloudflareError
      do {
        let answer = try await transport.send(request, deadline: deadline)
        guard let failed = AnswerReader.failure(of: answer, now: Self.now) else { return answer }
        failure = failed
      } catch {
        failure = error
      }
      failure.attempts = failure.attempts == 0 ? 0 : attempt
      wasSent = wasSent || !failure.nothingWasSent
      failure.nothingWasSent = !wasSent
      let timeLeft = ContinuousClock.now.duration(to: deadline)
      guard
        let wait = policy.wait(
          after: failure, method: request.method, attempt: attempt, timeLeft: timeLeft, jitter: options.jitter())
      else { throw failure }
      do {
        try await options.sleep(wait)
      } catch {
        throw CloudflareError(.cancelled, attempts: attempt)
      }
      attempt += 1
    }
  }

  /// Seconds since 1970.
  private static var now: Int64 { Int64(Date.now.timeIntervalSince1970) }
}

extension AccountsClient: CustomStringConvertible, CustomReflectable {
  public var description: String { "AccountsClient(\(endpoint))" }

  /// Shows no more than the description: what lies within signs requests.
  public var customMirror: Mirror { Mirror(self, children: ["endpoint": endpoint]) }
}
