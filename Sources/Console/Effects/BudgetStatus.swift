import Cloudflare
import FoundationEssentials

/// The state of the request budget, for the screen.
struct BudgetStatus: Sendable, Equatable {
  /// Requests left in the budget.
  var remaining: Int
  /// Background requests allowed per window: the limit without the reserve for a person.
  var allowance: Int
  /// Background requests left.
  var remainingAllowance: Int
  /// The length of the window, in seconds.
  var window: TimeInterval
  /// When the next request is free again; `nil` while none is used.
  var resetsAt: Date?
  /// The end of the block of a person's requests; `nil` while they are allowed.
  var blockedUntil: Date?
  /// Whether the block comes from the used-up budget, not from the server.
  var isUsedUp: Bool
  /// Requests that wait for the budget.
  var waitingRequests: Int

  init(
    remaining: Int, limit: Int = 1200, reserve: Int = 100, window: TimeInterval = 300, resetsAt: Date? = nil,
    blockedUntil: Date? = nil, isUsedUp: Bool = false, waitingRequests: Int = 0
  ) {
    self.remaining = remaining
    allowance = max(1, limit - reserve)
    remainingAllowance = max(0, remaining - reserve)
    self.window = window
    self.resetsAt = resetsAt
    self.blockedUntil = blockedUntil
    self.isUsedUp = isUsedUp
    self.waitingRequests = waitingRequests
  }

  /// The seconds that this many background requests would wait for the budget.
  ///
  /// - Parameter held: the known wait of the first request, in seconds; `nil` if it is not held back.
  func wait(for requests: Int, at date: Date, held: Int?) -> TimeInterval {
    let first = held.map(Double.init) ?? max(0, resetsAt?.timeIntervalSince(date) ?? window)
    // Held requests wait, whatever is left.
    guard requests > remainingAllowance else { return held == nil ? 0 : first }
    let windows = (requests - remainingAllowance + allowance - 1) / allowance
    return first + Double(windows - 1) * window
  }
}

/// The countdown of a rate-limit block on screen.
struct RateLimitWait: Sendable, Equatable {
  /// Seconds left, rounded up; `nil` without a countdown.
  var secondsLeft: Int?
  /// Whether the wait for the next second is under way.
  var isTicking = false
  /// The end of the wait of pages that the request budget holds back.
  var heldUntil: Date?
  /// The end of the block whose countdown was dismissed.
  var dismissed: Date?
}

/// Observes a request budget.
struct BudgetWatch: Sendable {
  let states: @Sendable () async -> AsyncStream<BudgetState>

  /// Passes changes that matter on screen to `send`. Instants of the budget's clock become dates.
  @MainActor
  func run(_ send: @MainActor (BudgetStatus) -> Void) async {
    var last: BudgetStatus?
    var block = KeptDate()
    var reset = KeptDate()
    for await state in await states() {
      let isUsedUp = state.blockedUntil == nil && state.remaining == 0 && state.waiting > 0
      let status = BudgetStatus(
        remaining: state.remaining, limit: state.limit, reserve: state.reserve, window: state.window / .seconds(1),
        resetsAt: reset.date(of: state.resetsAt),
        blockedUntil: block.date(of: isUsedUp ? state.resetsAt : state.blockedUntil), isUsedUp: isUsedUp,
        waitingRequests: state.waiting)
      if status != last { send(status) }
      last = status
    }
  }
}

/// Converts an instant to a date. The same instant keeps its date, even if the clocks drift.
private struct KeptDate {
  private var last: (instant: ContinuousClock.Instant, date: Date)?

  mutating func date(of instant: ContinuousClock.Instant?) -> Date? {
    guard let instant else {
      last = nil
      return nil
    }
    if let last, last.instant == instant { return last.date }
    let date = Date() + ContinuousClock.now.duration(to: instant) / .seconds(1)
    last = (instant, date)
    return date
  }
}
