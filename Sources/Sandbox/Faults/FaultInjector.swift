import Synchronization

/// Decides which requests go wrong, by the rules in their order.
final class FaultInjector: Sendable {
  private struct Turn {
    let fault: Fault
    var seen = 0
    var hits = 0
  }

  private struct State {
    var turns: [Turn]
    var random: RandomStream
  }

  private let state: Mutex<State>

  /// - Parameter seed: of the chances, so that the same requests in the same order are hit again.
  init(_ faults: [Fault], seed: UInt64) {
    state = Mutex(State(turns: faults.map { Turn(fault: $0) }, random: RandomStream(seed: seed, purpose: .faults)))
  }

  /// The fault that a request meets, if any.
  ///
  /// - Parameter path: percent-encoded, without the query.
  func fault(method: String, path: Substring) -> Fault? {
    state.withLock { state in
      for number in state.turns.indices {
        let fault = state.turns[number].fault
        guard fault.method == nil || fault.method == method, fault.path.matches(path) else { continue }
        state.turns[number].seen += 1
        guard state.turns[number].seen > fault.skip, state.turns[number].hits < fault.times ?? .max,
          fault.probability == 1 || state.random.chance(fault.probability)
        else { continue }
        state.turns[number].hits += 1
        return fault
      }
      return nil
    }
  }
}
