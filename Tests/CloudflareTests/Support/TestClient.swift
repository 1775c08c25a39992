import Synchronization
import Testing

@testable import Cloudflare

/// What the client waited between its tries. It does not really wait.
final class Waits: Sendable {
  private let waits = Mutex<[Duration]>([])
  var all: [Duration] { waits.withLock { $0 } }
  func add(_ wait: Duration) { waits.withLock { $0.append(wait) } }
}

/// Strings that no output may ever contain.
enum Secrets {
  static let token = "t0kenT0kenT0kenT0kenT0kenT0kenT0kenT0ken"
  static let key = "5ec3e75ec3e75ec3e75ec3e75ec3e75ec3e75"
}

/// Runs a body with a client on a scripted server, and puts both away afterwards.
func withClient<Value: Sendable>(
  credentials: Credentials = .token(Secret(Secrets.token)),
  onConnection: [ScriptedServer.Step] = [],
  waits: Waits = Waits(),
  path: String = "/client/v4",
  change: @Sendable (inout ClientOptions) -> Void = { _ in },
  script: @escaping ScriptedServer.Script,
  _ body: @Sendable (AccountsClient, ScriptedServer) async throws -> Value
) async throws -> Value {
  let server = try await ScriptedServer(onConnection: onConnection, script: script)
  var options = ClientOptions()
  // Loopback answers at once; a busy machine may need longer to look.
  options.connectTimeout = .seconds(60)
  options.silenceLimit = .seconds(60)
  options.deadline = .seconds(20)
  options.jitter = { 1 }
  options.budget = nil
  options.sleep = { duration in
    try Task.checkCancellation()
    waits.add(duration)
  }
  change(&options)
  let client = AccountsClient(
    endpoint: try Endpoint("http://127.0.0.1:\(server.port)\(path)"), credentials: credentials, options: options)
  do {
    let value = try await body(client, server)
    await client.shutdown()
    await server.stop()
    return value
  } catch {
    await client.shutdown()
    await server.stop()
    throw error
  }
}

/// The error that a call ends with; a call that ends well fails the test.
func failure<Value>(
  of call: () async throws -> Value, sourceLocation: SourceLocation = #_sourceLocation
) async throws -> CloudflareError {
  do {
    let value = try await call()
    Issue.record("The call ended well, with \(value)", sourceLocation: sourceLocation)
    throw CallEndedWell()
  } catch let error as CloudflareError {
    return error
  }
}

struct CallEndedWell: Error {}

/// Waits until the condition holds, for ten seconds at most.
func eventually(_ condition: @Sendable () -> Bool, sourceLocation: SourceLocation = #_sourceLocation) async throws {
  let deadline = ContinuousClock.now + .seconds(60)
  while !condition() {
    guard ContinuousClock.now < deadline else {
      Issue.record("The condition never held", sourceLocation: sourceLocation)
      return
    }
    try await Task.sleep(for: .milliseconds(5))
  }
}

extension ListQuery {
  static let first = ListQuery(page: 1, perPage: 50)
}
