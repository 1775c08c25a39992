/// One message in the status line.
struct Notice: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    case note, success, warning, failure

    /// What tells the kind without colour.
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
  /// What to do next, when there is something.
  var nextStep: String?

  init(_ kind: Kind, _ text: String, nextStep: String? = nil) {
    self.kind = kind
    self.text = text
    self.nextStep = nextStep
  }

  /// All of it, with the mark of its kind.
  var line: String { kind.mark + text + (nextStep.map { " · \($0)" } ?? "") }
}
