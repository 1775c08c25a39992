import NIOCore

extension SocketAddress {
  /// The address alone, 4 or 16 bytes: what follows family, port and flow in the system's structures.
  var packedAddress: [UInt8]? {
    switch self {
    case .v4(let v4): withUnsafeBytes(of: v4.address) { Array($0[4..<8]) }
    case .v6(let v6): withUnsafeBytes(of: v6.address) { Array($0[8..<24]) }
    case .unixDomainSocket: nil
    }
  }
}
