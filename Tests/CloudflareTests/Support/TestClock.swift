import Synchronization

@testable import Cloudflare

/// A clock that stands until it is moved, and whose sleepers wake when it has passed their moment.
final class TestClock: Sendable {
  private struct Sleeper {
    var until: ContinuousClock.Instant
    var continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now: ContinuousClock.Instant
    var sleepers: [Int: Sleeper] = [:]
    var cancelled: Set<Int> = []
    var count = 0
  }

  let start: ContinuousClock.Instant
  private let state: Mutex<State>

  init() {
    start = ContinuousClock.now
    state = Mutex(State(now: start))
  }

  var now: ContinuousClock.Instant { state.withLock { $0.now } }
  var sleepers: Int { state.withLock { $0.sleepers.count } }

  var budgetClock: BudgetClock {
    BudgetClock(now: { self.now }, sleep: { try await self.sleep(until: $0) })
  }

  func advance(by duration: Duration) {
    let awake = state.withLock { state in
      state.now += duration
      let awake = state.sleepers.filter { $0.value.until <= state.now }
      for number in awake.keys { state.sleepers[number] = nil }
      return awake.values.map(\.continuation)
    }
    for continuation in awake { continuation.resume() }
  }

  private func sleep(until moment: ContinuousClock.Instant) async throws {
    let number = state.withLock { state in
      state.count += 1
      return state.count
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let end: Result<Void, any Error>? = state.withLock { state in
          if state.cancelled.contains(number) { return .failure(CancellationError()) }
          if moment <= state.now { return .success(()) }
          state.sleepers[number] = Sleeper(until: moment, continuation: continuation)
          return nil
        }
        if let end { continuation.resume(with: end) }
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        state.cancelled.insert(number)
        return state.sleepers.removeValue(forKey: number)
      }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
  }
}
