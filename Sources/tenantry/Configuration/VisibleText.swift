import Glibc
import Terminal

/// Text from a file, a command or a server, made safe for a message that is printed outside of the screen.
struct VisibleText {
  let text: String

  /// - Parameter limit: columns; longer text is cut.
  init(_ hostile: String, limit: Int = 2_000) {
    _ = Self.characterTypeIsSet
    var scalars = String.UnicodeScalarView()
    for glyph in SafeText(hostile).truncated(to: limit).glyphs {
      scalars.append(glyph.base)
      scalars.append(contentsOf: glyph.marks)
    }
    text = String(scalars)
  }

  /// A word in quotation marks, cut to what a message can hold.
  static func quoted(_ hostile: String) -> String { "\"\(VisibleText(hostile, limit: 60).text)\"" }

  /// Widths are those of a UTF-8 locale, which nothing has set before the screen opens.
  private static let characterTypeIsSet =
    setlocale(LC_CTYPE, "C.UTF-8") != nil || setlocale(LC_CTYPE, "en_US.UTF-8") != nil
}
