import Terminal

/// What a key does to a text field: the keys of readline.
enum TextEdit: Sendable, Equatable {
  case insert(String)
  /// Text from elsewhere, of which only what belongs into one line is taken.
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

  /// Whether the edit changes the text, and not only the place in it.
  var changesText: Bool {
    switch self {
    case .insert, .paste, .deleteBackward, .deleteForward, .deleteWord, .deleteToStart, .deleteToEnd: true
    case .moveLeft, .moveRight, .moveToStart, .moveToEnd: false
    }
  }

  /// Pasted text as one line: line ends and tabs become spaces and controls are left out, so that nothing in it can act
  /// as a key.
  static func pasted(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    var clean = String.UnicodeScalarView()
    for scalar in line.unicodeScalars {
      if scalar == "\t" {
        clean.append(" ")
      } else if !scalar.isControl {
        clean.append(scalar)
      }
    }
    return String(clean)
  }
}

extension Unicode.Scalar {
  /// C0, DEL and C1.
  var isControl: Bool { value < 0x20 || 0x7F...0x9F ~= value }
}
