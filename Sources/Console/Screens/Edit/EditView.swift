import Cloudflare
import Terminal

extension EditState {
  func form(in context: Context) -> Form {
    Form(title: title, rows: rows(in: context), messages: messages(in: context), buttons: buttons)
  }

  private var title: String {
    switch phase {
    case .reading, .unreadable, .editing, .write(.refused): "Edit an account"
    case .changedMeanwhile: "The account has changed"
    default: "Review the changes"
    }
  }

  private var buttons: [FormDrawing.Button] {
    let (back, proceed): (String, String) =
      switch phase {
      case .reading, .editing, .write(.refused): ("Cancel", "Review")
      case .unreadable: ("Close", "Read it again")
      case .reviewing, .write(.lookedUp), .write(.idle): ("Back", "Save changes")
      case .checking: ("Back", "Reading it again …")
      case .write(.sending): ("Back", "Saving …")
      case .changedMeanwhile: ("Leave", "Go on from what it is now")
      case .write(.unknown), .write(.notSent(.repeats)): ("Close", "Look it up")
      case .uncheckable, .write(.notSent): ("Back", "Try again")
      }
    let isSending = sending != nil
    let isWaiting = isReading || isSending
    let canProceed = !isWaiting && (!showsFields || firstProblem == nil && !edits.isEmpty)
    return [
      .init(title: back, hasFocus: focus == .cancel && !isWaiting, isEnabled: !isSending),
      .init(title: proceed, hasFocus: focus == .proceed, isEnabled: canProceed),
    ]
  }

  // MARK: Rows

  private func rows(in context: Context) -> FormRows {
    var rows = FormRows(width: Form.width(in: context.size))
    // If the window is too low for both versions, the focus decides which one is shown.
    rows.showsEnd = focus == .proceed
    rows.fixed("ID", Wording.grouped(id: base.id))
    switch phase {
    case .reading, .unreadable: rows.fixed("Name", base.name, style: Theme.heading)
    case .editing, .write(.refused): addFields(to: &rows, context.accounts.list)
    case .changedMeanwhile(let account):
      rows.pairs("WHEN IT WAS READ", "NOW", AccountDifference.between(base, account))
      rows.pairs("NOW", "AS YOU WANT IT", AccountDifference.between(account, edits))
    default:
      rows.fixed("Name", base.name, style: Theme.heading)
      rows.pairs("NOW", "AFTER", AccountDifference.between(base, edits))
    }
    return rows
  }

  private func addFields(to rows: inout FormRows, _ list: AccountList) {
    rows.fixed("Type", "\(Wording.type(base.type)), which cannot be changed", style: Theme.faint)
    let length = AccountName(text: name.text).characterCount
    rows.field(
      "Name", name, hasFocus: focus == .name, beside: "\(length) of \(NewAccount.nameLimit)",
      besideStyle: edits.name != nil && length > NewAccount.nameLimit ? Theme.failure : Theme.faint)
    addMessages(on: .name, to: &rows, list)
    rows.box(
      "Two-factor", "require it for every member", isTicked: requiresTwoFactor, hasFocus: focus == .twoFactor)
    addMessages(on: .twoFactor, to: &rows, list)
    rows.field("Abuse", contact, hasFocus: focus == .contact, beside: "e-mail for reports of abuse")
    addMessages(on: .contact, to: &rows, list)
  }

  private func addMessages(on field: Field, to rows: inout FormRows, _ list: AccountList) {
    if let text = refusal(of: field) ?? problem(of: field) {
      rows.message("! \(text)", style: Theme.failure)
      return
    }
    switch field {
    case .name where edits.name != nil:
      if let warning = AccountName(text: name.text).warning { rows.message("! \(warning)", style: Theme.warning) }
      let others = list.loaded(named: name.text).filter { $0.id != base.id }
      guard let other = others.first else { return }
      let text =
        others.count == 1
        ? "Another account has this name: \(Wording.short(id: other.id))"
        : "\(Wording.count(others.count, "other account has", "other accounts have")) this name"
      rows.message("! \(text)", style: Theme.warning)
    case .contact where edits.contact == "": rows.message("The contact is taken away", style: Theme.faint)
    default: break
    }
  }

  // MARK: Messages

  func messages(in context: Context) -> [Block] {
    func failure(_ what: String, _ error: CloudflareError) -> [Block] {
      [.failure("\(what): \(error.explanation)")] + Block.optional(error.nextStep)
    }
    switch phase {
    case .reading: return [.paragraph("Reading the account as it is now …", Theme.faint)]
    case .unreadable(let error): return failure("The account could not be read, so nothing can be changed", error)
    case .editing: return showsProblems && edits.isEmpty ? [.warning("Nothing is changed yet")] : []
    case .reviewing: return [.paragraph("Everything else stays as it is. It is sent once.", Theme.faint)]
    case .checking: return [.paragraph("Reading the account once more before it is changed …", Theme.faint)]
    case .uncheckable(let error): return failure("The account could not be read again, so nothing was sent", error)
    case .changedMeanwhile:
      return [
        .failure("Somebody else has changed the account since it was read. Nothing was sent."),
        .paragraph("Going on keeps what you have typed, and takes all else as it is now."),
      ]
    case .write(.lookedUp(.confirmed, _)): return [.paragraph("The earlier change did happen.")]
    case .write(.lookedUp(.dismissed, _)):
      return [
        .paragraph(
          "What became of the earlier change is not known: it was dismissed by hand.", Theme.warning)
      ]
    case .write(.lookedUp(.refused, _)): return [.paragraph("The earlier change was refused. Saving sends it.")]
    case .write(.lookedUp):
      let finding = intentID.flatMap { context.writes.history.entry($0)?.outcome?.message }
      return [.paragraph("\(finding ?? "It was not changed.") Saving looks once more, then sends it again.")]
    case .write:
      return progressText(refused: "Not changed", unknown: "Not known whether it was changed", in: context)
    }
  }

  // MARK: Meanings

  func meaning(in context: Context) -> FieldMeaning? {
    switch focus {
    case .name:
      FieldMeaning("Name", "What the account is to be called, in 1 to \(NewAccount.nameLimit) characters.")
    case .twoFactor: .twoFactor
    case .contact:
      FieldMeaning(
        "Abuse contact", "The e-mail address that reports of abuse go to. Empty, the account has none of its own.")
    case .cancel: .leaving
    case .proceed:
      FieldMeaning(
        "Go on",
        "First shows old and new side by side. Only then is one request sent, and it is never repeated by itself.")
    }
  }
}

extension FormRows {
  /// Adds both versions of each difference.
  fileprivate mutating func pairs(_ one: String, _ two: String, _ differences: [AccountDifference]) {
    pair("", one, two, style: Theme.faint)
    for difference in differences { pair(difference.label, difference.before, difference.after) }
  }
}
