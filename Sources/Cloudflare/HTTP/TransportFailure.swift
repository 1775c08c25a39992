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
  /// - Parameter connected: whether the connection stood when the error came; `nil` when that is not known. It decides
  ///   between "nothing was sent" and "the request may have left".
  static func error(_ error: any Error, connected: Bool?, bodyLimit: Int) -> CloudflareError {
    var cause = cause(of: error, bodyLimit: bodyLimit)
    switch (cause, connected) {
    case (.unreachable(let reason), true?): cause = .interrupted(reason)
    case (.interrupted(let reason), false?): cause = .unreachable(reason)
    default: break
    }
    var failure = CloudflareError(cause)
    failure.nothingWasSent = connected == false
    if case .unreachable = cause { failure.nothingWasSent = true }
    if case .invalidRequest = cause { failure.nothingWasSent = true }
    return failure
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
    case is ServerIdentity.Mismatch: return .unreachable("the server's certificate is for another host")
    case is NIOTooManyBytesError:
      return .unreadable("it is larger than \(bodyLimit / 1024) KiB")
    case HTTPParserError.invalidEOFState: return .interrupted("it was closed")
    case is HTTPParserError: return .unreadable("it is not HTTP")
    case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: return .unreachable(tlsReason(error))
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
    case .httpProxyHandshakeTimeout: .unreachable("the proxy took too long")
    case .proxyAuthenticationRequired: .unreachable("the proxy wants a user name and password")
    case .invalidProxyResponse: .unreachable("the proxy does not let the connection through")
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

  private static func tlsReason(_ error: any Error) -> String {
    let text = "\(error)"
    if text.contains("CERTIFICATE_VERIFY_FAILED") {
      return "the server's certificate is not trusted"
    }
    if text.contains("failedToValidateHostname") { return "the server's certificate is for another host" }
    return "the TLS connection could not be made"
  }
}
