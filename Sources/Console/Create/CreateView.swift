import Cloudflare
import Terminal

extension State {
  func draw(_ form: CreateState, in frame: inout Frame) {
    let messages = messages(for: form, width: dialogWidth - 4)
    let remarks = nameRemarks(form).count + (form.refusal(of: .type) == nil ? 0 : 1) + unitRemarks(form).count
    let area = dialogArea(height: 9 + remarks + messages.count)
    frame.box(area, title: "New account")
    var drawing = FormDrawing(area: area.inset(columns: 2, rows: 1))
    drawing.field(
      "Name", form.name, hasFocus: form.focus == .name, beside: "\(form.nameLength) of \(NewAccount.nameLimit)",
      besideStyle: form.nameLength > NewAccount.nameLimit ? Theme.failure : Theme.faint, in: &frame)
    for remark in nameRemarks(form) { drawing.remark(remark.text, style: remark.style, in: &frame) }
    for (index, choice) in CreateState.types.enumerated() {
      drawing.choice(
        index == 0 ? "Type" : nil, choice.type.rawValue, choice.purpose, isChosen: form.type == choice.type,
        hasFocus: form.focus == .type, in: &frame)
    }
    if let refusal = form.refusal(of: .type) { drawing.remark("! \(refusal)", style: Theme.failure, in: &frame) }
    let unitHint = form.unit.text.isEmpty ? "only if you administer several tenants" : ""
    drawing.field("Unit", form.unit, hasFocus: form.focus == .unit, beside: unitHint, in: &frame)
    for remark in unitRemarks(form) { drawing.remark(remark.text, style: remark.style, in: &frame) }
    drawing.skip()
    for message in messages { drawing.paragraph(message.text, style: message.style, in: &frame) }
    let title =
      switch form.phase {
      case .sending: "Creating …"
      case .unknown, .notSent(.repeats): "Look it up"
      case .editing, .refused, .notSent, .lookedUp: "Create"
      }
    drawing.buttons(
      [
        .init(title: "Cancel", hasFocus: form.focus == .cancel && !form.isSending, isEnabled: !form.isSending),
        .init(title: title, hasFocus: form.focus == .create, isEnabled: !form.isSending && form.nameProblem == nil),
      ], row: area.endRow - 2, in: &frame)
  }

  private func nameRemarks(_ form: CreateState) -> [Line] {
    if let refusal = form.refusal(of: .name) { return [Line(text: "! \(refusal)", style: Theme.failure)] }
    if let problem = form.nameProblem {
      let isDue = form.showsProblems || !form.name.text.isEmpty
      return isDue ? [Line(text: "! \(problem)", style: Theme.failure)] : []
    }
    return form.nameDoubt.map { [Line(text: "! \($0)", style: Theme.warning)] } ?? []
  }

  private func unitRemarks(_ form: CreateState) -> [Line] {
    (form.refusal(of: .unit) ?? form.unitProblem).map { [Line(text: "! \($0)", style: Theme.failure)] } ?? []
  }

  private func messages(for form: CreateState, width: Int) -> [Line] {
    var lines = namesakeLines(form, width: width)
    switch form.phase {
    case .editing: break
    case .sending: lines.append(Line(text: "Waiting for the server's answer. It is sent once.", style: Theme.faint))
    case .refused(let error):
      if let refusal = form.generalRefusal {
        lines += wrapped("! Not created: \(refusal)", width: width).map { Line(text: $0, style: Theme.failure) }
      }
      if let step = error.nextStep { lines += wrapped(step, width: width).map { Line(text: $0) } }
    case .unknown(let error):
      lines += wrapped("! Not known whether it was created: \(error.explanation)", width: width).map {
        Line(text: $0, style: Theme.warning)
      }
      lines += lookUpLines(form.doubtfulWrite, width: width)
    case .notSent(let problem):
      lines += wrapped("! Not sent. \(problem.explanation)", width: width).map {
        Line(text: $0, style: Theme.failure)
      }
      if form.doubtfulWrite == nil {
        lines += wrapped(problem.nextStep, width: width).map { Line(text: $0) }
      } else {
        lines += lookUpLines(form.doubtfulWrite, width: width)
      }
    case .lookedUp(.confirmed, let id):
      let text =
        "The earlier creation did happen\(id.map { ": it is \($0)" } ?? ""). Creating makes another account of that name."
      lines += wrapped(text, width: width).map { Line(text: $0, style: Theme.warning) }
    case .lookedUp:
      let text = "It was not created: no account has come of it. Creating sends it again, under the same key."
      lines += wrapped(text, width: width).map { Line(text: $0) }
    }
    return lines
  }

  /// What is known of a write that is in doubt, and how more can be.
  func lookUpLines(_ id: WriteIntent.ID?, width: Int) -> [Line] {
    guard let id else { return [] }
    if activity.resolving[id] != nil {
      return wrapped("Reading whether it has happened; this takes a few seconds …", width: width).map {
        Line(text: $0, style: Theme.faint)
      }
    }
    let found = activity.finding(of: id).map { wrapped($0, width: width).map { Line(text: $0, style: Theme.warning) } }
    let advice = "Nothing is sent again by itself. v finds out by reading."
    return (found ?? []) + wrapped(advice, width: width).map { Line(text: $0) }
  }
}
