import FoundationEssentials
import Subprocess

/// The console in plain mode, without any terminal, with a script that reads what it writes and answers.
struct PlainProcess: Sendable {
  private let home: TemporaryDirectory
  private let write: @Sendable (String) async throws -> Void

  /// Runs `body`, ends the input, and waits until the program has ended, with status 0.
  ///
  /// - Returns: all that it wrote.
  @discardableResult
  static func with(
    environment: [String: String?], arguments: [String] = ["--plain"], _ body: (PlainProcess) async throws -> Void
  ) async throws -> String {
    try await Permits.programs.hold {
      let home = try TemporaryDirectory()
      defer { try? home.remove() }
      var options = PlatformOptions()
      options.createSession = true
      let values = ProgramEnvironment.make(home: home, changes: environment)
      let outcome = try await run(
        .name("sh"),
        arguments: Arguments(["-c", "exec \"$0\" \"$@\" > \"$HOME/written\" 2>&1", try BuiltBinary.path] + arguments),
        environment: .custom(values.reduce(into: [:]) { $0[Environment.Key(stringLiteral: $1.key)] = $1.value }),
        platformOptions: options,
        input: .inputWriter,
        output: .discarded,
        error: .discarded
      ) { execution -> Result<Void, any Error> in
        let writer = execution.standardInputWriter
        let process = PlainProcess(home: home) { text in _ = try await writer.write(text) }
        // A program that never ends would hold the test for ever.
        let watchdog = Task {
          try await Task.sleep(for: .seconds(120))
          try execution.send(signal: .kill)
        }
        defer { watchdog.cancel() }
        do {
          try await body(process)
          try await writer.finish()
          return .success(())
        } catch {
          try? execution.send(signal: .kill)
          return .failure(error)
        }
      }
      try outcome.closureResult.get()
      let text = try home.text(of: "written") ?? ""
      guard outcome.terminationStatus == .exited(0) else {
        throw HarnessFailure("plain mode ended with \(outcome.terminationStatus):\n\(text)")
      }
      _ = try SecretSearch.expectNone(inFilesOf: home.path)
      return text
    }
  }

  func say(_ lines: String...) async throws {
    try await write(lines.map { $0 + "\n" }.joined())
  }

  /// Waits until a text has been written.
  func wait(for text: String, fileID: String = #fileID, line: Int = #line) async throws {
    let found = try await poll(within: TmuxSession.patience) {
      try home.text(of: "written")?.contains(text) == true ? true : nil
    }
    guard found == nil else { return }
    throw HarnessFailure("\(fileID):\(line): “\(text)” was not written:\n\(try home.text(of: "written") ?? "nothing")")
  }
}
