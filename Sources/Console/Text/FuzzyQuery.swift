/// What a person typed to find accounts by.
///
/// It is words between blanks, each of which has to be in the name, whatever the case and the accents of its letters.
/// Four letters or more also find the accounts whose identifier begins or ends with them.
struct FuzzyQuery: Sendable, Equatable {
  let words: [[Character]]
  /// ASCII letters and digits in lowercase; `nil` when what was typed cannot be a piece of an identifier.
  let identifier: [UInt8]?

  init(_ text: String) {
    words = text.split(whereSeparator: \.isWhitespace).map(Array.init)
    let piece = words.joined()
    let isIdentifier =
      piece.count >= Self.leastIdentifier && piece.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    identifier = isIdentifier ? Array(String(piece).lowercased().utf8) : nil
  }

  var isEmpty: Bool { words.isEmpty }

  /// What was typed, if it is a whole identifier in the form of all known ones: 32 hexadecimal digits.
  var wholeIdentifier: String? {
    guard let identifier, identifier.count == 32 else { return nil }
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let letters = UInt8(ascii: "a")...UInt8(ascii: "f")
    guard identifier.allSatisfy({ digits.contains($0) || letters.contains($0) }) else { return nil }
    return String(decoding: identifier, as: UTF8.self)
  }

  /// Fewer letters than that would find identifiers by chance.
  static let leastIdentifier = 4

  /// Whether an identifier begins or ends with what was typed.
  func matches(identifier id: String) -> Bool {
    guard let identifier else { return false }
    func isSame(_ one: UInt8, _ two: UInt8) -> Bool {
      one == two || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(one) && one + 32 == two
    }
    return id.utf8.starts(with: identifier, by: isSame)
      || id.utf8.count > identifier.count && id.utf8.suffix(identifier.count).elementsEqual(identifier, by: isSame)
  }
}
