@preconcurrency import Glibc

/// A shell's command under way, with both of its outputs.
final class CommandRun {
  enum Ending: Equatable {
    case exited(Int32)
    case signalled(Int32)
    /// It has ended, and somebody else has asked how.
    case lost
  }

  /// The system's error number.
  struct Failure: Error {
    var number: Int32
  }

  private(set) var output: [UInt8] = []
  private(set) var errors: [UInt8] = []
  private let process: pid_t
  private static let readSize = 4_096
  /// A pipe holds 64 KiB, as Linux makes them.
  private static let pipeReads = 64 * 1_024 / readSize
  private var pipes: [pollfd]

  init(shellCommand command: String) throws(Failure) {
    let output = try Self.makePipe()
    let errors: (read: Int32, write: Int32)
    do throws(Failure) {
      errors = try Self.makePipe()
    } catch {
      close(output.read)
      close(output.write)
      throw error
    }
    defer {
      close(output.write)
      close(errors.write)
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.write, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors.write, STDERR_FILENO)
    actions.closeOthers()
    let words: [String] = ["sh", "-c", command]
    let arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    // Ignored, as it may be inherited, nobody would learn how the command ended.
    signal(SIGCHLD, SIG_DFL)
    var process: pid_t = 0
    var attributes = Self.attributes
    defer { posix_spawnattr_destroy(&attributes) }
    let problem = posix_spawn(&process, "/bin/sh", &actions, &attributes, arguments, environ)
    guard problem == 0 else {
      close(output.read)
      close(errors.read)
      throw Failure(number: problem)
    }
    self.process = process
    pipes = [output.read, errors.read].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
  }

  deinit {
    for pipe in pipes where pipe.fd >= 0 { close(pipe.fd) }
  }

  /// Reads until the command has ended. What it leaves running behind it, with its outputs open, is not waited for.
  ///
  /// - Parameters:
  ///   - outputLimit: the most bytes that are kept of each output; the rest is read and dropped.
  ///   - isSlow: called once, when the command runs for longer than the patience.
  /// - Returns: `nil` when it ran into the limit; it has been ended then.
  func wait(limit: Duration, patience: Duration, outputLimit: Int, isSlow: () -> Void) -> Ending? {
    let start = ContinuousClock.now
    var hasTold = false
    while true {
      var status: Int32 = 0
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process || (ended < 0 && errno != EINTR) {
        // As much as pipes hold, and not more: what it leaves behind may write without end.
        for _ in 0..<Self.pipeReads {
          guard readOnce(waiting: 0, outputLimit) else { break }
        }
        return ended == process ? Self.ending(of: status) : .lost
      }
      let elapsed = start.duration(to: .now)
      if elapsed >= limit {
        kill(process, SIGKILL)
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return nil
      }
      if elapsed >= patience, !hasTold {
        hasTold = true
        isSlow()
      }
      // Mostly the closing of its outputs tells that it has ended; then the end is milliseconds away.
      _ = readOnce(waiting: pipes.allSatisfy { $0.fd < 0 } ? 5 : 50, outputLimit)
    }
  }

  /// - Parameter milliseconds: how long to wait for something to read.
  /// - Returns: whether something was read.
  private func readOnce(waiting milliseconds: Int32, _ limit: Int) -> Bool {
    guard poll(&pipes, nfds_t(pipes.count), milliseconds) > 0 else { return false }
    var hasRead = false
    var bytes = [UInt8](repeating: 0, count: Self.readSize)
    for index in pipes.indices where pipes[index].fd >= 0 && pipes[index].revents != 0 {
      let count = read(pipes[index].fd, &bytes, bytes.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        close(pipes[index].fd)
        // A negative descriptor is passed over by poll.
        pipes[index].fd = -1
        continue
      }
      hasRead = true
      if index == 0 {
        output += bytes[..<min(count, limit - output.count)]
      } else {
        errors = Array((errors + bytes[..<count]).suffix(limit))
      }
    }
    return hasRead
  }

  private static func ending(of status: Int32) -> Ending {
    let signal = status & 0x7F
    return signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
  }

  /// No signal is blocked or ignored, whatever this program does with them: a pipeline ends by SIGPIPE.
  private static var attributes: posix_spawnattr_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigaddset(&signals, SIGPIPE)
    sigaddset(&signals, SIGCHLD)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    return attributes
  }

  private static func makePipe() throws(Failure) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Failure(number: errno) }
    // No other program may hold them open; the copies that the command gets are its own.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }
}
