import Cloudflare

extension State {
  var readOnlyReason: String { "This console was started read-only: it changes nothing" }

  /// The selected account, if it can be written to from here; otherwise says why not.
  mutating func selectedForWriting() -> Account? {
    guard session.writing != .readOnly else {
      notice = Notice(.note, readOnlyReason)
      return nil
    }
    guard let account = browse.selectedAccount else {
      _ = explainMissingSelection()
      return nil
    }
    guard !browse.list.deleted.contains(account.id) else {
      notice = Notice(.note, "\(Wording.name(of: account)) is deleted already", nextStep: stepToReadList)
      return nil
    }
    guard account.nameProblem == nil else {
      notice = Notice(
        .warning, "This account cannot be written to from here: its name cannot be read",
        nextStep: hint(.showRaw, "shows its JSON"))
      return nil
    }
    return account
  }

  mutating func openCreate() -> [Effect] {
    guard session.writing != .readOnly else {
      notice = Notice(.note, readOnlyReason)
      return []
    }
    var form = draft ?? CreateState()
    form.focus = .name
    form.tenancy = tenancy
    // What the draft was in doubt about may have been found out since.
    if !noteHappened(&form), let id = form.unresolvedWrite {
      if let entry = activity.history.entry(id), !entry.isOpen {
        form.phase = .lookedUp(entry.outcome?.kind ?? .unknown, accountID: entry.outcome?.accountID)
      } else {
        form.focus = .create
      }
    }
    notice = nil
    dialog = .create(form)
    let looking = form.unresolvedWrite == nil && form.created == nil ? lookForDuplicateNames(after: .zero) : []
    return looking + readTenancy()
  }

  mutating func editCreate(_ edit: TextEdit) -> [Effect] {
    guard case .create(var form) = dialog else { return [] }
    let name = form.name.text
    form.edit(edit)
    dialog = .create(form)
    return form.name.text == name ? [] : lookForDuplicateNames()
  }

  mutating func reduceCreate(_ command: Command, in environment: Environment) -> [Effect] {
    guard case .create(var form) = dialog else { return [] }
    switch command {
    case .nextField: form.moveFocus(1)
    case .previousField: form.moveFocus(-1)
    case .nextChoice: form.choose(1)
    case .previousChoice: form.choose(-1)
    case .toggle: form.toggle()
    case .cancel: return leaveCreate(form)
    case .accept:
      switch form.focus {
      case .name, .type, .twoFactor, .unit, .details, .business: form.moveFocus(1)
      case .cancel: return leaveCreate(form)
      case .create:
        if let id = form.unresolvedWrite { return lookUp(id, in: environment) }
        return form.created == nil ? submit(form, in: environment) : setRequirement(form, in: environment)
      }
    case .verify: return form.unresolvedWrite.map { lookUp($0, in: environment) } ?? []
    case .adopt: return form.unresolvedWrite.map { adopt($0, in: environment) } ?? []
    default: break
    }
    dialog = .create(form)
    return []
  }

  mutating func reduce(_ action: CreateAction, in environment: Environment) -> [Effect] {
    switch action {
    case .nameDebounced(let token): return askForDuplicateNames(token)
    case .duplicateNamesFound(let name, let token, let result):
      receive(result, about: name, token: token, in: environment)
      return []
    case .tenancyRead(let token, let answer):
      receive(answer, token: token)
      return []
    case .answered(let token, let result):
      guard case .create(var form) = dialog, form.phase == .sending(token), form.created == nil else { return [] }
      switch result {
      case .success(let account): return handle(form, created: account, in: environment)
      case .failure(let error):
        form.phase = error.leavesOutcomeUnknown ? .unknown(error) : .refused(error)
        if let refused = form.firstRefused {
          form.show(refused)
        } else if form.unresolvedWrite != nil {
          form.focus = .create
        }
        dialog = .create(form)
        return []
      }
    }
  }

  private mutating func submit(_ form: CreateState, in environment: Environment) -> [Effect] {
    var form = form
    guard !form.isSending else { return [] }
    if let problem = form.firstProblem {
      form.showsProblems = true
      form.show(problem)
      dialog = .create(form)
      return []
    }
    if noteHappened(&form) {
      dialog = .create(form)
      return []
    }
    let account = form.account
    let creation = creation(of: form, in: environment)
    let intent = intent(.create(creation), in: environment)
    switch send(intent) {
    case .blocked(let problem):
      form.phase = .notSent(problem)
      dialog = .create(form)
      return []
    case .dryRun:
      let effects = close(form, keepingDraft: true)
      let further =
        form.requiresTwoFactor ? " and PUT /accounts/{id} would have required two-factor authentication" : ""
      notice = Notice(
        .note,
        "Dry run: \(intent.operation.requestLine) would have created \(account.name)\(further). Nothing was sent",
        nextStep: hint(.newAccount, "goes on with the draft"))
      return effects
    case .sent(let token, let effect):
      form.lastAttempt = CreateState.Attempt(
        account: account, idempotencyKey: creation.idempotencyKey, intentID: intent.id)
      form.phase = .sending(token)
      dialog = .create(form)
      return [effect]
    }
  }

  /// What the form asks for. A key names one creation, so that another body is another creation, and the same body is
  /// the same one again.
  private func creation(of form: CreateState, in environment: Environment) -> Creation {
    let account = form.account
    let earlier = activity.history.earlierTry(of: account, from: session.origin)
    var key = earlier?.idempotencyKey
    if let attempt = form.lastAttempt, attempt.account.isSameRequest(as: account) { key = attempt.idempotencyKey }
    let name = account.name
    return Creation(
      account, idempotencyKey: key ?? environment.freshID, requiresTwoFactor: form.requiresTwoFactor,
      duplicateNames: duplicateNames(of: form),
      knowsAllDuplicateNames: form.duplicateNames.isWhole(for: name, listTotal: browse.list.total),
      serverDate: earlier?.serverDate ?? form.duplicateNames.serverDate(for: name, at: environment.date))
  }

  private mutating func leaveCreate(_ form: CreateState) -> [Effect] {
    guard !form.isSending else { return [] }
    if let account = form.created { return leaveRequirement(form, of: account) }
    let effects = close(form, keepingDraft: true)
    if draft != nil { notice = Notice(.note, "The draft is kept", nextStep: hint(.newAccount, "goes on with it")) }
    return effects
  }

  mutating func close(_ form: CreateState, keepingDraft: Bool) -> [Effect] {
    var form = form
    let isLooking = form.duplicateNames.token != nil
    form.duplicateNames = DuplicateNameSearch()
    dialog = nil
    draft = form.isEmpty || !keepingDraft ? nil : form
    return isLooking ? [.cancel(.duplicateNames)] : []
  }
}
