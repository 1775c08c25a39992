import Logging

/// Calls Cloudflare's v4 accounts API over HTTP.
///
/// Reads are retried when trying again may help; writes are sent exactly once. Every call has a deadline
/// (``ClientOptions/deadline``) and ends with ``CloudflareError/Cause/cancelled`` when its task is cancelled.
///
/// Making one is cheap: nothing is opened before the first call. Call ``shutdown()`` when done.
public final class AccountsClient: Sendable {
  public let endpoint: Endpoint
  /// What keeps the requests under the server's limits; `nil` when that is switched off.
  public let budget: RequestBudget?

  let credentialProblem: String?
  let options: ClientOptions
  let policy: RetryPolicy
  let transport: Transport
  let log: RequestLog

  public init(endpoint: Endpoint, credentials: Credentials, options: ClientOptions = ClientOptions()) {
    self.endpoint = endpoint
    self.options = options
    budget = options.budget
    credentialProblem = credentials.shapeProblem
    policy = RetryPolicy(options)
    transport = Transport(endpoint: endpoint, credentials: credentials, options: options)
    log = RequestLog(logger: options.logger)
  }

  /// Closes all connections. Calls under way end as cancelled; later ones are refused unsent.
  public func shutdown() async {
    await transport.shutdown()
  }
}

extension AccountsClient: CustomStringConvertible, CustomReflectable {
  public var description: String { "AccountsClient(\(endpoint))" }

  /// Shows no more than the description: what lies within signs requests.
  public var customMirror: Mirror { Mirror(self, children: ["endpoint": endpoint]) }
}
