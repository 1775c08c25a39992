import AsyncHTTPClient
import NIOCore
import NIOHTTPCompression
import NIOSSL

extension Transport {
  /// How the HTTP client has to behave: nothing that it does by itself may send a request, or a credential, again.
  static func configuration(_ options: ClientOptions, endpoint: Endpoint) -> HTTPClient.Configuration {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv12
    if let roots = options.trustRoots { tls.trustRoots = .certificates(roots.certificates) }
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: tls, redirectConfiguration: .disallow,
      timeout: .init(connect: TimeAmount(options.connectTimeout)),
      decompression: .enabled(limit: .size(options.bodyLimit)))
    configuration.httpVersion = .http1Only
    // Enough that what a person does finds a free connection beside everything that loads by itself.
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 16
    // What was idle for longer is dead too often to be worth the handshake that it saves.
    configuration.connectionPool.idleTimeout = .seconds(10)
    // A refused connection is an answer: a person hears of it at once, and reads are retried by the policy anyhow.
    configuration.connectionPool.retryConnectionEstablishment = false
    if let proxy = options.proxy, !endpoint.isLoopback {
      configuration.proxy = .server(
        host: proxy.host, port: proxy.port,
        authorization: proxy.login.map { .basic(username: $0.user, password: $0.password.reveal()) })
    }
    return configuration
  }
}
