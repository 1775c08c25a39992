import NIOHTTP1

/// Keeps all requests of the same person under the server's limits.
///
/// Cloudflare counts 1200 requests in 5 minutes over all credentials of a person, the dashboard included, and blocks
/// everything for the next 5 minutes beyond that. What the server says of it (`Ratelimit`, `Ratelimit-Policy`) goes
/// before what is counted here; without it the documented limit is assumed. Background requests wait first, and leave a
/// reserve, so that what a person does by hand goes through at once. However long the server says that it lets nothing
/// through, no wait is longer than the window of its own policy, and a person may try at any time.
///
/// Share one budget between all clients that sign in as the same person.
public actor RequestBudget {
  private struct Window {
    var remaining: Int
    var quota: Int
    var length: Duration
    var end: ContinuousClock.Instant
  }

  /// Documented: all credentials of a person together.
  static let assumed = RateLimitHeaders.Policy.assumed
  /// More than this is kept for no one.
  static let largestReserve = 100
  /// After a 429 that does not say how long to wait, at most.
  static let longestGuess: Duration = .seconds(60)

  private let clock: BudgetClock
  private var policies: [RateLimitHeaders.Policy] = [RequestBudget.assumed]
  /// What the server last said, by the name of the policy.
  private var windows: [String: Window] = [:]
  /// When requests were sent, oldest first, no longer than any policy looks back.
  private var sent: [ContinuousClock.Instant] = []
  private var underWay = 0
  private var waiting = 0
  private var blockedUntil: ContinuousClock.Instant?
  private var blocksInARow = 0
  private var watchers: [Int: AsyncStream<BudgetState>.Continuation] = [:]
  private var watchersEver = 0

  public init(clock: BudgetClock = .system) {
    self.clock = clock
  }

  /// Where the budget stands now.
  public var state: BudgetState { state(at: clock.now()) }

  /// Where the budget stands now, and each time that changes by a request, an answer or a wait. A reader that is late
  /// gets the newest only.
  public func states() -> AsyncStream<BudgetState> {
    let (stream, continuation) = AsyncStream.makeStream(of: BudgetState.self, bufferingPolicy: .bufferingNewest(1))
    watchersEver += 1
    let number = watchersEver
    watchers[number] = continuation
    continuation.onTermination = { [weak self] _ in
      Task { await self?.forgetWatcher(number) }
    }
    continuation.yield(state)
    return stream
  }

  /// Waits until a request may be sent, and counts it as sent.
  ///
  /// - Parameter patience: the longest wait; `nil` waits as long as it takes.
  /// - Returns: `nil` when the request may be sent, or the wait that would be longer than the patience.
  /// - Throws: `CancellationError` when the task is cancelled while it waits.
  func admit(_ priority: RequestPriority, patience: Duration?) async throws -> Duration? {
    let end = patience.map { clock.now() + $0 }
    var isWaiting = false
    defer {
      if isWaiting {
        waiting -= 1
        publish()
      }
    }
    while let moment = earliestMoment(for: priority, at: clock.now()) {
      if let end, moment > end { return clock.now().duration(to: moment) }
      if !isWaiting {
        isWaiting = true
        waiting += 1
        publish()
      }
      try await clock.sleep(moment)
    }
    take(at: clock.now())
    return nil
  }

  /// Has to follow each admitted request, however it ended.
  ///
  /// - Returns: how long the server asks to wait, as far as that is believed; `nil` where it does not ask.
  @discardableResult
  func finish(
    _ priority: RequestPriority = .interactive, status: Int?, headers: HTTPHeaders, retryAfter: Duration?
  ) -> Duration? {
    underWay -= 1
    let now = clock.now()
    if priority == .byHand, let status, status != 429 {
      // It went through although nothing should have: what was said of that does not hold any more.
      blockedUntil = nil
      windows = windows.filter { $0.value.remaining > 0 }
    }
    learn(RateLimitHeaders(headers), at: now)
    let retryAfter = status == 429 ? retryAfter.map { min($0, longestWait) } : retryAfter
    if status == 429 {
      block(for: retryAfter, at: now)
    } else if status != nil {
      blocksInARow = 0
    }
    publish()
    return retryAfter
  }

  /// For a request that was admitted and never answered.
  func finish() {
    finish(status: nil, headers: [:], retryAfter: nil)
  }

  private func take(at now: ContinuousClock.Instant) {
    underWay += 1
    sent.append(now)
    forgetOldRequests(at: now)
    for name in windows.keys { windows[name]?.remaining -= 1 }
    publish()
  }

  private func learn(_ headers: RateLimitHeaders, at now: ContinuousClock.Instant) {
    if !headers.policies.isEmpty { policies = headers.policies }
    // A server may give its policies another name each time.
    windows = windows.filter { $0.value.end > now }
    for limit in headers.limits {
      let policy = policies.first { $0.name == limit.name }
      let window = policy?.window ?? Self.assumed.window
      guard let wait = limit.resetsIn ?? policy?.window else { continue }
      let remaining = min(limit.remaining, policy?.quota ?? limit.remaining)
      // The server has not counted what is still on its way to it.
      windows[limit.name] = Window(
        remaining: remaining - underWay, quota: policy?.quota ?? max(remaining, 1), length: window,
        end: now + min(wait, window))
    }
  }

  /// No block is longer than the longest window that the server names.
  private var longestWait: Duration { policies.map(\.window).max() ?? Self.assumed.window }

  private func block(for wait: Duration?, at now: ContinuousClock.Instant) {
    let exhausted = windows.values.filter { $0.remaining <= 0 && $0.end > now }.map(\.end).max()
    let guess = min(.seconds(1 << min(blocksInARow, 10)), Self.longestGuess)
    blocksInARow += 1
    let end = wait.map { now + $0 } ?? exhausted ?? now + guess
    blockedUntil = max(end, blockedUntil ?? end)
  }

  /// When a request may be sent, if not now.
  private func earliestMoment(
    for priority: RequestPriority, at now: ContinuousClock.Instant
  ) -> ContinuousClock.Instant? {
    guard priority != .byHand else { return nil }
    var moments: [ContinuousClock.Instant] = []
    if let blockedUntil, blockedUntil > now { moments.append(blockedUntil) }
    let live = windows.values.filter { $0.end > now }
    for window in live where window.remaining <= Self.floor(of: window.quota, for: priority) {
      moments.append(window.end)
    }
    if live.isEmpty {
      for policy in policies {
        let recent = recentRequests(within: policy.window, at: now)
        let allowed = policy.quota - Self.floor(of: policy.quota, for: priority)
        guard recent.count >= allowed else { continue }
        moments.append(recent[recent.startIndex + recent.count - allowed] + policy.window)
      }
    }
    return moments.max()
  }

  /// What has to remain after a request of this priority was sent.
  private static func floor(of quota: Int, for priority: RequestPriority) -> Int {
    priority == .background ? BudgetState.reserve(of: quota) : 0
  }

  private func recentRequests(
    within window: Duration, at now: ContinuousClock.Instant
  ) -> ArraySlice<ContinuousClock.Instant> {
    let start = now - window
    return sent[(sent.firstIndex { $0 > start } ?? sent.endIndex)...]
  }

  private func forgetOldRequests(at now: ContinuousClock.Instant) {
    let longest = policies.map(\.window).max() ?? Self.assumed.window
    let largest = policies.map(\.quota).max() ?? Self.assumed.quota
    let recent = recentRequests(within: longest, at: now)
    // Removing from the front costs: it is done for many at once.
    if sent.count - recent.count >= 1024 || sent.count > 2 * largest + 1024 {
      sent = Array(recent.suffix(largest))
    }
  }

  private func state(at now: ContinuousClock.Instant) -> BudgetState {
    let blocked = blockedUntil.flatMap { $0 > now ? $0 : nil }
    let live = windows.values.filter { $0.end > now }
    if let tightest = live.min(by: { ($0.remaining, $0.end) < ($1.remaining, $1.end) }) {
      return BudgetState(
        remaining: max(0, tightest.remaining), limit: tightest.quota, window: tightest.length,
        resetsAt: tightest.end, blockedUntil: blocked,
        waiting: waiting)
    }
    let counted = policies.map { policy in
      let recent = recentRequests(within: policy.window, at: now)
      return BudgetState(
        remaining: max(0, policy.quota - recent.count), limit: policy.quota, window: policy.window,
        resetsAt: recent.first.map { $0 + policy.window }, blockedUntil: blocked, waiting: waiting)
    }
    return counted.min { $0.remaining < $1.remaining } ?? BudgetState(remaining: 0, limit: 0)
  }

  private func publish() {
    guard !watchers.isEmpty else { return }
    let state = state
    for watcher in watchers.values { watcher.yield(state) }
  }

  private func forgetWatcher(_ number: Int) {
    watchers[number] = nil
  }
}
