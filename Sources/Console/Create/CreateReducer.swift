import Cloudflare

extension State {
  var readOnlyReason: String { "This console was started read-only: it changes nothing" }

  mutating func openCreate() -> [Effect] {
    guard !session.isReadOnly else {
      notice = Notice(.note, readOnlyReason)
      return []
    }
    var form = draft ?? CreateState()
    form.focus = .name
    // What the draft was in doubt about may have been found out since.
    if let id = form.doubtfulWrite, let entry = activity.ledger.entry(id), !entry.isOpen {
      form.phase = .lookedUp(entry.outcome?.kind ?? .unknown, accountID: entry.outcome?.accountID)
    } else if form.doubtfulWrite != nil {
      form.focus = .create
    }
    notice = nil
    dialog = .create(form)
    return form.doubtfulWrite == nil ? lookForNamesakes(after: .zero) : []
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
    case .cancel: return leaveCreate(form)
    case .accept:
      switch form.focus {
      case .name, .type, .unit: form.moveFocus(1)
      case .cancel: return leaveCreate(form)
      case .create:
        if let id = form.doubtfulWrite { return lookUp(id, at: moment) }
        return submit(form, at: moment)
      }
    case .verify: return form.doubtfulWrite.map { lookUp($0, at: moment) } ?? []
    default: break
    }
    dialog = .create(form)
    return []
  }

  mutating func reduce(_ action: CreateAction) -> [Effect] {
    switch action {
    case .nameRested(let token): return askForNamesakes(token)
    case .namesakesFound(let name, let token, let result):
      take(result, about: name, token: token)
      return []
    case .answered(let token, let result):
      guard case .create(var form) = dialog, form.phase == .sending(token) else { return [] }
      switch result {
      case .success(let account): return finishCreate(account, asked: form.type)
      case .failure(let error):
        form.phase = error.leavesOutcomeUnknown ? .unknown(error) : .refused(error)
        form.focus = form.refusal(of: .name) != nil ? .name : form.doubtfulWrite != nil ? .create : form.focus
        dialog = .create(form)
        return []
      }
    }
  }

  private mutating func submit(_ form: CreateState, at moment: Moment) -> [Effect] {
    var form = form
    guard !form.isSending else { return [] }
    guard form.nameProblem == nil, form.unitProblem == nil else {
      form.showsProblems = true
      form.focus = form.nameProblem != nil ? .name : .unit
      dialog = .create(form)
      return []
    }
    let account = form.account
    // The key names one creation: another body is another creation, the same body is the same one again.
    let earlierKey =
      form.lastAttempt?.account.isSameRequest(as: account) == true
      ? form.lastAttempt?.idempotencyKey : activity.ledger.idempotencyKey(ofEarlier: account, from: session.origin)
    let key = earlierKey ?? moment.freshID
    let namesakes = Array(namesakes(of: form).prefix(Self.mostNamesakes))
    let intent = intent(.create(account, idempotencyKey: key, namesakes: namesakes), at: moment)
    switch send(intent) {
    case .hindered(let problem):
      form.phase = .notSent(problem)
      dialog = .create(form)
      return []
    case .rehearsed:
      dialog = nil
      draft = form
      notice = Notice(
        .note, "Rehearsed: \(intent.operation.requestLine) would have created \(account.name). Nothing was sent",
        nextStep: "n goes on with the draft")
      return []
    case .sent(let token, let effect):
      form.lastAttempt = CreateState.Attempt(account: account, idempotencyKey: key, intentID: intent.id)
      form.phase = .sending(token)
      dialog = .create(form)
      return [effect]
    }
  }

  private mutating func leaveCreate(_ form: CreateState) -> [Effect] {
    guard !form.isSending else { return [] }
    var form = form
    let isLooking = form.namesakes.token != nil
    form.namesakes = NamesakeSearch()
    dialog = nil
    draft = form.isEmpty ? nil : form
    if draft != nil { notice = Notice(.note, "The draft is kept", nextStep: "n goes on with it") }
    return isLooking ? [.cancel(.namesakes)] : []
  }

  /// More accounts of one name than that are not noted down.
  private static let mostNamesakes = 50

  mutating func finishCreate(_ account: Account, asked: AccountType) -> [Effect] {
    dialog = nil
    draft = nil
    browse.pane = .list
    browse.list.insertCreated(account)
    browse.show(account.id)
    browse.detailScroll = 0
    browse.isFollowingEnd = false
    browse.keepSelectionVisible(rows: layout.listRows)
    if let type = account.type, type != asked {
      notice = Notice(
        .warning,
        "Created \(account.name) as \(Wording.short(id: account.id)): asked for \(asked.rawValue), the server made it "
          + type.rawValue)
    } else {
      notice = Notice(.success, "Created \(account.name) as \(Wording.short(id: account.id))")
    }
    return loadNeededPages()
  }
}
