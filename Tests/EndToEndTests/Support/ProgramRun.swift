import Subprocess

/// The program run to its end without a terminal, and what it printed.
struct ProgramRun: Sendable {
  let status: Int32
  let output: String
  let errors: String

  /// - Parameters:
  ///   - environment: changes to ``ProgramEnvironment``.
  ///   - starter: what starts the program, which gets the program's path and its arguments.
  static func run(
    _ arguments: [String], environment: [String: String?] = [:], by starter: [String] = ["env"]
  ) async throws -> ProgramRun {
    try await Permits.programs.hold {
      let home = try TemporaryDirectory()
      defer { try? home.remove() }
      // A session of its own has no controlling terminal.
      var options = PlatformOptions()
      options.createSession = true
      let values = ProgramEnvironment.make(home: home, changes: environment)
      let result = try await Subprocess.run(
        .name(starter[0]),
        arguments: Arguments(starter.dropFirst() + [try BuiltBinary.path] + arguments),
        environment: .custom(values.reduce(into: [:]) { $0[Environment.Key(stringLiteral: $1.key)] = $1.value }),
        platformOptions: options,
        input: .none,
        output: .string(limit: 1 << 20),
        error: .string(limit: 1 << 20)
      )
      guard case .exited(let status) = result.terminationStatus else {
        throw HarnessFailure("the program ended with \(result.terminationStatus)")
      }
      let run = ProgramRun(
        status: status, output: result.standardOutput, errors: result.standardError)
      try SecretSearch.expectNone(in: run.output, of: "what was printed")
      try SecretSearch.expectNone(in: run.errors, of: "what was printed as errors")
      return run
    }
  }
}
