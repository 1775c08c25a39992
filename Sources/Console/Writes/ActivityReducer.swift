import Cloudflare
import FoundationEssentials

extension State {
  /// Look-ups that run at the same time, so that many of them do not crowd out what is on screen.
  private static let mostLookUps = 4

  mutating func readJournal() -> [Effect] {
    let token = nextToken()
    activity.reading = token
    return [.readJournal(token: token)]
  }

  mutating func reduce(_ action: ActivityAction, in environment: Environment) -> [Effect] {
    switch action {
    case .journalRead(let token, let result):
      guard activity.reading == token else { return [] }
      activity.reading = nil
      switch result {
      case .success(let reading): return receive(reading, in: environment)
      case .failure(let problem):
        activity.problem = problem
        notice = Notice(.failure, problem.explanation, nextStep: "nothing is sent until it can be read")
        return []
      }
    case .begun(let intent, let process):
      activity.history.apply(.intent(intent, process))
      return []
    case .notSent(let intent, let problem):
      activity[intent.id].isSending = false
      handleNotSent(intent, problem)
      // What stands in the way was not known here.
      if case .repeats = problem { return readJournal() }
      return []
    case .answered(let id, let outcome):
      activity[id].isSending = false
      activity[id].isRecording = true
      activity.history.apply(.outcome(id, outcome))
      return []
    case .recorded(let id):
      activity[id].isRecording = false
      if !activity.isRecording, notice == Self.recordingWarning { notice = nil }
      return []
    case .notRecorded(let id, let outcome, let problem):
      activity[id].isRecording = false
      activity[id].unrecorded = outcome
      notice = Notice(
        .failure, "What became of a write could not be kept. \(problem.explanation)",
        nextStep: "it is looked up when the console starts again")
      return []
    case .resolved(let id, let token, let resolution):
      guard activity[id].lookUp == token else { return [] }
      activity[id].lookUp = nil
      activity[id].isInBackground = false
      return receive(resolution, of: id, in: environment) + startLookUps(in: environment)
    case .lookAgain(let id):
      guard activity[id].watch != nil, activity[id].lookUp == nil, let entry = openEntry(id) else { return [] }
      let priority: RequestPriority = dialog?.unresolvedWrite == id ? .interactive : .background
      return [startLookUp(entry, priority: priority, isAgain: true, in: environment)]
    case .heldBack(let intent, let earlier, let resolution):
      activity[intent.id].isSending = false
      let effects = receive(resolution, of: earlier, in: environment)
      handleHeldBack(intent, earlier, resolution)
      return effects
    }
  }

  /// Finds out by reading what became of a write, for a person who waits.
  mutating func lookUp(_ id: WriteIntent.ID, in environment: Environment) -> [Effect] {
    // What is not known here was told by the journal.
    guard let entry = activity.history.entry(id) else { return readJournal() }
    switch activity.status(of: entry) {
    case .unknown where !canLookUp(entry):
      notice = Notice(
        .note, "It was sent to \(entry.intent.origin.endpoint)", nextStep: "only a console there can look it up")
      return []
    case .unknown:
      activity.queue.removeAll { $0 == id }
      // One that waits behind everything else begins anew, before it.
      let isUnderWay = activity[id].lookUp != nil && !activity[id].isInBackground
      return isUnderWay ? [] : [startLookUp(entry, priority: .interactive, in: environment)]
    // Only what that console writes down can tell.
    case .sendingElsewhere: return readJournal()
    case .notDone, .dismissed:
      return activity[id].lookUp == nil ? [startLookUp(entry, priority: .interactive, in: environment)] : []
    case .sending, .confirmed, .refused: return []
    }
  }

  /// Whether reading from here can tell what became of a write: what another server has says nothing of it.
  func canLookUp(_ entry: WriteHistory.Entry) -> Bool { entry.intent.origin.endpoint == session.origin.endpoint }

  /// The intent of a write from here.
  func intent(_ operation: WriteOperation, in environment: Environment) -> WriteIntent {
    WriteIntent(
      id: environment.freshID, date: environment.date, origin: session.origin, profile: session.profile,
      operation: operation)
  }

  /// Takes a reading of the journal in; the first one has everything looked up that is not known.
  private mutating func receive(_ reading: JournalReading, in environment: Environment) -> [Effect] {
    let isFirst = !activity.isRead
    var history = reading.history
    history.keepOutcomes(of: activity.history)
    activity.history = history
    activity.warnings = reading.warnings
    activity.isRead = true
    activity.problem = nil
    syncSelection()
    let open = history.entries.filter(\.isOpen)
    activity.receive(reading.lives, of: open, at: environment.date)
    var effects = activity.unrecorded.sorted { $0.key < $1.key }.map { id, outcome in
      activity[id].unrecorded = nil
      return record(outcome, of: id)
    }
    effects += handleReading(in: environment)
    guard isFirst else { return effects }
    let lost = open.filter { $0.intent.origin == session.origin && activity.status(of: $0) == .unknown }.map(\.id)
    if !lost.isEmpty {
      activity.queue = lost
      activity.report = ActivityState.StartReport(waiting: Set(lost))
      effects += startLookUps(in: environment)
    } else if let pending = pendingRequirements(at: environment.date) {
      notice = Notice(
        .warning, "Of an earlier run, \(pending)", nextStep: hint(.activity, "lists it, and does the rest"))
    }
    return effects
  }

  /// Has the journal keep what became of a write.
  mutating func record(_ outcome: WriteOutcome, of id: WriteIntent.ID) -> Effect {
    activity[id].isRecording = true
    return .recordOutcome(id, outcome)
  }

  private mutating func startLookUps(in environment: Environment) -> [Effect] {
    var effects: [Effect] = []
    while activity.lookUps.count < Self.mostLookUps, !activity.queue.isEmpty {
      let id = activity.queue.removeFirst()
      guard let entry = openEntry(id) else { continue }
      effects.append(startLookUp(entry, priority: .background, in: environment))
    }
    return effects
  }

  /// - Parameter isAgain: whether it goes on by itself.
  private mutating func startLookUp(
    _ entry: WriteHistory.Entry, priority: RequestPriority, isAgain: Bool = false, in environment: Environment
  ) -> Effect {
    let token = nextToken()
    activity[entry.id].lookUp = token
    if priority == .background {
      activity[entry.id].isInBackground = true
    } else {
      activity[entry.id].isInBackground = false
    }
    activity[entry.id].finding = nil
    let until = activity[entry.id].watch?.until ?? activity.mayActUntil(entry, at: environment.date)
    let pause = isAgain ? activity[entry.id].watch?.pause : nil
    activity[entry.id].watch = ActivityState.Watch(until: until, lookedAt: environment.date, pause: pause ?? 1)
    return .resolve(lookUpRequest(for: entry, priority: priority, until: until), token: token)
  }

  /// What has to be read to find out about a write.
  func lookUpRequest(for entry: WriteHistory.Entry, priority: RequestPriority, until: Date) -> ResolutionRequest {
    let origin = entry.intent.origin
    let name = entry.intent.operation.name
    return ResolutionRequest(
      intent: entry.intent, mayActUntil: until,
      claimed: activity.history.accountsCreated(at: origin.endpoint),
      deleted: entry.intent.operation.kind == .create
        ? activity.history.accountsDeleted(named: name, at: origin.endpoint, since: entry.intent.date) : [],
      isSamePerson: origin == session.origin, priority: priority)
  }

  /// Takes in what one reading found.
  private mutating func receive(_ resolution: Resolution, of id: WriteIntent.ID, in environment: Environment)
    -> [Effect]
  {
    guard let entry = openEntry(id) else { return [] }
    let operation = entry.intent.operation
    let watch = activity[id].watch
    var resolution = resolution
    if resolution == .notFound, case .create(let creation) = operation {
      // While it was looked for, it may have been deleted from here.
      let request = lookUpRequest(for: entry, priority: .background, until: watch?.until ?? environment.date)
      resolution = CreationJudge(creation, request).judge([])
    }
    if case .confirmed(let account) = resolution { return conclude(entry, account, in: environment) }
    activity[id].finding = resolution == .notFound ? nil : resolution
    let isOver = watch.map { $0.lookedAt >= $0.until } ?? true
    switch resolution {
    case .candidates, .notVisible, .tooMany:
      activity[id].watch = nil
      count(id, as: .unknown)
      return entry.isOpen ? [] : reopen(entry, in: environment)
    case .unreadable, .contradictory, .notFound, .confirmed:
      if !isOver, var next = watch, entry.isOpen {
        let pause = max(0.01, min(next.pause, next.until.timeIntervalSince(environment.date)))
        next.pause = min(next.pause * 2, ActivityState.Watch.longestPause)
        activity[id].watch = next
        return [.wait(.lookingAgain(id), for: .seconds(pause), then: .activity(.lookAgain(id)))]
      }
      activity[id].watch = nil
      guard resolution == .notFound else {
        count(id, as: .unknown)
        return []
      }
      let outcome = WriteOutcome(
        .notDone, date: environment.date, accountID: operation.accountID,
        explanation: operation.whatWasNotFound(at: watch?.lookedAt ?? environment.date))
      activity.history.apply(.outcome(id, outcome))
      count(id, as: .notDone)
      return [record(outcome, of: id)] + handleResolution(id, .notDone, nil, in: environment)
    }
  }

  /// Takes in that a write has happened.
  ///
  /// - Parameters:
  ///   - reason: how that is known; by a reading when nothing is said.
  ///   - isByHand: whether a person has decided it. No further write follows by itself then.
  mutating func conclude(
    _ entry: WriteHistory.Entry, _ account: Account?, because reason: String? = nil, isByHand: Bool = false,
    in environment: Environment
  ) -> [Effect] {
    let operation = entry.intent.operation
    let outcome = WriteOutcome(
      .confirmed, date: environment.date, accountID: account?.id ?? operation.accountID,
      explanation: reason ?? "Found by reading: \(operation.kind.happened).")
    if operation.kind == .delete, let deleted = operation.accountID { changeList { $0.markDeleted(deleted) } }
    forgetLookUp(of: entry.id)
    activity.history.apply(.outcome(entry.id, outcome))
    count(entry.id, as: .confirmed)
    return [record(outcome, of: entry.id)]
      + handleResolution(entry.id, .confirmed, account, isByHand: isByHand, in: environment)
  }

  /// Takes the one account that may have come of a creation as the one that has: a person has looked, and decides.
  mutating func adopt(_ id: WriteIntent.ID, in environment: Environment) -> [Effect] {
    guard let entry = activity.history.entry(id), case .candidates(let accounts) = activity[id].finding,
      accounts.count == 1
    else {
      notice = Notice(.note, "There is no single account that may have come of it")
      return []
    }
    changeList { $0.insertCreated(accounts[0]) }
    notice = Notice(.note, "\(accounts[0].name) counts as the account that was created")
    return conclude(
      entry, accounts[0], because: "A person has decided that it is this account.", isByHand: true, in: environment)
  }

  /// Takes back that a write has not happened: what was found may have come of it.
  mutating func reopen(_ entry: WriteHistory.Entry, in environment: Environment) -> [Effect] {
    guard entry.outcome?.kind == .notDone else { return [] }
    let outcome = WriteOutcome(
      .unknown, date: environment.date, accountID: entry.intent.operation.accountID,
      explanation: activity.finding(of: entry.id), mayActUntil: environment.date)
    activity.history.apply(.outcome(entry.id, outcome))
    return [record(outcome, of: entry.id)]
  }

  mutating func forgetLookUp(of id: WriteIntent.ID) {
    activity[id].lookUp = nil
    activity[id].watch = nil
    activity[id].finding = nil
    activity[id].isInBackground = false
  }

  /// A write that is still to be found out about, or of which nothing was found. What another console has found out
  /// meanwhile counts as well.
  private mutating func openEntry(_ id: WriteIntent.ID) -> WriteHistory.Entry? {
    let entry = activity.history.entry(id)
    switch entry?.outcome?.kind {
    case .confirmed, .refused: break
    case nil, .unknown, .notDone, .dismissed: if let entry { return entry }
    }
    count(id, as: entry?.outcome?.kind ?? .unknown)
    forgetLookUp(of: id)
    return nil
  }

  /// Says once what came of the writes of earlier runs.
  private mutating func count(_ id: WriteIntent.ID, as kind: WriteOutcome.Kind) {
    guard var report = activity.report, report.waiting.remove(id) != nil else { return }
    switch kind {
    case .confirmed: report.happened += 1
    case .notDone, .refused: report.notDone += 1
    case .unknown, .dismissed: report.open += 1
    }
    activity.report = report.waiting.isEmpty ? nil : report
    guard report.waiting.isEmpty else { return }
    let count = report.happened + report.notDone + report.open
    var parts: [String] = []
    if report.happened > 0 { parts.append("\(Wording.number(report.happened)) had happened") }
    if report.notDone > 0 { parts.append("\(Wording.number(report.notDone)) had not") }
    if report.open > 0 { parts.append("\(Wording.number(report.open)) could not be told") }
    var text =
      "Looked up \(Wording.count(count, "write", "writes")) of an earlier run: " + parts.joined(separator: ", ")
    let pending = pendingRequirements(at: now)
    if let pending { text += "; \(pending)" }
    notice = Notice(
      report.open > 0 || pending != nil ? .warning : .note, text, nextStep: hint(.activity, "lists them"))
  }

  // MARK: Forms and dialogs

  /// Tells the form or dialog that the journal kept its request from being sent.
  private mutating func handleNotSent(_ intent: WriteIntent, _ problem: JournalProblem) {
    switch dialog {
    case .create(var form) where form.writeOnItsWay == intent.id:
      form.phase = .notSent(problem)
      dialog = .create(form)
    case .edit(var form) where form.intentID == intent.id:
      form.phase = .notSent(problem)
      dialog = .edit(form)
    case .delete(var deletion) where deletion.intent?.id == intent.id:
      deletion.phase = .finished(.notSent(problem))
      dialog = .delete(deletion)
    default:
      notice = Notice(.failure, "Not sent. \(problem.explanation)", nextStep: problem.nextStep)
    }
  }

  /// Tells the form or dialog that its request was not sent, because of what looking for its earlier try has found.
  private mutating func handleHeldBack(_ intent: WriteIntent, _ earlier: WriteIntent.ID, _ resolution: Resolution) {
    guard let entry = activity.history.entry(earlier) else { return }
    let isConfirmed = entry.outcome?.kind == .confirmed
    let problem: JournalProblem =
      if case .unreadable(let error) = resolution { .cannotLookUp(error) } else { .repeats(entry.intent) }
    switch dialog {
    case .create(var form) where form.writeOnItsWay == intent.id:
      form.phase = .notSent(problem)
      if form.created == nil {
        form.lastAttempt?.intentID = earlier
        if isConfirmed { _ = noteHappened(&form) }
      } else if isConfirmed {
        form.phase = .lookedUp(.confirmed, accountID: form.created?.id)
      }
      dialog = .create(form)
    case .edit(var form) where form.intentID == intent.id:
      form.phase = isConfirmed ? .lookedUp(.confirmed) : .notSent(problem)
      dialog = .edit(form)
    case .delete(var deletion) where deletion.intent?.id == intent.id:
      deletion.phase = .finished(isConfirmed ? .lookedUp(.confirmed) : .notSent(problem))
      dialog = .delete(deletion)
    default: break
    }
  }

  /// Tells the form or dialog that is about a write what became of it.
  private mutating func handleResolution(
    _ id: WriteIntent.ID, _ kind: WriteOutcome.Kind, _ account: Account?, isByHand: Bool = false,
    in environment: Environment
  ) -> [Effect] {
    switch dialog {
    case .create(var form) where form.unresolvedWrite == id && isByHand && form.lastAttempt?.intentID == id:
      if noteHappened(&form) { dialog = .create(form) }
    case .create(let form) where form.unresolvedWrite == id:
      return handle(form, id, kind, account, in: environment)
    case .create(var form) where form.lastAttempt?.intentID == id && !form.isSending:
      // It was changed while it was in doubt.
      if noteHappened(&form) { dialog = .create(form) }
    case .edit(let form) where form.unresolvedWrite == id:
      return handle(form, id, kind, account)
    case .delete(var deletion) where deletion.unresolvedWrite == id:
      deletion.phase = .finished(.lookedUp(kind))
      dialog = .delete(deletion)
      return [.terminal(.discardTypedAhead)]
    default: break
    }
    return []
  }

  /// Tells the form or dialog that is in doubt about a write what another console has written down of it.
  private mutating func handleReading(in environment: Environment) -> [Effect] {
    guard let id = dialog?.unresolvedWrite, let entry = activity.history.entry(id), let outcome = entry.outcome,
      outcome.isConclusive
    else { return [] }
    let operation = entry.intent.operation
    var account: Account?
    if let accountID = outcome.accountID, outcome.kind == .confirmed {
      switch operation.kind {
      case .create: account = browse.list.account(accountID) ?? Account(id: accountID, name: operation.name)
      case .delete: changeList { $0.markDeleted(accountID) }
      // What it is like now was not read.
      case .update: break
      }
    }
    return handleResolution(id, outcome.kind, account, in: environment)
  }
}

extension WriteOperation.Kind {
  fileprivate var happened: String {
    switch self {
    case .create: "the account was created"
    case .update: "the account is as it was to be"
    case .delete: "the account is not there any more"
    }
  }
}

extension WriteOperation {
  /// What was looked for, when, and that nothing was found of it.
  fileprivate func whatWasNotFound(at date: Date) -> String {
    let time = Wording.second(date)
    return switch self {
    case .create(let creation):
      "Looked for \(creation.account.name) by its name and among the newest accounts at \(time): none was found."
    case .update: "Read at \(time): the account is not as it was to be."
    case .delete: "Read at \(time): the account is still there."
    }
  }
}
