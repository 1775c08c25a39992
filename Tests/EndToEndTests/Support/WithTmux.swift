import FoundationEssentials

/// Runs a command in a terminal of its own, and takes all of it down afterwards, however `body` ends.
///
/// - Parameters:
///   - command: the program and its arguments; a bare name is looked up in `PATH`.
///   - redirections: of its standard input and output, as `sh` writes them.
///   - environment: changes to ``ProgramEnvironment``.
///   - files: texts to put into the home before the program starts, by their names.
///   - body: drives the terminal. It must not take another terminal: see ``Permits``.
func withTmux<Value>(
  _ command: [String],
  redirections: String = "",
  width: Int = 120,
  height: Int = 32,
  environment: [String: String?] = [:],
  files: [String: String] = [:],
  _ body: (TmuxSession) async throws -> Value
) async throws -> Value {
  try await Permits.programs.hold {
    let home = try TemporaryDirectory()
    let session: TmuxSession
    do {
      for (name, text) in files { try home.write(text, to: name) }
      session = try await TmuxSession(
        running: command,
        redirections: redirections,
        width: width,
        height: height,
        home: home,
        environment: ProgramEnvironment.make(home: home, changes: environment)
      )
    } catch {
      try home.remove()
      throw error
    }
    let value: Value
    do {
      value = try await body(session)
    } catch {
      // The first failure is the one to tell of.
      try? await takeDown(session)
      throw error
    }
    try await takeDown(session)
    return value
  }
}

/// Closes a session and removes its home, also when the test itself has been cancelled.
private func takeDown(_ session: TmuxSession) async throws {
  // A task of its own does not inherit the cancellation.
  try await Task {
    defer { try? session.home.remove() }
    try await session.close()
  }.value
}

/// Whether a process has not ended yet. One that has ended and was not reaped by its parent does not count.
func isRunning(_ processID: Int32) throws -> Bool {
  guard let line = try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8) else { return false }
  // The state is the first letter after the name, which is in parentheses and may have any character in it.
  guard let end = line.lastIndex(of: ")") else { throw HarnessFailure("/proc/\(processID)/stat reads \(line)") }
  return !line[line.index(after: end)...].drop { $0 == " " }.hasPrefix("Z")
}
