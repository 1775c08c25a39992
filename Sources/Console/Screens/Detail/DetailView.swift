import Cloudflare
import FoundationEssentials
import Terminal

extension State {
  func drawDetail(in frame: inout Frame, _ layout: Layout) {
    let area = layout.detail
    let lines = detailLines(width: area.width)
    // A list that has become shorter must not leave the pane empty.
    let scroll = min(browse.detailScroll, max(0, lines.count - detailRows))
    let search = browse.pane == .detail ? browse.detailSearch : nil
    for (offset, line) in lines.dropFirst(scroll).prefix(area.height).enumerated() {
      let row = area.row + offset
      frame.put(line, labelWidth: detailLabelWidth, column: area.column, row: row, width: area.width)
      if let search { markDetailMatches(search, in: line, column: area.column, row: row, width: area.width, &frame) }
    }
    if scroll + detailRows < lines.count {
      frame.put(" ↓ more ", endingAt: area.endColumn, row: layout.bottomRuleRow)
    }
    if browse.pane == .detail, dialog == nil, help == nil {
      let line = search?.line.map { $0 - scroll } ?? 0
      let row = area.row + (0..<area.height ~= line ? line : 0)
      frame.put(">", column: max(0, area.column - 1), row: row, style: Theme.heading)
      frame.cursor = Position(column: max(0, area.column - 1), row: row)
    }
  }

  /// Everything that is known of the selected account, line by line.
  func detailLines(width: Int) -> [Line] {
    guard let account = browse.selectedAccount else {
      switch browse.selection {
      case .lost(let name, _):
        return wrapped("\(name) is no longer in this part of the list.", width: width).map { Line(text: $0) }
          + [Line(text: "Move to select another account.", style: Theme.faint)]
      case .row, .account:
        return browse.rowCount == 0 ? [] : [Line(text: "…", style: Theme.faint)]
      }
    }
    var lines = wrapped(Wording.name(of: account), width: width).map { Line(text: $0, style: Theme.heading) }
    if let problem = account.nameProblem {
      let text = [problem.words, hint(.showRaw, "shows its JSON")].compactMap(\.self).joined(separator: " · ")
      lines += wrapped("Odd: \(text)", width: width).map { Line(text: $0, style: Theme.warning) }
    }
    let isDeleted = browse.list.deleted.contains(account.id)
    if isDeleted {
      lines.append(Line(text: "Deleted. The row stays until the list is read again.", style: Theme.warning))
    }
    lines.append(Line(text: ""))
    lines += accountLines(of: account, width: width)
    if !isDeleted {
      lines.append(Line(text: ""))
      lines += InventoryLines(
        inventory: inventory[account.id], width: width, now: now,
        hintToRest: hint(.loadRest, "loads the rest", in: .detail) ?? "the rest is not loaded"
      ).lines(isOpen: browse.pane == .detail)
    }
    return lines
  }

  private func accountLines(of account: Account, width: Int) -> [Line] {
    func field(_ label: String, _ text: String, style: Style = .plain) -> [Line] {
      detailField(label, text, width: width, style: style)
    }
    var lines = field("ID", Wording.grouped(id: account.id))
    lines += field("Type", Wording.type(account.type))
    lines += field(
      "Two-factor", account.settings?.enforceTwoFactor.map { $0 ? "required" : "not required" } ?? "not said")
    lines += field(
      "Created", account.createdOn.map { "\(Wording.minute($0)) (\(Wording.age(of: $0, at: now)))" } ?? "not said")
    lines += field("Parent", Wording.parent(of: account))
    if let parentID = account.managedBy?.id, account.managedBy?.name != nil {
      lines += field("", Wording.grouped(id: parentID), style: Theme.faint)
    }
    if let contact = account.settings?.abuseContactEmail, !contact.isEmpty {
      lines += field("Abuse", contact)
    }
    return lines
  }
}

/// Columns of the labels in the detail pane, with the blank behind them.
let detailLabelWidth = 12

/// A text with its label, on as many lines as it takes.
func detailField(_ label: String, _ text: String, width: Int, style: Style = .plain) -> [Line] {
  wrapped(text, width: width - detailLabelWidth).enumerated().map { index, part in
    Line(text: part, style: style, label: index == 0 ? label : "")
  }
}
