import Terminal

/// The list of all commands of a context, to choose from by name.
struct PaletteState: Screen {
  static let kind = ScreenKind.overlay

  /// The context that the palette was opened in. Only commands bound there can be chosen.
  let context: InputContext
  /// The search text.
  private(set) var field = TextField()
  /// The chosen entry among those that match.
  private(set) var cursor = ListCursor()

  static let bindings: [KeyMap.Binding] =
    [
      bind(.accept, [.enter], [.palette], "carry the command out", hint: ("⏎", "do it")),
      bind(.cancel, [.escape, .control("c")], [.palette], "leave, with nothing done", hint: ("Esc", "leave")),
    ] + KeyMap.moving([.palette]) + [KeyMap.helpWhileTyping([.palette])]

  func inputContext(in context: Context) -> InputContext { .palette }

  func clickable(_ command: Command) -> Command? { command == .cancel || command == .help ? command : nil }

  mutating func edit(_ edit: TextEdit, in context: Context) -> Outcome {
    field.apply(edit)
    if edit.changesText { cursor = ListCursor() }
    return .none
  }

  mutating func reduce(_ command: Command, in context: Context) -> Outcome {
    let entries = entries(in: context)
    switch command {
    case .cancel: return .events(.close)
    case .accept:
      guard entries.indices.contains(cursor.row) else { return .none }
      return .events(.close, .perform(entries[cursor.row].command, in: self.context))
    default:
      cursor.move(command, rows: area(entries.count, context).height - 4, count: entries.count)
      return .none
    }
  }

  /// The entries that match, the best first. The command that deletes is always last.
  func entries(in context: Context) -> [PaletteEntry] {
    let bindings = context.hints.keyMap.entries(
      in: self.context, includingWrites: context.session.writing != .readOnly
    )
    .filter { $0.command != .palette && $0.command != .interrupt }
    // Buttons of a dialog are not offered: a search text that is too short could send something.
    .filter { !context.hasDialog || $0.command != .accept }
    let entries = bindings.map {
      PaletteEntry(
        command: $0.command, title: $0.title ?? "", keys: $0.keys.map(\.label).joined(separator: " "))
    }
    let query = FuzzyQuery(field.text)
    let filter = TextFilter(entries.map { "\($0.title) \($0.command.rawValue)" })
    var fitting = filter.matches(query)
    // Scattered letters count only if nothing matches better.
    if fitting.contains(where: { $0.rank < .scattered }) { fitting.removeAll { $0.rank == .scattered } }
    let matches = fitting.map { match in
      var entry = entries[match.place]
      if !query.isEmpty { entry.marks = Set(filter.marks(query, in: match.place)) }
      // Commands that move the cursor come last: they need no palette.
      return (place: (match.rank, entry.command.moves ? 1 : 0, match.place), entry: entry)
    }
    let sorted = matches.sorted { $0.place < $1.place }.map(\.entry)
    return sorted.filter { $0.command != .deleteAccount } + sorted.filter { $0.command == .deleteAccount }
  }

  // MARK: Drawing

  /// The length of the longest command name.
  private static let nameColumns = 20

  /// The box: the search line, a rule, and the entries.
  private func area(_ count: Int, _ context: Context) -> Rectangle {
    let size = context.size
    let width = min(76, size.width - 4)
    return Rectangle(
      column: (size.width - width) / 2, row: 1, width: width, height: min(max(1, count) + 4, size.height - 3))
  }

  func draw(in frame: inout Frame, _ context: Context) -> ClosedRange<Int> {
    let entries = entries(in: context)
    let area = area(entries.count, context)
    frame.box(area, title: "Commands for \(self.context.title)")
    let inside = area.inset(columns: 2, rows: 1)
    let start = frame.put(":", column: inside.column, row: inside.row, style: Theme.hintKey)
    let place = frame.put(field, column: start, row: inside.row, width: inside.endColumn - start)
    frame.cursor = Position(column: place.cursor, row: inside.row)
    frame.horizontalLine(row: inside.row + 1, from: area.column + 1, to: area.endColumn - 1)
    if entries.isEmpty {
      frame.put(
        cutting: "Nothing here is called that.", column: inside.column, row: inside.row + 2, width: inside.width,
        style: Theme.faint)
    }
    let rows = area.height - 4
    var cursor = cursor
    cursor.reveal(rows: rows, count: entries.count)
    for (offset, entry) in entries.dropFirst(cursor.top).prefix(rows).enumerated() {
      draw(entry, isChosen: cursor.top + offset == cursor.row, inside, row: inside.row + 2 + offset, in: &frame)
    }
    if cursor.top + rows < entries.count { frame.put(" ↓ more ", endingAt: area.endColumn - 2, row: area.endRow - 1) }
    return context.statusRows
  }

  /// Draws the title, the name if it fits, and the keys.
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
    // Titles and names are ours: each character takes one column.
    for place in entry.marks {
      let isTitle = place < entry.title.count
      let start = isTitle ? column + place : nameColumn + place - entry.title.count - 1
      guard isTitle ? start < titleEnd : hasNames && start < nameColumn + Self.nameColumns else { continue }
      frame.restyle(Rectangle(column: start, row: row, width: 1, height: 1)) { $0.adding(Theme.match) }
    }
    if isChosen { frame.restyle(line) { $0.adding(.reverse) } }
  }
}
