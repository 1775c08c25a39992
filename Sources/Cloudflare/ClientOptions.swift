import Logging

/// How ``AccountsClient`` behaves. The defaults are what a person at a terminal needs; tests replace the rest.
public struct ClientOptions: Sendable {
  /// From the beginning of a call to the last byte read: its wait for the budget, retries and the waits between them
  /// are included.
  public var deadline: Duration = .seconds(30)
  /// For making one connection, the TLS handshake included.
  public var connectTimeout: Duration = .seconds(5)
  /// For the head of an answer over a connection that has answered before. A new one has until the deadline.
  public var silenceLimit: Duration = .seconds(5)
  /// The most bytes of an answer's body that are read, after decompression.
  public var bodyLimit = 4 * 1024 * 1024
  /// How often a `GET` is sent at most. Anything else is sent once, whatever this says.
  public var tries = 3
  /// The first retry waits up to this long, each further one up to twice as long as the one before.
  public var backoffBase: Duration = .milliseconds(500)
  /// No wait between two tries is drawn from more than this.
  public var backoffLimit: Duration = .seconds(8)
  /// A `Retry-After` beyond this is reported rather than waited out.
  public var longestRetryWait: Duration = .seconds(60)
  public var userAgent = "tenantry"

  /// Keeps the requests under the server's limits. `nil` sends everything at once, for measurements.
  public var budget: RequestBudget? = RequestBudget()
  /// Where one line for each request goes. Nothing is logged without it.
  public var logger: Logger?
  /// What connections to anywhere but this machine go through: see ``ProxySettings``.
  public var proxy: Proxy?
  /// In place of the system's own.
  public var trustRoots: TrustRoots?

  /// Draws a number from 0 to 1: how much of the longest wait is waited.
  public var jitter: @Sendable () -> Double = { Double.random(in: 0...1) }
  /// Waits between two tries. Has to throw when the task is cancelled.
  public var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

  public init() {}
}
