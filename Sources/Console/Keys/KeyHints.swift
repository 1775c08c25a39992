/// Names commands by the keys that are bound to them, because keys can be rebound.
struct KeyHints: Sendable, Equatable {
  let keyMap: KeyMap
  /// The context when no form, dialog or overlay is in front.
  let base: InputContext

  /// A hint to a command, such as `r tries again`; `nil` if the command cannot be given.
  ///
  /// - Parameter context: where the command is given; `nil` for ``base``.
  func callAsFunction(_ command: Command, _ words: String, in context: InputContext? = nil) -> String? {
    keyMap.keyHint(to: command, in: context ?? base).map { "\($0) \(words)" }
  }

  /// A hint to a command of the list from any context. In the detail pane, the hint first leads back to the list.
  func list(_ command: Command, _ words: String) -> String? {
    guard let hint = keyMap.keyHint(to: command, in: .list) else { return nil }
    switch base {
    case .list: return "\(hint) \(words)"
    case .detail: return keyMap.keyHint(to: .back, in: .detail).map { "\($0), then \(hint), \(words)" }
    default: return "\(hint) in the list \(words)"
    }
  }

  /// How to look up a write whose outcome is not known, from the accounts.
  var unresolved: String? {
    let steps = [self(.activity, "lists it"), self(.verify, "there finds out", in: .activity)]
    return steps[0] == nil ? nil : steps.compactMap(\.self).joined(separator: ", ")
  }
}
