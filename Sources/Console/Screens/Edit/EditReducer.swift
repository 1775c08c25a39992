import Cloudflare

extension State {
  mutating func openEdit() -> [Effect] {
    guard let account = selectedForWriting() else { return [] }
    notice = nil
    return readForEdit(account)
  }

  mutating func readForEdit(_ account: Account) -> [Effect] {
    let token = nextToken()
    dialog = .edit(
      EditState(account: account, edits: editDrafts[account.id] ?? EditState.Edits(), phase: .reading(token)))
    return [.readEditTarget(id: account.id, token: token)]
  }

  mutating func reduceEdit(_ command: Command, in environment: Environment) -> [Effect] {
    guard case .edit(var form) = dialog else { return [] }
    switch command {
    case .nextField: form.moveFocus(1)
    case .previousField: form.moveFocus(-1)
    case .toggle: form.toggle()
    case .cancel: return stepBack(form)
    case .verify: return form.unresolvedWrite.map { lookUp($0, in: environment) } ?? []
    case .accept:
      switch form.focus {
      case .name, .twoFactor, .contact: form.moveFocus(1)
      case .cancel: return stepBack(form)
      case .proceed: return proceed(form, in: environment)
      }
    default: break
    }
    dialog = .edit(form)
    return []
  }

  mutating func reduce(_ action: ChangeAction, in environment: Environment) -> [Effect] {
    switch action {
    case .accountRead(let token, let result): return receive(result, token, in: environment)
    case .answered(let token, let result):
      switch dialog {
      case .create(let form) where form.created != nil && form.phase == .sending(token):
        return handleRequirement(form, result)
      case .edit(let form) where form.phase == .sending(token): return handle(form, result)
      default: return []
      }
    }
  }

  // MARK: Going on

  private mutating func proceed(_ form: EditState, in environment: Environment) -> [Effect] {
    var form = form
    switch form.phase {
    case .reading, .checking, .sending: return []
    case .unreadable: return readForEdit(form.base)
    case .editing, .refused:
      guard form.firstProblem == nil, !form.edits.isEmpty else {
        form.showsProblems = true
        form.focus = form.firstProblem ?? form.focus
        dialog = .edit(form)
        return []
      }
      form.phase = .reviewing
      form.focus = .proceed
      dialog = .edit(form)
      // What is to be sent is looked at first.
      return [.terminal(.discardTypedAhead)]
    case .reviewing, .uncheckable, .notSent, .lookedUp:
      if let id = form.unresolvedWrite { return lookUp(id, in: environment) }
      let token = nextToken()
      form.phase = .checking(token)
      dialog = .edit(form)
      return [.readEditTarget(id: form.base.id, token: token)]
    case .unknown: return form.unresolvedWrite.map { lookUp($0, in: environment) } ?? []
    case .changedMeanwhile(let account):
      form.begin(from: account)
      dialog = .edit(form)
      return []
    }
  }

  private mutating func receive(
    _ result: Result<Account, CloudflareError>, _ token: RequestToken, in environment: Environment
  ) -> [Effect] {
    guard case .edit(var form) = dialog else { return [] }
    switch (form.phase, result) {
    case (.reading(token), .success(let account)):
      let account = form.base.completing(account)
      changeList { $0.update(account) }
      form.begin(from: account)
    case (.reading(token), .failure(let error)):
      form.phase = .unreadable(error)
      form.focus = .proceed
    case (.checking(token), .success(let account)):
      let account = form.base.completing(account)
      changeList { $0.update(account) }
      guard AccountDifference.between(form.base, account).isEmpty else {
        form.phase = .changedMeanwhile(account)
        form.focus = .cancel
        dialog = .edit(form)
        return [.terminal(.discardTypedAhead)]
      }
      return sendChange(form, in: environment)
    case (.checking(token), .failure(let error)): form.phase = .uncheckable(error)
    default: return []
    }
    dialog = .edit(form)
    return []
  }

  private mutating func sendChange(_ form: EditState, in environment: Environment) -> [Effect] {
    var form = form
    let intent = intent(.update(form.base.id, form.changes), in: environment)
    switch send(intent) {
    case .blocked(let problem): form.phase = .notSent(problem)
    case .dryRun:
      let what = AccountDifference.between(form.base, form.edits).map(\.name).joined(separator: ", ")
      close(form)
      notice = Notice(
        .note,
        "Dry run: \(intent.operation.requestLine) would have changed \(what) of \(form.base.name). Nothing was sent",
        nextStep: hint(.editAccount, "goes on with it"))
      return []
    case .sent(let token, let effect):
      form.intentID = intent.id
      form.phase = .sending(token)
      dialog = .edit(form)
      return [effect]
    }
    dialog = .edit(form)
    return []
  }

  // MARK: What came of it

  private mutating func handle(_ form: EditState, _ result: Result<Account, CloudflareError>) -> [Effect] {
    var form = form
    switch result {
    case .success(let account): return finish(form, with: account)
    case .failure(let error):
      form.phase = error.leavesOutcomeUnknown ? .unknown(error) : .refused(error)
      form.focus = form.firstRefused ?? .proceed
      dialog = .edit(form)
      return []
    }
  }

  /// What came of a look-up of the write that the form was in doubt about.
  mutating func handle(
    _ form: EditState, _ id: WriteIntent.ID, _ kind: WriteOutcome.Kind, _ account: Account?
  ) -> [Effect] {
    var form = form
    if kind == .confirmed, let account, form.intentID == id { return finish(form, with: account) }
    form.phase = .lookedUp(kind)
    form.focus = .proceed
    dialog = .edit(form)
    return []
  }

  private mutating func finish(_ form: EditState, with answer: Account) -> [Effect] {
    let account = form.base.completing(answer)
    changeList { $0.update(account) }
    dialog = nil
    editDrafts[account.id] = nil
    let wanted = AccountDifference.between(form.base, form.edits)
    let made = AccountDifference.between(form.base, account)
    func names(_ differences: [AccountDifference]) -> String { differences.map(\.name).joined(separator: ", ") }
    // What a change of one setting does to the others is not documented, so it is looked at.
    let missing = wanted.filter { !made.contains($0) }
    let others = made.filter { difference in !wanted.contains { $0.label == difference.label } }
    if missing.isEmpty, others.isEmpty {
      notice = Notice(.success, "Changed \(names(wanted)) of \(account.name)")
    } else if answer.settings == nil, others.isEmpty, missing.allSatisfy(\.isSetting) {
      notice = Notice(
        .warning, "The change of \(account.name) is taken, and the answer does not say: \(names(missing))",
        nextStep: hint(.editAccount, "shows it as it is"))
    } else {
      let changed = missing.compactMap { edits in
        made.first { $0.label == edits.label }.map {
          "asked for the \(edits.name) \(edits.after), the server made it \($0.after)"
        }
      }
      let ignored = missing.filter { edits in !made.contains { $0.label == edits.label } }
      let parts =
        changed + (ignored.isEmpty ? [] : ["the server did not take: \(names(ignored))"])
        + (others.isEmpty ? [] : ["it changed as well: \(names(others))"])
      notice = Notice(
        .warning, "\(account.name) is changed, but not as asked; \(parts.joined(separator: "; "))",
        nextStep: hint(.editAccount, "shows it as it is"))
    }
    return []
  }

  // MARK: Leaving

  private mutating func stepBack(_ form: EditState) -> [Effect] {
    var form = form
    switch form.phase {
    case .sending: return []
    case .checking:
      form.phase = .reviewing
      dialog = .edit(form)
      return [.cancel(.editTarget)]
    case .reading:
      close(form)
      return [.cancel(.editTarget)]
    case .reviewing, .uncheckable, .lookedUp:
      form.goBack()
      dialog = .edit(form)
    case .notSent where form.unresolvedWrite == nil:
      form.goBack()
      dialog = .edit(form)
    case .unreadable, .editing, .refused, .unknown, .notSent, .changedMeanwhile:
      close(form)
      if case .unknown = form.phase {
        notice = Notice(
          .warning, "It is not known whether \(form.base.name) was changed", nextStep: stepToUnresolved)
      } else if editDrafts[form.base.id] != nil {
        notice = Notice(
          .note, "What was typed for \(form.base.name) is kept", nextStep: hint(.editAccount, "goes on with it"))
      }
    }
    return []
  }

  /// Closes the form; what was typed and not sent is kept for the next time.
  private mutating func close(_ form: EditState) {
    dialog = nil
    let edits = form.edits
    editDrafts[form.base.id] = edits.isEmpty ? nil : edits
  }
}
