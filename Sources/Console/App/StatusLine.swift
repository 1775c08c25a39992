import Terminal

/// What stands at the bottom of the screen, above the hints.
enum StatusLine: Equatable {
  case detailSearch
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
      if browse.pane == .detail, browse.detailPane.isTyping {
        lines.append(.detailSearch)
      } else if browse.list.isFinding {
        lines.append(.find)
      }
      if let loadAll = accounts.loadAll { lines.append(.loadAll(loadAll)) }
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
  var statusTop: Int { statusLines.reduce(size.height - 1) { $0 - $1.rows } }

  /// Rows of the list that are seen: messages cover the last ones.
  var listRows: Int {
    let area = browse.panes(of: size).list
    return min(area.height, max(1, statusTop - area.row))
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
    case .detailSearch:
      let context = context(statusTop: 0)
      frame.cursor = browse.detailPane.drawSearchLine(
        about: browse.subjectOfDetail(in: context), row: row, in: &frame, context,
        browse.panes(of: size).detail)
    case .find:
      guard let field = browse.list.find?.field else { return }
      frame.cursor = frame.put(searchField: field, row: row, width: size.width - 3)
    case .loadAll(let loadAll):
      browse.listView(context(statusTop: 0)).drawLoadAll(loadAll, row: row, in: &frame)
    case .rateLimitWait(let text): put("! \(text)", row: row, style: Theme.warning)
    case .notice(let kind, let lines):
      for (offset, text) in lines.enumerated() {
        put(text, row: row - lines.count + 1 + offset, style: Theme.notice(kind))
      }
    }
  }
}
