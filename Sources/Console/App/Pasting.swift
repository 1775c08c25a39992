import Terminal

extension State {
  /// Pasted text goes into text fields, and nowhere else: no character of it is a command.
  mutating func paste(_ text: String, in environment: Environment) -> [Effect] {
    switch inputContext {
    // As any key does.
    case .countdown: return carryOut(.command(.cancel), on: &self, in: environment)
    case .find: return editFind(.paste(text))
    case .helpSearch, .detailSearch, .palette: return edit(.paste(text))
    default: break
    }
    if help == nil {
      switch dialog {
      case .create where inputContext == .field: return editCreate(.paste(text))
      case .edit(var form) where inputContext == .field:
        form.edit(.paste(text))
        dialog = .edit(form)
        return []
      case .delete: return pasteIntoDelete()
      case .create, .edit, nil: break
      }
    }
    notice = Notice(.warning, "Pasted text was dropped: it goes into text fields only")
    return []
  }

  /// Keys that came at once, of which it is not known whether somebody pressed them on purpose.
  ///
  /// In a text field each does what it always does there, as none of them changes anything elsewhere; the end of the
  /// first line leads out of it. Outside, only keys that lead somewhere else count, and what could be a command of a
  /// text that was pasted is dropped.
  mutating func reduceBurst(_ keys: [Key], in environment: Environment) -> [Effect] {
    var effects: [Effect] = []
    var typed = ""
    var dropped = 0
    func type(_ text: String, into state: inout State) {
      guard !text.isEmpty else { return }
      if state.help == nil, state.palette == nil, case .delete = state.dialog {
        effects += state.pasteIntoDelete()
      } else {
        effects += carryOut(.edit(.insert(text)), on: &state, in: environment)
      }
    }
    for key in keys {
      let context = inputContext
      let action = keyMap.action(for: key, in: context)
      if case .edit(.insert(let text)) = action {
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
          || action == .command(.find)
      else {
        dropped += 1
        continue
      }
      if let action { effects += carryOut(action, on: &self, in: environment) }
    }
    type(typed, into: &self)
    if dropped > 0 {
      notice = Notice(
        .warning, "\(Wording.count(dropped, "key", "keys")) came at once, as from a paste, and were dropped",
        nextStep: "text goes into text fields only")
    }
    return effects
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
