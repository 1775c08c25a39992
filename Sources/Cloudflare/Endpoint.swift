import Glibc
import NIOCore

/// The base address that requests go to: checked once, so that credentials can only ever be sent to a fit place.
///
/// `https` is allowed to any host, plain `http` to this machine only. User name, query and fragment are refused, since
/// each of them either leaks or is silently lost.
public struct Endpoint: Sendable, Hashable, CustomStringConvertible {
  /// Whether the connection is encrypted.
  public let isSecure: Bool
  /// The host name or address in lower case; an IPv6 address without its brackets.
  public let hostname: String
  /// The port, whether written or implied by the scheme.
  public let port: Int
  /// The path that every request's path is appended to: empty, or with a leading and without a trailing slash.
  let path: String

  /// Cloudflare's public API, version 4.
  public static let production = Endpoint(
    isSecure: true, hostname: "api.cloudflare.com", port: 443, path: "/client/v4")

  /// Reads an address such as `https://api.cloudflare.com/client/v4`.
  ///
  /// - Throws: ``EndpointError``, whose description says what is wrong and never repeats a password.
  public init(_ text: String) throws(EndpointError) {
    guard !text.isEmpty else { throw .empty }
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .unprintable }
    // By hand: the standard library's search for a text costs half a millisecond at the first use, and this is on the
    // way to the first frame.
    guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else { throw .notAnAddress }
    let rest = text[colon...].dropFirst(3)
    let authority = rest.prefix { !"/?#".contains($0) }
    // First of all: nothing after this may repeat a part of the text that could be a password.
    guard !authority.contains("@") else { throw .userInformation }
    let scheme = text[..<colon].lowercased()
    guard scheme == "https" || scheme == "http" else { throw .scheme }
    guard !rest.contains("#") else { throw .fragment }
    guard !rest.contains("?") else { throw .query }
    let secure = scheme == "https"
    let (hostname, port) = try Self.split(authority: authority)
    try self.init(
      isSecure: secure, hostname: hostname, port: port ?? (secure ? 443 : 80),
      path: Self.check(path: rest[authority.endIndex...]))
    guard isSecure || isLoopback else { throw .plainHTTP(host: host) }
  }

  private init(isSecure: Bool, hostname: String, port: Int, path: String) {
    self.isSecure = isSecure
    self.hostname = hostname
    self.port = port
    self.path = path
  }

  /// Whether the address is this machine: `localhost`, 127.0.0.0/8 or ::1, the only places that plain `http` may go to.
  public var isLoopback: Bool {
    if hostname == "localhost" { return true }
    // Only what the system itself reads as an address counts: "127.1.example" and "127.1" are names.
    var bytes: [UInt8] = Array(repeating: 0, count: 16)
    if inet_pton(AF_INET, hostname, &bytes) == 1 { return bytes[0] == 127 }
    return inet_pton(AF_INET6, hostname, &bytes) == 1 && bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
  }

  /// The host for display, with the port unless it is the scheme's own: `api.cloudflare.com`, `127.0.0.1:8080`.
  public var host: String {
    let name = hostname.contains(":") ? "[\(hostname)]" : hostname
    return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
  }

  /// The whole base address, normalised.
  public var description: String { "\(isSecure ? "https" : "http")://\(host)\(path)" }

  private static func split(authority: Substring) throws(EndpointError) -> (hostname: String, port: Int?) {
    let name: Substring
    let after: Substring
    if authority.first == "[" {
      guard let close = authority.firstIndex(of: "]") else { throw .host }
      name = authority[authority.index(after: authority.startIndex)..<close]
      after = authority[authority.index(after: close)...]
      guard name.contains(":"), (try? SocketAddress(ipAddress: String(name), port: 0)) != nil else { throw .host }
    } else {
      name = authority.prefix { $0 != ":" }
      after = authority[name.endIndex...]
      let fits = name.utf8.allSatisfy { byte in
        PercentEncoding.isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
          || byte == UInt8(ascii: "_")
      }
      guard fits, !name.isEmpty, name.first != ".",
        !zip(name, name.dropFirst()).contains(where: { $0 == "." && $1 == "." })
      else { throw .host }
    }
    guard !after.isEmpty else { return (name.lowercased(), nil) }
    let digits = after.dropFirst()
    guard after.first == ":", digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let port = Int(digits), (1...65_535).contains(port)
    else { throw .port }
    return (name.lowercased(), port)
  }

  private static func check(path: Substring) throws(EndpointError) -> String {
    var path = path
    while path.last == "/" { path.removeLast() }
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    for segment in segments {
      guard !segment.isEmpty, segment != ".", segment != "..", PercentEncoding.isPathSegment(segment) else {
        throw .path
      }
    }
    return String(path)
  }
}

/// Why a text cannot be an ``Endpoint``. The description is for people, and repeats no secret.
public enum EndpointError: Error, Sendable, Equatable, CustomStringConvertible {
  case empty
  case unprintable
  case notAnAddress
  case scheme
  case userInformation
  case query
  case fragment
  case host
  case port
  case path
  /// Plain `http` to a host that is not this machine.
  case plainHTTP(host: String)

  public var description: String {
    switch self {
    case .empty:
      "The base address is empty. Leave it out to use \(Endpoint.production)."
    case .unprintable:
      "The base address holds a blank, a control character or a character outside ASCII."
    case .notAnAddress:
      "The base address has no scheme: write it as https://host/path, such as \(Endpoint.production)."
    case .scheme:
      "The base address must start with https:// (or http:// to this machine)."
    case .userInformation:
      "The base address must not hold a user name or password: credentials are given apart from it."
    case .query:
      "The base address must not hold a query (the part from \"?\" on)."
    case .fragment:
      "The base address must not hold a fragment (the part from \"#\" on)."
    case .host:
      "The base address has no usable host name."
    case .port:
      "The port of the base address must be a number from 1 to 65535."
    case .path:
      "The path of the base address has an empty, \".\" or \"..\" segment, or a character that has no place in it."
    case .plainHTTP(let host):
      "Credentials are not sent to \(host) over plain http, where anyone on the way could read them: use https."
    }
  }
}
