import Cloudflare
import Terminal

extension CreateState {
  func form(in context: Context) -> Form {
    let width = Form.width(in: context.size)
    return Form(
      title: "New account",
      rows: created.map { rows(of: $0, width: width) } ?? rows(width: width, context.accounts.tenancy),
      messages: messages(in: context), buttons: buttons)
  }

  private var buttons: [FormDrawing.Button] {
    let exists = created != nil
    let title =
      if isSending {
        exists ? "Requiring two-factor …" : "Creating …"
      } else if unresolvedWrite != nil {
        "Look it up"
      } else {
        exists ? "Require two-factor" : "Create"
      }
    return [
      .init(
        title: exists ? "Leave it so" : "Cancel", hasFocus: focus == .cancel && !isSending, isEnabled: !isSending),
      .init(title: title, hasFocus: focus == .create, isEnabled: !isSending && firstProblem == nil),
    ]
  }

  // MARK: Rows

  /// The rows of the created account.
  private func rows(of account: Account, width: Int) -> FormRows {
    var rows = FormRows(width: width)
    rows.fixed("Name", account.name, style: Theme.heading)
    rows.fixed("ID", Wording.grouped(id: account.id))
    rows.fixed("Type", Wording.type(account.type))
    if account.managedBy != nil { rows.fixed("Parent", Wording.parent(of: account)) }
    rows.fixed("Two-factor", "not required yet")
    return rows
  }

  private func rows(width: Int, _ tenancy: Tenancy) -> FormRows {
    var rows = FormRows(width: width)
    addLimited("Name", name, .name, limit: NewAccount.nameLimit, to: &rows)
    let offer = types(in: tenancy)
    for (index, type) in offer.types.enumerated() {
      rows.option(
        index == 0 ? "Type" : nil, type.rawValue, type.purpose, isChosen: self.type == type, hasFocus: hasFocus(.type))
    }
    if let message = offer.message { rows.message(message, style: Theme.faint) }
    addMessages(on: .type, to: &rows)
    rows.box(
      "Two-factor", "require it for every member", isTicked: requiresTwoFactor, hasFocus: hasFocus(.twoFactor))
    addUnit(tenancy, to: &rows)
    let filled = BusinessField.allCases.filter { businessTexts[$0]?.text.isEmpty == false }
      .map { $0.title.lowercased() }.joined(separator: ", ")
    rows.fold(
      "Business",
      filled.isEmpty || isBusinessOpen ? "name, address, e-mail, phone, reference" : "filled in: \(filled)",
      isUnfolded: isBusinessOpen, hasFocus: hasFocus(.details))
    guard isBusinessOpen else { return rows }
    for field in BusinessField.allCases {
      addLimited(
        field.title, businessTexts[field] ?? TextField(), .business(field), limit: BusinessDetails.limit, to: &rows)
    }
    return rows
  }

  private func hasFocus(_ field: Field) -> Bool { focus == field && !isSending }

  /// Adds a field with the length of its text. Only the name's is always shown.
  private func addLimited(
    _ title: String, _ text: TextField, _ field: Field, limit: Int, to rows: inout FormRows
  ) {
    let length = NewAccount.nameLength(text.text)
    let showsLength = field == .name || hasFocus(field) || length > limit
    rows.field(
      title, text, hasFocus: hasFocus(field), beside: showsLength ? "\(length) of \(limit)" : "",
      besideStyle: length > limit ? Theme.failure : Theme.faint)
    addMessages(on: field, to: &rows)
  }

  /// The most units on screen at a time.
  private static let mostUnits = 5

  private func addUnit(_ tenancy: Tenancy, to rows: inout FormRows) {
    let hasFocus = hasFocus(.unit)
    if choosesUnit(in: tenancy) {
      let units = tenancy.units
      let chosen = units.firstIndex { $0.id == unit.text }
      let first = max(0, min((chosen ?? 0) - Self.mostUnits / 2, units.count - Self.mostUnits))
      let shown = units.dropFirst(first).prefix(Self.mostUnits)
      let nameWidth = min(36, shown.map { SafeText($0.name).width }.max() ?? 0)
      let hasTenants = units.contains { $0.tenantID != units[0].tenantID }
      rows.option(
        "Unit", "not named", "the server chooses", isChosen: unit.text.isEmpty, hasFocus: hasFocus,
        nameWidth: nameWidth)
      for one in shown {
        let id = Wording.short(id: one.id)
        rows.option(
          nil, one.name, hasTenants ? "\(id)  \(one.tenantName)" : id, isChosen: one.id == unit.text,
          hasFocus: hasFocus, nameWidth: nameWidth)
      }
      if units.count > Self.mostUnits {
        rows.message(
          chosen.map { "\($0 + 1) of \(units.count) units" } ?? Wording.count(units.count, "unit", "units"),
          style: Theme.faint)
      }
    } else {
      let hint = unit.text.isEmpty ? "only if you administer several tenants" : ""
      rows.field("Unit", unit, hasFocus: hasFocus, beside: hint)
      if let reason = tenancy.missingUnits { rows.message(reason, style: Theme.faint) }
    }
    addMessages(on: .unit, to: &rows)
  }

  private func addMessages(on field: Field, to rows: inout FormRows) {
    if let refusal = refusal(of: field) {
      rows.message("! \(refusal)", style: Theme.failure)
    } else if let problem = problem(of: field) {
      // An empty name is not shown as a problem before a creation is tried.
      if field != .name || showsMissing || !name.text.isEmpty {
        rows.message("! \(problem)", style: Theme.failure)
      }
    } else if field == .name, let warning = warningOfName {
      rows.message("! \(warning)", style: Theme.warning)
    }
  }

  // MARK: Messages

  func messages(in context: Context) -> [Block] {
    guard created == nil else {
      let exists = Block.paragraph("✓ The account is created, and nothing creates it again.", Theme.success)
      if case .lookedUp = progress {
        return [exists, .paragraph("The two-factor requirement is not set yet.", Theme.warning)]
      }
      return [exists]
        + progressText(
          sending: "Requiring two-factor authentication of every member …",
          refused: "The two-factor requirement was not set",
          unknown: "Not known whether two-factor is required now", in: context)
    }
    return duplicateNameText(context.accounts.list)
      + progressText(refused: "Not created", unknown: "Not known whether it was created", in: context)
      + lookedUpText(in: context)
  }

  /// The warning about other accounts with the name. It blocks nothing.
  private func duplicateNameText(_ list: AccountList) -> [Block] {
    let found = duplicates(in: list)
    let isCutShort = duplicateNames.isCutShort(for: name.text)
    var text: [Block] = []
    if !found.isEmpty {
      let ids = found.prefix(3).map { Wording.short(id: $0) }.joined(separator: ", ") + (found.count > 3 ? " …" : "")
      let words =
        switch (found.count, isCutShort) {
        case (1, false): "An account already has this name: \(ids)"
        case (_, false): "\(Wording.number(found.count)) accounts already have this name: \(ids)"
        case (_, true): "At least \(Wording.count(found.count, "account", "accounts")) of this name: \(ids)"
        }
      text.append(.warning(words))
    }
    if let error = duplicateNames.failure(for: name.text) {
      text.append(
        .paragraph("Only the rows loaded here were searched for this name. \(error.explanation)", Theme.faint))
    } else if isCutShort {
      text.append(.paragraph("The server has more names like this one than were looked through.", Theme.faint))
    }
    return text
  }

  /// The outcome of an earlier creation, and what the button does now.
  private func lookedUpText(in context: Context) -> [Block] {
    guard case .lookedUp(let kind, let id) = progress else { return [] }
    switch kind {
    case .confirmed:
      let what = "The earlier creation did happen\(id.map { ": it is \($0)" } ?? "")."
      return [.paragraph(what + " Creating makes another account.", Theme.warning)]
    case .dismissed:
      return [
        .paragraph(
          "What became of the earlier creation is not known: it was dismissed by hand. Creating may make a second "
            + "account.", Theme.warning)
      ]
    case .refused: return [.paragraph("The earlier creation was refused. Creating sends it.")]
    case .unknown, .notDone:
      let history = context.writes.history
      let isKnown = history.earlierTry(of: account, from: context.session.origin) != nil
      let again = isKnown ? ", then sends it again under the same key" : ""
      let finding = lastAttempt.flatMap { history.entry($0.intentID)?.outcome?.message }
      return [.paragraph("\(finding ?? "No account was found.") Creating looks once more\(again).")]
    }
  }

  // MARK: Meanings

  func meaning(in context: Context) -> FieldMeaning? {
    switch focus {
    case .name:
      FieldMeaning(
        "Name",
        "What the account is called, in 1 to \(NewAccount.nameLimit) characters. Several accounts may have the same name; "
          + "the form tells of those that have it already.")
    case .type:
      FieldMeaning(
        "Type",
        "Standard accounts are for self-serve customers, enterprise accounts for those with an agreement. It cannot be "
          + "changed afterwards.")
    case .unit:
      FieldMeaning(
        "Unit",
        "The identifier of the tenant's unit that the account is to belong to. It is needed only by those who administer "
          + "several; empty, the server decides.")
    case .twoFactor: .twoFactor
    case .details:
      FieldMeaning(
        "Business", "What Cloudflare may want to know of the business behind the account. All of it may be left out.")
    case .business(let field):
      FieldMeaning(field.title, "A detail of the business behind the account. It may be left out.")
    case .cancel: .leaving
    case .create:
      FieldMeaning(
        "Create",
        "Sends one request, and never repeats it by itself. It is noted down before it leaves, so that even a lost "
          + "answer can be found out about.")
    }
  }
}

extension AccountType {
  /// The purpose of the type, from Cloudflare's tenant documentation.
  fileprivate var purpose: String {
    switch self {
    case .standard: "self-serve customers"
    case .enterprise: "enterprise customers, by agreement"
    default: ""
    }
  }
}
