/// The checksum of Ethernet, gzip and PNG (ISO 3309).
enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
  }

  /// - Parameter previous: the checksum of what comes before; 0 at the beginning.
  static func checksum(_ bytes: some Sequence<UInt8>, from previous: UInt32 = 0) -> UInt32 {
    ~bytes.reduce(~previous) { value, byte in value >> 8 ^ table[Int(UInt8(truncatingIfNeeded: value) ^ byte)] }
  }
}
