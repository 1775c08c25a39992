/// A 128-bit identifier, written as 32 lowercase hexadecimal digits: the shape of every identifier in Cloudflare's
/// answers.
struct Identifier: Hashable, Sendable {
  var high: UInt64
  var low: UInt64

  /// Reads exactly 32 lowercase hexadecimal digits; anything else is no identifier.
  init?(_ text: some StringProtocol) {
    let digits = text.utf8
    guard digits.count == 32 else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    for digit in digits {
      let value: UInt64
      switch digit {
      case 0x30...0x39: value = UInt64(digit) - 0x30
      case 0x61...0x66: value = UInt64(digit) - 0x61 + 10
      default: return nil
      }
      words = (words.0 << 4 | words.1 >> 60, words.1 << 4 | value)
    }
    (high, low) = words
  }

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Appends the 32 digits.
  func append(to bytes: inout [UInt8]) {
    bytes.append(hexadecimal: high)
    bytes.append(hexadecimal: low)
  }

  var text: String { Hexadecimal.text(high) + Hexadecimal.text(low) }
}
