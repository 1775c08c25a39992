/// Text that may be drawn: one entry a grapheme, each with the width that ncurses will give it.
///
/// Made of any text, however hostile. Whatever would move the cursor, change the reading order or hide becomes a visible
/// mark, so that nothing drawn acts on the terminal, and texts that differ in such characters look different. (Emoji of
/// several scalars are the exception: they show their first.) For comparing, copying and sending, keep the text itself.
///
/// Widths are those of the process's character type, which has to be a UTF-8 one (`setlocale(LC_CTYPE, …)`).
public struct SafeText: Sendable, Hashable {
  public private(set) var glyphs: [Glyph]
  /// Columns that the whole text takes.
  public private(set) var width: Int

  public static let empty = SafeText(glyphs: [], width: 0)

  public init(_ text: String) {
    if let plain = Self.plain(text) {
      self = plain
      return
    }
    self = .empty
    for character in text {
      for glyph in Glyph.drawable(for: character) {
        glyphs.append(glyph)
        width += glyph.width
      }
    }
  }

  private init(glyphs: [Glyph], width: Int) {
    self.glyphs = glyphs
    self.width = width
  }

  public var isEmpty: Bool { glyphs.isEmpty }

  /// The columns that a text takes.
  public static func width(of text: String) -> Int {
    text.utf8.allSatisfy { 0x20..<0x7F ~= $0 } ? text.utf8.count : SafeText(text).width
  }

  public static func + (first: SafeText, second: SafeText) -> SafeText {
    SafeText(glyphs: first.glyphs + second.glyphs, width: first.width + second.width)
  }

  /// The text within a number of columns: whole, or its beginning and an ellipsis.
  public func truncated(to columns: Int) -> SafeText {
    guard width > columns else { return self }
    guard columns > 0 else { return .empty }
    return prefix(columns: columns - 1) + SafeText(glyphs: [.ellipsis], width: 1)
  }

  /// The longest beginning that takes no more than a number of columns.
  public func prefix(columns: Int) -> SafeText {
    guard width > columns else { return self }
    var taken = 0
    let end = glyphs.firstIndex { glyph in
      guard taken + glyph.width <= columns else { return true }
      taken += glyph.width
      return false
    }
    return SafeText(glyphs: Array(glyphs[..<(end ?? glyphs.endIndex)]), width: taken)
  }

  /// The text without its first columns, each of the others where it was.
  ///
  /// Of a wide grapheme that is cut, a blank remains, so that the width is exactly what is left.
  public func dropFirst(columns: Int) -> SafeText {
    guard columns > 0 else { return self }
    guard columns < width else { return .empty }
    var dropped = 0
    var rest = glyphs[...]
    while dropped < columns, let first = rest.popFirst() { dropped += first.width }
    let blanks = Array(repeating: Glyph(narrow: " "), count: dropped - columns)
    return SafeText(glyphs: blanks + rest, width: width - columns)
  }

  /// Text of nothing but plain scalars, which most text is, without the search for graphemes.
  private static func plain(_ text: String) -> SafeText? {
    var glyphs: [Glyph] = []
    glyphs.reserveCapacity(text.utf8.count)
    var width = 0
    for scalar in text.unicodeScalars {
      guard PlainScalar.contains(scalar) else { return nil }
      let columns = displayWidth(of: scalar)
      guard columns > 0 else { return nil }
      glyphs.append(Glyph(base: scalar, marks: [], width: columns))
      width += columns
    }
    return SafeText(glyphs: glyphs, width: width)
  }
}
