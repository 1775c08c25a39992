import Cloudflare
import FoundationEssentials
import Terminal

extension State {
  func drawDetail(in frame: inout Frame, _ layout: Layout) {
    let area = layout.detail
    let lines = detailLines(of: browse, width: area.width, now: now)
    let labelWidth = 12
    for (offset, line) in lines.dropFirst(browse.detailScroll).prefix(area.height).enumerated() {
      let row = area.row + offset
      if let label = line.label {
        frame.put(cutting: label, column: area.column, row: row, width: labelWidth - 1, style: Theme.label)
        frame.put(
          cutting: line.text, column: area.column + labelWidth, row: row, width: area.width - labelWidth,
          style: line.style)
      } else {
        frame.put(cutting: line.text, column: area.column, row: row, width: area.width, style: line.style)
      }
    }
    if browse.pane == .detail, dialog == nil, help == nil {
      frame.put(">", column: max(0, area.column - 1), row: area.row, style: Theme.heading)
      frame.cursor = Position(column: max(0, area.column - 1), row: area.row)
    }
  }
}

/// Everything that is known of the selected account, line by line.
func detailLines(of browse: BrowseState, width: Int, now: Date) -> [Line] {
  guard let account = browse.selectedAccount else {
    switch browse.selection {
    case .lost(let name, _):
      return wrapped("\(name) is no longer in this part of the list.", width: width).map { Line(text: $0) }
        + [Line(text: "Move to select another account.", style: Theme.faint)]
    case .row, .account:
      return browse.list.rowCount == 0 ? [] : [Line(text: "…", style: Theme.faint)]
    }
  }
  let labelWidth = 12
  func field(_ label: String, _ text: String, style: Style = .plain) -> [Line] {
    wrapped(text, width: width - labelWidth).enumerated().map { index, part in
      Line(text: part, style: style, label: index == 0 ? label : "")
    }
  }
  var lines = wrapped(account.name, width: width).map { Line(text: $0, style: Theme.heading) }
  if browse.list.deleted.contains(account.id) {
    lines.append(Line(text: "Deleted. The row stays until the list is read again.", style: Theme.warning))
  }
  lines.append(Line(text: ""))
  lines += field("ID", Wording.grouped(id: account.id))
  lines += field("Type", Wording.type(account.type))
  lines += field(
    "Two-factor", account.settings?.enforceTwoFactor.map { $0 ? "required" : "not required" } ?? "not said")
  lines += field(
    "Created", account.createdOn.map { "\(Wording.minute($0)) (\(Wording.age(of: $0, at: now)))" } ?? "not said")
  lines += field("Parent", account.managedBy.map { $0.name ?? $0.id ?? "not said" } ?? "none")
  if let parentID = account.managedBy?.id, account.managedBy?.name != nil {
    lines += field("", Wording.grouped(id: parentID), style: Theme.faint)
  }
  if let contact = account.settings?.abuseContactEmail, !contact.isEmpty {
    lines += field("Abuse", contact)
  }
  return lines
}
