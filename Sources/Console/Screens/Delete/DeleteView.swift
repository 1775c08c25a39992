import Terminal

extension State {
  /// Where the text of a deletion stands: the rows of the list, and no wider than can be read with ease.
  var deletionArea: Rectangle {
    let first = Layout.topRuleRow + 1
    return Rectangle(column: 2, row: first, width: min(100, size.width - 4), height: layout.bottomRuleRow - first)
  }

  /// A deletion takes the whole screen: nothing else is to be looked at.
  func draw(_ deletion: DeleteState, in frame: inout Frame) {
    let area = deletionArea
    let style = deletion.phase.isArmed ? Style(foreground: .red) : Theme.faint
    var title = "Delete an account · \(deletion.phase.title)"
    if deletion.inputContext == .review { title += isReviewed(deletion) ? " · complete" : " · reading …" }
    frame.put(
      cutting: title, column: 2, row: Layout.tableHeadRow, width: size.width - 4, style: Theme.heading)
    frame.horizontalLine(row: Layout.topRuleRow, style: style)
    frame.horizontalLine(row: layout.bottomRuleRow, style: style)
    // The buttons have the row below: whatever is told, they stay on screen.
    drawStatus(in: layout.bottomRuleRow...layout.bottomRuleRow, of: &frame)

    let lines = deletion.blocks(in: self).lines(width: area.width)
    // A text that has become shorter must not leave the screen empty.
    let scroll = deletion.isText ? min(deletion.scroll, max(0, lines.count - area.height)) : 0
    for (offset, line) in lines.dropFirst(scroll).prefix(area.height).enumerated() {
      frame.put(
        line, labelWidth: Block.labelWidth, column: area.column, row: area.row + offset, width: area.width)
    }
    if scroll > 0 { frame.put(" ↑ more ", endingAt: size.width - 12, row: layout.bottomRuleRow) }
    if scroll + area.height < lines.count { frame.put(" ↓ more ", endingAt: size.width - 2, row: layout.bottomRuleRow) }

    let row = min(area.row + lines.count + (lines.count + 4 < area.height ? 1 : 0), area.endRow)
    var drawing = FormDrawing(
      area: Rectangle(column: area.column, row: row, width: area.width, height: max(0, area.endRow - row)))
    switch deletion.phase {
    case .challenge: drawChallenge(deletion, &drawing, in: &frame)
    case .countdown(let countdown): drawCountdown(countdown, &drawing, in: &frame)
    default: break
    }
    drawing.buttons(buttons(deletion), row: layout.noticeRow, in: &frame)
  }

  private func drawChallenge(_ deletion: DeleteState, _ drawing: inout FormDrawing, in frame: inout Frame) {
    if case .paragraph(let text, _) = deletion.challengePrompt { drawing.paragraph(text, in: &frame) }
    drawing.field("", deletion.field, hasFocus: deletion.focus == .challenge, in: &frame)
    if let text = deletion.message {
      drawing.message("! \(text)", style: Theme.warning, in: &frame)
    } else if let position = deletion.firstWrongPosition {
      drawing.message("! Differs at character \(position)", style: Theme.warning, in: &frame)
    } else if deletion.isUnlocked {
      drawing.message("✓ It matches. Tab goes to the buttons.", style: Theme.success, in: &frame)
    }
  }

  private func drawCountdown(_ countdown: DeleteState.Countdown, _ drawing: inout FormDrawing, in frame: inout Frame) {
    let seconds = Wording.count(countdown.secondsLeft, "second", "seconds")
    let what = session.writing == .dryRun ? "The dry run ends" : "The account is deleted"
    drawing.paragraph("\(what) in \(seconds). Nothing has been sent.", style: Theme.failure, in: &frame)
    drawing.paragraph("Any key stops it.", in: &frame)
  }

  private func buttons(_ deletion: DeleteState) -> [FormDrawing.Button] {
    let cancel = FormDrawing.Button(title: "Cancel", hasFocus: deletion.focus == .cancel && !isReading(for: deletion))
    switch deletion.phase {
    case .blocked, .finished: return [.init(title: "Close", hasFocus: true)]
    case .reading, .review:
      return [
        cancel, .init(title: "Go on", hasFocus: deletion.focus == .goOn, isEnabled: isReviewed(deletion)),
      ]
    case .challenge:
      return [
        cancel,
        .init(
          title: "Delete account", hasFocus: deletion.focus == .delete, isEnabled: deletion.isUnlocked,
          isDangerous: true),
      ]
    case .countdown: return [.init(title: "Stop", hasFocus: true)]
    case .sending: return [.init(title: "Deleting …", hasFocus: false, isEnabled: false)]
    case .verifying: return [.init(title: "Checking that it is gone …", hasFocus: false, isEnabled: false)]
    }
  }
}

extension DeleteState.Phase {
  fileprivate var title: String {
    switch self {
    case .reading, .review, .blocked: "1 of 3, the review"
    case .challenge: "2 of 3, the challenge"
    case .countdown: "3 of 3, the delay"
    case .sending, .verifying: "the request"
    case .finished: "Receipt"
    }
  }

  /// Whether this is a step that leads to the request.
  fileprivate var isArmed: Bool {
    switch self {
    case .challenge, .countdown, .sending: true
    case .reading, .review, .blocked, .verifying, .finished: false
    }
  }
}
