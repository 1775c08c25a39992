import Cloudflare
import FoundationEssentials

/// Where the request budget stands, as the screen needs it.
public struct BudgetStanding: Sendable, Equatable {
  /// Requests that may still be sent before the budget is used up.
  public var remaining: Int
  /// Until when nothing is let through that a person waits for; `nil` when it is.
  public var blockedUntil: Date?
  /// Whether that is because the budget is used up, and not because the server has said so.
  public var isUsedUp: Bool
  /// Requests that wait until they may be sent.
  public var waiting: Int

  public init(remaining: Int, blockedUntil: Date? = nil, isUsedUp: Bool = false, waiting: Int = 0) {
    self.remaining = remaining
    self.blockedUntil = blockedUntil
    self.isUsedUp = isUsedUp
    self.waiting = waiting
  }
}

/// What the budget tells, and the passing of time while it counts on screen.
public enum BudgetAction: Sendable, Equatable {
  case changed(BudgetStanding)
  case tick
}

/// The wait for a server that lets nothing through, as it counts down on screen.
public struct Countdown: Sendable, Equatable {
  /// Whole seconds left, the one that has begun among them; `nil` when nothing counts.
  public internal(set) var seconds: Int?
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
  func run(_ send: @MainActor (BudgetStanding) -> Void) async {
    var last: BudgetStanding?
    var block: (instant: ContinuousClock.Instant, date: Date)?
    for await state in await states() {
      let isUsedUp = state.blockedUntil == nil && state.remaining == 0 && state.waiting > 0
      if let instant = isUsedUp ? state.resetsAt : state.blockedUntil {
        // The same instant stays the same date, however the two clocks drift.
        if block?.instant != instant {
          block = (instant, Date() + ContinuousClock.now.duration(to: instant) / .seconds(1))
        }
      } else {
        block = nil
      }
      let standing = BudgetStanding(
        remaining: state.remaining, blockedUntil: block?.date, isUsedUp: isUsedUp, waiting: state.waiting)
      if standing != last { send(standing) }
      last = standing
    }
  }
}
