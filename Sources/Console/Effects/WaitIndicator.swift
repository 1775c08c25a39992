import FoundationEssentials

/// What a person waits for, and for how long already.
struct WaitIndicator: Sendable, Equatable {
  /// What tells a person that something is on its way.
  enum Sign: Sendable, Equatable {
    case quiet
    /// Whole seconds since it was asked for.
    case seconds(Int)
  }

  /// Longer than that, and a person wonders whether the key was taken; in seconds.
  static let unnoticed: TimeInterval = 0.3
  /// Longer than that, and a person wonders whether anything will come; in seconds.
  static let uncounted: TimeInterval = 2

  /// When each request that is waited for was first waited for.
  private var begun: [EffectID: Date] = [:]
  /// `nil` while nobody has waited long enough.
  private(set) var sign: Sign?
  /// When the change of the sign is due that is waited for; `nil` while none is.
  var due: Date?

  /// Takes in what is waited for now.
  ///
  /// - Parameter started: what was asked for just now; its wait begins anew.
  /// - Returns: the seconds until the sign changes next; `nil` while nothing is waited for.
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
