import CNcurses
import Glibc
import Terminal

/// The terminal as a device: a descriptor, its modes and its size.
///
/// Opened anew instead of taken from standard input, so that redirected streams do not matter and nobody else's
/// descriptor changes its flags.
struct TerminalDevice {
  let descriptor: Int32
  /// The modes that the terminal had when it was opened.
  let modes: termios

  init(path: String) throws(TerminalError) {
    descriptor = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .noTerminal(path: path, reason: String(cString: strerror(errno))) }
    var modes = termios()
    guard tcgetattr(descriptor, &modes) == 0 else {
      Glibc.close(descriptor)
      throw .notATerminal(path: path)
    }
    self.modes = modes
  }

  /// The size that the terminal tells, or `nil` when it tells none, as on a serial line.
  var size: Size? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
    return Size(width: Int(size.ws_col), height: Int(size.ws_row))
  }

  /// Whether this process is in the foreground of its terminal, and may change the terminal's modes.
  var isForeground: Bool { cn_is_foreground(descriptor) }

  /// Writes all bytes past ncurses, which has nothing in its buffer between two updates.
  ///
  /// Stops at an error: then the terminal is gone, which the loop learns by itself.
  func write(_ text: String) {
    var text = text
    text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
  }

  func write(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    }
  }

  /// Sets the modes back, and drops what was typed and not read: keys meant for the
  /// program must not run as commands of the shell.
  func restoreModes() {
    var modes = modes
    tcsetattr(descriptor, TCSAFLUSH, &modes)
  }

  func close() {
    Glibc.close(descriptor)
  }
}
