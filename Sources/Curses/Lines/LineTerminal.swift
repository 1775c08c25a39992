import CNcurses
import Glibc
import Terminal

/// Standard input and output, line by line: a terminal that is no screen, or whatever stands in for it.
///
/// The terminal's modes stay as they are: it is the terminal that echoes what is typed and lets it be corrected. No
/// escape sequence is ever written.
@MainActor
public final class LineTerminal {
  /// Whether a person sees what is typed as it is typed.
  public let isInteractive: Bool
  /// Whether the locale is one for UTF-8, and nobody wants ASCII.
  public let isUnicode: Bool

  /// What comes from elsewhere than the input.
  public enum Event: Sendable, Hashable {
    /// Ctrl-C.
    case interrupt
    /// The program is to end, or nobody reads what it writes any more.
    case terminate
    /// Ctrl-Z.
    case suspend
    /// The program runs again after having been stopped.
    case resumed
  }

  private let input: Int32
  private let output: Int32
  private let signals: SignalPipe
  private var lines = LineBuffer()
  private var events: [Event] = []
  private var isStopping = false

  /// Takes the signals over, and sets the process's character type (`LC_CTYPE`), by which `SafeText` measures.
  ///
  /// - Parameter isASCII: whether nothing but ASCII is to be written, whatever the locale says.
  public convenience init(isASCII: Bool = false) throws(TerminalError) {
    try self.init(input: STDIN_FILENO, output: STDOUT_FILENO, isASCII: isASCII, environment: .current)
  }

  init(input: Int32, output: Int32, isASCII: Bool, environment: TerminalEnvironment) throws(TerminalError) {
    guard let signals = SignalPipe() else {
      throw .noSignals(reason: String(cString: strerror(errno)))
    }
    self.signals = signals
    self.input = input
    self.output = output
    isInteractive = isatty(input) == 1
    isUnicode = environment.setCharacterType() && environment.isUnicode && !isASCII
  }

  /// Whether a terminal of this type, the value of `TERM`, is only good for lines.
  public nonisolated static func isOnlyForLines(type: String?) -> Bool { type == "dumb" }

  /// Waits for input, signals and jobs of the main actor, on the main thread, until ``stop()``.
  ///
  /// - Parameters:
  ///   - handle: called with each event, in order.
  ///   - settle: called before the first wait, and once after each wake-up: the place to take lines.
  public func run(handle: (Event) -> Void, settle: () -> Void) {
    isStopping = false
    while !isStopping {
      settle()
      if isStopping { return }
      let hasJobs = wait(alsoFor: MainQueue.descriptor)
      while !isStopping, !events.isEmpty { handle(events.removeFirst()) }
      if hasJobs, !isStopping { MainQueue.runJobs() }
    }
  }

  /// Makes ``run(handle:settle:)`` return, before anything else is handled.
  public func stop() {
    isStopping = true
  }

  /// The next line that has come whole; `nil` while none has.
  public func nextLine() -> LineInput? { lines.next() }

  /// Drops what has come and was not taken, so that nothing that was written ahead answers a question that was not yet
  /// there to be read.
  ///
  /// - Returns: how many lines that were.
  public func discardTypedAhead() -> Int {
    var count = lines.discard()
    // Bounded, for inputs that never pause.
    for _ in 0..<Self.discardLimit {
      guard isReadable else { break }
      read()
      count += lines.discard()
    }
    return count
  }

  /// Writes text as it is, and waits until it is taken. Where nobody reads it any more, ``Event/terminate`` follows.
  public func write(_ text: String) {
    var text = text
    let isTaken = text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(output, rest.baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        if count < 0, errno == EAGAIN {
          // Somebody who shares the descriptor has set it not to block.
          var descriptor = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
          poll(&descriptor, 1, -1)
          continue
        }
        guard count > 0 else { return false }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      }
      return true
    }
    if !isTaken, !events.contains(.terminate) { events.append(.terminate) }
  }

  /// Stops the program and its process group, as Ctrl-Z does elsewhere. Nothing happens where nobody could continue it.
  public func suspend() {
    guard cn_may_stop(), getsid(0) != getpid() else { return }
    cn_stop_process_group(SIGTSTP)
  }

  /// Gives the signals back.
  public func close() {
    signals.close()
  }

  private static let discardLimit = 64
  /// Bytes that are read at once.
  private static let batch = 16_384

  private var isReadable: Bool {
    guard lines.wantsMore else { return false }
    var descriptor = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, 0) > 0
  }

  /// - Returns: whether there are jobs.
  private func wait(alsoFor jobs: Int32) -> Bool {
    let readable = Int16(POLLIN)
    var descriptors = [
      // What nobody takes stays where it is, and does not wake anybody.
      pollfd(fd: lines.wantsMore ? input : -1, events: readable, revents: 0),
      pollfd(fd: signals.readEnd, events: readable, revents: 0),
      pollfd(fd: jobs, events: readable, revents: 0),
    ]
    let count = poll(&descriptors, nfds_t(descriptors.count), events.isEmpty ? -1 : 0)
    // After an error (EINTR) the descriptors have not been looked at. Their signal is in the pipe by then.
    if count < 0 { return false }
    if descriptors[1].revents != 0 { noteSignals() }
    if descriptors[0].revents != 0 { read() }
    return descriptors[2].revents != 0
  }

  private func read() {
    withUnsafeTemporaryAllocation(byteCount: Self.batch, alignment: 1) { buffer in
      let count = Glibc.read(input, buffer.baseAddress, buffer.count)
      if count > 0 {
        lines.append(UnsafeRawBufferPointer(rebasing: buffer.prefix(count)))
      } else if count == 0 || errno != EINTR && errno != EAGAIN {
        lines.end()
      }
    }
  }

  private func noteSignals() {
    for signal in signals.read() {
      switch signal {
      case SIGINT: events.append(.interrupt)
      case SIGTSTP: events.append(.suspend)
      case SIGCONT: events.append(.resumed)
      case SIGTERM, SIGQUIT, SIGHUP: events.append(.terminate)
      default: break
      }
    }
  }
}
