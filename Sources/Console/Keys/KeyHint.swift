import Terminal

/// What is said of keys names those that are really bound: people may have given commands other ones.
extension State {
  /// Where keys go when nothing stands in front of the accounts or the writes.
  var baseContext: InputContext {
    if raw != nil { return .raw }
    if let screen = activity.screen { return screen.isDetailOpen ? .activityDetail : .activity }
    return browse.pane == .detail ? .detail : .list
  }

  /// What a command does next, with the way to it: `r tries again`; `nil` where there is no way to it.
  ///
  /// - Parameter context: where it will be given; what is in the background when none is named.
  func hint(_ command: Command, _ words: String, in context: InputContext? = nil) -> String? {
    keyMap.keyHint(to: command, in: context ?? baseContext).map { "\($0) \(words)" }
  }

  /// The same of a command of the list, from wherever a person is: in the detail pane its keys do other things.
  func listHint(_ command: Command, _ words: String) -> String? {
    guard let keyHint = keyMap.keyHint(to: command, in: .list) else { return nil }
    switch baseContext {
    case .list: return "\(keyHint) \(words)"
    case .detail: return keyMap.keyHint(to: .back, in: .detail).map { "\($0), then \(keyHint), \(words)" }
    default: return "\(keyHint) in the list \(words)"
    }
  }

  /// How a write that is in doubt is found out about from among the accounts.
  var stepToUnresolved: String? {
    let steps = [hint(.activity, "lists it"), hint(.verify, "there finds out", in: .activity)]
    return steps[0] == nil ? nil : steps.compactMap(\.self).joined(separator: ", ")
  }
}

extension KeyMap {
  /// How a command is given in a context: by its key, or else by its name in the command palette; `nil` when it cannot
  /// be given there.
  func keyHint(to command: Command, in context: InputContext) -> String? {
    if let key = label(of: command, in: context) { return key }
    guard let palette = label(of: .palette, in: context),
      bindings(in: context).contains(where: { $0.command == command && $0.title != nil })
    else { return nil }
    return "\(command.rawValue) in the palette (\(palette))"
  }
}
