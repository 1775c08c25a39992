/// One grapheme as terminals agree to draw it: a base, at most a few combining marks, one or two columns.
public struct Glyph: Sendable, Hashable {
  public let base: Unicode.Scalar
  /// At most ``markLimit`` combining marks of no width.
  public let marks: [Unicode.Scalar]
  /// 1 or 2.
  public let width: Int

  /// As many marks as one cell of ncurses holds beside its base.
  public static let markLimit = 4

  /// A narrow glyph without marks.
  init(narrow base: Unicode.Scalar) {
    self.base = base
    marks = []
    width = 1
  }

  init(base: Unicode.Scalar, marks: [Unicode.Scalar], width: Int) {
    self.base = base
    self.marks = marks
    self.width = width
  }

  /// What stands for a scalar that has no width known to this system, as newly assigned emoji.
  static let unknown = Glyph(narrow: "\u{FFFD}")
  /// What stands for something that takes no place of its own.
  static let dot = Glyph(narrow: "\u{00B7}")
  static let ellipsis = Glyph(narrow: "\u{2026}")

  /// What to draw for one grapheme of a text from anywhere.
  ///
  /// Terminals, ncurses and libc disagree by up to six columns on emoji sequences, so such a sequence is reduced to the
  /// one thing they agree on: its first scalar. Letters that a script joins to one grapheme are drawn one after another.
  /// Whatever could move the cursor, change the reading order or hide becomes a visible mark.
  static func drawable(for character: Character) -> [Glyph] {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return [] }
    if 0x20..<0x7F ~= first.value, scalars.count == 1 { return [Glyph(narrow: first)] }
    if let pictures = EmojiSequence.glyphs(for: scalars) { return pictures }

    var glyphs: [Glyph] = []
    var base: Unicode.Scalar?
    var marks: [Unicode.Scalar] = []
    func finish() {
      guard base != nil || !marks.isEmpty else { return }
      glyphs += Self.glyphs(base: base, marks: marks)
      (base, marks) = (nil, [])
    }
    for scalar in scalars {
      if let hidden = HiddenScalar.mark(for: scalar) {
        finish()
        glyphs.append(hidden)
      } else if let letter = flagLetter(scalar) {
        finish()
        glyphs.append(letter)
      } else if displayWidth(of: scalar) == 0 {
        marks.append(scalar)
      } else {
        finish()
        base = scalar
      }
    }
    finish()
    return glyphs
  }

  /// A flag is two letters of a kind of their own. Some terminals draw them as one wide picture, others as two letters;
  /// so letters it is.
  private static func flagLetter(_ scalar: Unicode.Scalar) -> Glyph? {
    guard scalar.isRegionalIndicator else { return nil }
    return Unicode.Scalar(scalar.value - 0x1F1E6 + 0x41).map(Glyph.init(narrow:))
  }

  /// A base with its marks. Marks without a base are drawn on a dotted circle, as typesetters do; of more marks than a
  /// cell holds, a dot tells.
  private static func glyphs(base: Unicode.Scalar?, marks: [Unicode.Scalar]) -> [Glyph] {
    let base = base ?? "\u{25CC}"
    let width = displayWidth(of: base)
    // Nothing can be drawn on what cannot be drawn itself.
    guard width > 0 else { return marks.isEmpty ? [unknown] : [unknown, dot] }
    let glyph = Glyph(base: base, marks: Array(marks.prefix(markLimit)), width: width)
    return marks.count > markLimit ? [glyph, dot] : [glyph]
  }
}
