/// Text that may be drawn: one entry a grapheme, each with the width that ncurses will give it.
public struct SafeText: Sendable, Hashable {
  public private(set) var glyphs: [Glyph]
  /// Columns that the whole text takes.
  public private(set) var width: Int

  public init(_ text: String) {
    glyphs = []
    width = 0
    for character in text {
      for glyph in Glyph.drawable(for: character) {
        glyphs.append(glyph)
        width += glyph.width
      }
    }
  }
}
