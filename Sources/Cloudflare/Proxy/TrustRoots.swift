import Glibc
import NIOSSL

/// The certificates that servers' certificates are judged by, in place of the system's own: `SSL_CERT_FILE`, as OpenSSL
/// and what is built on it understand it.
public struct TrustRoots: Sendable {
  /// How many certificates there are.
  public var count: Int { certificates.count }
  let certificates: [NIOSSLCertificate]

  /// Reads a file of certificates in PEM form.
  ///
  /// - Throws: ``TrustRootsError`` when it cannot be read or holds no certificate.
  public init(pemFile path: String) throws(TrustRootsError) {
    let bytes = try Self.read(path)
    do {
      certificates = try NIOSSLCertificate.fromPEMBytes(bytes)
    } catch {
      throw TrustRootsError(path: path, reason: "it holds no readable certificate in PEM form")
    }
    guard !certificates.isEmpty else { throw TrustRootsError(path: path, reason: "it holds no certificate") }
  }

  /// More than any bundle of certificates has, and little enough to hold.
  private static let limit = 16 * 1024 * 1024

  private static func read(_ path: String) throws(TrustRootsError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw TrustRootsError(path: path, reason: SystemError.text(errno)) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw TrustRootsError(path: path, reason: SystemError.text(errno))
      }
      bytes += chunk[..<count]
      guard bytes.count <= limit else { throw TrustRootsError(path: path, reason: "it is too large") }
    }
  }
}

/// Why certificates cannot be read.
public struct TrustRootsError: Error, Sendable, Equatable, CustomStringConvertible {
  public var path: String
  public var reason: String

  public var description: String { "The certificates in \(path) (SSL_CERT_FILE) cannot be used: \(reason)." }
}
