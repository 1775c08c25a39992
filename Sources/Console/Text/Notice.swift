/// A message in the status line.
struct Notice: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    case note, success, warning, failure

    /// Shows the kind without colour.
    var mark: String {
      switch self {
      case .note: ""
      case .success: "✓ "
      case .warning, .failure: "! "
      }
    }
  }

  var kind: Kind
  var text: String
  /// What to do next; `nil` for nothing.
  var nextStep: String?

  init(_ kind: Kind, _ text: String, nextStep: String? = nil) {
    self.kind = kind
    self.text = text
    self.nextStep = nextStep
  }

  /// The mark, the text and the next step.
  var line: String { kind.mark + text + (nextStep.map { " · \($0)" } ?? "") }
}
