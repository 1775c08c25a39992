import Terminal

/// What comes from a person otherwise than key by key: pastes, keys at once, and the mouse.
extension State {
  /// Pasted text goes into text fields, and nowhere else: no character of it is a command.
  mutating func paste(_ text: String, in environment: Environment) -> [Effect] {
    // As any key does.
    if inputContext == .countdown { return carryOut(.cancel, in: environment) }
    if !isTooSmall, let effects = deliver(.paste(text), in: environment) { return effects }
    notice = Notice(.warning, "Pasted text was dropped: it goes into text fields only")
    return []
  }

  /// Keys that came at once, of which it is not known whether somebody pressed them on purpose.
  ///
  /// In a text field each does what it always does there, as none of them changes anything elsewhere; the end of the
  /// first line leads out of it. Outside, only keys that lead somewhere else count, and what could be a command of a
  /// text that was pasted is dropped.
  mutating func carryOut(_ keys: [Key], in environment: Environment) -> [Effect] {
    var effects: [Effect] = []
    var typed = ""
    var dropped = 0
    func type(_ text: String, into state: inout State) {
      guard !text.isEmpty else { return }
      // Where something dangerous is decided, what comes at once is a paste.
      let delivery: Delivery = state.front.kind == .modal ? .paste(text) : .edit(.insert(text))
      effects += state.deliver(delivery, in: environment) ?? []
    }
    for key in keys {
      let context = inputContext
      let input = keyMap.input(for: key, in: context)
      if case .edit(.insert(let text)) = input {
        // At once, as each change of a field costs time of its own.
        typed += text
        continue
      }
      type(typed, into: &self)
      typed = ""
      // Finding hurts nothing, and is what somebody types ahead who knows what to look for. What stops a deletion stops
      // it, however it came.
      guard
        context == .field || context == .find || context == .detailSearch || context == .countdown || key.onlyMoves
          || input == .command(.find)
      else {
        dropped += 1
        continue
      }
      switch input {
      case .command(let command): effects += carryOut(command, in: environment)
      case .edit(let edit): effects += deliver(.edit(edit), in: environment) ?? []
      case nil: break
      }
    }
    type(typed, into: &self)
    if dropped > 0 {
      notice = Notice(
        .warning, "\(Wording.count(dropped, "key", "keys")) came at once, as from a paste, and were dropped",
        nextStep: "text goes into text fields only")
    }
    return effects
  }

  /// The mouse leads to places and scrolls. What is under the pointer follows from the layout that the frame on screen
  /// was drawn by, at the time of the click.
  mutating func carryOut(_ event: MouseEvent, in environment: Environment) -> [Effect] {
    guard !isTooSmall else { return [] }
    // Whoever clicks while a deletion can still be stopped, stops it, as with any key.
    if inputContext == .countdown { return carryOut(.cancel, in: environment) }
    let position = event.position
    switch event.kind {
    case .wheelUp: return deliver(.scroll(.moveUp, position), in: environment) ?? []
    case .wheelDown: return deliver(.scroll(.moveDown, position), in: environment) ?? []
    case .press:
      if position.row == size.height - 1 {
        let hint = shownHints.first { $0.columns.contains(position.column) }
        guard let command = hint.flatMap({ front.clickable($0.command) }) else { return [] }
        return carryOut(command, in: environment)
      }
      guard position.row < statusTop else { return [] }
      return deliver(.press(position), in: environment) ?? []
    }
  }
}

extension Key {
  /// Whether the key stands for no text, and changes no more than where one is or which choice of a form is taken.
  fileprivate var onlyMoves: Bool {
    switch self {
    case .up, .down, .left, .right, .home, .end, .pageUp, .pageDown, .tab, .backTab, .escape: true
    case .character, .control, .alt, .function, .enter, .backspace, .delete, .insert, .other: false
    }
  }
}
