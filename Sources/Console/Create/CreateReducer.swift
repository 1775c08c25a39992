import Cloudflare

extension State {
  var readOnlyReason: String { "This console was started read-only: it changes nothing" }

  /// The selected account, if it can be written to from here; otherwise says why not.
  mutating func selectedForWriting() -> Account? {
    guard !session.isReadOnly else {
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
        nextStep: advice(.showRaw, "shows its JSON"))
      return nil
    }
    return account
  }

  mutating func openCreate() -> [Effect] {
    guard !session.isReadOnly else {
      notice = Notice(.note, readOnlyReason)
      return []
    }
    var form = draft ?? CreateState()
    form.focus = .name
    form.tenancy = tenancy
    // What the draft was in doubt about may have been found out since.
    if !noteHappened(&form), let id = form.doubtfulWrite {
      if let entry = activity.ledger.entry(id), !entry.isOpen {
        form.phase = .lookedUp(entry.outcome?.kind ?? .unknown, accountID: entry.outcome?.accountID)
      } else {
        form.focus = .create
      }
    }
    notice = nil
    dialog = .create(form)
    let looking = form.doubtfulWrite == nil && form.created == nil ? lookForNamesakes(after: .zero) : []
    return looking + readTenancy()
  }

  mutating func editCreate(_ edit: TextEdit) -> [Effect] {
    guard case .create(var form) = dialog else { return [] }
    let name = form.name.text
    form.edit(edit)
    dialog = .create(form)
    return form.name.text == name ? [] : lookForNamesakes()
  }

  mutating func reduceCreate(_ command: Command, at moment: Moment) -> [Effect] {
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
        if let id = form.doubtfulWrite { return lookUp(id, at: moment) }
        return form.created == nil ? submit(form, at: moment) : setRequirement(form, at: moment)
      }
    case .verify: return form.doubtfulWrite.map { lookUp($0, at: moment) } ?? []
    case .adopt: return form.doubtfulWrite.map { adopt($0, at: moment) } ?? []
    default: break
    }
    dialog = .create(form)
    return []
  }

  mutating func reduce(_ action: CreateAction, at moment: Moment) -> [Effect] {
    switch action {
    case .nameRested(let token): return askForNamesakes(token)
    case .namesakesFound(let name, let token, let result):
      take(result, about: name, token: token, at: moment)
      return []
    case .tenancyRead(let token, let answer):
      take(answer, token: token)
      return []
    case .answered(let token, let result):
      guard case .create(var form) = dialog, form.phase == .sending(token), form.created == nil else { return [] }
      switch result {
      case .success(let account): return follow(form, created: account, at: moment)
      case .failure(let error):
        form.phase = error.leavesOutcomeUnknown ? .unknown(error) : .refused(error)
        if let refused = form.firstRefused {
          form.show(refused)
        } else if form.doubtfulWrite != nil {
          form.focus = .create
        }
        dialog = .create(form)
        return []
      }
    }
  }

  private mutating func submit(_ form: CreateState, at moment: Moment) -> [Effect] {
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
    let creation = creation(of: form, at: moment)
    let intent = intent(.create(creation), at: moment)
    switch send(intent) {
    case .hindered(let problem):
      form.phase = .notSent(problem)
      dialog = .create(form)
      return []
    case .rehearsed:
      let effects = close(form, keepingDraft: true)
      let further =
        form.requiresTwoFactor ? " and PUT /accounts/{id} would have required two-factor authentication" : ""
      notice = Notice(
        .note,
        "Rehearsed: \(intent.operation.requestLine) would have created \(account.name)\(further). Nothing was sent",
        nextStep: advice(.newAccount, "goes on with the draft"))
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
  private func creation(of form: CreateState, at moment: Moment) -> Creation {
    let account = form.account
    let earlier = activity.ledger.earlierTry(of: account, from: session.origin)
    var key = earlier?.idempotencyKey
    if let attempt = form.lastAttempt, attempt.account.isSameRequest(as: account) { key = attempt.idempotencyKey }
    let name = account.name
    return Creation(
      account, idempotencyKey: key ?? moment.freshID, requiresTwoFactor: form.requiresTwoFactor,
      namesakes: namesakes(of: form),
      knowsAllNamesakes: form.namesakes.isWhole(for: name, listTotal: browse.list.total),
      serverDate: earlier?.serverDate ?? form.namesakes.serverDate(for: name, at: moment.date))
  }

  private mutating func leaveCreate(_ form: CreateState) -> [Effect] {
    guard !form.isSending else { return [] }
    if let account = form.created { return leaveRequirement(form, of: account) }
    let effects = close(form, keepingDraft: true)
    if draft != nil { notice = Notice(.note, "The draft is kept", nextStep: advice(.newAccount, "goes on with it")) }
    return effects
  }

  mutating func close(_ form: CreateState, keepingDraft: Bool) -> [Effect] {
    var form = form
    let isLooking = form.namesakes.token != nil
    form.namesakes = NamesakeSearch()
    dialog = nil
    draft = form.isEmpty || !keepingDraft ? nil : form
    return isLooking ? [.cancel(.namesakes)] : []
  }
}
