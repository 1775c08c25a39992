/// The control sequence by which a terminal is offered a text for its clipboard (OSC 52).
enum ClipboardSequence {
  /// Longer texts are not offered: terminals drop what is too long for them. The smallest bound that is known of is 74,994
  /// bytes in base 64, which are those of so many.
  static let byteLimit = 74_994 / 4 * 3

  /// - Returns: `nil` for a text of more than ``byteLimit`` bytes.
  static func make(for text: String) -> String? {
    guard text.utf8.count <= byteLimit else { return nil }
    return "\u{1B}]52;c;\(base64(text.utf8))\u{07}"
  }

  /// Base 64 with padding (RFC 4648, section 4).
  static func base64(_ bytes: some Sequence<UInt8>) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".unicodeScalars)
    var text = String.UnicodeScalarView()
    var group: UInt32 = 0
    var count = 0
    func appendGroup() {
      for place in 0..<4 {
        text.append(place <= count ? alphabet[Int(group >> (18 - 6 * UInt32(place)) & 0x3F)] : "=")
      }
    }
    for byte in bytes {
      group |= UInt32(byte) << (16 - 8 * UInt32(count))
      count += 1
      guard count == 3 else { continue }
      appendGroup()
      group = 0
      count = 0
    }
    if count > 0 { appendGroup() }
    return String(text)
  }
}
