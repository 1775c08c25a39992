import CNcurses
import Terminal

extension Key {
  /// The key that ncurses names by a code.
  static func named(_ code: Int32) -> Key {
    switch code {
    case KEY_UP: .up
    case KEY_DOWN: .down
    case KEY_LEFT: .left
    case KEY_RIGHT: .right
    case KEY_HOME, KEY_A1, KEY_FIND: .home
    case KEY_END, KEY_LL, KEY_C1, KEY_SELECT: .end
    case KEY_PPAGE, KEY_A3: .pageUp
    case KEY_NPAGE, KEY_C3: .pageDown
    case KEY_IC: .insert
    case KEY_DC: .delete
    case KEY_BACKSPACE: .backspace
    case KEY_BTAB: .backTab
    case KEY_ENTER: .enter
    // KEY_F(n) is a macro with an argument, which does not import.
    case KEY_F0 + 1...KEY_F0 + 12: .function(Int(code - KEY_F0))
    default: .other
    }
  }

  /// The key of a byte below 0x20, or of 0x7F. Escape is not among them: it begins sequences.
  static func control(byte: UInt8) -> Key {
    switch byte {
    case 0x08, 0x7F: .backspace
    case 0x09: .tab
    // Terminals send 0x0D for Enter, and pipes and scripts 0x0A.
    case 0x0A, 0x0D: .enter
    case 0x00: .control("@")
    case 0x01...0x1A: .control(Unicode.Scalar(byte + 0x60))
    default: .control(Unicode.Scalar(byte + 0x40))
    }
  }

  /// The key of a sequence `ESC O final`, of cursor keys and the keypad.
  static func singleShift(_ final: UInt8) -> Key {
    switch final {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): .right
    case UInt8(ascii: "D"): .left
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "I"): .tab
    case UInt8(ascii: "M"): .enter
    case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(final - UInt8(ascii: "P")) + 1)
    // The keypad's own codes lie 64 above the characters on its keys.
    case UInt8(ascii: "j")...UInt8(ascii: "y"): .character(Unicode.Scalar(final - 0x40))
    case UInt8(ascii: "X"): .character("=")
    default: .other
    }
  }

  /// The key of a sequence `ESC [ parameters final`, in the forms of xterm, the Linux console, rxvt and screen.
  ///
  /// Modified keys have a second parameter and are ``Key/other``.
  ///
  /// - Returns: `nil` for what is no key: reports of the mouse, and answers to questions.
  static func controlSequence(_ parameters: [UInt8], final: UInt8) -> Key? {
    if let first = parameters.first, UInt8(ascii: "<")...UInt8(ascii: "?") ~= first { return nil }
    if parameters.isEmpty {
      switch final {
      case UInt8(ascii: "Z"): return .backTab
      case UInt8(ascii: "M"): return nil
      case UInt8(ascii: "A")...UInt8(ascii: "H"), UInt8(ascii: "P")...UInt8(ascii: "S"): return singleShift(final)
      default: return .other
      }
    }
    if parameters == [UInt8(ascii: "[")] {
      let place = Int(final) - Int(UInt8(ascii: "A"))
      return 0..<5 ~= place ? .function(place + 1) : .other
    }
    guard final == UInt8(ascii: "~") else { return .other }
    switch Int(String(decoding: parameters, as: UTF8.self)) {
    case 1, 7: return .home
    case 2: return .insert
    case 3: return .delete
    case 4, 8: return .end
    case 5: return .pageUp
    case 6: return .pageDown
    case let number? where 11...15 ~= number: return .function(number - 10)
    case let number? where 17...21 ~= number: return .function(number - 11)
    case let number? where 23...24 ~= number: return .function(number - 12)
    default: return .other
    }
  }
}
