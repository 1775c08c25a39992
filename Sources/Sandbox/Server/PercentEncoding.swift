/// Percent-encoding of URIs (RFC 3986).
enum PercentEncoding {
  /// Decodes; what is no valid escape stays as it is, and bytes that are no UTF-8 become U+FFFD.
  static func decode(_ text: Substring.UTF8View, plusIsBlank: Bool = false) -> String {
    guard text.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") && plusIsBlank }) else {
      return String(Substring(text))
    }
    let text = Array(text)
    var decoded: [UInt8] = []
    decoded.reserveCapacity(text.count)
    var offset = 0
    while offset < text.count {
      let byte = text[offset]
      if byte == UInt8(ascii: "%"), offset + 2 < text.count, let high = hexadecimal(text[offset + 1]),
        let low = hexadecimal(text[offset + 2])
      {
        decoded.append(high << 4 | low)
        offset += 3
      } else {
        decoded.append(byte == UInt8(ascii: "+") && plusIsBlank ? 0x20 : byte)
        offset += 1
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
