/// Scalars that act on the terminal or on the reader without being seen.
enum HiddenScalar {
  /// The visible mark for a hidden scalar, or `nil` for a scalar that may be drawn as it is.
  static func mark(for scalar: Unicode.Scalar) -> Glyph? {
    switch scalar.value {
    // Control pictures stand at the same place in their block as the controls in theirs.
    case 0x00...0x1F: return Unicode.Scalar(0x2400 + scalar.value).map(Glyph.init(narrow:))
    case 0x20...0x7E: return nil
    case 0x7F: return Glyph(narrow: "\u{2421}")
    case 0x80...0x9F: return .unknown
    // Bidirectional controls: named by what they would do to the order of the line.
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: return Glyph(narrow: "\u{21C4}")
    // Line and paragraph separators end a line for some terminals.
    case 0x2028, 0x2029: return Glyph(narrow: "\u{2424}")
    // Blanks of scripts that are not drawn as blanks elsewhere: fillers of Hangul, the empty pattern of Braille.
    case 0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800: return .dot
    default: break
    }
    // Joiners, selectors, tags, invisible operators, byte order marks, soft hyphens and whatever Unicode adds to them: of
    // no width or none to be sure of, so that two different names could look the same.
    let properties = scalar.properties
    return properties.isDefaultIgnorableCodePoint || properties.generalCategory == .format ? .dot : nil
  }
}
