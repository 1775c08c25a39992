import Cloudflare

extension CreateState: WriteForm {
  func inputContext(in context: Context) -> InputContext {
    switch focus {
    case _ where isSending: .busy
    case .cancel, .create: unresolvedWrite == nil ? .button : .unknownOutcome
    case .name, .business: .field
    case .unit: choosesUnit(in: context.accounts.tenancy) ? .choice : .field
    case .type: .choice
    case .twoFactor, .details: .toggle
    }
  }

  func awaited(in context: Context) -> [EffectID] {
    // The choices are still being read.
    let awaitsTenancy = (focus == .type || focus == .unit) && context.accounts.tenancy.isReading
    return progress.awaited(in: context.writes) + (awaitsTenancy ? [.tenancy] : [])
  }

  mutating func begin(in context: Context) -> Outcome {
    focus = .name
    // The outcome may have become known while the draft was closed.
    if !noteHappened(in: context), let id = unresolvedWrite {
      if let outcome = context.writes.history.entry(id)?.outcome, outcome.isConclusive {
        progress = .lookedUp(outcome.kind, accountID: outcome.accountID)
      } else {
        focus = .create
      }
    }
    let looking = unresolvedWrite == nil && created == nil ? lookForDuplicateNames(after: .zero) : []
    return Outcome(effects: looking, events: [.clearNotice, .readTenancy])
  }

  mutating func edit(_ edit: TextEdit, in context: Context) -> Outcome {
    guard !isSending else { return .none }
    let before = name.text
    switch focus {
    case .name: name.apply(edit)
    case .unit where !choosesUnit(in: context.accounts.tenancy): unit.apply(edit)
    case .business(let field): businessTexts[field, default: TextField()].apply(edit)
    case .unit, .type, .twoFactor, .details, .cancel, .create: return .none
    }
    if edit.changesText { forgetWrite() }
    return name.text == before ? .none : Outcome(effects: lookForDuplicateNames())
  }

  private mutating func lookForDuplicateNames(after pause: Duration = DuplicateNameSearch.pause) -> [Effect] {
    duplicateNames.change(to: problemOfName == nil ? name.text : nil, pause: pause)
  }

  mutating func reduce(_ command: Command, in context: Context) -> Outcome {
    switch command {
    case .nextField: moveFocus(1)
    case .previousField: moveFocus(-1)
    case .nextChoice: choose(1, context.accounts.tenancy)
    case .previousChoice: choose(-1, context.accounts.tenancy)
    case .toggle: toggle()
    case .cancel: return leave(in: context)
    case .accept:
      switch focus {
      case .name, .type, .twoFactor, .unit, .details, .business: moveFocus(1)
      case .cancel: return leave(in: context)
      case .create: return proceed(in: context)
      }
    case .verify: return lookUpWrite()
    case .adopt: return unresolvedWrite.map { .events(.adopt($0)) } ?? .none
    default: break
    }
    return .none
  }

  mutating func carryOut(_ step: FormStep, in context: Context) -> Outcome {
    switch step {
    case .fill(let text) where focus == .unit:
      // An empty unit is chosen from the list, so the old text must not be deleted before the new one comes.
      guard !isSending, !choosesUnit(in: context.accounts.tenancy) else { break }
      unit = TextField()
      unit.apply(.insert(text))
      forgetWrite()
    case .fill(let text): return replaceText(by: text, in: context)
    case .choose(let wanted): if wanted != choice { choose(wanted, context.accounts.tenancy) }
    case .set(let isWanted): if isWanted != (focus == .details ? isBusinessOpen : requiresTwoFactor) { toggle() }
    case .next: moveFocus(1)
    case .proceed: return proceed(in: context)
    case .delete: break
    case .leave: return leave(in: context)
    }
    return .none
  }

  // MARK: Choosing

  /// The choices of the field in focus. An empty ID stands for no unit.
  private func choices(_ tenancy: Tenancy) -> [String] {
    switch focus {
    case .type: types(in: tenancy).types.map(\.rawValue)
    case .unit where choosesUnit(in: tenancy): [""] + tenancy.units.map(\.id)
    default: []
    }
  }

  private var choice: String { focus == .type ? type.rawValue : unit.text }

  private mutating func choose(_ step: Int, _ tenancy: Tenancy) {
    let choices = choices(tenancy)
    guard let index = choices.firstIndex(of: choice) else { return }
    choose(choices[(index + step + choices.count) % choices.count], tenancy)
  }

  private mutating func choose(_ wanted: String, _ tenancy: Tenancy) {
    guard !isSending, choices(tenancy).contains(wanted) else { return }
    if focus == .type { type = AccountType(rawValue: wanted) } else { unit = TextField(wanted) }
    forgetWrite()
  }

  // MARK: Sending

  private mutating func proceed(in context: Context) -> Outcome {
    if unresolvedWrite != nil { return lookUpWrite() }
    return created == nil ? submit(in: context) : setRequirement(in: context)
  }

  private mutating func submit(in context: Context) -> Outcome {
    guard !isSending else { return .none }
    if let problem = firstProblem {
      showsMissing = true
      show(problem)
      return .none
    }
    if noteHappened(in: context) { return .none }
    let creation = creation(in: context)
    let intent = context.session.intent(.create(creation), in: context.environment)
    switch context.writes.dispatch(intent, context.session, context.accounts.list) {
    case .blocked(let problem):
      progress = .notSent(problem)
      return .none
    case .dryRun:
      let further = requiresTwoFactor ? " and PUT /accounts/{id} would have required two-factor authentication" : ""
      let line = intent.operation.requestLine
      return closeKeepingDraft()
        + .notice(
          .note, "Dry run: \(line) would have created \(account.name)\(further). Nothing was sent",
          nextStep: context.hints(.newAccount, "goes on with the draft"))
    case .sent(let effect):
      lastAttempt = Attempt(account: account, idempotencyKey: creation.idempotencyKey, intentID: intent.id)
      progress = .sending(intent.id)
      return .effects(effect)
    }
  }

  /// The creation to send. The same body keeps its idempotency key; a changed body gets a new one.
  private func creation(in context: Context) -> Creation {
    let account = account
    let earlier = context.writes.history.earlierTry(of: account, from: context.session.origin)
    var key = earlier?.idempotencyKey
    if let attempt = lastAttempt, attempt.account.isSameRequest(as: account) { key = attempt.idempotencyKey }
    let list = context.accounts.list
    return Creation(
      account, idempotencyKey: key ?? context.environment.freshID, requiresTwoFactor: requiresTwoFactor,
      duplicateNames: duplicates(in: list),
      knowsAllDuplicateNames: duplicateNames.isWhole(for: account.name, listTotal: list.total),
      serverDate: earlier?.serverDate
        ?? duplicateNames.serverDate(for: account.name, at: context.environment.date))
  }

  /// Sets only the two-factor requirement of the created account. A creation cannot set it, so it is a second write,
  /// which can fail on its own.
  private mutating func setRequirement(in context: Context) -> Outcome {
    guard let account = created, !isSending else { return .none }
    let changes = AccountChanges(name: account.name, settings: AccountSettings(enforceTwoFactor: true))
    let intent = context.session.intent(.update(account.id, changes), in: context.environment)
    switch context.writes.dispatch(intent, context.session, context.accounts.list) {
    case .blocked(let problem): progress = .notSent(problem)
    case .dryRun: progress = .notSent(.closed)
    case .sent(let effect):
      requirementID = intent.id
      progress = .sending(intent.id)
      return .effects(effect)
    }
    return .none
  }

  // MARK: Answers

  mutating func receive(_ answer: Answer, in context: Context) -> Outcome {
    switch answer {
    // During a creation, the new account itself would be found.
    case .elapsed(.duplicateNames(.creation)) where !isSending:
      return Outcome(effects: duplicateNames.ask(about: name.text))
    case .duplicateNames(.creation, let name, let result):
      duplicateNames.receive(result, about: name, at: context.environment.date)
      return .none
    default: break
    }
    guard let change = progress.receive(answer, in: context.writes.history) else { return .none }
    if created == nil, case .write(.heldBack(_, let earlier, _)) = answer { lastAttempt?.intentID = earlier }
    switch change {
    case .done(let account?): return created == nil ? goOn(with: account, in: context) : finish(with: account)
    case .done(nil): break
    case .earlierDone: _ = noteHappened(in: context)
    case .failed:
      if let refused = firstRefused {
        show(refused)
      } else if unresolvedWrite != nil {
        focus = .create
      }
    }
    return .none
  }

  mutating func receive(_ conclusion: Conclusion, in context: Context) -> Outcome {
    let isOfAttempt = conclusion.id == lastAttempt?.intentID
    // The form was changed meanwhile, or a person decides whether it goes on.
    if isOfAttempt, conclusion.isByHand || conclusion.id != unresolvedWrite {
      if !isSending { _ = noteHappened(in: context) }
      return .none
    }
    guard progress.receive(conclusion), conclusion.kind == .confirmed, let account = conclusion.account else {
      return .none
    }
    // The form only continues after its own write, not after one that blocked it.
    if created == nil { return isOfAttempt ? goOn(with: account, in: context) : .none }
    return conclusion.id == requirementID ? finish(with: account) : .none
  }

  /// Shows that the last creation has happened, if it has. The next one is then another creation. If the form was not
  /// changed since, only its requirement is left to set.
  ///
  /// - Returns: whether the last creation has happened.
  private mutating func noteHappened(in context: Context) -> Bool {
    guard created == nil, let attempt = lastAttempt,
      let outcome = context.writes.history.entry(attempt.intentID)?.outcome, outcome.kind == .confirmed
    else { return false }
    progress = .lookedUp(.confirmed, accountID: outcome.accountID)
    lastAttempt = nil
    if let id = outcome.accountID, requiresTwoFactor, account.isSameRequest(as: attempt.account) {
      created = context.accounts.list.account(id) ?? Account(id: id, name: attempt.account.name)
      focus = .create
    }
    return true
  }

  /// Shows the created account, and continues with the requirement if it is wanted.
  private mutating func goOn(with account: Account, in context: Context) -> Outcome {
    let shown = Outcome.events(.created(account))
    guard requiresTwoFactor, !account.requiresTwoFactor else { return shown + finish(with: account) }
    created = account
    progress = .idle
    focus = .create
    return shown + setRequirement(in: context)
  }

  private mutating func finish(with answer: Account) -> Outcome {
    let known = created?.completing(answer) ?? answer
    var messages: [String] = []
    if let difference = Creation(account, idempotencyKey: "").difference(of: known) { messages.append(difference) }
    if requiresTwoFactor, !known.requiresTwoFactor {
      messages.append(
        answer.settings == nil
          ? "the server does not say whether two-factor is required now"
          : "the server did not take the two-factor requirement")
    }
    let text = "Created \(account.name) as \(Wording.short(id: answer.id))"
    let notice =
      messages.isEmpty
      ? Notice(.success, requiresTwoFactor ? text + ", with two-factor required" : text)
      : Notice(.warning, "\(text): \(messages.joined(separator: "; "))")
    return Outcome(effects: duplicateNames.stop(), events: [.close, .read(known), .notice(notice)])
  }

  // MARK: Leaving

  private mutating func leave(in context: Context) -> Outcome {
    guard !isSending else { return .none }
    if let created { return leaveRequirement(of: created, in: context) }
    let outcome = closeKeepingDraft()
    guard !isEmpty else { return outcome }
    return outcome
      + .notice(.note, "The draft is kept", nextStep: context.hints(.newAccount, "goes on with it"))
  }

  private mutating func closeKeepingDraft() -> Outcome {
    Outcome(effects: duplicateNames.stop(), events: [isEmpty ? .close : .closeKeepingDraft])
  }

  /// Leaves the created account without the requirement.
  private mutating func leaveRequirement(of account: Account, in context: Context) -> Outcome {
    let closing = Outcome(effects: duplicateNames.stop(), events: [.close])
    let name = "\(account.name) exists as \(Wording.short(id: account.id))"
    guard unresolvedWrite == nil else {
      return closing
        + .notice(
          .warning, "\(name); whether it requires two-factor is not known", nextStep: context.hints.unresolved)
    }
    return closing + .events(.leaveRequirement(of: account.id))
      + .notice(
        .warning, "\(name), without the two-factor requirement",
        nextStep: context.hints(.editAccount, "sets it"))
  }
}
