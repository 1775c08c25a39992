import Glibc
import Terminal
import Testing

@testable import Curses

/// On a pseudo-terminal, with the real ncurses. Its state is global, so that one test runs after the other.
@MainActor
@Suite("TerminalScreen", .serialized)
struct TerminalScreenTests {
  nonisolated static let size = Size(width: 40, height: 8)
  nonisolated static let xterm = TerminalEnvironment(type: "xterm-256color", locale: "C.UTF-8")

  /// Opens a screen on a terminal of its own, and closes it after the test.
  static func withScreen(
    _ environment: TerminalEnvironment = xterm,
    options: TerminalOptions = TerminalOptions(),
    _ body: @MainActor (TerminalScreen, PseudoTerminal) async throws -> Void
  ) async throws {
    let terminal = try #require(PseudoTerminal(size: size))
    let screen = try TerminalScreen(devicePath: terminal.path, environment: environment, options: options)
    defer { screen.close() }
    try await body(screen, terminal)
  }

  /// A frame with these rows.
  static func frame(_ rows: String..., size: Size = size, style: Style = .plain) -> Frame {
    var frame = Frame(size: size)
    for (row, text) in rows.enumerated() { frame.put(SafeText(text), column: 0, row: row, style: style) }
    return frame
  }

  /// Waits for a condition, ten seconds at most.
  static func wait(for condition: () -> Bool) async {
    let deadline = ContinuousClock.now + .seconds(10)
    while !condition(), ContinuousClock.now < deadline { try? await Task.sleep(for: .milliseconds(1)) }
  }
}

extension TerminalScreen {
  /// The next events, once there are as many as expected; fewer after ten seconds.
  func events(_ count: Int) async -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    await TerminalScreenTests.wait {
      readWhatIsThere()
      while let event = queue.popFirst() { events.append(event) }
      return events.count >= count
    }
    return events
  }

  /// Takes what has arrived into the queue, without waiting for more.
  func readWhatIsThere() {
    var descriptors = [device.descriptor, signals.readEnd].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    if poll(&descriptors, 2, 0) > 0 { _ = wait(alsoFor: -1) }
  }

  /// How many bytes have arrived and not been read.
  var unreadBytes: Int {
    var count: Int32 = 0
    _ = ioctl(device.descriptor, UInt(FIONREAD), &count)
    return Int(count)
  }
}
