import Terminal

extension State {
  /// As many as the longest name of a command has.
  private static let nameColumns = 20

  /// The box for a number of entries: a line to type into, a rule, and the entries.
  func paletteArea(_ count: Int) -> Rectangle {
    let width = min(76, size.width - 4)
    let height = min(max(1, count) + 4, size.height - 3)
    return Rectangle(column: (size.width - width) / 2, row: 1, width: width, height: height)
  }

  func draw(_ palette: PaletteState, in frame: inout Frame) {
    let entries = paletteEntries(of: palette)
    let area = paletteArea(entries.count)
    frame.box(area, title: "Commands for \(palette.context.title)")
    let inside = area.inset(columns: 2, rows: 1)
    let start = frame.put(":", column: inside.column, row: inside.row, style: Theme.hintKey)
    let field = frame.put(palette.field, column: start, row: inside.row, width: inside.endColumn - start)
    frame.cursor = Position(column: field.cursor, row: inside.row)
    frame.horizontalLine(row: inside.row + 1, from: area.column + 1, to: area.endColumn - 1)
    guard !entries.isEmpty else {
      frame.put(
        cutting: "Nothing here is called that.", column: inside.column, row: inside.row + 2, width: inside.width,
        style: Theme.faint)
      return
    }
    let rows = area.height - 4
    var cursor = palette.cursor
    cursor.reveal(rows: rows, count: entries.count)
    for (offset, entry) in entries.dropFirst(cursor.top).prefix(rows).enumerated() {
      draw(entry, isChosen: cursor.top + offset == cursor.row, inside, row: inside.row + 2 + offset, in: &frame)
    }
    if cursor.top + rows < entries.count { frame.put(" ↓ more ", endingAt: area.endColumn - 2, row: area.endRow - 1) }
  }

  /// What it does, its name where there is room, and its keys.
  private func draw(_ entry: PaletteEntry, isChosen: Bool, _ area: Rectangle, row: Int, in frame: inout Frame) {
    let line = Rectangle(column: area.column, row: row, width: area.width, height: 1)
    let keys = SafeText(entry.keys).truncated(to: 14)
    frame.put(keys, column: area.endColumn - keys.width, row: row, style: Theme.hintKey)
    let hasNames = area.width >= 66
    let nameColumn = area.endColumn - 15 - Self.nameColumns - 1
    let titleEnd = hasNames ? nameColumn - 1 : area.endColumn - max(keys.width, 8) - 1
    if isChosen { frame.put(">", column: area.column, row: row, style: Theme.heading) }
    let column = area.column + 2
    frame.put(cutting: entry.title, column: column, row: row, width: titleEnd - column)
    if hasNames {
      frame.put(
        cutting: entry.command.rawValue, column: nameColumn, row: row, width: Self.nameColumns, style: Theme.faint)
    }
    // Titles and names are our own, one column a character.
    for place in entry.marks {
      let isTitle = place < entry.title.count
      let start = isTitle ? column + place : nameColumn + place - entry.title.count - 1
      guard isTitle ? start < titleEnd : hasNames && start < nameColumn + Self.nameColumns else { continue }
      frame.restyle(Rectangle(column: start, row: row, width: 1, height: 1)) { $0.adding(Theme.match) }
    }
    if isChosen { frame.restyle(line) { $0.adding(.reverse) } }
  }
}
