/// Names the ways to commands by the keys that are really bound: people may have given them other ones.
struct KeyHints: Sendable, Equatable {
  let keyMap: KeyMap
  /// Where keys go when no form, dialog or overlay is in front.
  let base: InputContext

  /// What a command does next, with the way to it: `r tries again`; `nil` where there is no way to it.
  ///
  /// - Parameter context: where it will be given; ``base`` when none is named.
  func callAsFunction(_ command: Command, _ words: String, in context: InputContext? = nil) -> String? {
    keyMap.keyHint(to: command, in: context ?? base).map { "\($0) \(words)" }
  }

  /// The same of a command of the list, from wherever a person is: in the detail pane its keys do other things.
  func list(_ command: Command, _ words: String) -> String? {
    guard let hint = keyMap.keyHint(to: command, in: .list) else { return nil }
    switch base {
    case .list: return "\(hint) \(words)"
    case .detail: return keyMap.keyHint(to: .back, in: .detail).map { "\($0), then \(hint), \(words)" }
    default: return "\(hint) in the list \(words)"
    }
  }

  /// How it is found out what became of an unresolved write, from among the accounts.
  var unresolved: String? {
    let steps = [self(.activity, "lists it"), self(.verify, "there finds out", in: .activity)]
    return steps[0] == nil ? nil : steps.compactMap(\.self).joined(separator: ", ")
  }
}
