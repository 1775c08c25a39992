/// The time as ``RequestBudget`` sees it.
public struct BudgetClock: Sendable {
  public var now: @Sendable () -> ContinuousClock.Instant
  /// Has to throw when the task is cancelled.
  public var sleep: @Sendable (_ until: ContinuousClock.Instant) async throws -> Void

  public init(
    now: @escaping @Sendable () -> ContinuousClock.Instant,
    sleep: @escaping @Sendable (_ until: ContinuousClock.Instant) async throws -> Void
  ) {
    self.now = now
    self.sleep = sleep
  }

  public static let system = BudgetClock(
    now: { ContinuousClock.now }, sleep: { try await Task.sleep(until: $0, clock: .continuous) })
}
