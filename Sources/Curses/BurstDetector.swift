import Terminal

/// Tells keys that are typed from a paste without marks, as terminals send it that lack bracketed paste.
///
/// Both are the same bytes; only their number within one look at the terminal differs. The program looks whenever
/// something has arrived, so that even a fast typist's keys come one by one, and several only when the line or the
/// program has stood still. What happens in good faith is no burst:
/// - A key that is held down, or two in turn, as in scrolling: a key that repeats counts once.
/// - Keys that stand for no text, such as arrows and Tab: they are not counted, and end a burst.
struct BurstDetector {
  /// Changes from one character to another within one look that may still be typing.
  static let limit = 8
  /// How long the next piece of a paste may be waited for: terminals and lines hand over a long one in several. Only
  /// waiting counts, so that a program that is slow to take the pieces does not part them.
  static let pause = Duration.milliseconds(50)

  /// The time for which nothing has arrived since the last piece of a burst; `nil` outside of one.
  private(set) var quiet: Duration?

  /// Tells how long nothing was there to be read.
  mutating func waited(_ duration: Duration) {
    quiet = quiet.map { $0 + duration }
  }

  /// - Parameter events: what one look at the terminal has brought.
  /// - Returns: the same events, with the keys of a burst put together.
  mutating func group(_ events: [TerminalEvent]) -> [TerminalEvent] {
    guard events.count > Self.limit || quiet != nil && !events.isEmpty else { return events }
    let goesOn = quiet.map { $0 < Self.pause && events[0].isText } ?? false
    guard goesOn || characters(in: events) > Self.limit else {
      quiet = nil
      return events
    }
    quiet = events.last?.isText == true ? .zero : nil
    return grouped(events)
  }

  private func characters(in events: [TerminalEvent]) -> Int {
    var count = 0
    var previous: TerminalEvent?
    for event in events where event.isText {
      if event != previous { count += 1 }
      previous = event
    }
    return count
  }

  private func grouped(_ events: [TerminalEvent]) -> [TerminalEvent] {
    var grouped: [TerminalEvent] = []
    var keys: [Key] = []
    for event in events {
      if case .key(let key) = event {
        keys.append(key)
        continue
      }
      if !keys.isEmpty { grouped.append(.burst(keys)) }
      keys = []
      grouped.append(event)
    }
    return keys.isEmpty ? grouped : grouped + [.burst(keys)]
  }
}

extension TerminalEvent {
  /// Whether this is a key that a text is made of.
  fileprivate var isText: Bool {
    switch self {
    case .key(.character), .key(.enter): true
    default: false
    }
  }
}
