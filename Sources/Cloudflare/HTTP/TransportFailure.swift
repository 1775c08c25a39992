import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

/// Puts the many errors of the HTTP stack into the few causes of ``CloudflareError``.
///
/// No error of the stack is ever printed as it is: `invalidHeaderFieldValues`, for one, holds the values, which are the
/// credentials.
enum TransportFailure {
  /// Where connections lead, for what is said of those that could not be made.
  struct Route {
    var host: String
    var isSecure: Bool
    var proxy: Proxy?
    var hasOwnRoots: Bool

    init(_ endpoint: Endpoint, _ options: ClientOptions) {
      host = endpoint.host
      isSecure = endpoint.isSecure
      proxy = endpoint.isLoopback ? nil : options.proxy
      hasOwnRoots = options.trustRoots != nil
    }
  }

  /// - Parameter connected: whether the connection stood when the error came; `nil` when that is not known. It decides
  ///   between "nothing was sent" and "the request may have left".
  static func error(
    _ error: any Error, connected: Bool?, bodyLimit: Int, route: Route? = nil
  ) -> CloudflareError {
    let obstacle = connected == true ? nil : route.flatMap { Self.obstacle(of: error, $0) }
    var cause = obstacle.map { .unreachable($0.reason) } ?? Self.cause(of: error, bodyLimit: bodyLimit)
    switch (cause, connected) {
    case (.unreachable(let reason), true?): cause = .interrupted(reason)
    case (.interrupted(let reason), false?): cause = .unreachable(reason)
    default: break
    }
    if cause == notHTTP, route?.isSecure == false { cause = .unreadable("it is not HTTP; the port may want https") }
    var failure = CloudflareError(cause)
    failure.obstacle = obstacle
    // Who answers otherwise than by HTTP, or with too much, has not shown to be Cloudflare.
    if case .unreadable = cause { failure.otherServer = route?.host }
    failure.nothingWasSent = connected == false
    if case .unreachable = cause { failure.nothingWasSent = true }
    if case .invalidRequest = cause { failure.nothingWasSent = true }
    return failure
  }

  private static let notHTTP = CloudflareError.Cause.unreadable("it is not HTTP")

  private static func obstacle(of error: any Error, _ route: Route) -> ConnectionObstacle? {
    switch error {
    case let error as HTTPClientError: return route.proxy.flatMap { obstacle(of: error, $0, route.host) }
    case let error as NIOConnectionError: return route.proxy.map { .noProxy($0, reason(error)) }
    case ChannelError.connectTimeout: return route.proxy.map { .noProxy($0, "the connection took too long") }
    case is ServerIdentity.Mismatch: return .certificate(.otherHost)
    case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
      let text = "\(error)"
      func says(_ words: String...) -> Bool { words.contains { text.contains($0) } }
      if says("CERTIFICATE_VERIFY_FAILED") { return .certificate(.untrusted(isOwnFile: route.hasOwnRoots)) }
      if says("failedToValidateHostname") { return .certificate(.otherHost) }
      if says("PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL") { return .oldTLS }
      if says("WRONG_VERSION_NUMBER", "HTTP_REQUEST") { return .noTLS }
      return nil
    default: return nil
    }
  }

  private static func obstacle(of error: HTTPClientError, _ proxy: Proxy, _ host: String) -> ConnectionObstacle? {
    switch error {
    case .proxyAuthenticationRequired: proxy.login == nil ? .proxyWantsLogin(proxy) : .proxyRefusesLogin(proxy)
    case .invalidProxyResponse: .proxyRefusesHost(proxy, host: host, status: nil)
    case .connectTimeout: .noProxy(proxy, "the connection took too long")
    case .httpProxyHandshakeTimeout: .noProxy(proxy, "it does not answer")
    default: nil
    }
  }

  private static func cause(of error: any Error, bodyLimit: Int) -> CloudflareError.Cause {
    switch error {
    case is CancellationError: return .cancelled
    case let error as HTTPClientError: return cause(of: error)
    case let error as NIOConnectionError: return .unreachable(reason(error))
    case let error as IOError: return cause(of: error)
    case ChannelError.connectTimeout: return .unreachable("the connection took too long")
    case is SocketAddressError: return .unreachable("the host has no address")
    case is ReuseGuard.Silence: return .interrupted("no reply any more")
    case is ChannelError: return .interrupted("it was closed")
    case is NIOTooManyBytesError:
      return .unreadable("it is larger than \(bodyLimit / 1024) KiB")
    case HTTPParserError.invalidEOFState: return .interrupted("it was closed")
    case HTTPParserError.headerOverflow: return .unreadable("its head is too large")
    case is HTTPParserError: return notHTTP
    case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
      return .unreachable("the TLS connection could not be made")
    case NIOHTTPDecompression.DecompressionError.limit:
      return .unreadable("it is larger than \(bodyLimit / 1024) KiB")
    case is NIOHTTPDecompression.DecompressionError, is NIOHTTPDecompression.ExtraDecompressionError:
      return .unreadable("its compression is broken")
    default: return .interrupted("failed with \(type(of: error))")
    }
  }

  private static func cause(of error: HTTPClientError) -> CloudflareError.Cause {
    switch error {
    case .deadlineExceeded: .timedOut
    case .cancelled: .cancelled
    case .alreadyShutdown: .invalidRequest("The client is shut down.")
    case .connectTimeout: .unreachable("the connection took too long")
    case .getConnectionFromPoolTimeout: .unreachable("all connections are busy")
    case .tlsHandshakeTimeout: .unreachable("the TLS handshake took too long")
    case .remoteConnectionClosed, .uncleanShutdown: .interrupted("it was closed")
    default: .interrupted(error.shortDescription.lowercased())
    }
  }

  private static func cause(of error: IOError) -> CloudflareError.Cause {
    switch error.errnoCode {
    case ECONNREFUSED: .unreachable("connection refused")
    case ENETUNREACH: .unreachable("the network is unreachable")
    case EHOSTUNREACH: .unreachable("no way to the host")
    case ECONNRESET, EPIPE: .interrupted("it was reset")
    case ETIMEDOUT: .interrupted("no reply any more")
    case let code: .interrupted("system error \(code)")
    }
  }

  private static func reason(_ error: NIOConnectionError) -> String {
    let causes = error.connectionErrors.map { cause(of: $0.error, bodyLimit: 0) }
    for case .unreachable(let reason) in causes { return reason }
    for case .interrupted(let reason) in causes { return reason }
    return "the name \(error.host) has no address"
  }
}
