import Terminal

/// Events that wait to be handled, the first one at the end of the storage.
struct EventQueue {
  private var reversed: [TerminalEvent] = []

  var isEmpty: Bool { reversed.isEmpty }
  var count: Int { reversed.count }

  mutating func append(contentsOf events: [TerminalEvent]) {
    guard !events.isEmpty else { return }
    reversed.insert(contentsOf: events.reversed(), at: 0)
  }

  /// Adds the news that the screen has another size; older such news do not matter any more.
  mutating func appendResize(_ size: Size) {
    reversed.removeAll { event in
      if case .resize = event { true } else { false }
    }
    append(contentsOf: [.resize(size)])
  }

  mutating func popFirst() -> TerminalEvent? {
    reversed.popLast()
  }

  /// Drops keys and pastes. What the terminal or the system tells stays.
  mutating func removeInput() {
    reversed.removeAll(where: \.isInput)
  }
}

extension TerminalEvent {
  /// Whether a person did it, at the keyboard; everything else is told by the terminal or the system.
  var isInput: Bool {
    switch self {
    case .key, .burst, .mouse, .paste: true
    case .focusLost, .focusGained, .resize, .resumed, .terminate, .hangup: false
    }
  }
}
