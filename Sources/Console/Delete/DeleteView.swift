import Cloudflare
import Terminal

extension State {
  func draw(_ deletion: DeleteState, in frame: inout Frame) {
    let below: Int =
      switch deletion.phase {
      case .challenge: 5 + (deletion.challenge.reason == nil ? 0 : 1)
      default: 2
      }
    let text = deletionText(deletion, width: dialogWidth - 4, rows: size.height - 3 - below)
    let area = dialogArea(height: FormDrawing.rows(of: text, width: dialogWidth - 4) + below + 2)
    frame.box(area, title: title(deletion.phase), style: frameStyle(deletion.phase))
    var drawing = FormDrawing(area: area.inset(columns: 2, rows: 1))
    for line in text {
      if let label = line.label {
        drawing.value(label, line.text, style: line.style, in: &frame)
      } else {
        drawing.paragraph(line.text, style: line.style, in: &frame)
      }
    }
    if area.endRow - 1 - drawing.row >= below { drawing.skip() }
    if deletion.phase == .challenge { drawChallenge(deletion, &drawing, in: &frame) }
    drawing.buttons(buttons(deletion), row: area.endRow - 2, in: &frame)
  }

  private func title(_ phase: DeleteState.Phase) -> String {
    switch phase {
    case .finished: "Receipt"
    case .reading, .challenge, .barred, .sending, .verifying: "Delete an account"
    }
  }

  private func frameStyle(_ phase: DeleteState.Phase) -> Style {
    switch phase {
    case .challenge, .sending: Style(foreground: .red)
    default: .plain
    }
  }

  private func drawChallenge(_ deletion: DeleteState, _ drawing: inout FormDrawing, in frame: inout Frame) {
    switch deletion.challenge {
    case .name:
      drawing.paragraph("Type the name of the account to unlock the button:", in: &frame)
    case .idTail(let tail, let reason):
      drawing.paragraph("Type the last \(tail.count) characters of the ID to unlock the button,", in: &frame)
      drawing.paragraph("because \(reason):", in: &frame)
    }
    drawing.field("", deletion.field, hasFocus: deletion.focus == .challenge, in: &frame)
    let remark: Line
    if let text = deletion.remark {
      remark = Line(text: "! \(text)", style: Theme.warning)
    } else if let position = deletion.firstWrongPosition {
      remark = Line(text: "! Differs at character \(position)", style: Theme.warning)
    } else if deletion.isUnlocked {
      remark = Line(text: "✓ It matches. Tab goes to the buttons.", style: Theme.success)
    } else {
      remark = Line(text: "")
    }
    drawing.remark(remark.text, style: remark.style, in: &frame)
  }

  private func buttons(_ deletion: DeleteState) -> [FormDrawing.Button] {
    switch deletion.phase {
    case .barred, .finished: [.init(title: "Close", hasFocus: true)]
    case .reading, .challenge:
      [
        .init(title: "Cancel", hasFocus: deletion.focus == .cancel),
        .init(
          title: "Delete account", hasFocus: deletion.focus == .delete, isEnabled: deletion.isUnlocked,
          isDangerous: true),
      ]
    case .sending: [.init(title: "Deleting …", hasFocus: false, isEnabled: false)]
    case .verifying: [.init(title: "Checking that it is gone …", hasFocus: false, isEnabled: false)]
    }
  }

  /// What is said of the account and its deletion. In a low window what tells the account least goes first, so that
  /// the challenge and the buttons always have their place.
  private func deletionText(_ deletion: DeleteState, width: Int, rows: Int) -> [Line] {
    let account = deletion.account
    let essential = [
      Line(text: account.name, style: Theme.heading, label: "Name"),
      Line(text: Wording.grouped(id: account.id), label: "ID"),
      Line(text: Wording.type(account.type), label: "Type"),
    ]
    var further: [Line] = []
    if let created = account.createdOn {
      further.append(Line(text: "\(Wording.minute(created)) (\(Wording.age(of: created, at: now)))", label: "Created"))
    }
    if let parent = account.managedBy {
      further.append(Line(text: parent.name ?? parent.id ?? "not said", label: "Parent"))
    }
    further.append(Line(text: ""))
    let message = message(deletion, width: width)
    while !further.isEmpty, FormDrawing.rows(of: essential + further + message, width: width) > rows {
      further.removeLast()
    }
    return essential + further + message
  }

  private func message(_ deletion: DeleteState, width: Int) -> [Line] {
    func paragraph(_ text: String, _ style: Style = .plain) -> [Line] {
      wrapped(text, width: width).map { Line(text: $0, style: style) }
    }
    switch deletion.phase {
    case .reading: return paragraph("Reading the account again …", Theme.faint)
    case .challenge:
      return paragraph(
        "! Deletion is permanent. It takes the account's zones and all other resources in it with it, and nobody can bring them back.",
        Theme.failure)
    case .sending: return paragraph("The one request is on its way.", Theme.faint)
    case .verifying: return paragraph("The server has confirmed the deletion.")
    case .barred(.gone(let error)):
      return paragraph("This account is not there any more: \(error.explanation)", Theme.warning)
    case .barred(.unreadable(let error)):
      return paragraph(
        "! The account could not be read again, so nothing can be deleted: \(error.explanation)", Theme.failure)
        + paragraph(error.nextStep ?? "")
    case .barred(.changed(let fresh)):
      return paragraph("! The account is not what the list showed. Nothing was deleted.", Theme.failure)
        + [
          Line(text: fresh.name, label: "Name now"), Line(text: Wording.type(fresh.type), label: "Type now"),
          Line(text: fresh.managedBy.map { $0.name ?? $0.id ?? "not said" } ?? "none", label: "Parent now"),
        ] + paragraph("Close this, look again, and decide anew.")
    case .finished(.deleted):
      return paragraph("✓ Deleted. A read after it says that the account is not there any more.", Theme.success)
    case .finished(.accepted(let error)):
      return paragraph("✓ The server confirmed the deletion.", Theme.success)
        + paragraph(
          error.map { "Whether it is gone could not be read: \($0.explanation)" }
            ?? "The account can still be read: deletions are carried out a while later.")
    case .finished(.refused(let error)):
      return paragraph("! Not deleted: \(error.explanation)", Theme.failure) + paragraph(error.nextStep ?? "")
    case .finished(.unknown(let error)):
      return paragraph("! Not known whether it was deleted: \(error.explanation)", Theme.warning)
        + lookUpLines(deletion.doubtfulWrite, width: width)
    case .finished(.notSent(let problem)):
      return paragraph("! Nothing was sent. \(problem.explanation)", Theme.failure)
        + (deletion.doubtfulWrite == nil
          ? paragraph(problem.nextStep) : lookUpLines(deletion.doubtfulWrite, width: width))
    case .finished(.notDone):
      return paragraph(
        "Not deleted: a read shows that the account is still there, and nothing more will come of the request.")
    case .finished(.rehearsed(let intent)):
      return paragraph("✓ Rehearsed: nothing was sent, and nothing was noted down.", Theme.success)
        + paragraph("This would have been sent now:") + paragraph(intent.operation.requestLine)
    }
  }
}

extension DeleteState.Challenge {
  /// Why the name will not do; `nil` when it does.
  var reason: String? {
    switch self {
    case .name: nil
    case .idTail(_, let reason): reason
    }
  }
}
