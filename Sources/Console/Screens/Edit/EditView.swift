import Cloudflare
import Terminal

extension State {
  /// - Returns: the last row that it takes.
  func draw(_ form: EditState, in frame: inout Frame) -> Int {
    let width = dialogWidth - 4
    return drawForm(
      title: title(form), rows(of: form, width: width), messages: messages(for: form),
      buttons: buttons(form), in: &frame)
  }

  private func title(_ form: EditState) -> String {
    switch form.phase {
    case .reading, .unreadable, .editing, .refused: "Edit an account"
    case .changedMeanwhile: "The account has changed"
    default: "Review the changes"
    }
  }

  private func buttons(_ form: EditState) -> [FormDrawing.Button] {
    let (back, proceed): (String, String) =
      switch form.phase {
      case .reading: ("Cancel", "Review")
      case .unreadable: ("Close", "Read it again")
      case .editing, .refused: ("Cancel", "Review")
      case .reviewing, .lookedUp: ("Back", "Save changes")
      case .checking: ("Back", "Reading it again …")
      case .sending: ("Back", "Saving …")
      case .uncheckable: ("Back", "Try again")
      case .changedMeanwhile: ("Leave", "Go on from what it is now")
      case .unknown, .notSent(.repeats): ("Close", "Look it up")
      case .notSent: ("Back", "Try again")
      }
    let canProceed =
      !form.isBusy && !form.isReading && (!form.showsFields || form.firstProblem == nil && !form.edits.isEmpty)
    return [
      .init(
        title: back, hasFocus: form.focus == .cancel && !form.isSending && !form.isReading, isEnabled: !form.isSending),
      .init(title: proceed, hasFocus: form.focus == .proceed, isEnabled: canProceed),
    ]
  }

  // MARK: Rows

  private func rows(of form: EditState, width: Int) -> FormRows {
    var rows = FormRows(width: width)
    // Where both versions have no room at once, each button has one of them on screen.
    rows.showsEnd = form.focus == .proceed
    rows.value("ID", Wording.grouped(id: form.base.id))
    switch form.phase {
    case .reading, .unreadable: rows.value("Name", form.base.name, style: Theme.heading)
    case .editing, .refused: addFields(of: form, to: &rows)
    case .changedMeanwhile(let account):
      rows.pair("", "WHEN IT WAS READ", "NOW", style: Theme.faint)
      for difference in AccountDifference.between(form.base, account) { rows.pair(difference) }
      rows.pair("", "NOW", "AS YOU WANT IT", style: Theme.faint)
      for difference in AccountDifference.between(account, form.edits) { rows.pair(difference) }
    default:
      rows.value("Name", form.base.name, style: Theme.heading)
      rows.pair("", "NOW", "AFTER", style: Theme.faint)
      for difference in AccountDifference.between(form.base, form.edits) { rows.pair(difference) }
    }
    return rows
  }

  private func addFields(of form: EditState, to rows: inout FormRows) {
    rows.value("Type", "\(Wording.type(form.base.type)), which cannot be changed", style: Theme.faint)
    let name = AccountName(text: form.name.text)
    rows.field(
      "Name", form.name, hasFocus: form.focus == .name, beside: "\(name.length) of \(NewAccount.nameLimit)",
      besideStyle: form.edits.name != nil && name.length > NewAccount.nameLimit ? Theme.failure : Theme.faint)
    addMessages(on: .name, of: form, to: &rows)
    rows.box(
      "Two-factor", "require it for every member", isTicked: form.requiresTwoFactor, hasFocus: form.focus == .twoFactor)
    addMessages(on: .twoFactor, of: form, to: &rows)
    rows.field("Abuse", form.contact, hasFocus: form.focus == .contact, beside: "e-mail for reports of abuse")
    addMessages(on: .contact, of: form, to: &rows)
  }

  private func addMessages(on field: EditState.Field, of form: EditState, to rows: inout FormRows) {
    if let text = form.refusal(of: field) ?? form.problem(of: field) {
      rows.message("! \(text)", style: Theme.failure)
      return
    }
    switch field {
    case .name where form.edits.name != nil:
      if let warning = AccountName(text: form.name.text).warning {
        rows.message("! \(warning)", style: Theme.warning)
      }
      let others = browse.list.loaded(named: form.name.text).filter { $0.id != form.base.id }
      guard let other = others.first else { return }
      let text =
        others.count == 1
        ? "Another account has this name: \(Wording.short(id: other.id))"
        : "\(Wording.count(others.count, "other account has", "other accounts have")) this name"
      rows.message("! \(text)", style: Theme.warning)
    case .contact where form.edits.contact == "": rows.message("The contact is taken away", style: Theme.faint)
    default: break
    }
  }

  // MARK: Messages

  func messages(for form: EditState) -> [Block] {
    func failure(_ what: String, _ error: CloudflareError) -> [Block] {
      Block.optional("! \(what): \(error.explanation)", Theme.failure) + Block.optional(error.nextStep ?? "")
    }
    switch form.phase {
    case .reading: return Block.optional("Reading the account as it is now …", Theme.faint)
    case .unreadable(let error): return failure("The account could not be read, so nothing can be changed", error)
    case .editing:
      return form.showsProblems && form.edits.isEmpty ? Block.optional("! Nothing is changed yet", Theme.warning) : []
    case .reviewing: return Block.optional("Everything else stays as it is. It is sent once.", Theme.faint)
    case .checking: return Block.optional("Reading the account once more before it is changed …", Theme.faint)
    case .uncheckable(let error):
      return failure("The account could not be read again, so nothing was sent", error)
    case .changedMeanwhile:
      return Block.optional(
        "! Somebody else has changed the account since it was read. Nothing was sent.", Theme.failure)
        + Block.optional("Going on keeps what you have typed, and takes all else as it is now.")
    case .sending: return Block.optional("Waiting for the server's answer. It is sent once.", Theme.faint)
    case .refused(let error):
      return Block.optional(form.generalRefusal.map { "! Not changed: \($0)" } ?? "", Theme.failure)
        + Block.optional(error.nextStep ?? "")
    case .unknown(let error):
      return Block.optional("! Not known whether it was changed: \(error.explanation)", Theme.warning)
        + lookUpText(of: form.unresolvedWrite)
    case .notSent(let problem):
      return Block.optional("! Not sent. \(problem.explanation)", Theme.failure)
        + (form.unresolvedWrite == nil ? Block.optional(problem.nextStep) : lookUpText(of: form.unresolvedWrite))
    case .lookedUp(.confirmed): return Block.optional("The earlier change did happen.")
    case .lookedUp(.dismissed):
      return Block.optional("What became of the earlier change is not known: it was dismissed by hand.", Theme.warning)
    case .lookedUp(.refused): return Block.optional("The earlier change was refused. Saving sends it.")
    case .lookedUp:
      let finding = form.intentID.flatMap { activity.history.entry($0)?.outcome?.explanation }
      return Block.optional("\(finding ?? "It was not changed.") Saving looks once more, then sends it again.")
    }
  }
}

extension FormRows {
  fileprivate mutating func pair(_ difference: AccountDifference) {
    pair(difference.label, difference.before, difference.after)
  }
}
