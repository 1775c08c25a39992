/// Emoji that consist of several scalars, on whose width and looks no two terminals agree.
enum EmojiSequence {
  /// What to draw for a grapheme that is an emoji, or `nil` if it is none.
  ///
  /// The scalars of which an emoji may consist are not drawn beside its first one. All others are marked as they are
  /// everywhere.
  static func glyphs(for scalars: Character.UnicodeScalarView) -> [Glyph]? {
    guard let first = scalars.first, scalars.count > 1, first.properties.isEmoji, !first.isRegionalIndicator,
      HiddenScalar.mark(for: first) == nil
    else { return nil }
    // Digits are emoji of a sort: with the frame of a key around them. It must not hide that this is no plain digit.
    if first.isASCII { return scalars.contains("\u{20E3}") ? [Glyph(narrow: first), .dot] : nil }

    var glyphs = [picture(first)]
    var isJoined = false
    for scalar in scalars.dropFirst() {
      defer { isJoined = scalar.value == 0x200D }
      switch scalar.value {
      // The joiner, the two selectors of presentation, skin tones.
      case 0x200D, 0xFE0E, 0xFE0F, 0x1F3FB...0x1F3FF: continue
      default: if isJoined, scalar.properties.isEmoji, !scalar.isASCII { continue }
      }
      glyphs.append(HiddenScalar.mark(for: scalar) ?? .dot)
    }
    return glyphs
  }

  private static func picture(_ scalar: Unicode.Scalar) -> Glyph {
    let width = displayWidth(of: scalar)
    return width > 0 ? Glyph(base: scalar, marks: [], width: width) : .unknown
  }
}

extension Unicode.Scalar {
  /// One of the 26 letters that flags are spelled with.
  var isRegionalIndicator: Bool { (0x1F1E6...0x1F1FF).contains(value) }
}
