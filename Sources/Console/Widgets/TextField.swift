import Terminal

/// A text field of one line. The text is stored as typed; escaping happens when it is drawn.
struct TextField: Sendable, Equatable {
  /// The most scalars in a field. Further input is cut. No text of an account is this long.
  static let limit = 1_000

  private(set) var text: String
  /// What the last paste lost; `nil` if it lost nothing, or after another edit.
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

  /// - Returns: whether all of the text fitted.
  @discardableResult
  private mutating func insert(_ inserted: String) -> Bool {
    let room = max(0, Self.limit - text.unicodeScalars.count)
    let fitting = inserted.unicodeScalars.prefix(room)
    replace(cursor..<cursor, with: String(String.UnicodeScalarView(fitting)))
    return fitting.endIndex == inserted.unicodeScalars.endIndex
  }

  private mutating func paste(_ pasted: String) {
    let line = TextEdit.pasted(pasted)
    // Line ends and tabs are controls too, but they become blanks.
    let controls = pasted.unicodeScalars.count { $0.isControl && !$0.properties.isWhitespace }
    let fits = insert(line)
    let what = controls == 0 ? nil : "\(Wording.count(controls, "control", "controls")) left out"
    message =
      fits ? what.map { "! \($0)" } : "! cut at \(Wording.number(Self.limit))\(what.map { ", \($0)" } ?? "")"
  }

  private mutating func replace(_ range: Range<Int>, with inserted: String) {
    let head = text.prefix(range.lowerBound) + inserted
    text = String(head + text.dropFirst(range.upperBound))
    // A combining mark joins the grapheme before it, so the parts cannot be counted separately.
    cursor = min(head.count, text.count)
  }

  private var wordStart: Int {
    text.prefix(cursor).reversed().drop(while: \.isWhitespace).drop { !$0.isWhitespace }.count
  }
}

extension Frame {
  /// Draws the part of a field around its cursor.
  ///
  /// - Parameter width: columns for the text and a cursor behind its last character.
  /// - Returns: the column of the cursor, and the columns of text scrolled off to the left.
  @discardableResult
  mutating func put(
    _ field: TextField, column: Int, row: Int, width: Int, style: Style = .plain
  ) -> (cursor: Int, skipped: Int) {
    let skipped = max(0, field.columnsBeforeCursor - (width - 1))
    put(
      SafeText(field.text).dropFirst(columns: skipped), column: column, row: row, style: style, limit: column + width)
    return (column + field.columnsBeforeCursor - skipped, skipped)
  }

  /// Draws a field behind a slash, over the whole row.
  ///
  /// - Parameter width: columns for the text.
  /// - Returns: the position of the cursor.
  mutating func put(searchField field: TextField, row: Int, width: Int) -> Position {
    fill(Rectangle(column: 0, row: row, width: size.width, height: 1))
    put("/", column: 1, row: row, style: Theme.hintKey)
    return Position(column: put(field, column: 2, row: row, width: width).cursor, row: row)
  }
}
