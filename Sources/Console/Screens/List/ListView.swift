import Cloudflare
import FoundationEssentials
import Terminal

/// Draws the list and describes the position in it.
struct ListView {
  let state: ListState
  let context: Context
  /// The area of the rows, without the head of the table.
  let area: Rectangle
  /// Whether keys go to the list, not to the detail pane.
  let hasKeys: Bool

  private var list: AccountList { context.accounts.list }
  private var rowCount: Int { state.rowCount(of: list) }

  /// The position of the cursor, the length of the list, and why the list ends early.
  var placeInList: String {
    if let find = state.find, find.isFiltering { return reach(of: find, width: context.size.width - 6) }
    guard list.rowCount > 0 else { return list.isLoaded ? "no accounts" : "" }
    let row = state.cursor.row
    let total = Wording.number(max(list.knownCount, row + 1)) + (list.isOpen ? "+" : "")
    var text = "\(Wording.number(row + 1)) of \(total) · page \(Wording.number(list.page(ofRow: row)))"
    if let order = state.orderWords {
      text = "\(Wording.number(row + 1)) of \(Wording.number(rowCount)) · sorted \(order)"
      if let age = ageOnScreen { text += " · \(age)" }
      if list.isWhole || context.accounts.loadAll != nil { return text }
      return [text, "some are not loaded", context.hints.list(.loadAll, "loads the rest")].compactMap(\.self)
        .joined(separator: " · ")
    }
    if case .pages(let count, _) = list.extent { text += " of \(Wording.number(count))" }
    if let age = ageOnScreen { text += " · \(age)" }
    switch list.earlyEnd {
    case .lastPage: text += " · the server says there are no more pages"
    case .emptyPage(let page): text += " · page \(page) came empty"
    case .repeatedPage(let page): text += " · page \(page) repeated what was there: this credential sees no further"
    case nil: break
    }
    if let leftOut = list.leftOutWords { text += " · \(leftOut)" }
    return text
  }

  func draw(in frame: inout Frame) {
    let columns = TableColumns(width: area.width)
    // Calls instead of an array: its generic type would have to be built for the first frame.
    drawTitle("NAME", .name, columns.name, in: &frame)
    drawTitle("TYPE", .type, columns.type, in: &frame)
    drawTitle("2FA", .twoFactor, columns.twoFactor, in: &frame)
    drawTitle("CREATED", .created, columns.created, in: &frame)
    frame.horizontalLine(row: Context.topRuleRow, to: area.endColumn)
    if rowCount == 0 {
      drawEmptyTable(in: &frame)
      return
    }
    let cursor = state.cursor
    let createdIDs = list.created
    for line in 0..<area.height {
      guard let row = state.row(at: cursor.top + line, of: list) else { break }
      draw(
        row, isCursor: cursor.top + line == cursor.row, createdIDs: createdIDs, at: area.row + line, columns,
        in: &frame)
    }
  }

  /// Draws the title of a column, with an arrow if the list is sorted by it.
  private func drawTitle(_ title: String, _ key: AccountOrder.Column, _ column: Range<Int>, in frame: inout Frame) {
    // Matches of a search are ordered by rank first, so no arrow is shown.
    let sort = state.find?.isFiltering == true ? nil : state.sort
    let arrow = sort.flatMap { $0.criterion == key ? $0.arrow : nil }
    let text = arrow.map { column.count > title.count + 1 ? "\(title) \($0)" : title + $0 } ?? title
    frame.put(
      cutting: text, column: column.lowerBound, row: Context.tableHeadRow, width: column.count + 1,
      style: arrow == nil ? Theme.faint : Theme.heading)
  }

  private func draw(
    _ row: AccountList.Row, isCursor: Bool, createdIDs: [Account.ID], at screenRow: Int, _ columns: TableColumns,
    in frame: inout Frame
  ) {
    switch row {
    case .pending(let page):
      let text = context.accounts.failures[page] == nil ? "…" : "! did not come"
      frame.put(
        cutting: text, column: columns.name.lowerBound, row: screenRow, width: columns.name.count, style: Theme.faint)
    case .account(let id):
      guard let account = list.account(id) else { return }
      let isDeleted = list.deleted.contains(id)
      let style = isDeleted ? Theme.faint : .plain
      if createdIDs.contains(id) { frame.put("+", column: 2, row: screenRow, style: Theme.success) }
      if account.nameProblem != nil {
        put(Wording.name(of: account), columns.name, screenRow, isDeleted ? style : Theme.warning, in: &frame)
      } else if let find = state.find, find.isFiltering {
        drawMatch(account, find, columns.name, screenRow, style, in: &frame)
      } else {
        put(account.name, columns.name, screenRow, style, in: &frame)
      }
      put(isDeleted ? "deleted" : account.type?.rawValue ?? "–", columns.type, screenRow, style, in: &frame)
      put(account.requiresTwoFactor ? "on" : "–", columns.twoFactor, screenRow, style, in: &frame)
      put(account.createdOn.map(Wording.day) ?? "–", columns.created, screenRow, style, in: &frame)
    }
    guard isCursor else { return }
    if case .lost = state.selection {
      frame.put("?", column: 1, row: screenRow, style: Theme.warning)
    } else {
      frame.put(">", column: 1, row: screenRow, style: Theme.heading)
      let area = Rectangle(column: 0, row: screenRow, width: columns.created.upperBound + 1, height: 1)
      let more: Style.Attributes = hasKeys ? .reverse : .bold
      frame.restyle(area) { $0.adding(more) }
    }
    if hasKeys, context.isFront { frame.cursor = Position(column: 1, row: screenRow) }
  }

  private func put(_ text: String, _ column: Range<Int>, _ row: Int, _ style: Style, in frame: inout Frame) {
    frame.put(cutting: text, column: column.lowerBound, row: row, width: column.count, style: style)
  }

  private func drawEmptyTable(in frame: inout Frame) {
    let text: [Block]
    if let find = state.find, find.isFiltering, list.isLoaded {
      text = unmatchedText(find)
    } else if let failure = context.accounts.failures[1] {
      text =
        [.paragraph("The accounts could not be read.", Theme.failure), .paragraph(failure.explanation), .blank]
        + Block.optional(failure.nextStep) + Block.optional(context.hints.list(.refresh, "tries again"))
    } else if list.isLoaded {
      let isReadOnly = context.session.writing == .readOnly
      text =
        [.paragraph("There are no accounts here.")]
        + Block.optional(isReadOnly ? nil : context.hints(.newAccount, "creates the first one"))
    } else {
      text = [.paragraph("Reading the accounts of \(context.session.endpointHost) …", Theme.faint)]
    }
    let place = Rectangle(column: 3, row: area.row + 1, width: area.width - 6, height: area.height - 1)
    frame.put(text.lines(width: place.width), scroll: 0, in: place)
  }

  /// The age of stale pages on screen and the state of their refresh; `nil` if none is stale.
  private var ageOnScreen: String? {
    guard !list.stale.isEmpty else { return nil }
    let rows = state.cursor.top..<min(state.cursor.top + max(1, area.height), rowCount)
    let pages = Set(
      rows.compactMap { row -> Int? in
        guard case .account(let id) = state.row(at: row, of: list) else { return nil }
        return list.page(of: id)
      })
    let accounts = context.accounts
    guard let age = accounts.age(of: pages, at: context.now) else { return nil }
    if pages.contains(where: accounts.loading.contains) { return age + ", refreshing …" }
    return age + (pages.contains { accounts.failures[$0] != nil } ? ", not refreshed" : "")
  }

  // MARK: Finding

  /// The position among the matches, what was searched, and how to load the rest if that fits.
  private func reach(of find: FindState, width: Int) -> String {
    let matches = rowCount
    var text = matches > 0 ? "\(Wording.number(state.cursor.row + 1)) of " : ""
    let order = state.orderWords.map { "sorted \($0) · " } ?? ""
    text += "\(Wording.number(matches)) match · \(order)\(searched(find))"
    guard !find.isEditing else { return text }
    // The search text comes first: it must be visible that rows are hidden.
    text = "/\(find.field.text) · \(text)"
    let next = list.isWhole ? "" : context.hints.list(.loadAll, "loads the rest").map { " · \($0)" } ?? ""
    return SafeText(text).width + SafeText(next).width <= width ? text + next : text
  }

  func searched(_ find: FindState) -> String {
    let age = context.accounts.age(of: list.stale, at: context.now).map { ", \($0)" } ?? ""
    if list.isWhole { return "searched all \(Wording.number(list.loadedCount))\(age)" }
    var text = "searched \(Wording.number(list.loadedCount))"
    if list.isLoaded { text += " of \(list.countWords)" }
    text += age
    switch find.asking {
    case .needless: break
    case .debouncing, .asked: text += ", asking the server …"
    case .answered(let isFull):
      text += isFull ? " and the server's first \(context.session.perPage)" : " and the server"
    case .failed(let error): text += ", not the server (\(error.shortReason))"
    }
    return text
  }

  private func unmatchedText(_ find: FindState) -> [Block] {
    let isAsking = find.asking == .debouncing || find.asking == .asked
    return [
      .paragraph(list.isWhole ? "No account matches." : "No account that is loaded matches."),
      .paragraph(isAsking ? "Asking the server …" : "Esc shows all accounts again", Theme.faint),
    ]
  }

  /// Draws a name with its match marked, and the matching end of the ID.
  private func drawMatch(
    _ account: Account, _ find: FindState, _ column: Range<Int>, _ row: Int, _ style: Style, in frame: inout Frame
  ) {
    var width = column.count
    if let piece = identifierPiece(of: account.id, find.query), piece.text.count + 6 <= width {
      let start = column.upperBound - piece.text.count
      frame.put(SafeText(piece.text), column: start, row: row, style: Theme.faint)
      frame.mark(start + piece.marked.lowerBound..<start + piece.marked.upperBound, row: row)
      width -= piece.text.count + 2
    }
    frame.put(cutting: account.name, column: column.lowerBound, row: row, width: width, style: style)
    let marks = Set(find.index.marks(in: account.name))
    guard !marks.isEmpty else { return }
    // A name that is cut has an ellipsis in its last column.
    let end = column.lowerBound + (SafeText(account.name).width > width ? width - 1 : width)
    var start = column.lowerBound
    for (place, character) in account.name.enumerated() {
      let next = start + SafeText(String(character)).width
      guard next <= end else { break }
      if marks.contains(place) { frame.mark(start..<next, row: row) }
      start = next
    }
  }

  /// The end of an ID that matches.
  private func identifierPiece(of id: Account.ID, _ query: FuzzyQuery) -> (text: String, marked: Range<Int>)? {
    guard query.matches(identifier: id), let count = query.identifier?.count else { return nil }
    let shown = max(8, count)
    guard shown < id.count else { return (id, 0..<id.count) }
    let isBeginning = id.prefix(count).lowercased().utf8.elementsEqual(query.identifier ?? [])
    return isBeginning
      ? ("\(id.prefix(shown))…", 0..<count) : ("…\(id.suffix(shown))", 1 + shown - count..<1 + shown)
  }

  // MARK: Loading all

  /// Draws the progress, the rate and the time left of the loading of all pages.
  func drawLoadAll(_ loadAll: LoadAll, row: Int, in frame: inout Frame) {
    let pages = list.pageCount
    let left = pages - list.currentPageCount
    frame.fill(Rectangle(column: 0, row: row, width: context.size.width, height: 1))
    var column = 1
    if !list.isOpen, pages > 0 {
      let width = min(24, context.size.width / 5)
      let done = (pages - left) * width / pages
      frame.fill(Rectangle(column: 1, row: row, width: width, height: 1), with: "░", style: Theme.faint)
      frame.fill(Rectangle(column: 1, row: row, width: done, height: 1), with: "█")
      column += width + 1
    }
    let isRefresh = !list.stale.isEmpty && list.isWhole
    var text =
      "\(isRefresh ? "reading again" : "loading"), page \(Wording.number(pages - left)) of \(Wording.number(pages))"
    if list.isOpen { text = "loading, \(Wording.count(pages - left, "page", "pages")) so far" }
    let rate = loadAll.rate ?? 0
    if !list.isOpen {
      let wait = context.budget?.wait(for: left, at: context.now, held: context.rateLimitSeconds) ?? 0
      let seconds = wait + (rate > 0 ? Double(left) / rate : 0)
      if seconds > 0 { text += " · \(Wording.remaining(seconds: seconds)) left" }
    }
    text += " · Esc stops"
    let tenths = Int((rate * 10).rounded())
    if tenths > 0 { text += " · \(tenths / 10).\(tenths % 10) pages a second" }
    frame.put(cutting: text, column: column, row: row, width: context.size.width - column - 1)
  }
}

extension Wording {
  /// A duration, rounded up: `2 min`.
  static func remaining(seconds: Double) -> String {
    guard seconds.isFinite, seconds < 360_000 else { return "days" }
    let seconds = Int(seconds.rounded(.up))
    switch seconds {
    case ..<60: return "\(max(1, seconds)) s"
    case ..<5_400: return "\((seconds + 59) / 60) min"
    default: return "\((seconds + 3_599) / 3_600) h"
    }
  }
}

/// The columns of the table. The name takes what the others leave.
struct TableColumns {
  let name: Range<Int>
  let type: Range<Int>
  let twoFactor: Range<Int>
  let created: Range<Int>

  init(width: Int) {
    created = width - 11..<width - 1
    twoFactor = created.lowerBound - 5..<created.lowerBound - 2
    type = twoFactor.lowerBound - 12..<twoFactor.lowerBound - 2
    name = 4..<type.lowerBound - 2
  }
}
