import Cloudflare
import Terminal

extension State {
  /// - Returns: the last row that it takes.
  func draw(_ form: CreateState, in frame: inout Frame) -> Int {
    let width = dialogWidth - 4
    return drawForm(
      title: "New account", form.created.map { rows(of: $0, width: width) } ?? rows(of: form, width: width),
      messages: messages(for: form), buttons: buttons(form), in: &frame)
  }

  private func buttons(_ form: CreateState) -> [FormDrawing.Button] {
    let exists = form.created != nil
    let title =
      switch form.phase {
      case .sending: exists ? "Requiring two-factor …" : "Creating …"
      case .unknown, .notSent(.repeats): "Look it up"
      case .editing, .refused, .notSent, .lookedUp: exists ? "Require two-factor" : "Create"
      }
    let canSend = !form.isSending && form.firstProblem == nil
    return [
      .init(
        title: exists ? "Leave it so" : "Cancel", hasFocus: form.focus == .cancel && !form.isSending,
        isEnabled: !form.isSending),
      .init(title: title, hasFocus: form.focus == .create, isEnabled: canSend),
    ]
  }

  // MARK: Rows

  /// What the account that exists by now is.
  private func rows(of account: Account, width: Int) -> FormRows {
    var rows = FormRows(width: width)
    rows.value("Name", account.name, style: Theme.heading)
    rows.value("ID", Wording.grouped(id: account.id))
    rows.value("Type", Wording.type(account.type))
    if account.managedBy != nil { rows.value("Parent", Wording.parent(of: account)) }
    rows.value("Two-factor", "not required yet")
    return rows
  }

  private func rows(of form: CreateState, width: Int) -> FormRows {
    var rows = FormRows(width: width)
    func isFocus(_ field: CreateState.Field) -> Bool { form.focus == field && !form.isSending }
    rows.field(
      "Name", form.name, hasFocus: isFocus(.name), beside: "\(form.nameLength) of \(NewAccount.nameLimit)",
      besideStyle: form.nameLength > NewAccount.nameLimit ? Theme.failure : Theme.faint)
    addMessages(on: .name, of: form, to: &rows)
    let offer = form.types
    for (index, type) in offer.types.enumerated() {
      rows.choice(
        index == 0 ? "Type" : nil, type.rawValue, type.purpose, isChosen: form.type == type, hasFocus: isFocus(.type))
    }
    if let message = offer.message { rows.message(message, style: Theme.faint) }
    addMessages(on: .type, of: form, to: &rows)
    rows.box(
      "Two-factor", "require it for every member", isTicked: form.requiresTwoFactor, hasFocus: isFocus(.twoFactor))
    addUnit(of: form, to: &rows, hasFocus: isFocus(.unit))
    let filled = BusinessField.allCases.filter { form.business[$0]?.text.isEmpty == false }
      .map { $0.title.lowercased() }.joined(separator: ", ")
    rows.fold(
      "Business",
      filled.isEmpty || form.isBusinessOpen
        ? "name, address, e-mail, phone, reference" : "filled in: \(filled)",
      isOpen: form.isBusinessOpen, hasFocus: isFocus(.details))
    guard form.isBusinessOpen else { return rows }
    for field in BusinessField.allCases {
      let text = form.business[field] ?? TextField()
      let length = NewAccount.nameLength(text.text)
      let hasFocus = isFocus(.business(field))
      rows.field(
        field.title, text, hasFocus: hasFocus,
        beside: hasFocus || length > BusinessDetails.limit ? "\(length) of \(BusinessDetails.limit)" : "",
        besideStyle: length > BusinessDetails.limit ? Theme.failure : Theme.faint)
      addMessages(on: .business(field), of: form, to: &rows)
    }
    return rows
  }

  /// Units of a long list that are on screen at a time.
  private static let mostUnits = 5

  private func addUnit(of form: CreateState, to rows: inout FormRows, hasFocus: Bool) {
    if form.choosesUnit {
      let units = form.tenancy.units
      let chosen = units.firstIndex { $0.id == form.unit.text }
      let first = max(0, min((chosen ?? 0) - Self.mostUnits / 2, units.count - Self.mostUnits))
      let shown = units.dropFirst(first).prefix(Self.mostUnits)
      let nameWidth = min(36, shown.map { SafeText($0.name).width }.max() ?? 0)
      let hasTenants = units.contains { $0.tenantID != units[0].tenantID }
      rows.choice(
        "Unit", "not named", "the server chooses", isChosen: form.unit.text.isEmpty, hasFocus: hasFocus,
        nameWidth: nameWidth)
      for unit in shown {
        let id = Wording.short(id: unit.id)
        rows.choice(
          nil, unit.name, hasTenants ? "\(id)  \(unit.tenantName)" : id, isChosen: unit.id == form.unit.text,
          hasFocus: hasFocus, nameWidth: nameWidth)
      }
      if units.count > Self.mostUnits {
        rows.message(
          chosen.map { "\($0 + 1) of \(units.count) units" } ?? Wording.count(units.count, "unit", "units"),
          style: Theme.faint)
      }
    } else {
      let hint = form.unit.text.isEmpty ? "only if you administer several tenants" : ""
      rows.field("Unit", form.unit, hasFocus: hasFocus, beside: hint)
      if let reason = form.tenancy.missingUnits { rows.message(reason, style: Theme.faint) }
    }
    addMessages(on: .unit, of: form, to: &rows)
  }

  private func addMessages(on field: CreateState.Field, of form: CreateState, to rows: inout FormRows) {
    if let refusal = form.refusal(of: field) {
      rows.message("! \(refusal)", style: Theme.failure)
    } else if let problem = form.problem(of: field) {
      // That nothing has been typed yet is no mistake before somebody wants to go on.
      if field != .name || form.showsProblems || !form.name.text.isEmpty {
        rows.message("! \(problem)", style: Theme.failure)
      }
    } else if field == .name, let warning = form.nameWarning {
      rows.message("! \(warning)", style: Theme.warning)
    }
  }

  // MARK: Messages

  func messages(for form: CreateState) -> [Block] {
    let exists = form.created != nil
    var lines =
      exists
      ? Block.optional("✓ The account is created, and nothing creates it again.", Theme.success)
      : duplicateNameText(form)
    switch form.phase {
    case .editing: break
    case .sending:
      lines += Block.optional(
        exists
          ? "Requiring two-factor authentication of every member …"
          : "Waiting for the server's answer. It is sent once.", Theme.faint)
    case .refused(let error):
      if let refusal = form.generalRefusal {
        let what = exists ? "The two-factor requirement was not set" : "Not created"
        lines += Block.optional("! \(what): \(refusal)", Theme.failure)
      }
      if let step = error.nextStep { lines += Block.optional(step) }
    case .unknown(let error):
      let what = exists ? "Not known whether two-factor is required now" : "Not known whether it was created"
      lines += Block.optional("! \(what): \(error.explanation)", Theme.warning)
      lines += lookUpText(of: form.unresolvedWrite)
    case .notSent(let problem):
      lines += Block.optional("! Not sent. \(problem.explanation)", Theme.failure)
      lines +=
        form.unresolvedWrite == nil
        ? Block.optional(problem.nextStep) : lookUpText(of: form.unresolvedWrite)
    case .lookedUp where exists: lines += Block.optional("The two-factor requirement is not set yet.", Theme.warning)
    case .lookedUp(.confirmed, let id):
      let what = "The earlier creation did happen\(id.map { ": it is \($0)" } ?? "")."
      lines += Block.optional(what + " Creating makes another account.", Theme.warning)
    case .lookedUp(.dismissed, _):
      lines += Block.optional(
        "What became of the earlier creation is not known: it was dismissed by hand. Creating may make a second account.",
        Theme.warning)
    case .lookedUp(.refused, _): lines += Block.optional("The earlier creation was refused. Creating sends it.")
    case .lookedUp:
      let isKnown = activity.history.earlierTry(of: form.account, from: session.origin) != nil
      let again = isKnown ? ", then sends it again under the same key" : ""
      let finding = form.lastAttempt.flatMap { activity.history.entry($0.intentID)?.outcome?.explanation }
      lines += Block.optional("\(finding ?? "No account was found.") Creating looks once more\(again).")
    }
    return lines
  }

  /// What is known of a write that is in doubt, and how more can be.
  func lookUpText(of id: WriteIntent.ID?) -> [Block] {
    guard let id else { return [] }
    if activity[id].lookUp != nil {
      return Block.optional("Reading whether it has happened; this takes a few seconds …", Theme.faint)
    }
    if let watching = watchSentence(of: id) {
      return Block.optional(activity.finding(of: id) ?? "", Theme.warning)
        + Block.optional("\(watching) Nothing is sent again before that.", Theme.warning)
    }
    return Block.optional(finding(of: id, in: .unknownOutcome) ?? "", Theme.warning)
      + Block.optional(
        ["Nothing is sent again by itself.", hint(.verify, "finds out by reading.", in: .unknownOutcome)]
          .compactMap(\.self).joined(separator: " "))
  }
}

extension State {
  /// Until when a write is looked up again by itself, with what readings have shown so far; `nil` when it is not.
  func watchSentence(of id: WriteIntent.ID) -> String? {
    guard let watch = activity[id].watch, let entry = activity.history.entry(id) else { return nil }
    let end = "ooking again until \(Wording.second(watch.until))."
    return activity[id].finding == nil ? "\(entry.intent.operation.kind.nothingSoFar), l\(end)" : "L\(end)"
  }

  /// What a look-up found that left the write unknown, and what a person can do with it.
  func finding(of id: WriteIntent.ID, in context: InputContext) -> String? {
    guard let finding = activity.finding(of: id) else { return nil }
    guard case .candidates(let accounts) = activity[id].finding, accounts.count == 1,
      let step = hint(.adopt, "takes it as the created one.", in: context)
    else { return finding }
    return "\(finding). \(step)"
  }
}

extension AccountType {
  /// Whom it is for, as Cloudflare's tenant documentation says.
  fileprivate var purpose: String {
    switch self {
    case .standard: "self-serve customers"
    case .enterprise: "enterprise customers, by agreement"
    default: ""
    }
  }
}
