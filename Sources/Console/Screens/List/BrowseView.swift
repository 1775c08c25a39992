import Cloudflare
import Terminal

extension State {
  /// The list, and beside it or in its place the detail pane.
  func drawBrowse(in frame: inout Frame) {
    let layout = layout
    if layout.isWide || browse.pane == .list {
      drawTable(in: &frame, layout)
    }
    frame.horizontalLine(row: layout.bottomRuleRow)
    if let divider = layout.divider {
      frame.verticalLine(column: divider, rows: Layout.tableHeadRow..<layout.bottomRuleRow)
      frame.put(line: "┤", column: divider, row: Layout.topRuleRow)
      frame.put(line: "┴", column: divider, row: layout.bottomRuleRow)
    }
    if layout.isWide || browse.pane == .detail {
      drawDetail(in: &frame, layout)
    }
    frame.put(cutting: " \(position) ", column: 2, row: layout.bottomRuleRow, width: size.width - 4)
  }

  /// Where the cursor stands: row, rows, page, pages, and why the list ends early when it does.
  var position: String {
    let list = browse.list
    if let find = browse.find, find.isFiltering { return reach(of: find, width: size.width - 6) }
    guard list.rowCount > 0 else { return list.isLoaded ? "no accounts" : "" }
    let row = browse.cursorRow
    let total = Wording.number(max(list.knownCount, row + 1)) + (list.isOpen ? "+" : "")
    var text = "\(Wording.number(row + 1)) of \(total) · page \(Wording.number(list.page(ofRow: row)))"
    if let order = browse.orderWords {
      text = "\(Wording.number(row + 1)) of \(Wording.number(browse.rowCount)) · sorted \(order)"
      if let age = ageOnScreen { text += " · \(age)" }
      if list.isWhole || browse.loadAll != nil { return text }
      return [text, "some are not loaded", listHint(.loadAll, "loads the rest")].compactMap(\.self)
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

  private func drawTable(in frame: inout Frame, _ layout: Layout) {
    let columns = TableColumns(width: layout.list.width)
    // One by one: an array of these, with ranges in them, is a type that the first frame would wait for.
    drawTitle("NAME", .name, columns.name, in: &frame)
    drawTitle("TYPE", .type, columns.type, in: &frame)
    drawTitle("2FA", .twoFactor, columns.twoFactor, in: &frame)
    drawTitle("CREATED", .created, columns.created, in: &frame)
    frame.horizontalLine(row: Layout.topRuleRow, to: layout.list.endColumn)
    if browse.rowCount == 0 {
      drawEmptyTable(in: &frame, layout)
      return
    }
    let cursorRow = browse.cursorRow
    let createdIDs = browse.list.created
    for line in 0..<layout.listRows {
      guard let row = browse.row(at: browse.top + line) else { break }
      draw(
        row, isCursor: browse.top + line == cursorRow, createdIDs: createdIDs, at: layout.list.row + line, columns,
        in: &frame)
    }
  }

  /// The title of a column, with an arrow where the list is sorted by it.
  private func drawTitle(_ title: String, _ key: AccountOrder.Column, _ column: Range<Int>, in frame: inout Frame) {
    // Matches are sorted by how well they match first.
    let sort = browse.find?.isFiltering == true ? nil : browse.sort
    let arrow = sort.flatMap { $0.column == key ? $0.arrow : nil }
    let text = arrow.map { column.count > title.count + 1 ? "\(title) \($0)" : title + $0 } ?? title
    frame.put(
      cutting: text, column: column.lowerBound, row: Layout.tableHeadRow, width: column.count + 1,
      style: arrow == nil ? Theme.faint : Theme.heading)
  }

  private func draw(
    _ row: AccountList.Row, isCursor: Bool, createdIDs: [Account.ID], at screenRow: Int, _ columns: TableColumns,
    in frame: inout Frame
  ) {
    switch row {
    case .pending(let page):
      let text = browse.failures[page] == nil ? "…" : "! did not come"
      frame.put(
        cutting: text, column: columns.name.lowerBound, row: screenRow, width: columns.name.count, style: Theme.faint)
    case .account(let id):
      guard let account = browse.list.account(id) else { return }
      let isDeleted = browse.list.deleted.contains(id)
      let style = isDeleted ? Theme.faint : .plain
      if createdIDs.contains(id) { frame.put("+", column: 2, row: screenRow, style: Theme.success) }
      if account.nameProblem != nil {
        put(Wording.name(of: account), columns.name, screenRow, isDeleted ? style : Theme.warning, in: &frame)
      } else if let find = browse.find, find.isFiltering {
        drawMatch(account, find, columns.name, screenRow, style, in: &frame)
      } else {
        put(account.name, columns.name, screenRow, style, in: &frame)
      }
      put(isDeleted ? "deleted" : account.type?.rawValue ?? "–", columns.type, screenRow, style, in: &frame)
      put(Self.twoFactorMark(account), columns.twoFactor, screenRow, style, in: &frame)
      put(account.createdOn.map(Wording.day) ?? "–", columns.created, screenRow, style, in: &frame)
    }
    guard isCursor else { return }
    if case .lost = browse.selection {
      frame.put("?", column: 1, row: screenRow, style: Theme.warning)
    } else {
      frame.put(">", column: 1, row: screenRow, style: Theme.heading)
      let area = Rectangle(column: 0, row: screenRow, width: columns.created.upperBound + 1, height: 1)
      let more: Style.Attributes = browse.pane == .list ? .reverse : .bold
      frame.restyle(area) { $0.adding(more) }
    }
    if dialog == nil, help == nil, browse.pane == .list { frame.cursor = Position(column: 1, row: screenRow) }
  }

  private func put(_ text: String, _ column: Range<Int>, _ row: Int, _ style: Style, in frame: inout Frame) {
    frame.put(cutting: text, column: column.lowerBound, row: row, width: column.count, style: style)
  }

  private func drawEmptyTable(in frame: inout Frame, _ layout: Layout) {
    let lines: [Line]
    if let find = browse.find, find.isFiltering, browse.list.isLoaded {
      lines = unmatchedText(find)
    } else if let failure = browse.failures[1] {
      let width = layout.list.width - 6
      let nextStep = failure.nextStep.map { wrapped($0, width: width) } ?? []
      let text =
        wrapped(failure.explanation, width: width) + [""] + nextStep
        + [listHint(.refresh, "tries again") ?? ""]
      lines =
        [Line(text: "The accounts could not be read.", style: Theme.failure)] + text.map { Line(text: $0) }
    } else if browse.list.isLoaded {
      lines = [
        Line(text: "There are no accounts here."),
        Line(text: session.writing == .readOnly ? "" : hint(.newAccount, "creates the first one") ?? ""),
      ]
    } else {
      lines = [Line(text: "Reading the accounts of \(session.endpointHost) …", style: Theme.faint)]
    }
    for (offset, line) in lines.enumerated() where offset < layout.listRows - 1 {
      frame.put(
        cutting: line.text, column: 3, row: layout.list.row + 1 + offset, width: layout.list.width - 4,
        style: line.style)
    }
  }

  static func twoFactorMark(_ account: Account) -> String {
    account.settings?.enforceTwoFactor == true ? "on" : "–"
  }
}

/// The columns of the table, which always leave the name the most room.
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
