import Terminal

/// The keys of the context that the help was opened in.
struct HelpState: Screen {
  static let kind = ScreenKind.overlay

  let context: InputContext
  /// The meaning of the field that had the focus; `nil` for none.
  private(set) var meaning: FieldMeaning?
  /// Lines above the first visible one.
  private(set) var scroll = 0
  /// The search text.
  private(set) var field = TextField()
  /// Whether keys edit the search text.
  private(set) var isSearching = false

  static let bindings: [KeyMap.Binding] =
    KeyMap.scrolling([.help]) + [
      bind(.find, [.character("/")], [.help], "find a key or what it does", hint: ("/", "find")),
      bind(
        .cancel, [.escape, .character("q"), .character("?"), .function(1), .control("c")], [.help],
        "close the help", hint: ("Esc", "close")),
      bind(.accept, [.enter], [.helpSearch], "keep what matches", hint: ("⏎", "keep")),
      bind(.cancel, [.escape, .control("c")], [.helpSearch], "show all keys again", hint: ("Esc", "clear")),
    ] + KeyMap.moving([.helpSearch])

  func inputContext(in context: Context) -> InputContext { isSearching ? .helpSearch : .help }

  func clickable(_ command: Command) -> Command? { command }

  mutating func reduce(_ command: Command, in context: Context) -> Outcome {
    switch command {
    case .find: isSearching = true
    case .accept: isSearching = false
    case .cancel where isSearching:
      isSearching = false
      field = TextField()
      scroll = 0
    case .cancel: return .events(.close)
    default:
      let inside = area(context).inset(columns: 2, rows: 1)
      scroll = scrolled(
        scroll, command, rows: inside.height, lines: lines(in: context, width: inside.width).count)
    }
    return .none
  }

  mutating func edit(_ edit: TextEdit, in context: Context) -> Outcome {
    field.apply(edit)
    scroll = 0
    return .none
  }

  // MARK: Drawing

  private func area(_ context: Context) -> Rectangle {
    let width = min(72, context.size.width - 4)
    return Rectangle(
      column: (context.size.width - width) / 2, row: 1, width: width, height: context.size.height - 3)
  }

  func draw(in frame: inout Frame, _ context: Context) -> ClosedRange<Int> {
    let area = area(context)
    frame.box(area, title: "Keys: \(self.context.title)")
    let inside = area.inset(columns: 2, rows: 1)
    let lines = lines(in: context, width: inside.width)
    let scroll = frame.put(
      lines, scroll: scroll, in: inside, labelWidth: HelpEntry.keyColumns + 2, labelStyle: Theme.hintKey)
    if scroll + inside.height < lines.count {
      frame.put(" ↓ more ", endingAt: area.endColumn - 2, row: area.endRow - 1)
    }
    frame.cursor = Position(column: inside.column, row: inside.row)
    drawSearch(area, in: &frame)
    return context.statusRows
  }

  /// Draws the search text into the lower border of the box.
  private func drawSearch(_ area: Rectangle, in frame: inout Frame) {
    guard isSearching || !field.text.isEmpty else { return }
    let row = area.endRow - 1
    let width = area.width - 16
    let start = frame.put(" /", column: area.column + 2, row: row, style: Theme.hintKey)
    let place = frame.put(field, column: start, row: row, width: width, style: Theme.hintKey)
    frame.put(" ", column: start + min(width, SafeText(field.text).width - place.skipped), row: row)
    if isSearching { frame.cursor = Position(column: place.cursor, row: row) }
  }

  // MARK: Text

  /// The entries that match the search text, in the order of the key map.
  func entries(in context: Context) -> [HelpEntry] {
    let session = context.session
    var entries = context.hints.keyMap.entries(in: self.context, includingWrites: session.writing != .readOnly).map {
      HelpEntry(
        keys: $0.keys.map(\.label).joined(separator: "  "), title: $0.title ?? "", name: $0.command.rawValue)
    }
    if session.usesMouse {
      entries.append(HelpEntry(keys: "Shift-drag", title: "select text, as without the mouse", name: ""))
    }
    let filter = TextFilter(entries.map { "\($0.title) \($0.keys) \($0.name)" })
    // Scattered letters would match too many entries.
    return filter.matches(FuzzyQuery(field.text)).filter { $0.rank < .scattered }.map { entries[$0.place] }
  }

  private func lines(in context: Context, width: Int) -> [Line] {
    var lines: [Line] = []
    if let meaning, field.text.isEmpty {
      lines.append(Line(text: meaning.title, style: Theme.heading))
      lines += wrapped(meaning.text, width: width).map { Line(text: $0) } + [Line(text: "")]
    }
    for entry in entries(in: context) {
      let widths = (HelpEntry.keyColumns, width - HelpEntry.keyColumns - 2)
      lines += sideBySide(entry.keys, entry.title, widths: widths).map { Line(text: $0.right, label: $0.left) }
    }
    return lines.isEmpty ? [Line(text: "No key here does that.", style: Theme.faint)] : lines
  }
}
