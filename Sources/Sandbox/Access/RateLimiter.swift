import Synchronization

/// Counts each caller's requests in windows of fixed length, and blocks whoever sends too many for a whole window.
final class RateLimiter: Sendable {
  /// How a caller stands after a request: the `Ratelimit` headers.
  struct Standing: Sendable, Equatable {
    /// Requests left in this window.
    var remaining: Int
    /// Seconds, rounded up, until the window ends.
    var resetsIn: Int
    /// Whether this request is refused.
    var isBlocked: Bool
  }

  private struct Window {
    var end: ContinuousClock.Instant
    var used: Int
    var isBlocked = false
  }

  /// Requests in each window.
  let quota: Int
  let window: Duration
  private let windows = Mutex<[String: Window]>([:])

  /// - Parameter quota: at least 1.
  init(quota: Int, window: Duration) {
    self.quota = quota
    self.window = window
  }

  /// Counts a request.
  func admit(_ caller: String, at now: ContinuousClock.Instant = .now) -> Standing {
    windows.withLock { windows in
      var current = windows[caller] ?? Window(end: now + window, used: 0)
      if current.end <= now { current = Window(end: now + window, used: 0) }
      if !current.isBlocked {
        current.used += 1
        if current.used > quota { current = Window(end: now + window, used: quota, isBlocked: true) }
      }
      windows[caller] = current
      let (seconds, fraction) = (current.end - now).components
      return Standing(
        remaining: quota - current.used, resetsIn: Int(seconds) + (fraction > 0 ? 1 : 0), isBlocked: current.isBlocked)
    }
  }
}
