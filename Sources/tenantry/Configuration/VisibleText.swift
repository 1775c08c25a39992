import Curses
import Glibc
import Terminal

/// Text from a file, a command or a server, made safe for a message that is printed outside of the screen.
struct VisibleText {
  let text: String

  /// - Parameter limit: columns; longer text is cut.
  init(_ hostile: String, limit: Int = 2_000) {
    _ = Self.characterTypeIsSet
    text = SafeText(hostile).truncated(to: limit).text
  }

  /// A name in quotation marks. One that is longer than names are is not repeated: it may be a secret that has got into
  /// the place of a name.
  static func quoted(_ hostile: String) -> String {
    isShort(hostile) ? "\"\(VisibleText(hostile).text)\"" : "[\(hostile.count) characters, not shown]"
  }

  /// Whether a text is as short as all names are, and no secret is: Cloudflare's have 37 characters and more.
  static func isShort(_ text: String) -> Bool { text.utf8.count <= 32 }

  /// Lines as they are printed: nothing in them acts on a terminal, and where the locale is not one for UTF-8, they are
  /// in ASCII.
  static func printed(_ lines: String, isUnicode: Bool = TerminalReport.isUnicode) -> String {
    _ = characterTypeIsSet
    return lines.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in isUnicode ? SafeText(String(line)).text : SafeText(String(line)).asciiText }
      .joined(separator: "\n")
  }

  /// Widths are those of a UTF-8 locale, which nothing has set before the screen opens.
  private static let characterTypeIsSet =
    setlocale(LC_CTYPE, "C.UTF-8") != nil || setlocale(LC_CTYPE, "en_US.UTF-8") != nil
}
