/// Where the request budget stands, for showing it.
public struct BudgetState: Sendable, Equatable {
  /// Requests that may still be sent before the budget is used up.
  public var remaining: Int
  /// The whole of what ``remaining`` is a part of.
  public var limit: Int
  /// How long it takes for all of it to be free again.
  public var window: Duration
  /// When more becomes free: the end of the server's window, or the moment that the oldest request is forgotten. `nil`
  /// while nothing is used.
  public var resetsAt: ContinuousClock.Instant?
  /// Until when the server lets nothing through, after a 429; `nil` when it does.
  public var blockedUntil: ContinuousClock.Instant?
  /// Calls that wait until they may be sent. Cancelling their tasks ends the wait.
  public var waiting: Int

  public init(
    remaining: Int, limit: Int, window: Duration = .seconds(300), resetsAt: ContinuousClock.Instant? = nil,
    blockedUntil: ContinuousClock.Instant? = nil, waiting: Int = 0
  ) {
    self.remaining = remaining
    self.limit = limit
    self.window = window
    self.resetsAt = resetsAt
    self.blockedUntil = blockedUntil
    self.waiting = waiting
  }

  /// What background requests leave of it.
  public var reserve: Int { Self.reserve(of: limit) }

  static func reserve(of quota: Int) -> Int { min(RequestBudget.largestReserve, quota / 5) }
}
