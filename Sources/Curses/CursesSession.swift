import CNcurses
import Glibc
import Terminal

/// ncurses, started on a device.
@MainActor
final class CursesSession {
  let abilities: TerminalAbilities
  /// Whether the terminal is of xterm's kin, and may be sent sequences that no entry of terminfo describes.
  ///
  /// An alternate screen tells them apart from consoles and from the terminals of old, which print what they do not
  /// understand.
  let isModern: Bool
  let batch: OutputBatch
  /// What arrives from the terminal. ncurses' own reading would take half a dozen system calls for each key.
  var input: InputReader
  private let screen: OpaquePointer
  private let streams: [UnsafeMutablePointer<FILE>]

  /// - Returns: `nil` when ncurses or the system refuses, with the reason in `errno`.
  init?(
    device: TerminalDevice, type: TerminalType, environment: TerminalEnvironment, isUnicode: Bool, modes: ReportingModes
  ) {
    // The size is the terminal's, whatever LINES and COLUMNS say.
    use_env(false)
    use_tioctl(true)
    let streams = ["r", "w"].compactMap { Self.stream(on: device.descriptor, mode: $0) }
    guard streams.count == 2, let screen = newterm(type.name, streams[1], streams[0]) else {
      for stream in streams { fclose(stream) }
      return nil
    }
    self.screen = screen
    self.streams = streams
    batch = OutputBatch(output: fileno(streams[1]), device: device)

    raw()
    noecho()
    nonl()
    typeahead(-1)
    keypad(cn_standard_window(), true)
    // ncurses' own default of a second is for lines of 300 baud.
    input = InputReader(descriptor: device.descriptor, escapeDelay: Int32(clamping: environment.escapeDelay ?? 25))
    leaveok(cn_standard_window(), true)
    curs_set(0)

    let wantsColor = !environment.refusesColor && has_colors() && start_color() == OK
    abilities = TerminalAbilities(
      name: type.name, colors: wantsColor ? Self.usableColors(of: Int(cn_color_count())) : 0, isUnicode: isUnicode)
    isModern = !Self.capability("smcup").isEmpty && !Self.capability("rmcup").isEmpty

    let restoring = restoringText(modes)
    var deviceModes = device.modes
    guard cn_rescue_arm(device.descriptor, &deviceModes, restoring, restoring.count) else {
      leave()
      close()
      return nil
    }
  }

  /// The size by ncurses' reckoning.
  var size: Size { Size(width: Int(cn_columns()), height: Int(cn_lines())) }

  /// Tells ncurses the size that the terminal has now.
  func resize(to size: Size) {
    resizeterm(Int32(clamping: size.height), Int32(clamping: size.width))
  }

  /// Gives the terminal back for a while, or for good.
  func leave() {
    endwin()
  }

  /// Takes the terminal's modes again after ``leave()``; the next update of the screen does the rest.
  func enter() {
    reset_prog_mode()
  }

  /// Frees what ncurses holds. Nothing of it may be called afterwards.
  func close() {
    cn_rescue_disarm()
    delscreen(screen)
    for stream in streams { fclose(stream) }
    batch.close()
  }

  /// What brings the terminal back to its usual state without ncurses' help.
  private func restoringText(_ modes: ReportingModes) -> [CChar] {
    var text: [CChar] = []
    if isModern { text += "\u{1B}[?2026l\(modes.disabling)".utf8.map { CChar(bitPattern: $0) } }
    text += Self.capability("sgr0") + Self.capability("cnorm") + Self.capability("rmkx")
    if isModern { return text + Self.capability("rmcup") }
    // Without an alternate screen, the shell goes on below ours.
    let bottom = Self.copy { cn_cursor_movement(cn_lines() - 1, 0, $0, $1) }
    return text + bottom + [0x0D, 0x0A]
  }

  private static func stream(on descriptor: Int32, mode: String) -> UnsafeMutablePointer<FILE>? {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { return nil }
    guard let stream = fdopen(copy, mode) else {
      Glibc.close(copy)
      return nil
    }
    return stream
  }

  /// Terminals with 88 colours have other colours than those with 256 at the same numbers, from 16 on.
  private static func usableColors(of count: Int) -> Int {
    count >= 256 ? 256 : count >= 16 ? 16 : count >= 8 ? 8 : 0
  }

  private static func capability(_ name: String) -> [CChar] {
    copy { cn_capability(name, $0, $1) }
  }

  private static func copy(_ write: (UnsafeMutablePointer<CChar>?, Int) -> Int) -> [CChar] {
    Array(unsafeUninitializedCapacity: 256) { buffer, count in
      count = write(buffer.baseAddress, buffer.count)
    }
  }
}
