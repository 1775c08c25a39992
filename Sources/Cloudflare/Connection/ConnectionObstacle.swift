/// What keeps a connection from being made, where that is known well enough to say what mends it.
public enum ConnectionObstacle: Sendable, Equatable {
  case certificate(CertificateFault)
  /// The server has no version of TLS from 1.2 on.
  case oldTLS
  /// Something answers, and not with TLS.
  case noTLS
  /// The proxy wants a user name and password, and none is known.
  case proxyWantsLogin(Proxy)
  /// The proxy does not accept the user name and password that it got.
  case proxyRefusesLogin(Proxy)
  /// The proxy itself cannot be reached. The text is the reason, for people.
  case noProxy(Proxy, String)
  /// The proxy refuses to connect to the host; the status is `nil` when it is not known.
  case proxyRefusesHost(Proxy, host: String, status: Int?)
  /// The proxy says that it cannot reach the host.
  case proxyCannotReach(Proxy, host: String, status: Int)

  /// Whether another try may do better. A refused password, sent again, may lock a person out.
  var isPassing: Bool {
    switch self {
    case .noProxy, .proxyCannotReach: true
    case .certificate, .oldTLS, .noTLS, .proxyWantsLogin, .proxyRefusesLogin, .proxyRefusesHost: false
    }
  }

  /// What happened, as part of a sentence.
  var reason: String {
    switch self {
    case .certificate(let fault): "the server's certificate \(fault.reason)"
    case .oldTLS: "the server offers no TLS 1.2 or later"
    case .noTLS: "the server does not speak TLS on this port"
    case .proxyWantsLogin(let proxy): "the proxy \(proxy) wants a user name and password"
    case .proxyRefusesLogin(let proxy): "the proxy \(proxy) does not accept the user name and password"
    case .noProxy(let proxy, let reason): "the proxy \(proxy) cannot be reached: \(reason)"
    case .proxyRefusesHost(let proxy, let host, let status):
      "the proxy \(proxy) refuses connections to \(host)\(status.map { " (\($0))" } ?? "")"
    case .proxyCannotReach(let proxy, let host, let status): "the proxy \(proxy) cannot reach \(host) (\(status))"
    }
  }

  var remedy: String {
    switch self {
    case .certificate(let fault): fault.remedy
    case .oldTLS: "TLS 1.2 is needed: ask the server's operator for it, and check the base address."
    case .noTLS: "Check the port of the base address, and any proxy between here and it."
    case .proxyWantsLogin: "Put them into HTTPS_PROXY: http://user:password@host:port."
    case .proxyRefusesLogin:
      "Check the user name and password in HTTPS_PROXY; a character that is not a letter or digit is written as %XX."
    case .noProxy: "Check HTTPS_PROXY and that the proxy runs, or name the host in NO_PROXY to go without it."
    case .proxyRefusesHost:
      "Ask whoever runs the proxy to allow the host, or name the host in NO_PROXY to go without it."
    case .proxyCannotReach: "Check the base address; if it is right, ask whoever runs the proxy."
    }
  }
}

/// Why a server's certificate is not accepted.
public enum CertificateFault: Sendable, Equatable {
  /// The day of its end, `2026-11-27`.
  case expired(on: String)
  /// The day of its beginning.
  case notYetValid(before: String)
  case otherHost
  /// It leads to an authority that is not known here. `isOwnFile` says whether the known ones are SSL_CERT_FILE's.
  case unknownAuthority(String?, isOwnFile: Bool)
  /// The server sends it without the certificate that signed it, which is not known here either.
  case missingIssuer(String?, isOwnFile: Bool)
  /// It is not accepted, and could not be looked at.
  case untrusted(isOwnFile: Bool)

  var reason: String {
    switch self {
    case .expired(let day): "expired on \(day)"
    case .notYetValid(let day): "is not valid before \(day)"
    case .otherHost: "is for another host"
    case .unknownAuthority(let name, _): "is signed by an authority that is not known here\(Self.inParentheses(name))"
    case .missingIssuer(let name, _):
      "comes without the certificate that signed it\(Self.inParentheses(name)), which is not known here"
    case .untrusted: "is not trusted"
    }
  }

  var remedy: String {
    switch self {
    case .expired: "Check this machine's date and time; if they are right, the server's operator has to renew it."
    case .notYetValid: "Check this machine's date and time; if they are right, ask the server's operator."
    case .otherHost: "Check the base address. Otherwise somebody else answers there: do not go on."
    case .unknownAuthority(_, let isOwnFile), .untrusted(let isOwnFile): Self.authorityRemedy(isOwnFile)
    case .missingIssuer(_, let isOwnFile):
      "If a public authority signed it, the server's operator has to send the whole chain. "
        + Self.authorityRemedy(isOwnFile)
    }
  }

  private static func authorityRemedy(_ isOwnFile: Bool) -> String {
    (isOwnFile
      ? "SSL_CERT_FILE does not have the authority that signed it; unset it to trust the system's."
      : "If a proxy of yours stands between, name a file with its authority by SSL_CERT_FILE.")
      + " Otherwise somebody else answers there: do not go on."
  }

  private static func inParentheses(_ name: String?) -> String {
    name.map { " (\(CloudflareError.oneLine($0, limit: 80)))" } ?? ""
  }
}
