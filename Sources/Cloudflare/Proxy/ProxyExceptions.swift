import NIOCore

/// The hosts of `NO_PROXY`: names with all that lies below them, addresses and networks (`10.0.0.0/8`), each name and
/// address with a port or without, parted by commas or blanks; `*` stands for everything.
struct ProxyExceptions: Sendable {
  private let entries: [String]

  init(_ text: String) {
    entries = text.split { $0 == "," || $0.isWhitespace }.map { $0.lowercased() }
  }

  func contain(_ endpoint: Endpoint) -> Bool {
    entries.contains { Self.matches($0, endpoint) }
  }

  private static func matches(_ entry: String, _ endpoint: Endpoint) -> Bool {
    if entry == "*" { return true }
    if let slash = entry.firstIndex(of: "/") {
      return isWithin(
        endpoint.hostname, network: String(entry[..<slash]), bits: Int(entry[entry.index(after: slash)...]))
    }
    var (name, port) = split(entry)
    if let port, port != endpoint.port { return false }
    if let one = bytes(name), let other = bytes(endpoint.hostname) { return one == other }
    if name.hasPrefix("*.") { name.removeFirst() }
    if name.hasPrefix(".") { name.removeFirst() }
    return !name.isEmpty && (endpoint.hostname == name || endpoint.hostname.hasSuffix("." + name))
  }

  /// Parts a port from a name or an address, whether in brackets or not.
  private static func split(_ entry: String) -> (name: String, port: Int?) {
    if entry.first == "[", let close = entry.firstIndex(of: "]") {
      let name = String(entry[entry.index(after: entry.startIndex)..<close])
      return (name, Int(entry[entry.index(after: close)...].dropFirst()))
    }
    let parts = entry.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let port = Int(parts[1]) else { return (entry, nil) }
    return (String(parts[0]), port)
  }

  private static func isWithin(_ host: String, network: String, bits: Int?) -> Bool {
    guard let bits, let host = bytes(host), let network = bytes(network), host.count == network.count,
      (0...host.count * 8).contains(bits)
    else { return false }
    return (0..<bits).allSatisfy { bit in
      let mask: UInt8 = 0x80 >> UInt8(bit % 8)
      return host[bit / 8] & mask == network[bit / 8] & mask
    }
  }

  /// The bytes of an address; `nil` for a name.
  private static func bytes(_ text: String) -> [UInt8]? {
    (try? SocketAddress(ipAddress: text, port: 0))?.packedAddress
  }
}
