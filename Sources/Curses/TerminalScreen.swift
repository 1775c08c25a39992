import CNcurses
import Glibc
import Terminal

/// The user's terminal: shows frames, tells events, and is given back as it was.
///
/// At most one is open at a time, because ncurses keeps its state in globals. The terminal is in raw mode: Ctrl-C,
/// Ctrl-\ and Ctrl-Z are keys like others. It is given back by ``close()``, and without that when the program calls
/// `exit` or crashes.
@MainActor
public final class TerminalScreen {
  public let abilities: TerminalAbilities
  /// What the user should know about how the terminal is driven; `nil` when there is nothing to say.
  public let note: String?
  public internal(set) var size: Size

  /// Who has the terminal.
  enum Possession {
    /// This program shows its screen.
    case ours
    /// The program is stopped or in the background; the terminal belongs to the shell.
    case shells
    case closed
  }

  var possession = Possession.ours
  var decoder = InputDecoder()
  var bursts = BurstDetector()
  var queue = EventQueue()
  /// When to stop waiting for the rest of what is half here.
  var inputDeadline: ContinuousClock.Instant?
  /// Whether input may have been read, or be there to be read, that ``poll`` does not tell of.
  var hasUnreadInput = false
  var isTerminalGone = false
  var isStopping = false

  let modes: ReportingModes
  let device: TerminalDevice
  let signals: SignalPipe
  let session: CursesSession
  let painter: FramePainter

  /// Takes the terminal: raw mode, alternate screen, marked pastes, reports of the focus.
  ///
  /// Sets the process's character type (`LC_CTYPE`), by which `SafeText` measures. The size is the terminal's own;
  /// `LINES` and `COLUMNS` are not asked. `TERM`, `COLORTERM`, `NO_COLOR`, `ESCDELAY` and the locale are.
  ///
  /// - Parameter devicePath: the terminal; by default the one that controls the process, so that redirected standard
  ///   streams do not matter.
  public convenience init(
    devicePath: String = "/dev/tty", options: TerminalOptions = TerminalOptions()
  ) throws(TerminalError) {
    try self.init(devicePath: devicePath, environment: .current, options: options)
  }

  init(
    devicePath: String, environment: TerminalEnvironment, options: TerminalOptions = TerminalOptions()
  ) throws(TerminalError) {
    var environment = environment
    if options.scheme == .mono { environment.refusesColor = true }
    modes = ReportingModes(includingMouse: options.reportsMouse)
    decoder.reportsMouse = options.reportsMouse
    device = try TerminalDevice(path: devicePath)
    let isUnicode = environment.setCharacterType() && environment.isUnicode && !options.isASCII
    let type: TerminalType
    do throws(TerminalError) {
      type = try TerminalType.choose(
        named: environment.type, hasManyColors: environment.hasManyColors, descriptor: device.descriptor)
    } catch {
      device.close()
      throw error
    }
    guard let signals = SignalPipe() else {
      let reason = String(cString: strerror(errno))
      device.close()
      throw .noSignals(reason: reason)
    }
    self.signals = signals
    let session = CursesSession(
      device: device, type: type, environment: environment, isUnicode: isUnicode, modes: modes)
    guard let session else {
      let reason = String(cString: strerror(errno))
      signals.close()
      device.close()
      throw .noTerminal(path: devicePath, reason: reason)
    }
    self.session = session
    abilities = session.abilities
    note = type.note
    size = session.size
    painter = FramePainter(
      batch: session.batch, abilities: session.abilities, scheme: options.scheme, marksUpdates: session.isModern)
    setReporting(true)
  }

  /// Makes the screen show a frame. Only rows that differ from what is there are drawn, and nothing while the program is
  /// stopped or the terminal given back.
  public func show(_ frame: Frame) {
    guard possession == .ours else { return }
    painter.show(frame, size: size)
  }

  /// Tells the terminal that a frame is coming, before it is made. If none comes that differs, ``show(_:)`` takes it back,
  /// and so does ``run(handle:settle:)`` before it waits.
  public func beginUpdate() {
    guard possession == .ours else { return }
    painter.beginUpdate()
  }

  /// Writes the whole screen anew, after something else has written on it.
  public func redraw() {
    guard possession == .ours else { return }
    painter.repaint()
  }

  /// Drops keys and pastes that have arrived and have not been handled, so that nothing typed ahead answers a question
  /// that was not yet on the screen.
  ///
  /// What is half here is dropped when its rest comes. What the terminal and the system tell stays.
  public func discardTypedAhead() {
    queue.removeInput()
    // Read instead of flushed: flushing could cut a paste in two and make its rest look like keys.
    for _ in 0..<Self.discardLimit {
      readInput()
      queue.append(contentsOf: decoder.takeEvents().filter { !$0.isInput })
      if !hasUnreadInput { break }
    }
    decoder.discard()
  }

  /// Offers a text to the terminal for its clipboard (OSC 52).
  ///
  /// - Returns: whether it was offered. Not when it is longer than 56,244 bytes or when the terminal is of a kind that has no
  ///   clipboard. Terminals do not answer, and many refuse by default, so that `true` does not mean that it was copied.
  @discardableResult
  public func copyToClipboard(_ text: String) -> Bool {
    guard possession == .ours, session.isModern, let sequence = ClipboardSequence.make(for: text) else { return false }
    device.write(sequence)
    return true
  }

  /// Gives the terminal back: its modes exactly as they were, and the signals. Later calls do nothing.
  public func close() {
    guard possession != .closed else { return }
    if possession == .ours { leave() }
    possession = .closed
    if device.isForeground { device.restoreModes() }
    session.close()
    signals.close()
    device.close()
  }

  /// Gives the terminal back for a while.
  func leave() {
    guard device.isForeground else { return }
    painter.endUpdate()
    setReporting(false)
    session.leave()
  }

  /// Bounds the time that somebody who keeps a key down can take.
  private static let discardLimit = 16

  func setReporting(_ isOn: Bool) {
    if session.isModern { device.write(isOn ? modes.enabling : modes.disabling) }
  }
}
