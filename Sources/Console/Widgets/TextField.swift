import Terminal

/// One line of text being typed. The text is kept as it is, whatever it shows as.
struct TextField: Sendable, Equatable {
  /// Scalars that a field takes; what is typed or pasted beyond is cut. More than any text of an account has.
  static let limit = 1_000

  private(set) var text: String
  /// What was not taken of the last paste; `nil` when all was, or the text has been edited since.
  private(set) var message: String?
  /// Graphemes before the cursor.
  private(set) var cursor: Int

  init(_ text: String = "") {
    self.text = text
    cursor = text.count
  }

  mutating func apply(_ edit: TextEdit) {
    message = nil
    switch edit {
    case .insert(let inserted): insert(inserted)
    case .paste(let pasted): paste(pasted)
    case .deleteBackward: if cursor > 0 { replace(cursor - 1..<cursor, with: "") }
    case .deleteForward: if cursor < text.count { replace(cursor..<cursor + 1, with: "") }
    case .deleteWord: replace(wordStart..<cursor, with: "")
    case .deleteToStart: replace(0..<cursor, with: "")
    case .deleteToEnd: replace(cursor..<text.count, with: "")
    case .moveLeft: cursor = max(0, cursor - 1)
    case .moveRight: cursor = min(text.count, cursor + 1)
    case .moveToStart: cursor = 0
    case .moveToEnd: cursor = text.count
    }
  }

  /// Columns of the text left of the cursor.
  var columnsBeforeCursor: Int { SafeText(String(text.prefix(cursor))).width }

  /// - Returns: whether all of it had room.
  @discardableResult
  private mutating func insert(_ inserted: String) -> Bool {
    let room = max(0, Self.limit - text.unicodeScalars.count)
    let fitting = inserted.unicodeScalars.prefix(room)
    replace(cursor..<cursor, with: String(String.UnicodeScalarView(fitting)))
    return fitting.endIndex == inserted.unicodeScalars.endIndex
  }

  private mutating func paste(_ pasted: String) {
    let line = TextEdit.pasted(pasted)
    // Line ends and tabs are controls as well, and have become blanks.
    let controls = pasted.unicodeScalars.count { $0.isControl && !$0.properties.isWhitespace }
    let isWhole = insert(line)
    let what = controls == 0 ? nil : "\(Wording.count(controls, "control", "controls")) left out"
    message =
      isWhole ? what.map { "! \($0)" } : "! cut at \(Wording.number(Self.limit))\(what.map { ", \($0)" } ?? "")"
  }

  private mutating func replace(_ range: Range<Int>, with inserted: String) {
    let characters = Array(text)
    let head = String(characters[..<range.lowerBound]) + inserted
    text = head + String(characters[range.upperBound...])
    // A combining mark joins the grapheme before it, so the head is counted and not the parts.
    cursor = min(head.count, text.count)
  }

  private var wordStart: Int {
    let characters = Array(text)
    var index = cursor
    while index > 0, characters[index - 1].isWhitespace { index -= 1 }
    while index > 0, !characters[index - 1].isWhitespace { index -= 1 }
    return index
  }
}

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
  fileprivate var isControl: Bool { value < 0x20 || 0x7F...0x9F ~= value }
}
