import FoundationEssentials

/// Shows that a person waits, and for how long.
struct WaitIndicator: Sendable, Equatable {
  enum Sign: Sendable, Equatable {
    case quiet
    /// Whole seconds since the request.
    case seconds(Int)
  }

  /// Seconds without an indicator. After a longer wait, a person wonders whether the key was received.
  static let unnoticed: TimeInterval = 0.3
  /// Seconds without a count. After a longer wait, a person wonders whether an answer will come.
  static let uncounted: TimeInterval = 2

  /// The start of each wait.
  private var begun: [EffectID: Date] = [:]
  /// `nil` while no wait is long enough.
  private(set) var sign: Sign?
  /// When the pending change of the sign is due; `nil` for none.
  var due: Date?

  /// Updates the waits.
  ///
  /// - Parameter started: effects started just now. Their waits begin again.
  /// - Returns: the seconds until the next change of the sign; `nil` without a wait.
  mutating func sync(_ awaited: [EffectID], started: [EffectID] = [], at date: Date) -> TimeInterval? {
    guard !awaited.isEmpty || !begun.isEmpty else { return nil }
    begun = begun.filter { awaited.contains($0.key) }
    for id in awaited where begun[id] == nil || started.contains(id) { begun[id] = date }
    guard let first = begun.values.min() else {
      sign = nil
      return nil
    }
    let waited = max(0, date.timeIntervalSince(first))
    if waited < Self.unnoticed {
      sign = nil
      return Self.unnoticed - waited
    }
    if waited < Self.uncounted {
      sign = .quiet
      return Self.uncounted - waited
    }
    sign = .seconds(Int(waited))
    return waited.rounded(.down) + 1 - waited
  }
}
