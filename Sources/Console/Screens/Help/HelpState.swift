import Terminal

/// The keys of the place where the help was asked for.
struct HelpState: Screen {
  static let kind = ScreenKind.overlay

  let context: InputContext
  /// What the field is for that had the focus, when one had.
  let meaning: FieldMeaning?
  /// Lines above the first visible one.
  private(set) var scroll = 0
  /// What is looked for in the help.
  private(set) var field = TextField()
  /// Whether keys go to what is looked for.
  private(set) var isSearching = false

  init(context: InputContext, meaning: FieldMeaning? = nil) {
    self.context = context
    self.meaning = meaning
  }

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
    // A wider window makes the text shorter.
    let scroll = max(0, min(scroll, lines.count - inside.height))
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
    drawSearch(area, in: &frame)
    return context.statusRows
  }

  /// What is looked for stands in the lower edge of the box.
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

  /// The bindings that the help tells of, in the order of the map: all, or those that what is looked for leaves.
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
    // Letters that only follow each other somewhere would leave too much.
    return filter.matches(FuzzyQuery(field.text)).filter { $0.rank < .scattered }.map { entries[$0.place] }
  }

  private func lines(in context: Context, width: Int) -> [Line] {
    var lines: [Line] = []
    if let meaning, field.text.isEmpty {
      lines.append(Line(text: meaning.title, style: Theme.heading))
      lines += wrapped(meaning.text, width: width).map { Line(text: $0) } + [Line(text: "")]
    }
    for entry in entries(in: context) {
      let keys = wrapped(entry.keys, width: HelpEntry.keyColumns)
      let titles = wrapped(entry.title, width: width - HelpEntry.keyColumns - 2)
      for index in 0..<max(keys.count, titles.count) {
        lines.append(
          Line(text: index < titles.count ? titles[index] : "", label: index < keys.count ? keys[index] : ""))
      }
    }
    return lines.isEmpty ? [Line(text: "No key here does that.", style: Theme.faint)] : lines
  }
}
