/// The text of a search for accounts.
///
/// Blanks separate its words. A name matches if it has every word, without regard to case and accents. A text of four
/// letters or more also matches identifiers that begin or end with it.
struct FuzzyQuery: Sendable, Equatable {
  let words: [[Character]]
  /// The text as lowercase ASCII letters and digits; `nil` if it cannot be part of an identifier.
  let identifier: [UInt8]?

  init(_ text: String) {
    words = text.split(whereSeparator: \.isWhitespace).map(Array.init)
    let piece = words.joined()
    let isIdentifier =
      piece.count >= Self.leastIdentifier && piece.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    identifier = isIdentifier ? Array(String(piece).lowercased().utf8) : nil
  }

  var isEmpty: Bool { words.isEmpty }

  /// The text if it is a whole identifier: 32 hexadecimal digits.
  var wholeIdentifier: String? {
    guard let identifier, identifier.count == 32 else { return nil }
    let text = String(decoding: identifier, as: UTF8.self)
    return text.allSatisfy(\.isHexDigit) ? text : nil
  }

  /// The fewest letters of a part of an identifier. Fewer would match by chance.
  static let leastIdentifier = 4

  /// Whether an identifier begins or ends with the text.
  func matches(identifier id: String) -> Bool {
    guard let identifier else { return false }
    func isSame(_ one: UInt8, _ two: UInt8) -> Bool {
      one == two || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(one) && one + 32 == two
    }
    return id.utf8.starts(with: identifier, by: isSame)
      || id.utf8.count > identifier.count && id.utf8.suffix(identifier.count).elementsEqual(identifier, by: isSame)
  }
}
