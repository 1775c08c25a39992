import Terminal

/// The styles of the console. A colour only repeats what a word, a mark or an attribute already says.
enum Theme {
  static let heading = Style(.bold)
  static let label = Style(foreground: .cyan)
  static let faint = Style(.dim)
  static let selected = Style(.reverse)
  static let hintKey = Style(.bold)
  static let note = Style.plain
  static let success = Style(foreground: .green)
  static let warning = Style(foreground: .yellow)
  static let failure = Style(.bold, foreground: .red)
  static let field = Style(.underline)
  /// The matching part of a text.
  static let match: Style.Attributes = [.bold, .underline]

  static func notice(_ kind: Notice.Kind) -> Style {
    switch kind {
    case .note: note
    case .success: success
    case .warning: warning
    case .failure: failure
    }
  }
}
