/// Makes gzip bodies without a compression library (RFC 1951 and 1952).
enum Gzip {
  private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]

  /// Stored, not compressed, with the right check sum.
  static func stored(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    precondition(bytes.count < 65_536)
    let length = UInt16(bytes.count)
    return header + [1] + little(length) + little(~length) + bytes + little(checksum(bytes))
      + little(UInt32(bytes.count))
  }

  /// Zeros without end: 258 of them in each 13 bits.
  static func bomb(blanks count: Int) -> [UInt8] {
    var bits = BitWriter()
    bits.write(1, count: 1)
    bits.write(1, count: 2)
    bits.writeCode(0x30, count: 8)
    for _ in 0..<count / 258 {
      bits.writeCode(0b1100_0101, count: 8)
      bits.writeCode(0, count: 5)
    }
    bits.writeCode(0, count: 7)
    return header + bits.bytes + little(UInt32(0)) + little(UInt32(truncatingIfNeeded: count))
  }

  private static func little<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
    (0..<Value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = ~0
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }

  private struct BitWriter {
    var bytes: [UInt8] = []
    private var filled = 8

    mutating func write(_ value: Int, count: Int) {
      for place in 0..<count { writeBit(value >> place & 1) }
    }

    /// Huffman codes go in with their highest bit first.
    mutating func writeCode(_ value: Int, count: Int) {
      for place in (0..<count).reversed() { writeBit(value >> place & 1) }
    }

    private mutating func writeBit(_ bit: Int) {
      if filled == 8 {
        bytes.append(0)
        filled = 0
      }
      bytes[bytes.count - 1] |= UInt8(bit) << UInt8(filled)
      filled += 1
    }
  }
}
