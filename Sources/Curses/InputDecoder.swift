import Terminal

/// A piece of input as ``InputReader`` hands it out: a byte, or a key that terminfo lists.
enum InputToken: Sendable, Hashable {
  case byte(UInt8)
  /// One of ncurses' `KEY_…` codes.
  case key(Int32)
}

/// Makes events of input, piece by piece.
///
/// The sequences that terminfo lists for the terminal have been found already. Everything else arrives here as bytes:
/// characters in UTF-8, the other forms of the usual keys, pastes, and sequences that nobody asked for. The last kind
/// ends as one ``Key/other`` or as nothing, and never as the characters that it is written with: those could be commands.
struct InputDecoder {
  private enum State {
    case ground
    /// Within a character of `length` bytes.
    case character(bytes: [UInt8], length: Int, isAlt: Bool)
    case escape
    /// Behind `ESC O`.
    case singleShift
    /// Behind `ESC [`.
    case controlSequence(parameters: [UInt8])
    /// Behind `ESC ]`, `ESC P` or `ESC _`: a text that ends in BEL or `ESC \`.
    case string(introducer: UInt8, isEmpty: Bool)
    case stringEscape
    /// Within the three bytes of the mouse's oldest report.
    case mouseReport(remaining: Int)
  }

  /// How long the rest of a sequence may take: a slow line may part it anywhere.
  static let sequencePatience = Duration.milliseconds(250)
  /// How long a paste may pause before it counts as complete.
  static let pastePatience = Duration.seconds(5)
  /// More than any sequence of the usual keys and reports has.
  private static let parameterLimit = 64

  /// Whether reports of the mouse are events; without having been asked for, they are left over from another program.
  var reportsMouse = false
  private var state = State.ground
  private var paste: PasteCollector?
  private var events: [TerminalEvent] = []
  /// Whether what is half here is to be dropped when it is complete.
  private var dropsNext = false

  /// How long to wait for more before ``giveUp()``; `nil` when nothing is half here.
  var patience: Duration? {
    if let paste { return paste.isWithinMark ? Self.sequencePatience : Self.pastePatience }
    if case .ground = state { return nil }
    return Self.sequencePatience
  }

  /// Takes the events that have become complete.
  mutating func takeEvents() -> [TerminalEvent] {
    defer { events = [] }
    return events
  }

  /// Whether what comes next is pasted text.
  var isWithinPaste: Bool { paste != nil }

  /// Takes bytes in which no keys have been looked for, within a paste.
  mutating func consume(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes[...]
    while let first = rest.first {
      if let taken = paste?.consume(run: rest), taken > 0 {
        rest = rest.dropFirst(taken)
      } else {
        consume(.byte(first))
        rest = rest.dropFirst()
      }
    }
  }

  mutating func consume(_ token: InputToken) {
    switch token {
    case .byte(let byte): consume(byte)
    case .key(let code): consume(code)
    }
  }

  /// Tells that nothing more has arrived for now. An Escape is the key then: more has been waited for already.
  mutating func inputPaused() {
    guard case .escape = state else { return }
    state = .ground
    emit(.escape)
  }

  /// Ends what is half here. A paste whose end never came is an event with what there is of it: Esc or a pause of
  /// ``pastePatience`` gets the user out of it.
  mutating func giveUp() {
    if let collected = paste {
      paste = nil
      finish(collected)
      return
    }
    let abandoned = state
    state = .ground
    switch abandoned {
    case .ground: break
    case .escape: emit(.escape)
    case .singleShift: emit(.alt("O"))
    case .controlSequence(let parameters): emit(parameters.isEmpty ? .alt("[") : .other)
    case .string(let introducer, let isEmpty): emit(isEmpty ? .alt(Unicode.Scalar(introducer)) : .other)
    case .character, .stringEscape, .mouseReport: emit(.other)
    }
  }

  /// Drops keys and pastes that have arrived, and of what is half here also the rest.
  mutating func discard() {
    events.removeAll(where: \.isInput)
    paste?.isUnwanted = true
    if case .ground = state { return }
    dropsNext = true
  }

  private mutating func emit(_ key: Key) {
    if dropsNext {
      dropsNext = false
    } else {
      events.append(.key(key))
    }
  }

  /// Ends a sequence that was no key.
  private mutating func emitNothing() {
    dropsNext = false
  }

  private mutating func finish(_ collected: PasteCollector) {
    if !collected.isUnwanted { events.append(.paste(collected.text)) }
  }

  private mutating func consume(_ code: Int32) {
    // Text that looks like a key to terminfo; the key is not what was pasted.
    guard paste == nil else { return }
    let key = Key.named(code)
    if case .escape = state, key == .backspace {
      state = .ground
      emit(.alt("\u{7F}"))
      return
    }
    giveUp()
    emit(key)
  }

  private mutating func consume(_ byte: UInt8) {
    if paste != nil {
      guard paste?.consume(byte) == true, let collected = paste else { return }
      paste = nil
      finish(collected)
      return
    }
    switch state {
    case .ground: begin(byte, isAlt: false)
    case .character(let bytes, let length, let isAlt): extend(bytes, by: byte, length: length, isAlt: isAlt)
    case .escape: consumeBehindEscape(byte)
    case .singleShift:
      state = .ground
      if 0x20..<0x7F ~= byte {
        emit(.singleShift(byte))
      } else {
        emit(.alt("O"))
        begin(byte, isAlt: false)
      }
    case .controlSequence(let parameters): extend(parameters, by: byte)
    case .string, .stringEscape: consumeInString(byte)
    case .mouseReport(let remaining):
      state = remaining > 1 ? .mouseReport(remaining: remaining - 1) : .ground
      if remaining == 1 { emitNothing() }
    }
  }

  /// Takes a byte that is not within anything.
  private mutating func begin(_ byte: UInt8, isAlt: Bool) {
    state = .ground
    switch byte {
    case 0x1B: state = .escape
    case 0x00..<0x20, 0x7F: emit(.control(byte: byte))
    case 0x20..<0x7F: emit(isAlt ? .alt(Unicode.Scalar(byte)) : .character(Unicode.Scalar(byte)))
    default:
      if let length = byte.encodedLength {
        state = .character(bytes: [byte], length: length, isAlt: isAlt)
      } else {
        emit(.other)
      }
    }
  }

  private mutating func extend(_ bytes: [UInt8], by byte: UInt8, length: Int, isAlt: Bool) {
    guard 0x80...0xBF ~= byte else {
      emit(.other)
      begin(byte, isAlt: false)
      return
    }
    let bytes = bytes + [byte]
    guard bytes.count == length else {
      state = .character(bytes: bytes, length: length, isAlt: isAlt)
      return
    }
    state = .ground
    // Overlong forms, surrogates and what lies beyond Unicode do not decode; C1 controls are nothing to type.
    guard let scalar = String(validating: bytes, as: UTF8.self)?.unicodeScalars.first, scalar.value >= 0xA0 else {
      emit(.other)
      return
    }
    emit(isAlt ? .alt(scalar) : .character(scalar))
  }

  private mutating func consumeBehindEscape(_ byte: UInt8) {
    state = .ground
    switch byte {
    case UInt8(ascii: "["): state = .controlSequence(parameters: [])
    case UInt8(ascii: "O"): state = .singleShift
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"): state = .string(introducer: byte, isEmpty: true)
    case 0x08, 0x7F: emit(.alt("\u{7F}"))
    case 0x00..<0x20:
      // Alt with a key that stands for no character, or Escape typed before it; the second must not get lost.
      emit(.escape)
      begin(byte, isAlt: false)
    default: begin(byte, isAlt: true)
    }
  }

  private mutating func extend(_ parameters: [UInt8], by byte: UInt8) {
    // The Linux console sends `ESC [ [ A` for F1, where the second bracket ends nothing.
    let isConsoleKey = parameters == [UInt8(ascii: "[")]
    switch byte {
    case UInt8(ascii: "[") where parameters.isEmpty, 0x20..<0x40 where !isConsoleKey:
      state = .controlSequence(parameters: parameters.count < Self.parameterLimit ? parameters + [byte] : parameters)
    case 0x20..<0x7F:
      state = .ground
      finish(parameters, final: byte)
    default:
      state = .ground
      emit(.other)
      begin(byte, isAlt: false)
    }
  }

  private mutating func finish(_ parameters: [UInt8], final: UInt8) {
    if final == UInt8(ascii: "~"), parameters == Array("200".utf8) {
      paste = PasteCollector()
      paste?.isUnwanted = dropsNext
      dropsNext = false
    } else if final == UInt8(ascii: "~"), parameters == Array("201".utf8) {
      emitNothing()
    } else if parameters.isEmpty, let focus = TerminalEvent.focus(final: final) {
      emitNothing()
      events.append(focus)
    } else if final == UInt8(ascii: "M"), parameters.isEmpty {
      state = .mouseReport(remaining: 3)
    } else if let mouse = MouseEvent(parameters, final: final) {
      if reportsMouse, !dropsNext { events.append(.mouse(mouse)) }
      emitNothing()
    } else if let key = Key.controlSequence(parameters, final: final) {
      emit(key)
    } else {
      emitNothing()
    }
  }

  private mutating func consumeInString(_ byte: UInt8) {
    switch (state, byte) {
    case (.stringEscape, UInt8(ascii: "\\")), (_, 0x07):
      state = .ground
      emitNothing()
    case (.stringEscape, _):
      emitNothing()
      consumeBehindEscape(byte)
    case (_, 0x1B): state = .stringEscape
    case (_, 0x00..<0x20):
      state = .ground
      emitNothing()
      begin(byte, isAlt: false)
    case (.string(let introducer, _), _): state = .string(introducer: introducer, isEmpty: false)
    default: break
    }
  }
}

extension TerminalEvent {
  /// What a terminal tells of its focus by a sequence `ESC [ final` (mode 1004).
  fileprivate static func focus(final: UInt8) -> TerminalEvent? {
    switch final {
    case UInt8(ascii: "I"): .focusGained
    case UInt8(ascii: "O"): .focusLost
    default: nil
    }
  }
}

extension UInt8 {
  /// How many bytes a character of UTF-8 has that begins with this byte of 0x80 or more; `nil` where none begins so.
  var encodedLength: Int? {
    switch self {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: nil
    }
  }
}
