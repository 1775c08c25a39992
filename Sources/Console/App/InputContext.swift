/// Where keys go: the same key may do another thing in another place.
public enum InputContext: Sendable, Hashable, CaseIterable {
  case list
  case detail
  /// A form's text field: keys that stand for themselves are typed.
  case field
  /// A form's list of choices.
  case choice
  case button
  /// Something to read before it is dismissed: a receipt.
  case receipt
  case help
  /// The window is too small to show anything.
  case tooSmall

  /// Whether the keys of a form are the ones at work.
  static let form: Set<InputContext> = [.field, .choice, .button]
}
