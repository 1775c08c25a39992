import Cloudflare

/// From the moment an account exists: creating never takes the two-factor requirement along, so that it is a second
/// write, which may fail by itself.
extension State {
  /// Shows the account that was created, and goes on to the requirement if there is to be one.
  mutating func handle(_ form: CreateState, created account: Account, in environment: Environment) -> [Effect] {
    browse.pane = .list
    changeList { $0.insertCreated(account) }
    browse.show(account.id)
    browse.detailScroll = 0
    browse.isFollowingEnd = false
    browse.keepSelectionVisible(rows: listRows)
    guard form.requiresTwoFactor, account.settings?.enforceTwoFactor != true else {
      return finish(form, with: account)
    }
    var form = form
    form.created = account
    form.phase = .editing
    form.focus = .create
    return setRequirement(form, in: environment)
  }

  /// What came of a look-up of the write that the form was in doubt about.
  mutating func handle(
    _ form: CreateState, _ id: WriteIntent.ID, _ kind: WriteOutcome.Kind, _ account: Account?,
    in environment: Environment
  ) -> [Effect] {
    var form = form
    if kind == .confirmed, let account {
      // What was sent from this very form has come to its end; what stood in its way says so, and leaves it.
      if form.created == nil, form.lastAttempt?.intentID == id {
        return handle(form, created: account, in: environment)
      }
      if form.created != nil, form.requirementID == id { return finish(form, with: account) }
    }
    form.phase = .lookedUp(kind, accountID: account?.id)
    dialog = .create(form)
    return []
  }

  /// What came of the write that sets the requirement.
  mutating func handleRequirement(
    _ form: CreateState, _ result: Result<Account, CloudflareError>
  ) -> [Effect] {
    var form = form
    switch result {
    case .success(let account): return finish(form, with: account)
    case .failure(let error):
      form.phase = error.leavesOutcomeUnknown ? .unknown(error) : .refused(error)
      dialog = .create(form)
      return []
    }
  }

  /// Sets the two-factor requirement of the account that has been created, and touches nothing else of it.
  mutating func setRequirement(_ form: CreateState, in environment: Environment) -> [Effect] {
    guard let account = form.created, !form.isSending else { return [] }
    var form = form
    let changes = AccountChanges(name: account.name, settings: AccountSettings(enforceTwoFactor: true))
    let intent = intent(.update(account.id, changes), in: environment)
    var effects: [Effect] = []
    switch send(intent) {
    case .blocked(let problem): form.phase = .notSent(problem)
    case .dryRun: form.phase = .notSent(.closed)
    case .sent(let token, let effect):
      form.requirementID = intent.id
      form.phase = .sending(token)
      effects = [effect]
    }
    dialog = .create(form)
    return effects
  }

  /// Has the form tell that what it sent last has turned out to have happened: from then on, what it sends is another
  /// creation. If nothing in it was changed since, it has nothing but its requirement left.
  ///
  /// - Returns: whether there was that to tell.
  func noteHappened(_ form: inout CreateState) -> Bool {
    guard form.created == nil, let attempt = form.lastAttempt,
      let outcome = activity.history.entry(attempt.intentID)?.outcome, outcome.kind == .confirmed
    else { return false }
    form.phase = .lookedUp(.confirmed, accountID: outcome.accountID)
    form.lastAttempt = nil
    if let id = outcome.accountID, form.requiresTwoFactor, form.account.isSameRequest(as: attempt.account) {
      form.created = browse.list.account(id) ?? Account(id: id, name: attempt.account.name)
      form.focus = .create
    }
    return true
  }

  /// Leaves the account as it was created.
  mutating func leaveRequirement(_ form: CreateState, of account: Account) -> [Effect] {
    var effects = close(form, keepingDraft: false)
    if form.unresolvedWrite == nil { effects += dismissRequirement(of: account.id) }
    let name = "\(account.name) exists as \(Wording.short(id: account.id))"
    notice =
      form.unresolvedWrite == nil
      ? Notice(.warning, "\(name), without the two-factor requirement", nextStep: hint(.editAccount, "sets it"))
      : Notice(.warning, "\(name); whether it requires two-factor is not known", nextStep: stepToUnresolved)
    return effects
  }

  private mutating func finish(_ form: CreateState, with account: Account) -> [Effect] {
    let effects = close(form, keepingDraft: false)
    let known = form.created?.completing(account) ?? account
    changeList { $0.update(known) }
    var messages: [String] = []
    if let difference = Creation(form.account, idempotencyKey: "").difference(of: known) { messages.append(difference) }
    if form.requiresTwoFactor, known.settings?.enforceTwoFactor != true {
      messages.append(
        account.settings == nil
          ? "the server does not say whether two-factor is required now"
          : "the server did not take the two-factor requirement")
    }
    let text = "Created \(form.account.name) as \(Wording.short(id: account.id))"
    notice =
      messages.isEmpty
      ? Notice(.success, form.requiresTwoFactor ? text + ", with two-factor required" : text)
      : Notice(.warning, "\(text): \(messages.joined(separator: "; "))")
    return effects
  }
}

extension Account {
  /// A fresher answer, with what it left out and this one had.
  func completing(_ answer: Account) -> Account {
    var account = answer
    account.type = answer.type ?? type
    account.settings = answer.settings ?? settings
    account.createdOn = answer.createdOn ?? createdOn
    account.managedBy = answer.managedBy ?? managedBy
    return account
  }
}
