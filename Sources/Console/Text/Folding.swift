/// Folds letters for searching and sorting: it removes case, accents and variant forms.
///
/// Composed and decomposed names fold to the same letters. Marks that make another letter stay, such as those of kana.
struct Folding {
  /// The folded forms of non-ASCII characters. The cache avoids repeated look-ups in Unicode data.
  private var known: [Character: String] = [:]

  mutating func fold(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
    var folded = ""
    for character in text {
      if let letters = known[character] {
        folded += letters
      } else {
        let letters = Self.fold(character)
        known[character] = letters
        folded += letters
      }
    }
    return folded
  }

  /// - Returns: one or more letters, `ss` for ß. A mark without a letter stays as it is.
  static func fold(_ character: Character) -> String {
    if let value = character.asciiValue, character.utf8.count == 1 {
      return String(Unicode.Scalar((65...90).contains(value) ? value + 32 : value))
    }
    var folded = ""
    for scalar in character.unicodeScalars where !scalar.isAccent {
      for lower in scalar.withUsualWidth.properties.lowercaseMapping.unicodeScalars where !lower.isAccent {
        folded += letters(of: lower)
      }
    }
    return folded.isEmpty ? String(character) : folded
  }

  /// A lowercase letter without its accents.
  private static func letters(of scalar: Unicode.Scalar) -> String {
    if scalar.isASCII { return String(scalar) }
    if let letters = others[scalar] { return letters }
    guard scalar.mayHaveAccents, let name = scalar.properties.name else { return String(scalar) }
    // The Unicode name has the base letter: LATIN SMALL LETTER E WITH ACUTE.
    let words = name.split(separator: " ")
    let base = words.prefix { $0 != "WITH" }
    if base.count == 4, base.starts(with: ["LATIN", "SMALL"]) {
      // Longer names belong to separate letters, such as ezh.
      let longest = base[2] == "LETTER" ? 2 : base[2] == "LIGATURE" ? 3 : 0
      if base[3].utf8.count <= longest { return base[3].lowercased() }
    }
    guard base.count < words.count, let bare = bareLetters[base.joined(separator: " ")] else { return String(scalar) }
    return String(bare)
  }

  /// Letters whose Unicode names do not contain the base letter.
  private static let others: [Unicode.Scalar: String] = [
    "ß": "ss", "ı": "i", "ȷ": "j", "ſ": "s", "ŉ": "n", "ð": "d", "þ": "th", "ŋ": "n", "ĸ": "k", "ς": "σ", "й": "и",
    "ё": "е", "ї": "і", "ў": "у", "ѓ": "г", "ќ": "к",
  ]

  /// The letters of Greek, Cyrillic, Hebrew and Arabic by their names.
  private static let bareLetters: [String: Unicode.Scalar] = {
    var letters: [String: Unicode.Scalar] = [:]
    for range: ClosedRange<UInt32> in [0x3B1...0x3C9, 0x430...0x4FF, 0x5D0...0x5EA, 0x620...0x64A] {
      for scalar in range.lazy.compactMap(Unicode.Scalar.init) {
        if let name = scalar.properties.name { letters[name] = scalar }
      }
    }
    return letters
  }()
}

extension Unicode.Scalar {
  /// Whether the scalar is an accent, or a vowel sign of Hebrew or Arabic, which most texts omit.
  fileprivate var isAccent: Bool {
    switch value {
    case 0x300...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20F0, 0xFE20...0xFE2F: true
    case 0x591...0x5C7: properties.generalCategory == .nonspacingMark
    case 0x64B...0x65F, 0x670: true
    default: false
    }
  }

  /// Whether the scalar is in a block with accented or variant letters. Others skip the slow look-up of the name.
  fileprivate var mayHaveAccents: Bool {
    switch value {
    case 0...0x6FF, 0x1D00...0x1FFF, 0x2C60...0x2C7F, 0xA720...0xA7FF, 0xAB30...0xAB6F, 0xFB00...0xFB4F: true
    default: false
    }
  }

  /// The ASCII character of a full-width form; any other scalar unchanged.
  fileprivate var withUsualWidth: Unicode.Scalar {
    (0xFF01...0xFF5E).contains(value) ? Unicode.Scalar(value - 0xFEE0) ?? self : self
  }
}
