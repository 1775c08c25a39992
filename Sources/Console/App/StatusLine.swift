import Terminal

/// What stands at the bottom of the screen, above the hints.
enum StatusLine: Equatable {
  case detailSearch(DetailSearch)
  case find
  case loadAll(LoadAll)
  case rateLimitWait(String)
  case notice(Notice.Kind, lines: [String])

  var rows: Int {
    if case .notice(_, let lines) = self { lines.count } else { 1 }
  }
}

extension State {
  /// A longer message is cut.
  private static let noticeRows = 4

  /// From the bottom up: what is being typed, what counts, and what is told.
  var statusLines: [StatusLine] { statusLines(rows: size.height) }

  /// - Parameter rows: how many they may take; with one only, it is for what is told.
  private func statusLines(rows: Int) -> [StatusLine] {
    var lines: [StatusLine] = []
    if dialog == nil {
      if isSearchingDetail, let search = browse.detailSearch {
        lines.append(.detailSearch(search))
      } else if isFinding {
        lines.append(.find)
      }
      if let loadAll = browse.loadAll { lines.append(.loadAll(loadAll)) }
    }
    if let rateLimitText, notice == nil || rows > 1 { lines.append(.rateLimitWait(rateLimitText)) }
    if let notice {
      let room = max(1, min(Self.noticeRows, rows - lines.count))
      let text = wrapped(notice.line, width: size.width - 2)
      // What has no row of its own goes on in the last one, where it is cut.
      let last = text.dropFirst(room - 1).joined(separator: " ")
      lines.append(.notice(notice.kind, lines: text.count <= room ? text : text.prefix(room - 1) + [last]))
    }
    return lines
  }

  /// The first row that they take, or that of the hints.
  var statusTop: Int { statusLines.reduce(layout.hintRow) { $0 - $1.rows } }

  /// Rows of the list that are seen: what takes more than the rule and the row below it covers the last of them.
  var listRows: Int { seenRows(of: layout.list) }

  /// Rows of the detail pane that are seen.
  var detailRows: Int { seenRows(of: layout.detail) }

  /// Rows of an area, at the bottom of which the lines may stand, that they leave to be seen.
  func seenRows(of area: Rectangle) -> Int { min(area.height, max(1, statusTop - area.row)) }

  /// Scrolls until nothing covers the cursor: what a command is about is always seen.
  ///
  /// - Returns: whether that took any scrolling.
  mutating func uncoverCursor() -> Bool {
    let rows = listRows
    guard rows > 0, browse.cursorRow - browse.top >= rows else { return false }
    browse.keepSelectionVisible(rows: rows)
    return true
  }

  /// - Parameter rows: those that may be taken, of which the last ones are.
  func drawStatus(in rows: ClosedRange<Int>, of frame: inout Frame) {
    var row = rows.upperBound
    for line in statusLines(rows: rows.count) {
      draw(line, row: row, in: &frame)
      row -= line.rows
    }
  }

  /// - Parameter row: the last that the line takes.
  private func draw(_ line: StatusLine, row: Int, in frame: inout Frame) {
    func put(_ text: String, row: Int, style: Style) {
      frame.fill(Rectangle(column: 0, row: row, width: size.width, height: 1))
      frame.put(cutting: text, column: 1, row: row, width: size.width - 2, style: style)
    }
    switch line {
    case .detailSearch(let search): drawDetailSearch(search, row: row, in: &frame)
    case .find: drawFindLine(row: row, in: &frame)
    case .loadAll(let loadAll): drawLoadAll(loadAll, row: row, in: &frame)
    case .rateLimitWait(let text): put("! \(text)", row: row, style: Theme.warning)
    case .notice(let kind, let lines):
      for (offset, text) in lines.enumerated() {
        put(text, row: row - lines.count + 1 + offset, style: Theme.notice(kind))
      }
    }
  }
}
