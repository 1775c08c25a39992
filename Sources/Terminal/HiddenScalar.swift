/// Scalars that act on the terminal or on the reader without being seen.
enum HiddenScalar {
  /// The visible mark for a hidden scalar, or `nil` for a scalar that may be drawn as it is.
  static func mark(for scalar: Unicode.Scalar) -> Glyph? {
    switch scalar.value {
    // Control pictures stand at the same place in their block as the controls in theirs.
    case 0x00...0x1F: Unicode.Scalar(0x2400 + scalar.value).map(Glyph.init(narrow:))
    case 0x7F: Glyph(narrow: "\u{2421}")
    case 0x80...0x9F: .unknown
    // Bidirectional controls: named by the direction that they would force on the line.
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: Glyph(narrow: "\u{21C4}")
    // Of no width at all: two different names could look the same.
    case 0x200B...0x200D, 0x2060...0x2065, 0x206A...0x206F, 0xFEFF, 0x00AD, 0x034F, 0x180E, 0x115F, 0x1160, 0x3164,
      0xFFA0:
      Glyph(narrow: "\u{00B7}")
    // Line and paragraph separators end a line for some terminals.
    case 0x2028, 0x2029: Glyph(narrow: "\u{2424}")
    case 0xFE00...0xFE0F, 0xE0100...0xE01EF: Glyph(narrow: "\u{00B7}")
    case 0xE0000...0xE007F: Glyph(narrow: "\u{00B7}")
    case 0xFFF9...0xFFFB: Glyph(narrow: "\u{00B7}")
    default: nil
    }
  }

  /// Whether a scalar is an ordinary part of an emoji or a script when it follows a base, and needs no mark there:
  /// joiners, variation selectors and skin tones.
  static func isExpectedInSequence(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200C, 0x200D, 0xFE00...0xFE0F, 0x1F3FB...0x1F3FF, 0x20E3: true
    default: false
    }
  }
}

extension Unicode.Scalar {
  /// One of the 26 letters that flags are spelled with.
  var isRegionalIndicator: Bool { (0x1F1E6...0x1F1FF).contains(value) }
}
