import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOSSL
import Synchronization

/// Looks at the way to an endpoint, without signing in: nothing that could identify anybody is sent.
public struct ConnectionCheck: Sendable {
  /// What is known once the endpoint has answered.
  public struct Report: Sendable, Equatable {
    /// From the beginning to the head of the answer.
    public var duration: Duration
    /// The HTTP status of the answer, which refuses for lack of credentials where all is well.
    public var status: Int
    /// How far this machine's clock is behind the server's, in seconds; negative when it is ahead. The server tells whole
    /// seconds. `nil` when it does not tell the time.
    public var clockSkew: Double?
    /// `nil` for plain HTTP.
    public var encryption: Encryption?

    public init(duration: Duration, status: Int, clockSkew: Double? = nil, encryption: Encryption? = nil) {
      self.duration = duration
      self.status = status
      self.clockSkew = clockSkew
      self.encryption = encryption
    }
  }

  /// What a TLS connection has turned out to be.
  public struct Encryption: Sendable, Equatable {
    /// `TLS 1.3`; `nil` when the library does not say.
    public var version: String?
    /// Who signed the server's certificate, as the certificate says it. Text from elsewhere: make it safe for a terminal.
    public var issuer: String?
    /// When the server's certificate ends.
    public var expiresOn: Date

    public init(version: String?, issuer: String?, expiresOn: Date) {
      self.version = version
      self.issuer = issuer
      self.expiresOn = expiresOn
    }
  }

  private let endpoint: Endpoint
  private let options: ClientOptions

  /// - Parameter options: proxy, trusted certificates and time limits are used.
  public init(endpoint: Endpoint, options: ClientOptions) {
    self.endpoint = endpoint
    self.options = options
  }

  /// Makes one connection and sends one request.
  public func run() async throws(CloudflareError) -> Report {
    let seen = Seen()
    let deadline = ContinuousClock.now + options.deadline
    var configuration = Transport.configuration(options, endpoint: endpoint)
    let identity = endpoint.isSecure ? ServerIdentity(hostname: endpoint.hostname) : nil
    configuration.http1_1ConnectionDebugInitializer = { channel in
      do {
        seen.encryption.withLock { $0 = Self.encryption(of: channel) }
        try identity?.check(channel)
        return channel.eventLoop.makeSucceededVoidFuture()
      } catch {
        channel.eventLoop.execute { channel.close(promise: nil) }
        return channel.eventLoop.makeFailedFuture(error)
      }
    }
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    let result: Result<Report, CloudflareError>
    do {
      result = .success(try await ask(client, seen))
    } catch {
      let failure = TransportFailure.error(
        Task.isCancelled ? CancellationError() : error, connected: nil, bodyLimit: options.bodyLimit,
        route: .init(endpoint, options))
      result = .failure(await ConnectionProbe.explain(failure, endpoint, options, deadline: deadline))
    }
    // The only error is that it is shut down already.
    try? await client.shutdown()
    return try result.get()
  }

  private func ask(_ client: HTTPClient, _ seen: Seen) async throws -> Report {
    var request = HTTPClientRequest(url: endpoint.description + "/user")
    request.headers = ["accept": "application/json", "user-agent": options.userAgent, "connection": "close"]
    let start = ContinuousClock.now
    let response = try await client.execute(request, deadline: .now() + TimeAmount(options.deadline))
    let duration = start.duration(to: .now)
    let answered = Date.now.timeIntervalSince1970
    let skew = response.headers.first(name: "date").flatMap(HTTPDate.parse).map { seconds in
      // On average half a second has passed since the whole one that the server tells.
      Double(seconds) + 0.5 - answered
    }
    return Report(
      duration: duration, status: Int(response.status.code), clockSkew: skew,
      encryption: seen.encryption.withLock { $0 })
  }

  private static func encryption(of channel: any Channel) -> Encryption? {
    let pipeline = channel.pipeline.syncOperations
    guard let certificate = (try? pipeline.nioSSL_peerCertificate()) ?? nil else { return nil }
    let version = (try? pipeline.nioSSL_tlsVersion()) ?? nil
    return Encryption(
      version: version.map(name), issuer: (try? certificate.toDERBytes()).flatMap { CertificateNames($0)?.issuerName },
      expiresOn: Date(timeIntervalSince1970: Double(certificate.notValidAfter)))
  }

  private static func name(of version: TLSVersion) -> String {
    switch version {
    case .tlsv1: "TLS 1.0"
    case .tlsv11: "TLS 1.1"
    case .tlsv12: "TLS 1.2"
    case .tlsv13: "TLS 1.3"
    }
  }

  private final class Seen: Sendable {
    let encryption = Mutex<Encryption?>(nil)
  }
}
