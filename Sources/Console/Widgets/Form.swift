import Terminal

/// A form in a box: its rows, the messages about the whole form, and its buttons. Rows that do not fit scroll.
struct Form {
  let title: String
  let rows: FormRows
  let messages: [Block]
  let buttons: [FormDrawing.Button]

  /// Columns of the box in a window.
  private static func boxWidth(in size: Size) -> Int { min(77, size.width - 2) }

  /// Columns of the rows in a window.
  static func width(in size: Size) -> Int { boxWidth(in: size) - 4 }

  /// - Returns: the row of the box's lower border.
  func draw(in frame: inout Frame) -> Int {
    let size = frame.size
    let messages = messages.lines(width: Self.width(in: size))
    // The box keeps room for four rows of the form, a blank row and the buttons.
    let limit = size.height - 3
    let messageRows = min(messages.count, max(0, limit - 2 - min(rows.count, 4)))
    let shown = messageRows == messages.count ? messages : messages.prefix(max(0, messageRows - 1)) + [Line(text: "…")]
    let gap = messageRows > 0 && rows.count + messageRows + 3 <= limit ? 1 : 0
    let height = min(rows.count, limit - 2 - messageRows - gap)
    // The box is centred above the line of hints.
    let boxHeight = min(height + messageRows + gap + 4, size.height - 1)
    let boxWidth = Self.boxWidth(in: size)
    let area = Rectangle(
      column: (size.width - boxWidth) / 2, row: max(0, (size.height - 1 - boxHeight) / 2), width: boxWidth,
      height: boxHeight)
    frame.box(area, title: title)
    let inside = area.inset(columns: 2, rows: 1)
    rows.draw(in: Rectangle(column: inside.column, row: inside.row, width: inside.width, height: height), &frame)
    let first = rows.firstRow(height: height)
    if first > 0 { frame.put(" ↑ more ", endingAt: area.endColumn - 2, row: area.row) }
    if first + height < rows.count {
      frame.put("↓ more", endingAt: inside.endColumn, row: inside.row + height, style: Theme.faint)
    }
    for (offset, line) in shown.prefix(messageRows).enumerated() {
      frame.put(
        cutting: line.text, column: inside.column, row: inside.row + height + 1 + offset, width: inside.width,
        style: line.style)
    }
    FormDrawing(area: inside).buttons(buttons, row: area.endRow - 2, in: &frame)
    return area.endRow - 1
  }
}

/// The rows of a form. All are collected before any is drawn, so that a form can scroll to the field in focus.
struct FormRows {
  /// Draws one row of the form; the drawing's area is that row.
  private typealias Row = (inout FormDrawing, inout Frame) -> Void

  /// Columns of the labels, which have a mark for the focus before them.
  private static let labelWidth = 13

  private let width: Int
  private var rows: [Row] = []
  /// The row of the cursor.
  private var cursor: Int?
  /// The rows of the field in focus, with the messages about it.
  private var focus: Range<Int>?
  /// Whether a form without focus shows its last rows instead of its first ones.
  var showsEnd = false

  /// - Parameter width: columns of the rows.
  init(width: Int) {
    self.width = width
  }

  var count: Int { rows.count }

  private var textWidth: Int { width - Self.labelWidth }

  mutating func field(
    _ title: String, _ field: TextField, hasFocus: Bool, beside: String = "", besideStyle: Style = Theme.faint
  ) {
    add(hasFocus: hasFocus, hasCursor: hasFocus) {
      $0.field(title, field, hasFocus: hasFocus, beside: beside, besideStyle: besideStyle, in: &$1)
    }
  }

  /// One of several choices.
  ///
  /// - Parameters:
  ///   - title: the title of the group, on its first choice only.
  ///   - nameWidth: columns of the longest name in the group. It aligns the purposes.
  mutating func option(
    _ title: String?, _ name: String, _ purpose: String, isChosen: Bool, hasFocus: Bool, nameWidth: Int = 11
  ) {
    let hasCursor = hasFocus && isChosen
    add(hasFocus: hasFocus, hasCursor: hasCursor) { drawing, frame in
      if let title { drawing.label(title, hasFocus: hasFocus, in: &frame) }
      let row = drawing.row
      let start = frame.put(isChosen ? "(•) " : "( ) ", column: drawing.textColumn, row: row)
      let end = frame.put(SafeText(name), column: start, row: row, style: hasCursor ? Theme.selected : .plain)
      let column = max(end + 2, drawing.textColumn + nameWidth + 6)
      frame.put(cutting: purpose, column: column, row: row, width: drawing.area.endColumn - column, style: Theme.faint)
      if hasCursor { frame.cursor = Position(column: drawing.textColumn + 1, row: row) }
    }
  }

  mutating func box(_ title: String, _ text: String, isTicked: Bool, hasFocus: Bool) {
    addToggle(title, isTicked ? "[x]" : "[ ]", text, cursorOffset: 1, hasFocus: hasFocus)
  }

  /// The line that opens and closes a part of the form.
  mutating func fold(_ title: String, _ text: String, isUnfolded: Bool, hasFocus: Bool) {
    addToggle(title, isUnfolded ? "▾" : "▸", text, cursorOffset: 0, hasFocus: hasFocus)
  }

  private mutating func addToggle(
    _ title: String, _ mark: StaticString, _ text: String, cursorOffset: Int, hasFocus: Bool
  ) {
    add(hasFocus: hasFocus, hasCursor: hasFocus) { drawing, frame in
      drawing.label(title, hasFocus: hasFocus, in: &frame)
      let row = drawing.row
      let column = frame.put(mark, column: drawing.textColumn, row: row) + 1
      frame.put(
        cutting: text, column: column, row: row, width: drawing.area.endColumn - column,
        style: hasFocus ? Theme.selected : .plain)
      if hasFocus { frame.cursor = Position(column: drawing.textColumn + cursorOffset, row: row) }
    }
  }

  /// A text that cannot be edited.
  mutating func fixed(_ title: String, _ text: String, style: Style = .plain) {
    for (index, line) in wrapped(text, width: textWidth).enumerated() {
      add { drawing, frame in
        drawing.label(index == 0 ? title : "", in: &frame)
        drawing.message(line, style: style, in: &frame)
      }
    }
  }

  /// Two versions of a text, side by side.
  mutating func pair(_ title: String, _ one: String, _ two: String, style: Style = .plain) {
    let half = (textWidth - 3) / 2
    for (index, texts) in sideBySide(one, two, widths: (half, half)).enumerated() {
      add { drawing, frame in
        drawing.label(index == 0 ? title : "", in: &frame)
        let (column, row) = (drawing.textColumn, drawing.row)
        frame.put(cutting: texts.left, column: column, row: row, width: half, style: style)
        frame.put(cutting: texts.right, column: column + half + 3, row: row, width: half, style: style)
      }
    }
  }

  /// A message about the row above. It stays on screen with a field in focus.
  mutating func message(_ text: String, style: Style) {
    for line in wrapped(text, width: textWidth) {
      add(hasFocus: focus?.upperBound == rows.count) { $0.message(line, style: style, in: &$1) }
    }
  }

  private mutating func add(hasFocus: Bool = false, hasCursor: Bool = false, _ row: @escaping Row) {
    if hasFocus { focus = (focus?.lowerBound ?? rows.count)..<rows.count + 1 }
    if hasCursor { cursor = rows.count }
    rows.append(row)
  }

  /// The first row to draw. The row of the cursor is always on screen, and the messages about its field if they fit.
  func firstRow(height: Int) -> Int {
    guard rows.count > height, height > 0 else { return 0 }
    guard let focus, let cursor else { return showsEnd ? rows.count - height : 0 }
    // One more row shows that the form goes on.
    let top = min(max(0, focus.upperBound + 1 - height), focus.lowerBound)
    return max(0, min(max(top, cursor - height + 1), rows.count - height))
  }

  func draw(in area: Rectangle, _ frame: inout Frame) {
    for (offset, row) in rows.dropFirst(firstRow(height: area.height)).prefix(area.height).enumerated() {
      let line = Rectangle(column: area.column, row: area.row + offset, width: area.width, height: 1)
      var drawing = FormDrawing(area: line, labelWidth: Self.labelWidth)
      row(&drawing, &frame)
    }
  }
}

/// Draws the parts of a form into an area, one below the other.
struct FormDrawing {
  let area: Rectangle
  private let labelWidth: Int
  /// The next row to draw into.
  private(set) var row: Int

  init(area: Rectangle, labelWidth: Int = Block.labelWidth) {
    self.area = area
    self.labelWidth = labelWidth
    row = area.row
  }

  fileprivate var textColumn: Int { area.column + labelWidth }
  private var textWidth: Int { area.width - labelWidth }

  fileprivate func label(_ text: String, hasFocus: Bool = false, in frame: inout Frame) {
    if hasFocus { frame.put(">", column: area.column, row: row, style: Theme.heading) }
    frame.put(cutting: text, column: area.column + 2, row: row, width: labelWidth - 3, style: Theme.label)
  }

  /// Draws a text field with a text beside it. The field scrolls to show the cursor.
  mutating func field(
    _ title: String, _ field: TextField, hasFocus: Bool, beside: String = "", besideStyle: Style = Theme.faint,
    in frame: inout Frame
  ) {
    label(title, hasFocus: hasFocus, in: &frame)
    let besideStyle = field.message == nil ? besideStyle : Theme.warning
    let beside = field.message ?? beside
    let besideWidth = beside.isEmpty ? 0 : SafeText(beside).width + 2
    let width = max(8, textWidth - besideWidth)
    frame.fill(Rectangle(column: textColumn, row: row, width: width, height: 1), style: Theme.field)
    let place = frame.put(field, column: textColumn, row: row, width: width, style: Theme.field)
    if place.skipped > 0 { frame.put("‹", column: textColumn - 1, row: row, style: Theme.faint) }
    if SafeText(field.text).width - place.skipped > width {
      frame.put("›", column: textColumn + width, row: row, style: Theme.faint)
    }
    if !beside.isEmpty { frame.put(beside, endingAt: area.endColumn, row: row, style: besideStyle) }
    if hasFocus { frame.cursor = Position(column: min(place.cursor, textColumn + width - 1), row: row) }
    row += 1
  }

  /// A text in the column of the fields.
  mutating func message(_ text: String, style: Style, in frame: inout Frame) {
    put(text, column: textColumn, width: textWidth, style: style, in: &frame)
  }

  /// A text over the whole width.
  mutating func statement(_ text: String, style: Style = .plain, in frame: inout Frame) {
    put(text, column: area.column, width: area.width, style: style, in: &frame)
  }

  private mutating func put(_ text: String, column: Int, width: Int, style: Style, in frame: inout Frame) {
    for line in wrapped(text, width: width) where row < area.endRow {
      frame.put(cutting: line, column: column, row: row, width: width, style: style)
      row += 1
    }
  }

  /// A row of buttons at the right. The button in focus has `>` and `<` around it as well as another style.
  func buttons(_ buttons: [Button], row: Int, in frame: inout Frame) {
    var column = area.endColumn
    for button in buttons.reversed() {
      let text = button.hasFocus ? ">[ \(button.title) ]<" : " [ \(button.title) ] "
      column -= SafeText(text).width
      var style: Style = button.isEnabled ? .plain : Theme.faint
      if button.hasFocus { style = style.adding(.reverse) }
      if button.isDangerous, button.isEnabled { style = Style(style.attributes.union(.bold), foreground: .red) }
      frame.put(SafeText(text), column: column, row: row, style: style)
      if button.hasFocus { frame.cursor = Position(column: column + 3, row: row) }
      column -= 1
    }
  }

  struct Button {
    var title: String
    var hasFocus: Bool
    var isEnabled = true
    var isDangerous = false
  }
}
