import Cloudflare
import FoundationEssentials

/// Where the request budget stands, as the screen needs it.
struct BudgetStatus: Sendable, Equatable {
  /// Requests that may still be sent before the budget is used up.
  var remaining: Int
  /// What may be sent in one window without what is left for a person.
  var allowance: Int
  /// What is left of that.
  var remainingAllowance: Int
  /// Seconds until all of it is free again.
  var window: TimeInterval
  /// When the next of it is; `nil` while nothing is used.
  var resetsAt: Date?
  /// Until when nothing is let through that a person waits for; `nil` when it is.
  var blockedUntil: Date?
  /// Whether that is because the budget is used up, and not because the server has said so.
  var isUsedUp: Bool
  /// Requests that wait until they may be sent.
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

  /// Seconds that so many background requests, sent from now on, wait for the budget.
  ///
  /// - Parameter held: the seconds that the first of them is known to wait; `nil` where none is held back.
  func wait(for requests: Int, at date: Date, held: Int?) -> TimeInterval {
    let first = held.map(Double.init) ?? max(0, resetsAt?.timeIntervalSince(date) ?? window)
    // What is held back waits, whatever is left.
    guard requests > remainingAllowance else { return held == nil ? 0 : first }
    let windows = (requests - remainingAllowance + allowance - 1) / allowance
    return first + Double(windows - 1) * window
  }
}

/// The wait for a server that lets nothing through, as it counts down on screen.
struct RateLimitWait: Sendable, Equatable {
  /// Whole seconds left, the one that has begun among them; `nil` when nothing counts.
  var secondsLeft: Int?
  /// Whether the next second is waited for.
  var isTicking = false
  /// Until when pages are held back by the request budget.
  var heldUntil: Date?
  /// The end of the block whose countdown was dismissed.
  var dismissed: Date?
}

/// Follows a request budget for as long as somebody listens.
struct BudgetWatch: Sendable {
  /// Gives the states that are to be followed.
  let states: @Sendable () async -> AsyncStream<BudgetState>

  /// Passes each change on that makes a difference on screen. The times of the budget's own clock become dates.
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

/// The date of a moment of the budget's clock. The same moment stays the same date, however the two clocks drift.
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
