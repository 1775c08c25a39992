import Terminal

/// An edit of a text field. The keys are those of readline.
enum TextEdit: Sendable, Equatable {
  case insert(String)
  /// Pasted text. ``pasted(_:)`` makes it one line.
  case paste(String)
  case deleteBackward, deleteForward, deleteWord, deleteToStart, deleteToEnd
  case moveLeft, moveRight, moveToStart, moveToEnd

  init?(_ key: Key) {
    switch key {
    case .character(let scalar): self = .insert(String(scalar))
    case .backspace: self = .deleteBackward
    case .delete, .control("d"): self = .deleteForward
    case .control("w"): self = .deleteWord
    case .control("u"): self = .deleteToStart
    case .control("k"): self = .deleteToEnd
    case .left, .control("b"): self = .moveLeft
    case .right, .control("f"): self = .moveRight
    case .home, .control("a"): self = .moveToStart
    case .end, .control("e"): self = .moveToEnd
    default: return nil
    }
  }

  /// Whether the edit changes the text, not only the cursor.
  var changesText: Bool {
    switch self {
    case .insert, .paste, .deleteBackward, .deleteForward, .deleteWord, .deleteToStart, .deleteToEnd: true
    case .moveLeft, .moveRight, .moveToStart, .moveToEnd: false
    }
  }

  /// Pasted text as one line: line ends and tabs become spaces and controls are left out, so that no part of it
  /// acts as a key.
  static func pasted(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ").replacing("\t", with: " ")
    return String(line.unicodeScalars.filter { !$0.isControl })
  }
}

extension Unicode.Scalar {
  /// C0, DEL and C1.
  var isControl: Bool { value < 0x20 || 0x7F...0x9F ~= value }
}
