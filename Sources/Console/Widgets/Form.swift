import Terminal

/// A form in its box: the rows, which scroll where they have no room, below them what is said of the whole, and the
/// buttons.
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
    // Within the box: at least four rows of the form, a blank one and the buttons.
    let limit = size.height - 3
    let messageRows = min(messages.count, max(0, limit - 2 - min(rows.count, 4)))
    let shown = messageRows == messages.count ? messages : messages.prefix(max(0, messageRows - 1)) + [Line(text: "…")]
    let gap = messageRows > 0 && rows.count + messageRows + 3 <= limit ? 1 : 0
    let height = min(rows.count, limit - 2 - messageRows - gap)
    // In the middle, and never over the line of hints.
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
