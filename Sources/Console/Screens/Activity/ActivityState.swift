import Cloudflare
import FoundationEssentials
import Terminal

/// The page of all writes, newest first.
struct ActivityState: Screen {
  static let kind = ScreenKind.page

  /// The selected write. New writes do not change it.
  var selectedID: WriteIntent.ID?
  /// The first row on screen.
  private(set) var top = 0
  /// Whether the details of the selected write replace the rows.
  private(set) var isDetailOpen = false
  /// Lines of the details above the first visible one.
  private(set) var scroll = 0

  static let bindings: [KeyMap.Binding] =
    KeyMap.scrolling(both) + [
      bind(
        .open, [.enter, .right, .character("l")], [.activity], "all that is known of the write", hint: ("⏎", "open")),
      bind(
        .back, [.escape, .left, .character("h"), .character("q")], [.activityDetail], "back to all writes",
        hint: ("Esc", "back")),
      bind(.back, [.escape, .character("q")], [.activity], "back to the accounts", hint: ("Esc", "back")),
      KeyMap.verify(both),
      bind(.dismiss, [.character("s")], both, "let it block no others, if looking it up cannot tell"),
      KeyMap.adopt(both),
      bind(.editAccount, [.character("e"), .function(4)], both, "do what is left: require two-factor"),
      bind(.refresh, [.character("r"), .function(5), .control("r")], [.activity], "read the journal again"),
      KeyMap.help(both), KeyMap.interrupt(both), KeyMap.copyReceipt(both), KeyMap.palette(both, hint: true),
    ]
  private static let both: InputContexts = [.activity, .activityDetail]

  var pageContext: InputContext { isDetailOpen ? .activityDetail : .activity }
  func inputContext(in context: Context) -> InputContext { pageContext }
  func receipt(in context: Context) -> WriteIntent.ID? { selectedID }

  func awaited(in context: Context) -> [EffectID] { context.writes.lookUps.map(EffectID.lookUp) }

  mutating func begin(in context: Context) -> Outcome {
    selectedID = context.writes.history.entries.last?.id
    return .events(.clearNotice, .readJournal)
  }

  // MARK: Commands

  mutating func reduce(_ command: Command, in context: Context) -> Outcome {
    let entry = selectedEntry(in: context)
    switch command {
    case .back where isDetailOpen:
      isDetailOpen = false
      return .events(.clearNotice)
    case .back: return .events(.clearNotice, .close)
    case .refresh: return .events(.readJournal)
    case .open:
      isDetailOpen = entry != nil
      scroll = 0
    case .verify: return entry.map { verify($0, in: context) } ?? .none
    case .dismiss: return entry.map { .events(.dismiss($0.id)) } ?? .none
    case .adopt: return entry.map { .events(.adopt($0.id)) } ?? .none
    case .editAccount: return entry.map { openRequirement(of: $0, in: context) } ?? .none
    default:
      if isDetailOpen {
        let area = layout(context).detail
        let lines = entry.map { context.entryText(of: $0).lines(width: area.width).count } ?? 0
        scroll = scrolled(scroll, command, rows: area.height, lines: lines)
      } else {
        move(command, in: context)
      }
    }
    return .none
  }

  private mutating func move(_ command: Command, in context: Context) {
    let entries = context.writes.history.entries
    guard !entries.isEmpty else { return }
    var cursor = cursor(in: context)
    cursor.move(command, rows: rows(context), count: entries.count)
    selectedID = entries[entries.count - 1 - cursor.row].id
    top = cursor.top
  }

  private func verify(_ entry: WriteHistory.Entry, in context: Context) -> Outcome {
    switch context.writes.verdict(of: entry) {
    case .unknown, .sendingElsewhere, .notDone, .dismissed: .events(.clearNotice, .lookUp(entry.id))
    case .sending: .notice(.note, "It is on its way from here")
    case .confirmed, .refused: .notice(.note, "It is known what became of it")
    }
  }

  /// Opens the edit form with the two-factor requirement ticked.
  private func openRequirement(of entry: WriteHistory.Entry, in context: Context) -> Outcome {
    guard context.session.writing != .readOnly else { return .notice(.note, Session.readOnlyReason) }
    let list = context.accounts.list
    guard let id = context.writes.pendingRequirement(of: entry, context.session, list) else {
      return .notice(.note, "Nothing is left to do of this write")
    }
    var edits = context.edits[id] ?? AccountEdits()
    edits.requiresTwoFactor = true
    return .events(
      .clearNotice, .edits(id, edits),
      .open(.edit(list.account(id) ?? Account(id: id, name: entry.intent.operation.name))))
  }

  mutating func press(at position: Position, in context: Context) -> Outcome {
    let area = layout(context).list
    let entries = context.writes.history.entries
    let row = cursor(in: context).top + position.row - area.row
    guard !isDetailOpen, area.contains(position), entries.indices.contains(row) else { return .none }
    selectedID = entries[entries.count - 1 - row].id
    return .none
  }

  /// Selects the newest write if none is selected, or if the selected one is gone.
  mutating func receive(_ answer: Answer, in context: Context) -> Outcome {
    guard case .journal(.success) = answer, selectedEntry(in: context) == nil else { return .none }
    let isGone = selectedID != nil
    selectedID = context.writes.history.entries.last?.id
    isDetailOpen = false
    return isGone ? .notice(.warning, "The write that was selected is not in the journal any more") : .none
  }

  // MARK: Rows

  private func selectedEntry(in context: Context) -> WriteHistory.Entry? {
    selectedID.flatMap(context.writes.history.entry)
  }

  /// The row of the selected write, from 0 for the newest, and the scroll position that shows it.
  private func cursor(in context: Context) -> ListCursor {
    let entries = context.writes.history.entries
    let index = entries.lastIndex { $0.id == selectedID }
    var cursor = ListCursor(row: index.map { entries.count - 1 - $0 } ?? 0, top: top)
    cursor.reveal(rows: rows(context), count: entries.count)
    return cursor
  }

  /// Visible rows.
  private func rows(_ context: Context) -> Int { max(1, context.seenRows(of: layout(context).list)) }

  private func layout(_ context: Context) -> ActivityLayout {
    ActivityLayout(in: context, warnings: context.journalWarnings.count, isDetailOpen: isDetailOpen)
  }

  // MARK: Drawing

  func draw(in frame: inout Frame, _ context: Context) -> ClosedRange<Int> {
    let layout = layout(context)
    let width = context.size.width
    let columns = ActivityColumns(width: width)
    for (title, column) in isDetailOpen ? [] : columns.heads {
      frame.put(
        cutting: title, column: column.lowerBound, row: Context.tableHeadRow, width: column.count, style: Theme.faint)
    }
    frame.horizontalLine(row: Context.topRuleRow)
    for (offset, message) in context.journalWarnings.enumerated() {
      frame.put(cutting: message, column: 2, row: 3 + offset, width: width - 4, style: Theme.warning)
    }
    frame.horizontalLine(row: context.bottomRuleRow)
    frame.put(cutting: " \(position(in: context)) ", column: 2, row: context.bottomRuleRow, width: width - 4)
    if let selected = selectedEntry(in: context) {
      draw(selected, layout, columns, in: &frame, context)
    } else {
      let writes = context.writes
      let text =
        writes.isRead
        ? "Nothing has been written to the server from here." : writes.problem == nil ? "Reading the journal …" : ""
      frame.put(cutting: text, column: 4, row: layout.list.row + 1, width: width - 6, style: Theme.faint)
    }
    return context.statusRows
  }

  private func draw(
    _ selected: WriteHistory.Entry, _ layout: ActivityLayout, _ columns: ActivityColumns, in frame: inout Frame,
    _ context: Context
  ) {
    func lines(_ area: Rectangle) -> [Line] { context.entryText(of: selected).lines(width: area.width) }
    if isDetailOpen {
      frame.put(lines(layout.detail), scroll: scroll, in: layout.detail)
      if context.isFront { frame.cursor = Position(column: 1, row: layout.detail.row) }
      return
    }
    let entries = context.writes.history.entries
    let top = cursor(in: context).top
    for line in 0..<layout.list.height where top + line < entries.count {
      let entry = entries[entries.count - 1 - top - line]
      draw(entry, isSelected: entry.id == selected.id, at: layout.list.row + line, columns, in: &frame, context)
    }
    if let preview = layout.preview {
      frame.horizontalLine(row: preview.row - 1)
      frame.put(lines(preview), scroll: 0, in: preview)
    }
  }

  private func position(in context: Context) -> String {
    let entries = context.writes.history.entries
    guard !entries.isEmpty else { return "activity" }
    let row = Wording.number(cursor(in: context).row + 1)
    var text = "\(row) of \(Wording.count(entries.count, "write", "writes"))"
    let unknown = entries.count { context.writes.verdict(of: $0) == .unknown }
    if unknown > 0 { text += " · \(Wording.number(unknown)) not known" }
    return text
  }

  private func draw(
    _ entry: WriteHistory.Entry, isSelected: Bool, at row: Int, _ columns: ActivityColumns, in frame: inout Frame,
    _ context: Context
  ) {
    func put(_ text: String, _ column: Range<Int>?, _ style: Style = .plain) {
      guard let column else { return }
      frame.put(cutting: text, column: column.lowerBound, row: row, width: column.count, style: style)
    }
    let (word, style) = context.outcomeWord(of: entry)
    let time = Wording.minute(entry.intent.date).dropLast(4)
    put(String(columns.time.count < 16 ? time.dropFirst(5) : time), columns.time)
    put(entry.intent.operation.kind.rawValue, columns.operation)
    put(entry.intent.operation.name, columns.name)
    put(entry.accountID.map(Wording.short) ?? "–", columns.id)
    put(word, columns.verdict, style)
    put(entry.outcome?.httpStatus.map(String.init) ?? "–", columns.httpStatus)
    put(entry.outcome?.ray ?? "–", columns.ray)
    guard isSelected else { return }
    frame.put(">", column: 1, row: row, style: Theme.heading)
    frame.restyle(Rectangle(column: 0, row: row, width: context.size.width, height: 1)) { $0.adding(.reverse) }
    if context.isFront { frame.cursor = Position(column: 1, row: row) }
  }
}
