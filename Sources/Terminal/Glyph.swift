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

  /// What to draw for one grapheme of a text from anywhere.
  ///
  /// Terminals, ncurses and libc disagree by up to six columns on emoji sequences, so a sequence is reduced to the one
  /// thing they agree on: its first scalar. Whatever could move the cursor, change the reading order or hide becomes a
  /// visible mark.
  static func drawable(for character: Character) -> [Glyph] {
    let scalars = character.unicodeScalars
    guard let base = scalars.first else { return [] }
    if base.value < 0x7F, base.value >= 0x20, scalars.count == 1 { return [Glyph(narrow: base)] }
    // CR LF is one grapheme: each of the two gets its mark.
    if base.properties.generalCategory == .control { return scalars.map { HiddenScalar.mark(for: $0) ?? .unknown } }
    if base.isRegionalIndicator { return scalars.compactMap(letter(ofRegionalIndicator:)) }

    var glyphs: [Glyph] = []
    var marks: [Unicode.Scalar] = []
    var joined = false
    for scalar in scalars.dropFirst() {
      if HiddenScalar.isExpectedInSequence(scalar) {
        joined = joined || scalar.value == 0x200D
      } else if let hidden = HiddenScalar.mark(for: scalar) {
        glyphs.append(hidden)
      } else if joined {
        continue
      } else if displayWidth(of: scalar) == 0 {
        if marks.count < markLimit { marks.append(scalar) }
      }
    }
    return [self.base(base, marks: marks)] + glyphs
  }

  private static func base(_ scalar: Unicode.Scalar, marks: [Unicode.Scalar]) -> Glyph {
    if let hidden = HiddenScalar.mark(for: scalar) { return hidden }
    switch displayWidth(of: scalar) {
    case 1: return Glyph(base: scalar, marks: marks, width: 1)
    case 2: return Glyph(base: scalar, marks: marks, width: 2)
    // A mark without a base is drawn on a dotted circle, as typesetters do.
    case 0: return Glyph(base: "\u{25CC}", marks: [scalar] + marks.prefix(markLimit - 1), width: 1)
    default: return unknown
    }
  }

  /// A flag is two of these; terminals that know flags draw one wide picture, others two letters, so letters it is.
  private static func letter(ofRegionalIndicator scalar: Unicode.Scalar) -> Glyph? {
    guard scalar.isRegionalIndicator else { return HiddenScalar.mark(for: scalar) }
    return Unicode.Scalar(scalar.value - 0x1F1E6 + 0x41).map(Glyph.init(narrow:))
  }
}
