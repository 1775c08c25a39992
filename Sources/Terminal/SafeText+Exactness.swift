extension SafeText {
  /// Whether the text is drawn just as it is: no scalar left out, and none replaced by a mark.
  public func isExactly(_ text: String) -> Bool {
    var drawn = String.UnicodeScalarView()
    for glyph in glyphs {
      drawn.append(glyph.base)
      drawn.append(contentsOf: glyph.marks)
    }
    return drawn.elementsEqual(text.unicodeScalars)
  }
}
