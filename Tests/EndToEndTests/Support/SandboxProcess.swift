import FoundationEssentials
import Subprocess

/// `tenantry sandbox` as a process of its own.
struct SandboxProcess: Sendable {
  /// Where it listens, as it said itself: `http://127.0.0.1:PORT/client/v4`.
  let baseURL: String

  var client: SandboxClient { SandboxClient(baseURL: baseURL) }

  /// What makes a console sign in here with e-mail and key.
  var environment: [String: String?] {
    [
      "CLOUDFLARE_BASE_URL": baseURL,
      "CLOUDFLARE_EMAIL": SandboxCredentials.email,
      "CLOUDFLARE_API_KEY": SandboxCredentials.key,
    ]
  }

  /// Starts one, waits until it says that it listens, runs `body`, and ends it with SIGTERM. It must end with status 0.
  ///
  /// - Parameters:
  ///   - port: 0 takes a free one.
  ///   - arguments: further arguments of `tenantry sandbox`.
  static func with<Value: Sendable>(
    accounts: Int = 1204,
    port: Int = 0,
    arguments: [String] = [],
    _ body: (SandboxProcess) async throws -> Value
  ) async throws -> Value {
    let home = try TemporaryDirectory()
    defer { try? home.remove() }
    let outcome = try await run(
      // `env` becomes the program; it takes a path where Subprocess wants a type of another package.
      .name("env"),
      arguments: Arguments(
        [try BuiltBinary.path, "sandbox", "--port", "\(port)", "--accounts", "\(accounts)", "--seed", "7"] + arguments
      ),
      environment: .custom(
        ProgramEnvironment.make(home: home).reduce(into: [:]) { $0[Environment.Key(stringLiteral: $1.key)] = $1.value }
      ),
      input: .none,
      output: .sequence,
      error: .string(limit: 1 << 20)
    ) { execution -> Result<Value, any Error> in
      // A server that never speaks would hold the test for ever.
      let watchdog = Task {
        try await Task.sleep(for: TmuxSession.patience)
        try execution.send(signal: .kill)
      }
      let result: Result<Value, any Error>
      do {
        let baseURL = try await address(in: execution.standardOutput)
        watchdog.cancel()
        result = .success(try await body(SandboxProcess(baseURL: baseURL)))
      } catch {
        watchdog.cancel()
        result = .failure(error)
      }
      await execution.teardown(using: [.gracefulShutDown(allowedDurationToNextStep: .seconds(10))])
      return result
    }
    switch outcome.closureResult {
    case .success(let value):
      guard outcome.terminationStatus == .exited(0) else {
        throw HarnessFailure(
          "the sandbox ended with \(outcome.terminationStatus) after SIGTERM: \(outcome.standardError)")
      }
      return value
    case .failure(let error):
      if outcome.standardError.isEmpty { throw error }
      throw HarnessFailure("\(error)\nThe sandbox wrote: \(outcome.standardError)")
    }
  }

  private static func address(in output: SubprocessOutputSequence) async throws -> String {
    for try await line in output.strings() {
      guard let address = line.wholeMatch(of: #/Listening on (http://127\.0\.0\.1:[0-9]+/client/v4)/#)?.1 else {
        throw HarnessFailure("the first line of the sandbox reads \(line.debugDescription)")
      }
      return String(address)
    }
    throw HarnessFailure("the sandbox ended without saying where it listens")
  }
}
