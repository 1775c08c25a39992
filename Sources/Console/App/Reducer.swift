import Cloudflare
import FoundationEssentials
import Terminal

/// The one place where the state changes: pure, so that the same state and action always give the same result.
///
/// - Returns: what is to be done outside, in order.
func reduce(_ state: inout State, _ action: Action, in environment: Environment) -> [Effect] {
  let before = (detail: state.detailSubject, context: state.inputContext)
  state.now = Date(timeIntervalSince1970: (environment.date.timeIntervalSince1970 / 60).rounded(.down) * 60)
  var effects = state.carryOut(action, in: environment)
  effects += state.discardKeys(typedIn: before.context, after: action, effects)
  return state.follow(effects, showing: before.detail, in: environment)
}

extension State {
  /// What an action does by itself, before what follows from the state that it leaves.
  fileprivate mutating func carryOut(_ action: Action, in environment: Environment) -> [Effect] {
    switch action {
    case .start(let size, let note):
      self.size = size
      notice = note.map { Notice(.warning, $0) }
      return writes.readJournal() + (session.keepsList ? [.readListCache] : [])
    case .resize(let size):
      self.size = size
      return disarm(because: "the window changed", in: environment)
    case .resumed(let size):
      self.size = size
      return disarm(because: "the program was suspended", in: environment)
    case .focusLost: return disarm(because: "the focus went elsewhere", in: environment)
    case .end: return disarm(because: "the program ends", in: environment) + [.terminal(.quit)]
    case .command(let command): return carryOut(command, in: environment)
    case .edit(let edit): return deliver(.edit(edit), in: environment) ?? []
    case .burst(let keys): return carryOut(keys, in: environment)
    case .mouse(let event): return carryOut(event, in: environment)
    case .paste(let text): return paste(text, in: environment)
    case .answer(let answer): return receive(answer, in: environment)
    case .budget(let status):
      budget = status
      return []
    case .plain(let action): return carryOut(action, in: environment)
    }
  }

  /// A few commands mean the same everywhere; the others go to what is in front.
  mutating func carryOut(_ command: Command, in environment: Environment) -> [Effect] {
    let context = inputContext
    switch command {
    case .suspend: return disarm(because: "the program was suspended", in: environment) + [.terminal(.suspend)]
    case .redraw:
      let effects = context == .countdown ? disarm(because: "a key was pressed", in: environment) : []
      return effects + [.terminal(.redraw)]
    case .interrupt, .quit: return disarm(because: "the program ends", in: environment) + leave()
    case .back where showsRateLimitWait: return giveUpWaiting()
    case .help where context != .countdown && !(front is HelpState): return open(.help, in: environment)
    case .palette where context != .countdown && front.kind != .overlay: return open(.palette, in: environment)
    case .copyID, .copyName, .copyReceipt, .openDashboard:
      return front.kind == .overlay ? [] : copy(command)
    default: return deliver(.command(command), in: environment) ?? []
    }
  }

  /// Ends the program. While a write is on its way or being kept, the first press only says so; the second one ends it
  /// as long as that is still on screen.
  private mutating func leave() -> [Effect] {
    guard let warning = writes.leavingWarning, notice != warning else { return [.terminal(.quit)] }
    notice = warning
    return []
  }

  /// Whatever may have come between the person and the screen.
  mutating func disarm(because reason: String, in environment: Environment) -> [Effect] {
    layers.indices.reversed().flatMap { index -> [Effect] in
      let outcome = layers[index].screen.disarm(because: reason, in: context(environment))
      return apply(outcome, from: index, in: environment)
    }
  }

  // MARK: Delivering

  /// What goes to the screen in front.
  enum Delivery {
    case command(Command)
    case edit(TextEdit)
    case step(FormStep)
    case paste(String)
    case press(Position)
    case scroll(Command, Position)
  }

  /// - Returns: `nil` where the screen drops it.
  mutating func deliver(_ delivery: Delivery, in environment: Environment) -> [Effect]? {
    let index = layers.indices.last
    let outcome: Outcome?
    if let index {
      outcome = layers[index].screen.take(delivery, in: context(environment))
    } else {
      outcome = browse.take(delivery, in: context(environment))
    }
    return outcome.map { apply($0, from: index, in: environment) }
  }

  /// An effect has ended: the models hear of it first, then every screen.
  private mutating func receive(_ answer: Answer, in environment: Environment) -> [Effect] {
    var effects: [Effect] = []
    let isExpected = isExpected(answer)
    effects += apply(receiveInModels(answer, in: environment), in: environment)
    for index in layers.indices.reversed() where index < layers.count {
      let outcome = layers[index].screen.receive(answer, in: context(environment))
      effects += apply(outcome, from: index, in: environment)
    }
    let outcome = browse.receive(answer, in: context(environment))
    effects += apply(outcome, in: environment)
    if case .write(.notSent(_, let problem)) = answer, !isExpected {
      notice = Notice(.failure, "Not sent. \(problem.message)", nextStep: problem.nextStep)
    }
    return effects + apply(writes.correct(by: answer, in: writeContext(environment)), in: environment)
  }

  /// Whether a form or dialog tells of a write by itself.
  private func isExpected(_ answer: Answer) -> Bool {
    guard case .write(.notSent(let intent, _)) = answer else { return true }
    return layers.contains { $0.screen.sending == intent.id }
  }

  private mutating func receiveInModels(_ answer: Answer, in environment: Environment) -> Outcome {
    let hints = hints
    switch answer {
    case .page(let page, let result):
      return accounts.receive(result, ofPage: page, at: environment.date, now: now, hints)
    case .account(.detail, _, .success):
      accounts.release()
      return .none
    case .inventory(let request, let answer):
      return accounts.inventory.receive(answer, to: request, at: environment.date, hints)
    case .tenancy(let answer):
      accounts.tenancy.receive(answer)
      return .none
    case .listCache(let reading): return accounts.receive(reading, now: now, hints)
    case .listNotKept(let reason): return accounts.stopKeeping(because: reason)
    case .elapsed(.inventoryDebounce):
      return Outcome(effects: accounts.inventory.readDebounced(isOpen: browse.pane == .detail))
    case .elapsed(.keepingList): return .effects(.keepList(accounts.list))
    case .elapsed(.rateLimitWait):
      rateLimit.isTicking = false
      return .none
    case .elapsed(.waitIndicator):
      indicator.due = nil
      return .none
    case .copied(let text, let route): return copyNotice(text, route)
    case .opened(let address, let isOpen):
      notice = isOpen ? Notice(.note, "Opened \(address)") : addressNotice(address)
      return .none
    default: return writes.receive(answer, in: writeContext(environment))
    }
  }

  private func writeContext(_ environment: Environment) -> WriteContext {
    WriteContext(
      session: session, environment: environment, list: accounts.list, hints: hints,
      awaited: layers.compactMap(\.screen.unresolvedWrite))
  }

  // MARK: Applying

  /// - Parameter index: the layer that it comes from; `nil` for the screen behind all others, and for models.
  mutating func apply(_ outcome: Outcome, from index: Int? = nil, in environment: Environment) -> [Effect] {
    for case .write(let intent, _) in outcome.effects { writes[intent.id].isSending = true }
    return outcome.effects + outcome.events.flatMap { apply($0, from: index, in: environment) }
  }

  /// The one place where what happens on a screen or in a model changes others.
  private mutating func apply(_ event: Event, from index: Int?, in environment: Environment) -> [Effect] {
    switch event {
    case .open(let opening): return open(opening, in: environment)
    case .close: if let index { layers.remove(at: index) }
    case .closeKeepingDraft: if let index { keptForm = layers.remove(at: index) }
    case .perform(let command, let context):
      return inputContext == context ? carryOut(command, in: environment) : []
    case .notice(let new): notice = new
    case .backgroundNotice(let new):
      if notice?.kind != .failure, notice?.kind != .warning { notice = new }
    case .clearNotice: notice = nil
    case .withdraw(let old): if notice == old { notice = nil }
    case .read(let account): accounts.changeList { $0.update(account) }
    case .created(let account):
      accounts.changeList { $0.insertCreated(account) }
      show(account.id)
    case .adopted(let account): accounts.changeList { $0.insertCreated(account) }
    case .deleted(let id): accounts.changeList { $0.markDeleted(id) }
    case .found(let found): accounts.changeList { $0.insertFound(found) }
    case .forgetFound(let kept): accounts.changeList { $0.forgetFound(keeping: kept) }
    case .refresh(let refresh):
      return apply(accounts.refresh(refresh, at: environment.date, hints), in: environment)
    case .loadAll: return apply(accounts.startLoadingAll(at: environment.date, hints), in: environment)
    case .stopLoadingAll: return apply(accounts.giveUpLoadingAll(hints), in: environment)
    case .inventory(let id, .none):
      // What is on screen behind goes on being read.
      return detailSubject == id ? [] : accounts.inventory.giveUp(id)
    case .inventory(let id, let need):
      return apply(accounts.inventory.read(id, need, at: environment.date, hints), in: environment)
    case .readTenancy: return accounts.tenancy.read()
    case .edits(let id, let kept): edits[id] = kept
    case .readJournal: return writes.readJournal()
    case .lookUp(let id): return apply(writes.lookUp(id, in: writeContext(environment)), in: environment)
    case .adopt(let id): return apply(writes.adopt(id, in: writeContext(environment)), in: environment)
    case .dismiss(let id): return apply(writes.dismissWrite(id, in: writeContext(environment)), in: environment)
    case .leaveRequirement(let id): return writes.leaveRequirement(of: id)
    case .concluded(let conclusion):
      return layers.indices.reversed().flatMap { index -> [Effect] in
        guard index < layers.count else { return [] }
        let outcome = layers[index].screen.receive(conclusion, in: context(environment))
        return apply(outcome, from: index, in: environment)
      }
    }
    return []
  }

  /// Selects an account that the list has, wherever a person is.
  mutating func show(_ id: Account.ID) {
    browse.leaveDetail()
    let (accounts, rows) = (accounts, listRows)
    browse.changeSelection { $0.list.show(id, of: accounts, rows: rows) }
  }

  private mutating func open(_ opening: Opening, in environment: Environment) -> [Effect] {
    let screen: any Screen =
      switch opening {
      case .create: keptForm?.screen ?? CreateState()
      case .edit(let account): EditState(account: account, edits: edits[account.id] ?? AccountEdits())
      case .delete(let account):
        DeleteState(account: account)
      case .json(let account): JSONState(account: account)
      case .activity: ActivityState()
      case .help: HelpState(context: inputContext, meaning: front.meaning(in: context(environment)))
      case .palette: PaletteState(context: inputContext)
      }
    if opening == .create { keptForm = nil }
    layers.append(Layer(screen: screen))
    let index = layers.count - 1
    let outcome = layers[index].screen.begin(in: context(environment))
    return apply(outcome, from: index, in: environment)
  }

  // MARK: Following

  /// Brings everything that follows from the state up to it: once, after each action.
  ///
  /// - Parameter subject: the account whose details were on screen before.
  fileprivate mutating func follow(
    _ done: [Effect], showing subject: Account.ID?, in environment: Environment
  ) -> [Effect] {
    var effects = done + syncRateLimitWait(in: environment)
    effects += browse.sync(with: accounts, rows: listRows) + syncPages(in: environment)
    // A message may cover the cursor by now; scrolling brings other pages on screen.
    if browse.list.cursor.row - browse.list.cursor.top >= listRows {
      effects += browse.sync(with: accounts, rows: listRows) + syncPages(in: environment)
    }
    let reviewed = layer(DeleteState.self)?.account.id
    effects += accounts.inventory.sync(showing: detailSubject, before: subject, keeping: reviewed)
    if session.keepsList { effects += accounts.syncCache() }
    return effects + syncWaitIndicator(started: effects.compactMap(\.id), in: environment)
  }

  private mutating func syncPages(in environment: Environment) -> [Effect] {
    guard size.width > 0 else { return [] }
    let rows = browse.list.visibleRows(browse.panes(of: size).list.height)
    let wasLoadingAll = accounts.loadAll != nil
    let outcome = accounts.syncPages(
      showing: rows, isMovingUp: browse.list.isMovingUp, isBudgetShort: (budget?.waitingRequests ?? 0) > 0, hints)
    let effects = apply(outcome, in: environment)
    // An order of all rows follows them once the last one has come.
    if wasLoadingAll, accounts.loadAll == nil { _ = browse.sync(with: accounts, rows: listRows) }
    return effects
  }

  /// The account whose details are on screen.
  var detailSubject: Account.ID? { isTooSmall ? nil : browse.shownDetail(size: size, accounts.list) }

  /// Keys belong to the screen that they were typed for. Where an answer puts another one in its place, those that have
  /// not been handled yet are dropped, so that none of them is a command of the screen behind a form that has closed.
  fileprivate func discardKeys(
    typedIn context: InputContext, after action: Action, _ effects: [Effect]
  ) -> [Effect] {
    let now = inputContext
    guard now != context, !now.dropsKeys, !action.isPersons, !session.takesLines else { return [] }
    let discard = Effect.terminal(.discardTypedAhead)
    return effects.contains(discard) ? [] : [discard]
  }

  fileprivate mutating func syncWaitIndicator(started: [EffectID], in environment: Environment) -> [Effect] {
    // Where a countdown tells how long it takes, nothing else has to.
    guard let next = indicator.sync(awaited, started: started, at: environment.date), showsWaitIndicator else {
      guard indicator.due != nil else { return [] }
      indicator.due = nil
      return [.cancel(.waitIndicator)]
    }
    let due = environment.date + next
    // What was asked for later may have its sign to come sooner. Times that were added up otherwise differ a little.
    if let earlier = indicator.due, earlier < due + 0.01 { return [] }
    indicator.due = due
    // A little later than the change, so that it is not missed by a rounding.
    return [.wait(.waitIndicator, for: .milliseconds(Int(next * 1_000) + 10))]
  }

  /// What is on its way that a person waits for. What is fetched ahead, or in the background, is not.
  private var awaited: [EffectID] {
    let context = context(statusTop: 0)
    return layers.reduce(browse.awaited(in: context)) { $0 + $1.screen.awaited(in: context) }
  }

  private var showsWaitIndicator: Bool { !isTooSmall && !showsRateLimitWait }

  /// `waiting 3 s`; `nil` while nobody has waited long enough.
  var waitText: String? {
    guard showsWaitIndicator else { return nil }
    return switch indicator.sign {
    case nil: nil
    case .quiet: "waiting …"
    case .seconds(let seconds): "waiting \(Wording.number(seconds)) s"
    }
  }
}

extension Screen {
  fileprivate mutating func take(_ delivery: State.Delivery, in context: Context) -> Outcome? {
    switch delivery {
    case .command(let command): reduce(command, in: context)
    case .edit(let edit): self.edit(edit, in: context)
    case .step(let step): carryOut(step, in: context)
    case .paste(let text): paste(text, in: context)
    case .press(let position): press(at: position, in: context)
    case .scroll(let command, let position): scroll(command, at: position, in: context)
    }
  }
}
