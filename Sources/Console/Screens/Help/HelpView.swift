import Terminal

extension State {
  /// The keys that are really bound where the help was asked for.
  func draw(_ help: HelpState, in frame: inout Frame) {
    let area = helpArea
    frame.box(area, title: "Keys: \(help.context.title)")
    let inside = area.inset(columns: 2, rows: 1)
    let lines = helpLines(of: help, width: inside.width)
    // A wider window makes the text shorter.
    let scroll = max(0, min(help.scroll, lines.count - inside.height))
    for (offset, line) in lines.dropFirst(scroll).prefix(inside.height).enumerated() {
      let row = inside.row + offset
      guard let label = line.label else {
        frame.put(cutting: line.text, column: inside.column, row: row, width: inside.width, style: line.style)
        continue
      }
      frame.put(
        cutting: label, column: inside.column, row: row, width: HelpEntry.keyColumns, style: Theme.hintKey)
      frame.put(
        cutting: line.text, column: inside.column + HelpEntry.keyColumns + 2, row: row,
        width: inside.width - HelpEntry.keyColumns - 2, style: line.style)
    }
    if scroll + inside.height < lines.count {
      frame.put(" ↓ more ", endingAt: area.endColumn - 2, row: area.endRow - 1)
    }
    frame.cursor = Position(column: inside.column, row: inside.row)
    drawSearch(help, area, in: &frame)
  }

  /// What is looked for stands in the lower edge of the box.
  private func drawSearch(_ help: HelpState, _ area: Rectangle, in frame: inout Frame) {
    guard help.isSearching || !help.field.text.isEmpty else { return }
    let row = area.endRow - 1
    let width = area.width - 16
    let start = frame.put(" /", column: area.column + 2, row: row, style: Theme.hintKey)
    let place = frame.put(help.field, column: start, row: row, width: width, style: Theme.hintKey)
    frame.put(
      " ", column: start + min(width, SafeText(help.field.text).width - place.skipped), row: row)
    guard help.isSearching else { return }
    frame.cursor = Position(column: place.cursor, row: row)
  }
}

/// One line of the help.
struct HelpEntry: Equatable {
  var keys: String
  var title: String
  /// The command's name, which can be looked for as well.
  var name: String

  /// Columns that keys have, before what they do.
  static let keyColumns = 22
}

extension State {
  /// The bindings that the help tells of, in the order of the map: all, or those that what is looked for leaves.
  func helpEntries(of help: HelpState) -> [HelpEntry] {
    var entries = keyMap.entries(in: help.context, includingWrites: session.writing != .readOnly).map {
      HelpEntry(
        keys: $0.keys.map(\.label).joined(separator: "  "), title: $0.title ?? "", name: $0.command.rawValue)
    }
    if session.usesMouse {
      entries.append(HelpEntry(keys: "Shift-drag", title: "select text, as without the mouse", name: ""))
    }
    let filter = TextFilter(entries.map { "\($0.title) \($0.keys) \($0.name)" })
    // Letters that only follow each other somewhere would leave too much.
    return filter.matches(FuzzyQuery(help.field.text)).filter { $0.rank < .scattered }.map { entries[$0.place] }
  }

  func helpLines(of help: HelpState, width: Int) -> [Line] {
    var lines: [Line] = []
    if let meaning = help.meaning, help.field.text.isEmpty {
      lines.append(Line(text: meaning.title, style: Theme.heading))
      lines += wrapped(meaning.text, width: width).map { Line(text: $0) }
      lines.append(Line(text: ""))
    }
    for entry in helpEntries(of: help) {
      let keys = wrapped(entry.keys, width: HelpEntry.keyColumns)
      let titles = wrapped(entry.title, width: width - HelpEntry.keyColumns - 2)
      for index in 0..<max(keys.count, titles.count) {
        lines.append(
          Line(text: index < titles.count ? titles[index] : "", label: index < keys.count ? keys[index] : ""))
      }
    }
    if lines.isEmpty { lines.append(Line(text: "No key here does that.", style: Theme.faint)) }
    return lines
  }
}

extension InputContext {
  var title: String {
    switch self {
    case .list: "the list"
    case .detail: "the detail pane"
    case .activity: "the activity"
    case .activityDetail: "one write"
    case .field: "a text field"
    case .choice: "a choice"
    case .toggle: "a box to tick"
    case .button: "a button"
    case .unknownOutcome: "a write that is not known to have happened"
    case .review: "the review of a deletion"
    case .countdown: "the delay before a deletion"
    case .waiting: "a reading that is waited for"
    case .busy: "a request on its way"
    case .receipt: "a receipt"
    case .help: "the help"
    case .helpSearch: "the search in the help"
    case .find: "the find line"
    case .detailSearch: "the search in the detail pane"
    case .palette: "the command palette"
    case .raw: "the raw answer"
    case .tooSmall: "a small window"
    }
  }
}
