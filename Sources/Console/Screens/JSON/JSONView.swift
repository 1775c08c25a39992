import Cloudflare
import Terminal

extension State {
  /// Between the head and the line that tells the place in the text.
  var rawArea: Rectangle { Rectangle(column: 1, row: 3, width: size.width - 2, height: size.height - 6) }

  func draw(_ raw: RawState, in frame: inout Frame) {
    let area = rawArea
    let end = frame.put(
      cutting: Wording.name(of: raw.account), column: area.column, row: Layout.tableHeadRow, width: area.width / 2,
      style: Theme.heading)
    frame.put(
      cutting: source(of: raw), column: end + 2, row: Layout.tableHeadRow, width: area.endColumn - end - 2,
      style: Theme.faint)
    frame.horizontalLine(row: Layout.topRuleRow)
    frame.horizontalLine(row: layout.bottomRuleRow)
    let lines = rawLines(of: raw)
    // A wider window makes the text shorter.
    let scroll = min(raw.scroll, max(0, lines.count - area.height))
    for (offset, line) in lines.dropFirst(scroll).prefix(area.height).enumerated() {
      frame.put(cutting: line.text, column: area.column, row: area.row + offset, width: area.width, style: line.style)
    }
    if case .shown = raw.phase, lines.count > area.height {
      let last = min(lines.count, scroll + area.height)
      frame.put(
        cutting: " lines \(Wording.number(scroll + 1))–\(Wording.number(last)) of \(Wording.number(lines.count)) ",
        column: 2, row: layout.bottomRuleRow, width: size.width - 4)
    }
    if dialog == nil, help == nil { frame.cursor = Position(column: area.column, row: area.row) }
  }

  /// The request, and how it was answered.
  private func source(of raw: RawState) -> String {
    var parts = ["GET /accounts/\(raw.account.id)"]
    if case .shown(let answer) = raw.phase {
      parts.append("\(answer.status)")
      if let ray = answer.ray { parts.append("cf-ray \(ray)") }
    }
    return parts.joined(separator: " · ")
  }

  func rawLines(of raw: RawState) -> [Line] {
    let width = rawArea.width
    guard case .shown(let answer) = raw.phase, !answer.body.isEmpty else { return rawText(of: raw).lines(width: width) }
    return raw.rows(width: width).map { Line(text: $0) }
  }

  /// What is shown, or why nothing is.
  func rawText(of raw: RawState) -> [Block] {
    switch raw.phase {
    case .loading: [.paragraph("…", Theme.faint)]
    case .shown(let answer):
      answer.body.isEmpty ? [.paragraph("The answer is empty.")] : raw.lines.map { .paragraph($0) }
    case .failed(let error):
      [.paragraph("The account could not be read.", Theme.failure), .paragraph(error.explanation), .blank]
        + Block.optional(error.nextStep ?? hint(.refresh, "tries again"))
    }
  }
}
