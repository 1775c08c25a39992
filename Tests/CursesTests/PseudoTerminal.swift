import Glibc
import Terminal

/// The other side of a terminal: what it is sent, and what it answers.
@MainActor
final class PseudoTerminal {
  let path: String
  private var master: Int32
  /// Kept open so that the modes can be looked at, and outlive the screen under test.
  private let slave: Int32

  init?(size: Size) {
    var (master, slave) = (Int32(-1), Int32(-1))
    var dimensions = winsize(ws_row: UInt16(size.height), ws_col: UInt16(size.width), ws_xpixel: 0, ws_ypixel: 0)
    var name = [CChar](repeating: 0, count: 64)
    guard openpty(&master, &slave, &name, nil, &dimensions) == 0 else { return nil }
    for descriptor in [master, slave] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
    path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    (self.master, self.slave) = (master, slave)
  }

  deinit {
    if master >= 0 { close(master) }
    close(slave)
  }

  /// Types bytes.
  func type(_ bytes: [UInt8]) {
    _ = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
  }

  func type(_ text: String) { type(Array(text.utf8)) }

  /// Types from another thread, while this one may be waiting.
  func typeElsewhere(_ text: String, after: @escaping @Sendable () async throws -> Void) -> Task<Void, any Error> {
    let master = master
    return Task.detached {
      try await after()
      let bytes = Array(text.utf8)
      _ = write(master, bytes, bytes.count)
    }
  }

  /// Takes everything that has been written to the terminal since the last call.
  ///
  /// The kernel hands it over in a job of its own, so that it may be there only a moment after it was written: what is
  /// waited for is an end that everything written has, or else a mark behind it.
  func output() async -> String {
    // Written on this side of the terminal, the mark comes behind everything that was written before.
    let mark = Array("\u{1}\u{2}\u{3}".utf8)
    _ = mark.withUnsafeBytes { write(slave, $0.baseAddress, $0.count) }
    var bytes: [UInt8] = []
    let deadline = ContinuousClock.now + .seconds(10)
    while !bytes.suffix(mark.count).elementsEqual(mark), ContinuousClock.now < deadline {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = read(master, &buffer, buffer.count)
      if count > 0 {
        bytes += buffer.prefix(count)
      } else {
        try? await Task.sleep(for: .milliseconds(1))
      }
    }
    return String(decoding: bytes.dropLast(mark.count), as: UTF8.self)
  }

  /// Changes the size, as a window does that is dragged.
  func resize(to size: Size) {
    var dimensions = winsize(ws_row: UInt16(size.height), ws_col: UInt16(size.width), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &dimensions)
  }

  /// Goes away, as a window does that is closed.
  func hangUp() {
    guard master >= 0 else { return }
    close(master)
    master = -1
  }

  /// The terminal's modes, byte by byte.
  var modes: [UInt8] {
    var modes = termios()
    guard tcgetattr(slave, &modes) == 0 else { return [] }
    return withUnsafeBytes(of: &modes) { Array($0) }
  }

  /// Whether the terminal collects lines, echoes, and makes signals of keys.
  var isCooked: Bool {
    var modes = termios()
    tcgetattr(slave, &modes)
    return modes.c_lflag & UInt32(ICANON | ECHO | ISIG) != 0
  }
}
