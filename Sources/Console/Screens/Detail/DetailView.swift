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
      frame.put(line, labelWidth: Block.labelWidth, column: area.column, row: row, width: area.width)
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

  /// Everything that is known of the selected account, as the pane shows it.
  func detailLines(width: Int) -> [Line] { detailText.lines(width: width) }

  /// Everything that is known of the selected account.
  var detailText: [Block] {
    guard let account = browse.selectedAccount else {
      switch browse.selection {
      case .lost(let name, _):
        return [
          .paragraph("\(name) is no longer in this part of the list."),
          .paragraph("Move to select another account.", Theme.faint),
        ]
      case .row, .account: return browse.rowCount == 0 ? [] : [.paragraph("…", Theme.faint)]
      }
    }
    var text: [Block] = [.paragraph(Wording.name(of: account), Theme.heading)]
    if let problem = account.nameProblem {
      let parts = [problem.words, hint(.showRaw, "shows its JSON")]
      text.append(.paragraph("Odd: \(parts.compactMap(\.self).joined(separator: " · "))", Theme.warning))
    }
    let isDeleted = browse.list.deleted.contains(account.id)
    if isDeleted {
      text.append(.paragraph("Deleted. The row stays until the list is read again.", Theme.warning))
    }
    text.append(.blank)
    text += facts(of: account)
    return isDeleted ? text : text + [.blank] + inventoryText(of: account)
  }

  private func facts(of account: Account) -> [Block] {
    var text: [Block] = [
      .field("ID", Wording.grouped(id: account.id)), .field("Type", Wording.type(account.type)),
      .field(
        "Two-factor", account.settings?.enforceTwoFactor.map { $0 ? "required" : "not required" } ?? "not said"),
      .field("Created", Wording.created(account, at: now)), .field("Parent", Wording.parent(of: account)),
    ]
    if let parentID = account.managedBy?.id, account.managedBy?.name != nil {
      text.append(.field("", Wording.grouped(id: parentID), Theme.faint))
    }
    if !account.abuseContact.isEmpty { text.append(.field("Abuse", account.abuseContact)) }
    return text
  }

  private func inventoryText(of account: Account) -> [Block] {
    let text = InventoryText(inventory: inventory[account.id])
    return text.blocks(
      isOpen: browse.pane == .detail, at: now,
      hintToRest: hint(.loadRest, "loads the rest", in: .detail) ?? "the rest is not loaded")
  }
}
