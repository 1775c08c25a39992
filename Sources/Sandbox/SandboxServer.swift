import Glibc
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// A server on loopback that behaves as Cloudflare's accounts API does, with accounts of its own invention.
///
/// It prints nothing, handles no signals and, while no request comes, does nothing at all.
public final class SandboxServer: Sendable {
  /// The address it listens on, which nobody else on the network reaches.
  public static let host = "127.0.0.1"

  /// The TCP port it listens on.
  public let port: Int

  private let listening: Task<Void, any Error>

  private init(port: Int, listening: Task<Void, any Error>) {
    self.port = port
    self.listening = listening
  }

  deinit {
    listening.cancel()
  }

  /// What clients take as the base of every path: `http://127.0.0.1:PORT/client/v4`.
  public var baseURL: String { "http://\(Self.host):\(port)/client/v4" }

  /// Starts a sandbox, and returns when it can be reached.
  ///
  /// - Parameter logger: takes what the HTTP server has to say; by default only what makes it stop.
  /// - Throws: ``SandboxError``.
  public static func start(
    _ options: SandboxOptions = SandboxOptions(), logger: Logger? = nil
  ) async throws(SandboxError) -> SandboxServer {
    try options.check()
    let (state, file) = try accounts(options)
    let faults = options.faults.isEmpty ? nil : FaultInjector(options.faults, seed: state.catalog.seed)
    let exchange = Exchange(
      api: API(options, state: state, file: file), latency: options.latency, faults: faults)
    let (ports, continuation) = AsyncStream<Int>.makeStream()
    let arrivals = Arrivals()
    let server = Server(
      childChannelSetup: HeldChannel(
        wrapped: HTTP1Channel { request, writer, channel in
          try await exchange.respond(to: request, writer: writer, channel: channel)
        }, arrivals: arrivals),
      configuration: ServerConfiguration(address: .hostname(host, port: options.port)),
      onServerRunning: { channel in
        if let port = channel.localAddress?.port { continuation.yield(port) }
        continuation.finish()
      },
      eventLoopGroup: EventLoopGroupProvider.singleton.eventLoopGroup,
      logger: logger ?? quietLogger
    )
    let listening = Task {
      defer {
        file?.close()
        continuation.finish()
      }
      let result: Result<Void, any Error>
      do {
        result = .success(try await server.run())
      } catch {
        result = .failure(error)
      }
      await arrivals.closeAll()
      try result.get()
    }
    for await port in ports { return SandboxServer(port: port, listening: listening) }
    throw reason(await listening.result, port: options.port)
  }

  /// Waits until the sandbox stops: because of ``stop()``, or because the calling task is cancelled.
  ///
  /// - Throws: what made the server fail, if something did.
  public func run() async throws {
    do {
      try await withTaskCancellationHandler {
        try await listening.value
      } onCancel: {
        listening.cancel()
      }
    } catch is CancellationError {
      // It was stopped, which is no failure.
    }
  }

  /// Stops listening, and closes every connection. Requests under way are abandoned.
  public func stop() async {
    listening.cancel()
    _ = await listening.result
  }

  private static func accounts(
    _ options: SandboxOptions
  ) throws(SandboxError) -> (state: AccountState, file: DataFile?) {
    if let path = options.dataFile {
      let (file, state) = try DataFile.open(
        path, accounts: options.accounts, seed: options.seed, deletionDelay: options.deletionDelay)
      return (state, file)
    }
    let catalog = Catalog(
      seed: options.seed ?? SandboxOptions.defaultSeed, count: options.accounts ?? SandboxOptions.defaultAccounts)
    return (AccountState(catalog: catalog, deletionDelay: options.deletionDelay), nil)
  }

  private static func reason(_ result: Result<Void, any Error>, port: Int) -> SandboxError {
    switch result {
    case .failure(let error as IOError) where error.errnoCode == EADDRINUSE: .portTaken(port)
    case .failure(let error): .cannotListen(port: port, reason: "\(error)")
    case .success: .cannotListen(port: port, reason: "stopped at once")
    }
  }

  private static var quietLogger: Logger {
    var logger = Logger(label: "sandbox")
    logger.logLevel = .critical
    return logger
  }
}
