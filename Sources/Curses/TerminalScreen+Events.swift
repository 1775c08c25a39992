import Glibc
import Terminal

extension TerminalScreen {
  /// How many pieces of input are read before the screen is drawn again.
  private static let inputBatch = 4096

  /// Waits for events and for jobs of the main actor, on the main thread, until ``stop()``.
  ///
  /// - Parameters:
  ///   - handle: called with each event, in order.
  ///   - settle: called before the first wait, and once after each wake-up, when its events have been handled and its
  ///     jobs have run: the place to draw.
  public func run(handle: (TerminalEvent) -> Void, settle: () -> Void) {
    isStopping = false
    while !isStopping {
      settle()
      if possession == .ours { painter.endUpdate() }
      if isStopping { return }
      let hasJobs = wait(alsoFor: MainQueue.descriptor)
      deliver(to: handle)
      guard hasJobs, !isStopping else { continue }
      MainQueue.runJobs()
      deliver(to: handle)
    }
  }

  /// Makes ``run(handle:settle:)`` return, before another event is handled.
  public func stop() {
    isStopping = true
  }

  private func deliver(to handle: (TerminalEvent) -> Void) {
    while !isStopping, let event = queue.popFirst() { handle(event) }
  }

  /// Waits until something arrives, and puts the events of the terminal and of signals into the queue.
  ///
  /// - Parameter jobs: another descriptor to wait for.
  /// - Returns: whether that one became readable.
  func wait(alsoFor jobs: Int32) -> Bool {
    let readable = Int16(POLLIN)
    var descriptors = [
      pollfd(fd: isTerminalGone || possession != .ours ? -1 : device.descriptor, events: readable, revents: 0),
      pollfd(fd: signals.readEnd, events: readable, revents: 0),
      pollfd(fd: jobs, events: readable, revents: 0),
    ]
    let start = bursts.quiet == nil ? nil : ContinuousClock.now
    let count = poll(&descriptors, nfds_t(descriptors.count), timeout)
    if let start { bursts.waited(ContinuousClock.now - start) }
    // After an error (EINTR) the descriptors have not been looked at. Their signal is in the pipe by then.
    if count < 0 { return false }
    if descriptors[1].revents != 0 { handleSignals() }
    // While a signal was followed, the program may have been stopped, and the shell may have read what was there.
    let isReadable = descriptors[0].revents != 0 && descriptors[1].revents == 0
    if descriptors[0].revents != 0 || hasUnreadInput { readInput(isReadable: isReadable) }
    if let inputDeadline, ContinuousClock.now >= inputDeadline { giveUpOnInput() }
    queue.append(contentsOf: bursts.group(decoder.takeEvents()))
    if descriptors[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { noteHangup() }
    return descriptors[2].revents != 0
  }

  /// Milliseconds for `poll`, or −1 for as long as it takes. Rounded up: waking early would mean to wait once more.
  private var timeout: Int32 {
    if hasUnreadInput || !queue.isEmpty { return 0 }
    guard let inputDeadline else { return -1 }
    let rest = inputDeadline - ContinuousClock.now
    return Int32(clamping: max(0, Int((rest / .milliseconds(1)).rounded(.up))))
  }

  /// Reads what has arrived, and makes events of it in the decoder.
  ///
  /// - Parameter isReadable: whether it is known that something has arrived.
  func readInput(isReadable: Bool = false) {
    hasUnreadInput = true
    guard possession == .ours else {
      hasUnreadInput = false
      return
    }
    if isReadable { session.input.noteReadable() }
    for _ in 0..<Self.inputBatch {
      if decoder.isWithinPaste {
        readPaste()
        break
      }
      guard let token = session.input.next() else {
        decoder.inputPaused()
        hasUnreadInput = false
        break
      }
      decoder.consume(token)
    }
    inputDeadline = decoder.patience.map { ContinuousClock.now + $0 }
    // As in the background of a shell that does not know this program any more: poll would return at once for ever.
    if session.input.hasFailed { noteHangup() }
  }

  /// Reads on within a paste, in which no keys are to be found.
  private func readPaste() {
    guard let bytes = session.input.nextBytes() else {
      hasUnreadInput = false
      return
    }
    bytes.withUnsafeBytes { decoder.consume($0) }
  }

  private func giveUpOnInput() {
    decoder.giveUp()
    inputDeadline = nil
  }

  private func handleSignals() {
    for signal in signals.read() {
      switch signal {
      case SIGTSTP: suspend()
      case SIGCONT: resumeFromOutside()
      case SIGWINCH: checkSize()
      default: noteEnd(signal)
      }
    }
  }

  /// Puts a signal that ends the program into the queue.
  ///
  /// - Returns: whether it was one.
  @discardableResult
  func noteEnd(_ signal: Int32) -> Bool {
    switch signal {
    case SIGINT, SIGTERM, SIGQUIT: queue.append(contentsOf: [.terminate])
    case SIGHUP: noteHangup()
    default: return false
    }
    return true
  }

  private func noteHangup() {
    guard !isTerminalGone else { return }
    isTerminalGone = true
    queue.append(contentsOf: [.hangup])
  }
}
