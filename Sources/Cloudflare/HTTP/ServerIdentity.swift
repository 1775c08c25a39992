import NIOCore
import NIOSSL

/// Checks that a server's certificate was made for the host that was asked for.
///
/// The TLS library checks that too, but is content with a certificate for the address that the connection happens to
/// lead to. Whoever can turn a name to an address of his own, or stands in the way as a proxy, can get a certificate
/// for that address from a public authority. So the name itself has to be in the certificate, before a credential is
/// sent.
struct ServerIdentity: Sendable {
  /// A name in lower case, or an address.
  var hostname: String

  struct Mismatch: Error {}

  /// Looks at a connection that was just made.
  ///
  /// - Throws: ``Mismatch``, or the pipeline's error when there is no TLS on the connection.
  func check(_ channel: any Channel) throws {
    guard let certificate = try channel.pipeline.syncOperations.nioSSL_peerCertificate() else { throw Mismatch() }
    var names: [String] = []
    var addresses: [[UInt8]] = []
    for name in certificate._subjectAlternativeNames() {
      switch name.nameType {
      case .dnsName: names.append(String(decoding: name.contents, as: UTF8.self))
      case .ipAddress: addresses.append(Array(name.contents))
      default: break
      }
    }
    guard matches(names: names, addresses: addresses) else { throw Mismatch() }
  }

  /// Whether a certificate's alternative names hold the host (RFC 9525): a name equally, or with `*` for its whole
  /// first label; an address byte by byte.
  func matches(names: [String], addresses: [[UInt8]]) -> Bool {
    if let address = (try? SocketAddress(ipAddress: hostname, port: 0))?.packedAddress {
      return addresses.contains(address)
    }
    let host = Self.normalized(hostname)
    return names.contains { name in
      let name = Self.normalized(name)
      guard name.hasPrefix("*.") else { return name == host }
      let rest = name.dropFirst(2)
      guard rest.contains("."), let point = host.firstIndex(of: ".") else { return false }
      return host[host.index(after: point)...] == rest
    }
  }

  private static func normalized(_ name: String) -> Substring {
    let name = name.lowercased()[...]
    return name.last == "." ? name.dropLast() : name
  }
}
