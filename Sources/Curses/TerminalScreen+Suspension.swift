import CNcurses
import Glibc
import Terminal

extension TerminalScreen {
  /// Gives the terminal to the shell and stops the program and its process group, as Ctrl-Z does elsewhere. Returns when
  /// the program is continued; `.resumed` is among the next events.
  ///
  /// Nothing happens where nobody could continue the program: it leads its session, or was started with SIGTSTP ignored.
  public func suspend() {
    guard possession == .ours, cn_may_stop(), getsid(0) != getpid() else { return }
    leave()
    possession = .shells
    cn_stop_process_group(SIGTSTP)
    reclaim(hasLeft: true)
  }

  /// Takes the terminal again after somebody else has stopped and continued the program without asking it.
  func resumeFromOutside() {
    guard possession == .ours else { return }
    possession = .shells
    reclaim(hasLeft: false)
  }

  /// Waits to be in the foreground, and then shows the screen again.
  ///
  /// Continued in the background, the program stops again, as one does that writes from there, unless it has been told to
  /// end meanwhile: then the terminal stays the shell's, and the loop learns of the end.
  private func reclaim(hasLeft: Bool) {
    while !device.isForeground {
      let ends = signals.read().filter { noteEnd($0) }
      if !ends.isEmpty { return }
      cn_stop_process_group(SIGTTOU)
      // A group without a shell is not stopped by that; it waits here for a signal instead.
      var descriptor = pollfd(fd: signals.readEnd, events: Int16(POLLIN), revents: 0)
      poll(&descriptor, 1, -1)
    }
    // The shell has used the screen and changed the modes, so that all of it is set up anew.
    if !hasLeft { session.leave() }
    session.enter()
    setReporting(true)
    possession = .ours
    for signal in signals.read() { noteEnd(signal) }
    if !updateSize() { painter.repaint() }
    queue.append(contentsOf: [.resumed(size)])
  }

  /// Learns the size of the screen, and tells of it if it is another.
  func checkSize() {
    if possession == .ours, updateSize() { queue.appendResize(size) }
  }

  /// - Returns: whether the size has changed.
  private func updateSize() -> Bool {
    guard let current = device.size, current != size else { return false }
    size = current
    session.resize(to: current)
    painter.forget()
    return true
  }
}
