import Terminal

/// Draws the rows of a form inside a box, one below the other.
struct FormDrawing {
  static let labelWidth = 12
  /// Where the label has a mark for the focus before it.
  static let formLabelWidth = 13
  let area: Rectangle
  let labelWidth: Int
  private(set) var row: Int

  /// - Parameter area: the inside of the box.
  init(area: Rectangle, labelWidth: Int = Self.labelWidth) {
    self.area = area
    self.labelWidth = labelWidth
    row = area.row
  }

  private var textColumn: Int { area.column + labelWidth }
  private var textWidth: Int { area.width - labelWidth }

  mutating func label(_ text: String, hasFocus: Bool, in frame: inout Frame) {
    if hasFocus { frame.put(">", column: area.column, row: row, style: Theme.heading) }
    frame.put(cutting: text, column: area.column + 2, row: row, width: labelWidth - 3, style: Theme.label)
  }

  /// A text field with what is said beside it; scrolls so that the cursor is on screen.
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

  /// A line of text under the fields' texts.
  mutating func message(_ text: String, style: Style, in frame: inout Frame) {
    for line in wrapped(text, width: textWidth) where row < area.endRow {
      frame.put(cutting: line, column: textColumn, row: row, width: textWidth, style: style)
      row += 1
    }
  }

  /// A paragraph over the whole width.
  mutating func statement(_ text: String, style: Style = .plain, in frame: inout Frame) {
    for line in wrapped(text, width: area.width) where row < area.endRow {
      frame.put(cutting: line, column: area.column, row: row, width: area.width, style: style)
      row += 1
    }
  }

  /// Columns of each of two texts that stand side by side.
  static func pairWidth(of width: Int) -> Int { (width - 3) / 2 }

  /// Two texts side by side; each has to fit.
  mutating func pair(_ title: String, _ one: String, _ two: String, style: Style, in frame: inout Frame) {
    label(title, hasFocus: false, in: &frame)
    let width = Self.pairWidth(of: textWidth)
    frame.put(cutting: one, column: textColumn, row: row, width: width, style: style)
    frame.put(cutting: two, column: textColumn + width + 3, row: row, width: width, style: style)
    row += 1
  }

  /// One choice of several.
  ///
  /// - Parameter nameWidth: columns of the longest name of them, so that their purposes stand below each other.
  mutating func option(
    _ title: String?, _ name: String, _ purpose: String, isChosen: Bool, hasFocus: Bool, nameWidth: Int = 11,
    in frame: inout Frame
  ) {
    if let title { label(title, hasFocus: hasFocus, in: &frame) }
    var column = frame.put(isChosen ? "(•) " : "( ) ", column: textColumn, row: row)
    let style: Style = hasFocus && isChosen ? Theme.selected : .plain
    column = frame.put(SafeText(name), column: column, row: row, style: style)
    let purposeColumn = max(column + 2, textColumn + nameWidth + 6)
    frame.put(
      cutting: purpose, column: purposeColumn, row: row, width: area.endColumn - purposeColumn, style: Theme.faint)
    if hasFocus, isChosen { frame.cursor = Position(column: textColumn + 1, row: row) }
    row += 1
  }

  /// A mark that Space changes, with what it stands for.
  mutating func mark(_ title: String, _ mark: StaticString, _ text: String, hasFocus: Bool, in frame: inout Frame) {
    label(title, hasFocus: hasFocus, in: &frame)
    let column = frame.put(mark, column: textColumn, row: row) + 1
    frame.put(
      cutting: text, column: column, row: row, width: area.endColumn - column,
      style: hasFocus ? Theme.selected : .plain)
    if hasFocus { frame.cursor = Position(column: textColumn + (column > textColumn + 2 ? 1 : 0), row: row) }
    row += 1
  }

  /// A row of buttons at the right; the one in focus is marked by `>` and `<` as well as by its looks.
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
