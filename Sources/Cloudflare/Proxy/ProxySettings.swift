/// The proxy that the environment asks for: `HTTPS_PROXY`, `ALL_PROXY` without it, and `NO_PROXY`, in either case; the
/// lower case goes first, as curl has it. Blanks around a value are none of it.
///
/// Nothing is judged before it is needed: a proxy that is not used cannot be wrong.
public struct ProxySettings: Sendable {
  private let proxy: Secret?
  private let exceptions: ProxyExceptions

  /// - Parameter environment: the variables of the process.
  public init(environment: [String: String]) {
    func value(_ name: String) -> String? {
      [name.lowercased(), name].lazy.compactMap { environment[$0].map(Self.trimmed) }.first { !$0.isEmpty }
    }
    // As a secret, since it may hold a password.
    proxy = (value("HTTPS_PROXY") ?? value("ALL_PROXY")).map { Secret($0) }
    exceptions = ProxyExceptions(value("NO_PROXY") ?? "")
  }

  private static func trimmed(_ text: String) -> String {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// The proxy for this endpoint; `nil` when it is to be reached directly, as this machine always is.
  ///
  /// - Throws: ``ProxyError`` when there is to be a proxy, and it cannot be used.
  public func proxy(for endpoint: Endpoint) throws(ProxyError) -> Proxy? {
    guard let proxy, endpoint.isSecure, !endpoint.isLoopback, !exceptions.contain(endpoint) else { return nil }
    return try Self.read(proxy.reveal())
  }

  /// Reads `[http://][user[:password]@]host[:port]`, with a slash at the end or without. The port is 80 unless given.
  private static func read(_ text: String) throws(ProxyError) -> Proxy {
    var rest = text[...]
    if let mark = text.firstRange(of: "://") {
      switch text[..<mark.lowerBound].lowercased() {
      case "http": rest = text[mark.upperBound...]
      case "https", "socks", "socks4", "socks4a", "socks5", "socks5h": throw .unsupported
      default: throw .unreadable
      }
    }
    if rest.last == "/" { rest.removeLast() }
    var login: Proxy.Login?
    if let at = rest.lastIndex(of: "@") {
      let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard let user = PercentEncoding.decode(parts[0]), !user.isEmpty,
        let password = PercentEncoding.decode(parts.count == 2 ? parts[1] : "")
      else { throw .unreadable }
      login = .init(user: user, password: Secret(password))
      rest = rest[rest.index(after: at)...]
    }
    // The endpoint's own reading of hosts and ports holds for a proxy's, too.
    guard !rest.isEmpty, !rest.contains(where: { "/?#".contains($0) }), let place = try? Endpoint("https://\(rest)")
    else { throw .unreadable }
    let isPortGiven = rest.last != "]" && rest.contains(":")
    return Proxy(host: place.hostname, port: isPortGiven ? place.port : 80, login: login)
  }
}

/// Why the proxy of the environment cannot be used. The texts repeat nothing of it, since it may hold a password.
public enum ProxyError: Error, Sendable, Equatable, CustomStringConvertible {
  case unreadable
  case unsupported

  public var description: String {
    switch self {
    case .unreadable:
      "HTTPS_PROXY, or ALL_PROXY without it, cannot be read: "
        + "write it as http://host:port or http://user:password@host:port."
    case .unsupported:
      "HTTPS_PROXY, or ALL_PROXY without it, names a kind of proxy that is not supported: only http:// proxies are."
    }
  }
}
