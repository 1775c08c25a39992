/// Writing numbers as lowercase hexadecimal digits, eight at once.
enum Hexadecimal {
  static func text(_ number: UInt64) -> String {
    withUnsafeBytes(of: digits(number)) { String(decoding: $0, as: UTF8.self) }
  }

  /// The sixteen digits of a number, as they lie in memory.
  fileprivate static func digits(_ number: UInt64) -> (UInt64, UInt64) {
    (digits(UInt32(truncatingIfNeeded: number >> 32)), digits(UInt32(truncatingIfNeeded: number)))
  }

  /// Spreads the eight nibbles over eight bytes, and makes each a digit.
  private static func digits(_ number: UInt32) -> UInt64 {
    var spread = UInt64(number)
    spread = (spread & 0xFFFF_0000) << 16 | spread & 0xFFFF
    spread = spread << 8 & 0x00FF_0000_00FF_0000 | spread & 0x0000_00FF_0000_00FF
    spread = spread << 4 & 0x0F00_0F00_0F00_0F00 | spread & 0x000F_000F_000F_000F
    // One in each byte whose nibble is a letter.
    let letters = (spread &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    return (spread &+ 0x3030_3030_3030_3030 &+ letters &* 0x27).bigEndian
  }
}

extension [UInt8] {
  /// Appends the sixteen digits of a number.
  mutating func append(hexadecimal number: UInt64) {
    Swift.withUnsafeBytes(of: Hexadecimal.digits(number)) { append(contentsOf: $0) }
  }
}
