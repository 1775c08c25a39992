import Terminal

/// The looks of everything. Colours only repeat what a word, a mark or an attribute says already.
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
  /// What was looked for, in the text that it was found in.
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
