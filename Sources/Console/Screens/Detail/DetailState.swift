import Cloudflare
import FoundationEssentials
import Terminal

/// The pane with the details of one account.
struct DetailState: Sendable, Equatable {
  /// The subject of the pane.
  enum Subject {
    case account(Account)
    /// The selected account has left the list.
    case lost(name: String)
    /// The account is not loaded yet.
    case pending
    case none
  }

  /// Lines above the first visible one.
  private(set) var scroll = 0
  /// The search; `nil` for none.
  private(set) var search: DetailSearch?
  /// The account that is being read again.
  private(set) var reading: Account.ID?

  static let bindings: [KeyMap.Binding] =
    KeyMap.scrolling([.detail]) + [
      bind(.previousAccount, [.character("[")], [.detail], "the previous account"),
      bind(.nextAccount, [.character("]")], [.detail], "the next account"),
      bind(
        .back, [.escape, .left, .character("h"), .character("q")], [.detail], "back to the list",
        hint: ("Esc", "back")),
    ]
  static let commands: [KeyMap.Binding] =
    [
      bind(.find, [.character("/")], [.detail], "find text in what is shown", hint: ("/", "find")),
      bind(.nextMatch, [.character("n")], [.detail], "the next line with that text"),
      bind(.previousMatch, [.character("N")], [.detail], "the line before with that text"),
      bind(.loadRest, [.character("L")], [.detail], "load the rest of zones and members"),
      bind(
        .accept, [.enter], [.detailSearch], "keep what is found, to go on from match to match", hint: ("⏎", "keep")),
      bind(.cancel, [.escape, .control("c")], [.detailSearch], "look for nothing", hint: ("Esc", "clear")),
    ] + KeyMap.moving([.detailSearch]) + [KeyMap.helpWhileTyping([.detailSearch])]

  var isTyping: Bool { search?.isEditing == true }

  // MARK: Changes

  /// Resets the pane for another account.
  mutating func turn() {
    scroll = 0
    search?.line = nil
  }

  mutating func closeSearch() { search = nil }

  /// - Parameter area: the area of the pane.
  mutating func reduce(
    _ command: Command, about subject: Subject, in context: Context, _ area: Rectangle
  ) -> Outcome {
    switch command {
    case .cancel where isTyping:
      search = nil
      return .events(.clearNotice)
    case .accept where isTyping:
      if search?.field.text.isEmpty == true { search = nil }
      search?.isEditing = false
      return .none
    case .find:
      search = DetailSearch()
      return .events(.clearNotice)
    case .nextMatch: return moveToMatch(step: 1, subject, context, area)
    case .previousMatch: return moveToMatch(step: -1, subject, context, area)
    default:
      let lines = lines(about: subject, in: context, isOpen: true, width: area.width).count
      scroll = scrolled(scroll, command, rows: context.seenRows(of: area), lines: lines)
      return .none
    }
  }

  mutating func edit(_ edit: TextEdit, about subject: Subject, in context: Context, _ area: Rectangle) {
    search?.field.apply(edit)
    goToMatch(from: search?.line ?? scroll, step: 1, subject, context, area)
  }

  /// Moves to the next or previous line with a match. After the last line, the search continues at the first.
  private mutating func moveToMatch(
    step: Int, _ subject: Subject, _ context: Context, _ area: Rectangle
  ) -> Outcome {
    guard let search else {
      let key = context.hints.keyMap.label(of: .find, in: .detail)
      return .notice(.note, "Nothing is looked for here", nextStep: key.map { "\($0) finds text in it" })
    }
    goToMatch(from: search.line.map { $0 + step } ?? scroll, step: step, subject, context, area)
    return .notice(.note, "“\(search.field.text)” · \(place(about: subject, in: context, area))")
  }

  private mutating func goToMatch(
    from start: Int, step: Int, _ subject: Subject, _ context: Context, _ area: Rectangle
  ) {
    guard let search else { return }
    let lines = lines(about: subject, in: context, isOpen: true, width: area.width)
    let order = lines.indices.lazy.map { ((start + step * $0) % lines.count + lines.count) % lines.count }
    let found = order.first { search.matches(lines[$0]) }
    self.search?.line = found
    guard let found else { return }
    let rows = context.seenRows(of: area)
    if found < scroll || found >= scroll + rows { scroll = max(0, min(found - rows / 3, lines.count - rows)) }
  }

  // MARK: Reading

  mutating func read(_ account: Account, priority: RequestPriority) -> Effect {
    reading = account.id
    return .readAccount(account.id, for: .detail, priority: priority)
  }

  /// Cancels the reading.
  mutating func stopReading() -> [Effect] {
    guard reading != nil else { return [] }
    reading = nil
    return [.cancel(.account(.detail))]
  }

  mutating func receive(_ answer: Answer, in context: Context) -> Outcome {
    guard case .account(.detail, let id, let result) = answer else { return .none }
    reading = nil
    switch result {
    case .success(let account): return .events(.read(account))
    case .failure(let error) where error.saysGone:
      let name = context.accounts.list.account(id).map(Wording.name(of:)) ?? id
      return .notice(
        .warning, "\(name) is not there any more: \(error.explanation)",
        nextStep: context.hints.list(.refresh, "reads the list again"))
    case .failure(let error):
      return .notice(
        .failure, "The account could not be read: \(error.explanation)",
        nextStep: error.nextStep ?? context.hints(.refresh, "tries again"))
    }
  }

  // MARK: Text

  /// - Parameter isOpen: whether a person has opened the account.
  func lines(about subject: Subject, in context: Context, isOpen: Bool, width: Int) -> [Line] {
    text(about: subject, in: context, isOpen: isOpen).lines(width: width)
  }

  func text(about subject: Subject, in context: Context, isOpen: Bool) -> [Block] {
    switch subject {
    case .none: return []
    case .pending: return [.paragraph("…", Theme.faint)]
    case .lost(let name):
      return [
        .paragraph("\(name) is no longer in this part of the list."),
        .paragraph("Move to select another account.", Theme.faint),
      ]
    case .account(let account):
      var text: [Block] = [.paragraph(Wording.name(of: account), Theme.heading)]
      if let problem = account.nameProblem {
        let parts = [problem.words, context.hints(.showRaw, "shows its JSON")]
        text.append(.paragraph("Odd: \(parts.compactMap(\.self).joined(separator: " · "))", Theme.warning))
      }
      let isDeleted = context.accounts.list.deleted.contains(account.id)
      if isDeleted {
        text.append(.paragraph("Deleted. The row stays until the list is read again.", Theme.warning))
      }
      text += [.blank] + facts(of: account, in: context)
      guard !isDeleted else { return text }
      let inventory = InventoryText(inventory: context.accounts.inventory[account.id])
      return text + [.blank]
        + inventory.blocks(
          isOpen: isOpen, at: context.now,
          hintToRest: context.hints(.loadRest, "loads the rest", in: .detail) ?? "the rest is not loaded")
    }
  }

  private func facts(of account: Account, in context: Context) -> [Block] {
    var text: [Block] = [
      .field("ID", Wording.grouped(id: account.id)), .field("Type", Wording.type(account.type)),
      .field(
        "Two-factor", account.settings?.enforceTwoFactor.map { $0 ? "required" : "not required" } ?? "not said"),
      .field("Created", Wording.created(account, at: context.now)), .field("Parent", Wording.parent(of: account)),
    ]
    if let parentID = account.managedBy?.id, account.managedBy?.name != nil {
      text.append(.field("", Wording.grouped(id: parentID), Theme.faint))
    }
    if !account.abuseContact.isEmpty { text.append(.field("Abuse", account.abuseContact)) }
    return text
  }

  // MARK: Drawing

  func draw(
    about subject: Subject, in frame: inout Frame, _ context: Context, _ area: Rectangle, isFocused: Bool
  ) {
    let rows = context.seenRows(of: area)
    let lines = lines(about: subject, in: context, isOpen: isFocused, width: area.width)
    // A shorter text must not leave the pane empty.
    let scroll = min(scroll, max(0, lines.count - rows))
    let search = isFocused ? search : nil
    for (offset, line) in lines.dropFirst(scroll).prefix(area.height).enumerated() {
      let row = area.row + offset
      frame.put(line, labelWidth: Block.labelWidth, column: area.column, row: row, width: area.width)
      if let search { mark(search, in: line, area, row: row, &frame) }
    }
    if scroll + rows < lines.count {
      frame.put(" ↓ more ", endingAt: area.endColumn, row: context.bottomRuleRow)
    }
    guard isFocused, context.isFront else { return }
    let line = search?.line.map { $0 - scroll } ?? 0
    let row = area.row + (0..<area.height ~= line ? line : 0)
    let column = max(0, area.column - 1)
    frame.put(">", column: column, row: row, style: Theme.heading)
    frame.cursor = Position(column: column, row: row)
  }

  /// Marks the matches in a line and its label.
  private func mark(_ search: DetailSearch, in line: Line, _ area: Rectangle, row: Int, _ frame: inout Frame) {
    func markMatches(in text: String, _ column: Int, _ width: Int) {
      for match in search.matches(in: text) {
        let start = SafeText(String(text[..<match.lowerBound])).width
        let end = min(width, start + SafeText(String(text[match])).width)
        guard start < end else { break }
        frame.mark(column + start..<column + end, row: row)
      }
    }
    guard let label = line.label else { return markMatches(in: line.text, area.column, area.width) }
    markMatches(in: label, area.column, Block.labelWidth - 1)
    markMatches(in: line.text, area.column + Block.labelWidth, area.width - Block.labelWidth)
  }

  /// Draws the search line, with the position among the matches.
  ///
  /// - Returns: the position of the cursor.
  func drawSearchLine(
    about subject: Subject, row: Int, in frame: inout Frame, _ context: Context, _ area: Rectangle
  ) -> Position? {
    guard let search else { return nil }
    let place = SafeText(place(about: subject, in: context, area))
    let cursor = frame.put(searchField: search.field, row: row, width: context.size.width - 4 - place.width)
    frame.put(place, column: context.size.width - 1 - place.width, row: row, style: Theme.faint)
    return cursor
  }

  /// `2 of 5 lines`.
  private func place(about subject: Subject, in context: Context, _ area: Rectangle) -> String {
    guard let search else { return "" }
    let found = lines(about: subject, in: context, isOpen: true, width: area.width).enumerated()
      .filter { search.matches($0.element) }
    guard let line = search.line, let index = found.firstIndex(where: { $0.offset == line }) else {
      return search.field.text.isEmpty ? "" : "no line here has it"
    }
    return "\(Wording.number(index + 1)) of \(Wording.count(found.count, "line", "lines"))"
  }
}
