import Cloudflare
import FoundationEssentials
import Terminal

/// Where things stand on the screen of all writes.
struct ActivityLayout {
  /// The rows of the table, without its head.
  var list: Rectangle
  /// What is known of the selected write, in windows that have room for both.
  var preview: Rectangle?
  /// What is known of the selected write, when it takes the place of the table.
  var detail: Rectangle {
    Rectangle(column: list.column + 2, row: list.row, width: list.width - 4, height: list.height)
  }
}

extension State {
  var activityLayout: ActivityLayout {
    let warnings = journalWarnings.count
    let first = 3 + warnings
    let rows = max(1, layout.bottomRuleRow - first)
    let area = Rectangle(column: 0, row: first, width: size.width, height: rows)
    let previewRows = 9
    guard size.height >= 24, activity.screen?.isDetailOpen == false else { return ActivityLayout(list: area) }
    return ActivityLayout(
      list: Rectangle(column: 0, row: first, width: size.width, height: rows - previewRows - 1),
      preview: Rectangle(
        column: 2, row: layout.bottomRuleRow - previewRows, width: size.width - 4, height: previewRows))
  }

  /// Rows of the list that are seen.
  var activityRows: Int { max(1, seenRows(of: activityLayout.list)) }

  func draw(_ screen: ActivityScreen, in frame: inout Frame) {
    let layout = activityLayout
    let columns = ActivityColumns(width: size.width)
    for (title, column) in screen.isDetailOpen ? [] : columns.titles {
      frame.put(
        cutting: title, column: column.lowerBound, row: Layout.tableHeadRow, width: column.count, style: Theme.faint)
    }
    frame.horizontalLine(row: Layout.topRuleRow)
    for (offset, message) in journalWarnings.enumerated() {
      frame.put(cutting: message, column: 2, row: 3 + offset, width: size.width - 4, style: Theme.warning)
    }
    frame.horizontalLine(row: self.layout.bottomRuleRow)
    frame.put(
      cutting: " \(activityPosition(screen)) ", column: 2, row: self.layout.bottomRuleRow, width: size.width - 4)
    guard let selected = selectedEntry(of: screen) else { return drawNoActivity(in: &frame, layout) }
    if screen.isDetailOpen {
      drawEntry(selected, layout.detail, scroll: screen.scroll, in: &frame)
      if help == nil { frame.cursor = Position(column: 1, row: layout.detail.row) }
      return
    }
    let entries = activity.history.entries
    let top = cursor(of: screen).top
    for line in 0..<layout.list.height where top + line < entries.count {
      let entry = entries[entries.count - 1 - top - line]
      draw(entry, isSelected: entry.id == selected.id, at: layout.list.row + line, columns, in: &frame)
    }
    if let preview = layout.preview {
      frame.horizontalLine(row: preview.row - 1)
      drawEntry(selected, preview, scroll: 0, in: &frame)
    }
  }

  /// What of the journal's file cannot be used.
  var journalWarnings: [String] {
    let warnings = activity.warnings
    var lines: [String] = []
    if let problem = activity.problem { lines.append("! \(problem.explanation)") }
    if warnings.unreadableLines > 0 {
      lines.append("! \(Wording.count(warnings.unreadableLines, "line", "lines")) of the journal cannot be read")
    }
    if warnings.setAside > 0 {
      let what = Wording.count(warnings.setAside, "line that was cut off is", "lines that were cut off are")
      lines.append("! \(what) kept in \(warnings.setAsidePath ?? "a file beside the journal")")
    }
    return lines
  }

  private func activityPosition(_ screen: ActivityScreen) -> String {
    let entries = activity.history.entries
    guard !entries.isEmpty else { return "activity" }
    var text = "\(Wording.number(selectedRow(of: screen) + 1)) of \(Wording.count(entries.count, "write", "writes"))"
    let unknown = entries.count { activity.status(of: $0) == .unknown }
    if unknown > 0 { text += " · \(Wording.number(unknown)) not known" }
    return text
  }

  private func drawNoActivity(in frame: inout Frame, _ layout: ActivityLayout) {
    let text =
      activity.isRead
      ? "Nothing has been written to the server from here." : activity.problem == nil ? "Reading the journal …" : ""
    frame.put(cutting: text, column: 4, row: layout.list.row + 1, width: size.width - 6, style: Theme.faint)
  }

  private func draw(
    _ entry: WriteHistory.Entry, isSelected: Bool, at row: Int, _ columns: ActivityColumns, in frame: inout Frame
  ) {
    func put(_ text: String, _ column: Range<Int>?, _ style: Style = .plain) {
      guard let column else { return }
      frame.put(cutting: text, column: column.lowerBound, row: row, width: column.count, style: style)
    }
    let (word, style) = outcomeWord(of: entry)
    let time = Wording.minute(entry.intent.date).dropLast(4)
    put(String(columns.time.count < 16 ? time.dropFirst(5) : time), columns.time)
    put(entry.intent.operation.kind.rawValue, columns.operation)
    put(entry.intent.operation.name, columns.name)
    put(entry.accountID.map(Wording.short) ?? "–", columns.id)
    put(word, columns.outcome, style)
    put(entry.outcome?.status.map(String.init) ?? "–", columns.status)
    put(entry.outcome?.ray ?? "–", columns.ray)
    guard isSelected else { return }
    frame.put(">", column: 1, row: row, style: Theme.heading)
    frame.restyle(Rectangle(column: 0, row: row, width: size.width, height: 1)) { $0.adding(.reverse) }
    if help == nil { frame.cursor = Position(column: 1, row: row) }
  }

  private func drawEntry(_ entry: WriteHistory.Entry, _ area: Rectangle, scroll: Int, in frame: inout Frame) {
    let lines = entryText(of: entry).lines(width: area.width)
    // A wider window makes the text shorter.
    let scroll = min(scroll, max(0, lines.count - area.height))
    for (offset, line) in lines.dropFirst(scroll).prefix(area.height).enumerated() {
      frame.put(
        line, labelWidth: Block.labelWidth, column: area.column, row: area.row + offset, width: area.width)
    }
  }

  func outcomeWord(of entry: WriteHistory.Entry) -> (String, Style) {
    if activity[entry.id].lookUp != nil || activity[entry.id].watch != nil { return ("looking …", Theme.warning) }
    return switch activity.status(of: entry) {
    case .sending: ("under way", Theme.note)
    case .sendingElsewhere: ("elsewhere", Theme.note)
    case .unknown: ("not known", Theme.warning)
    case .confirmed: ("confirmed", Theme.success)
    case .refused: ("refused", Theme.failure)
    case .notDone: ("not done", Theme.note)
    case .dismissed: ("dismissed", Theme.faint)
    }
  }

  /// All that is known of a write, what matters most first.
  ///
  /// - Parameter namesKeys: whether the keys that do what is left are named.
  func entryText(of entry: WriteHistory.Entry, namesKeys: Bool = true) -> [Block] {
    var text: [Block] = []
    func add(_ label: String, _ words: String?, _ style: Style = .plain) {
      if let words, !words.isEmpty { text.append(.field(label, words, style)) }
    }
    let (_, style) = outcomeWord(of: entry)
    let operation = entry.intent.operation
    add(operation.kind.title, operation.name, Theme.heading)
    add("ID", entry.accountID.map(Wording.grouped))
    add("Outcome", outcomeSentence(of: entry), style)
    add("Looked up", finding(of: entry.id, in: .activity), Theme.warning)
    if pendingRequirement(of: entry) != nil {
      let step = namesKeys ? hint(.editAccount, "requires it.", in: .activity) : nil
      add("To do", ["Two-factor is not required yet.", step].compactMap(\.self).joined(separator: " "), Theme.warning)
    }
    add("Said", entry.outcome?.explanation)
    if let outcome = entry.outcome, outcome.status != nil || outcome.ray != nil {
      let status = outcome.status.map { "HTTP \($0)" }
      add("Answer", [status, outcome.ray.map { "cf-ray \($0)" }].compactMap(\.self).joined(separator: " · "))
    }
    add("Begun", "\(Wording.minute(entry.intent.date)) (\(Wording.age(of: entry.intent.date, at: now)))")
    add("Ended", entry.outcome.map { Wording.minute($0.date) })
    if case .create(let creation) = operation {
      let account = creation.account
      add("Type", account.type.rawValue)
      add("Unit", account.unit?.id)
      add("Business", account.business.texts.compactMap(\.self).joined(separator: " · "))
      add("Two-factor", creation.requiresTwoFactor ? "to be required, by a change after the creation" : nil)
      add("Key", creation.idempotencyKey)
    }
    if case .update(_, let changes) = operation {
      add("Two-factor", changes.settings?.enforceTwoFactor.map { $0 ? "required" : "not required" })
      add("Abuse", changes.settings?.abuseContactEmail.map { $0.isEmpty ? "none" : $0 })
    }
    add("As", "\(entry.intent.origin.identity) at \(entry.intent.origin.endpoint)")
    add("Profile", entry.intent.profile)
    add("Process", "\(entry.process.id)")
    return text
  }

  private func outcomeSentence(of entry: WriteHistory.Entry) -> String {
    if activity[entry.id].lookUp != nil { return "Reading whether it has happened; this takes a few seconds …" }
    if let watching = watchSentence(of: entry.id) { return watching }
    return switch activity.status(of: entry) {
    case .sending: "The one request is on its way."
    case .sendingElsewhere: "The console with process \(entry.process.id) is sending it."
    case .unknown where !canLookUp(entry):
      "It is not known whether it has happened. Only a console at \(entry.intent.origin.endpoint) can find out."
    case .unknown:
      ["It is not known whether it has happened.", hint(.verify, "finds out by reading.", in: .activity)]
        .compactMap(\.self).joined(separator: " ")
    case .confirmed: "It has happened."
    case .refused: "It has not happened: it was refused."
    case .notDone: "Nothing was found of it when it could act no more."
    case .dismissed: "Not known, and dismissed by hand."
    }
  }
}

/// The columns of the table of writes: the name has what the others leave, and in narrow windows some others are left
/// out.
struct ActivityColumns {
  var time: Range<Int>
  var operation: Range<Int>
  var name: Range<Int>
  var id: Range<Int>?
  var outcome: Range<Int>
  var status: Range<Int>?
  var ray: Range<Int>?

  init(width: Int) {
    time = 4..<(width < 76 ? 15 : 20)
    operation = time.upperBound + 2..<time.upperBound + 8
    var end = width - 1
    func reserve(_ columns: Int) -> Range<Int> {
      defer { end -= columns + 2 }
      return end - columns..<end
    }
    ray = width >= 110 ? reserve(20) : nil
    status = width >= 76 ? reserve(4) : nil
    outcome = reserve(9)
    id = width >= 76 ? reserve(9) : nil
    name = operation.upperBound + 2..<end
  }

  var titles: [(String, Range<Int>)] {
    let all: [(String, Range<Int>?)] = [
      ("TIME (UTC)", time), ("WRITE", operation), ("ACCOUNT", name), ("ID", id), ("OUTCOME", outcome), ("HTTP", status),
      ("CF-RAY", ray),
    ]
    return all.compactMap { title, column in column.map { (title, $0) } }
  }
}

extension WriteHistory.Entry {
  /// The account that was written to or has come of it.
  var accountID: Account.ID? { outcome?.accountID ?? intent.operation.accountID }
}

extension WriteOperation.Kind {
  /// As a label.
  fileprivate var title: String {
    switch self {
    case .create: "Create"
    case .update: "Change"
    case .delete: "Delete"
    }
  }
}
