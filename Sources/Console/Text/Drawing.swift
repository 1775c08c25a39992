import Terminal

/// One line of styled text.
struct Line: Equatable {
  var text: String
  var style: Style = .plain
  /// Stands in a column of its own, before the text.
  var label: String?
}

extension Frame {
  /// Draws text so that it ends before a column.
  mutating func put(_ text: String, endingAt column: Int, row: Int, style: Style = .plain) {
    let safe = SafeText(text)
    put(safe, column: max(0, column - safe.width), row: row, style: style)
  }

  mutating func horizontalLine(row: Int, from column: Int = 0, to end: Int? = nil, style: Style = Theme.faint) {
    let end = end ?? size.width
    fill(Rectangle(column: column, row: row, width: end - column, height: 1), with: "─", style: style)
  }

  mutating func verticalLine(column: Int, rows: Range<Int>, style: Style = Theme.faint) {
    fill(Rectangle(column: column, row: rows.lowerBound, width: 1, height: rows.count), with: "│", style: style)
  }

  /// Draws one line scalar.
  mutating func put(line scalar: Unicode.Scalar, column: Int, row: Int, style: Style = Theme.faint) {
    fill(Rectangle(column: column, row: row, width: 1, height: 1), with: scalar, style: style)
  }

  /// Draws an empty box with a title. A blank column at each side separates it from what it covers.
  mutating func box(_ area: Rectangle, title: String, style: Style = .plain) {
    fill(area.inset(columns: -1, rows: 0))
    let right = area.endColumn - 1
    let bottom = area.endRow - 1
    horizontalLine(row: area.row, from: area.column, to: area.endColumn, style: style)
    horizontalLine(row: bottom, from: area.column, to: area.endColumn, style: style)
    verticalLine(column: area.column, rows: area.row..<area.endRow, style: style)
    verticalLine(column: right, rows: area.row..<area.endRow, style: style)
    put(line: "┌", column: area.column, row: area.row, style: style)
    put(line: "┐", column: right, row: area.row, style: style)
    put(line: "└", column: area.column, row: bottom, style: style)
    put(line: "┘", column: right, row: bottom, style: style)
    put(
      cutting: " \(title) ", column: area.column + 2, row: area.row, width: area.width - 4, style: style.adding(.bold))
  }

  /// Draws a line and its label, each cut to its column.
  ///
  /// - Parameter labelWidth: columns of the label, including the blank behind it.
  mutating func put(
    _ line: Line, labelWidth: Int, labelStyle: Style = Theme.label, column: Int, row: Int, width: Int
  ) {
    let indent = line.label == nil ? 0 : labelWidth
    if let label = line.label {
      put(cutting: label, column: column, row: row, width: labelWidth - 1, style: labelStyle)
    }
    put(cutting: line.text, column: column + indent, row: row, width: width - indent, style: line.style)
  }

  /// Marks columns of a row as a match.
  mutating func mark(_ columns: Range<Int>, row: Int) {
    restyle(Rectangle(column: columns.lowerBound, row: row, width: columns.count, height: 1)) {
      $0.adding(Theme.match)
    }
  }

  /// Draws the lines of a text that are visible, with their labels.
  ///
  /// - Parameter scroll: lines above the first visible one. It is limited, so that a shorter text still fills the area.
  /// - Returns: the limited `scroll`.
  @discardableResult
  mutating func put(
    _ lines: [Line], scroll: Int, in area: Rectangle, labelWidth: Int = Block.labelWidth,
    labelStyle: Style = Theme.label
  ) -> Int {
    let scroll = max(0, min(scroll, lines.count - area.height))
    for (offset, line) in lines.dropFirst(scroll).prefix(area.height).enumerated() {
      put(
        line, labelWidth: labelWidth, labelStyle: labelStyle, column: area.column, row: area.row + offset,
        width: area.width)
    }
    return scroll
  }
}

/// Breaks text into rows of at most this many columns, between any two characters. Nothing is left out.
func cut(_ text: String, width: Int) -> [String] {
  guard width > 0 else { return [] }
  let bytes = text.utf8
  if bytes.allSatisfy({ 0x20..<0x7F ~= $0 }) {
    guard bytes.count > width else { return [text] }
    let all = Array(bytes)
    return stride(from: 0, to: all.count, by: width).map {
      String(decoding: all[$0..<min(all.count, $0 + width)], as: UTF8.self)
    }
  }
  var rows: [String] = []
  var row = ""
  var columns = 0
  for character in text {
    let characterColumns = SafeText(String(character)).width
    if columns + characterColumns > width, !row.isEmpty {
      rows.append(row)
      row = ""
      columns = 0
    }
    row.append(character)
    columns += characterColumns
  }
  rows.append(row)
  return rows
}

/// Breaks text into lines of at most this many columns, between words if possible.
func wrapped(_ text: String, width: Int) -> [String] {
  guard width > 0 else { return [] }
  if text.utf8.count <= width, text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) { return [text] }
  var lines: [String] = []
  var line = ""
  var columns = 0
  for word in text.split(separator: " ", omittingEmptySubsequences: false) {
    let wordColumns = SafeText.width(of: String(word))
    if !line.isEmpty, columns + 1 + wordColumns <= width {
      line += " " + word
      columns += 1 + wordColumns
      continue
    }
    if !line.isEmpty { lines.append(line) }
    guard wordColumns > width else {
      line = String(word)
      columns = wordColumns
      continue
    }
    lines += cut(String(word), width: width)
    line = lines.removeLast()
    columns = SafeText.width(of: line)
  }
  if !line.isEmpty || lines.isEmpty { lines.append(line) }
  return lines
}
