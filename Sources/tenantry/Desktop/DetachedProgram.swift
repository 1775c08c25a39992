@preconcurrency import Glibc

/// A program in a session of its own, without a terminal and with nothing of this program's but its environment, from
/// which credentials are taken out. It goes on when this program ends.
final class DetachedProgram: Sendable {
  private let process: pid_t

  /// - Parameters:
  ///   - input: what it reads from its standard input.
  ///   - environment: pointers to variables, and `nil` behind them.
  /// - Returns: `nil` when it could not be started, or the input is longer than a pipe holds.
  init?(
    _ path: String, _ arguments: [String], input: [UInt8],
    environment: UnsafePointer<UnsafeMutablePointer<CChar>?> = UnsafePointer(environ)
  ) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    defer { close(ends[0]) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // A write that finds no room fails then, instead of waiting for room.
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    // All of it is in the pipe before anybody reads, so that nobody is waited for, and nobody can go away meanwhile.
    let written = input.isEmpty ? 0 : write(ends[1], input, input.count)
    close(ends[1])
    guard written == input.count else { return nil }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    actions.closeOthers()
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | Self.newSession)
    let words = ([path] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    let variables = Self.withoutCredentials(environment)
    defer { for variable in variables { free(variable) } }
    var process: pid_t = 0
    guard posix_spawn(&process, path, &actions, &attributes, words, variables) == 0 else { return nil }
    self.process = process
  }

  /// `POSIX_SPAWN_SETSID` of glibc's spawn.h, which it shows to GNU sources only.
  private static let newSession: Int16 = 0x80

  /// Its exit status, or 128 and the signal that ended it; `nil` when it is still running after the limit.
  func ending(within limit: Duration) async -> Int32? {
    let start = ContinuousClock.now
    while true {
      var status: Int32 = 0
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process { return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F }
      if ended < 0, errno != EINTR { return 128 }
      guard ContinuousClock.now - start < limit else { return nil }
      do {
        try await Task.sleep(for: .milliseconds(5))
      } catch {
        return nil
      }
    }
  }

  /// Whether it has ended; then nothing of it is left.
  var isOver: Bool {
    var status: Int32 = 0
    let ended = waitpid(process, &status, WNOHANG)
    return ended == process || (ended < 0 && errno == ECHILD)
  }

  func kill() {
    Glibc.kill(process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
  }

  /// A browser has no use for the credentials of this program.
  private static func withoutCredentials(
    _ environment: UnsafePointer<UnsafeMutablePointer<CChar>?>
  ) -> [UnsafeMutablePointer<CChar>?] {
    var variables: [UnsafeMutablePointer<CChar>?] = []
    var next = environment
    while let variable = next.pointee {
      if strncmp(variable, "CLOUDFLARE_", 11) != 0 { variables.append(strdup(variable)) }
      next += 1
    }
    return variables + [nil]
  }
}
