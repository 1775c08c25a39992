import Terminal

extension Key {
  /// The key with a name from the configuration: one character for itself (`D`), or `ctrl-f`, `alt-x`,
  /// `F5`, `space`, `enter`, `tab`, `shift-tab`, `esc`, `backspace`, `del`, `ins`, `up`, `down`, `left`, `right`, `home`,
  /// `end`, `pgup`, `pgdn`. Case matters only for single characters.
  ///
  /// - Returns: `nil` for other names, and for keys that terminals send as another key: `ctrl-i` is Tab.
  init?(name: String) {
    let scalars = Array(name.unicodeScalars)
    if scalars.count == 1 {
      if let symbol = Self.named[name] {
        self = symbol
      } else if scalars[0].value > 0x20, scalars[0].value != 0x7F {
        self = .character(scalars[0])
      } else {
        return nil
      }
      return
    }
    let lower = name.lowercased()
    if let key = Self.named[lower] {
      self = key
    } else if lower.hasPrefix("ctrl-"), scalars.count == 6, let letter = lower.unicodeScalars.last {
      // H, I, J and M are Backspace, Tab and Enter, and [ is Esc.
      guard "abcdefgklnopqrstuvwxyz@\\]^_".unicodeScalars.contains(letter) else { return nil }
      self = .control(letter)
    } else if lower.hasPrefix("alt-"), scalars.count == 5 {
      self = .alt(scalars[4])
    } else if lower.first == "f", let number = Int(lower.dropFirst()), 1...12 ~= number, lower.utf8.count <= 3 {
      self = .function(number)
    } else {
      return nil
    }
  }

  private static let named: [String: Key] = [
    "space": .character(" "), "enter": .enter, "return": .enter, "tab": .tab, "shift-tab": .backTab, "esc": .escape,
    "escape": .escape, "backspace": .backspace, "del": .delete, "delete": .delete, "ins": .insert, "insert": .insert,
    "up": .up, "down": .down, "left": .left, "right": .right, "home": .home, "end": .end, "pgup": .pageUp,
    "page-up": .pageUp, "pgdn": .pageDown, "page-down": .pageDown, "↑": .up, "↓": .down, "←": .left, "→": .right,
  ]
}
