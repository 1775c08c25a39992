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

  mutating func reduce(_ action: ActivityAction, at moment: Moment) -> [Effect] {
    switch action {
    case .journalRead(let token, let result):
      guard activity.reading == token else { return [] }
      activity.reading = nil
      switch result {
      case .success(let reading): return take(reading, at: moment)
      case .failure(let problem):
        activity.problem = problem
        notice = Notice(.failure, problem.explanation, nextStep: "nothing is sent until it can be read")
        return []
      }
    case .begun(let intent, let process):
      activity.ledger.apply(.intent(intent, process))
      return []
    case .notSent(let intent, let problem):
      activity.sending.remove(intent.id)
      followNotSent(intent, problem)
      // What stands in the way was not known here.
      if case .repeats = problem { return readJournal() }
      return []
    case .answered(let id, let outcome):
      activity.sending.remove(id)
      activity.recording.insert(id)
      activity.ledger.apply(.outcome(id, outcome))
      return []
    case .recorded(let id):
      activity.recording.remove(id)
      if activity.recording.isEmpty, notice == Self.recordingWarning { notice = nil }
      return []
    case .notRecorded(let id, let outcome, let problem):
      activity.recording.remove(id)
      activity.unrecorded[id] = outcome
      notice = Notice(
        .failure, "What became of a write could not be kept. \(problem.explanation)",
        nextStep: "it is looked up when the console starts again")
      return []
    case .resolved(let id, let token, let resolution):
      guard activity.resolving[id] == token else { return [] }
      activity.resolving[id] = nil
      activity.inBackground.remove(id)
      return take(resolution, of: id, at: moment) + startLookUps(at: moment)
    }
  }

  /// Finds out by reading what became of a write, for a person who waits.
  mutating func lookUp(_ id: WriteIntent.ID, at moment: Moment) -> [Effect] {
    // What is not known here was told by the journal.
    guard let entry = activity.ledger.entry(id) else { return readJournal() }
    switch activity.standing(of: entry) {
    case .unknown where !canLookUp(entry):
      notice = Notice(
        .note, "It was sent to \(entry.intent.origin.endpoint)", nextStep: "only a console there can look it up")
      return []
    case .unknown:
      activity.queue.removeAll { $0 == id }
      // One that waits behind everything else begins anew, before it.
      let isUnderWay = activity.resolving[id] != nil && !activity.inBackground.contains(id)
      return isUnderWay ? [] : [startLookUp(entry, priority: .interactive, at: moment)]
    // Only what that console writes down can tell.
    case .sendingElsewhere: return readJournal()
    case .sending, .confirmed, .refused, .notDone, .settled: return []
    }
  }

  /// Whether reading from here can tell what became of a write: what another server has says nothing of it.
  func canLookUp(_ entry: Ledger.Entry) -> Bool { entry.intent.origin.endpoint == session.origin.endpoint }

  /// The intent of a write from here.
  func intent(_ operation: WriteOperation, at moment: Moment) -> WriteIntent {
    WriteIntent(
      id: moment.freshID, date: moment.date, origin: session.origin, profile: session.profile, operation: operation)
  }

  /// Takes a reading of the journal in; the first one has everything looked up that is not known.
  private mutating func take(_ reading: JournalReading, at moment: Moment) -> [Effect] {
    let isFirst = !activity.isRead
    var ledger = reading.ledger
    ledger.keepOutcomes(of: activity.ledger)
    activity.ledger = ledger
    activity.lives = reading.lives
    activity.remarks = reading.remarks
    activity.isRead = true
    activity.problem = nil
    followSelection()
    let open = ledger.entries.filter(\.isOpen)
    activity.sendingElsewhere = Set(
      open.filter { entry in
        entry.outcome == nil && reading.lives[entry.id] == .running
          && moment.date < entry.intent.date + Flight.longest
      }.map(\.id)
    ).subtracting(activity.sending)
    var effects = activity.unrecorded.sorted { $0.key < $1.key }.map { record($0.value, of: $0.key) }
    activity.unrecorded = [:]
    effects += followReading(at: moment)
    guard isFirst else { return effects }
    let lost = open.filter { $0.intent.origin == session.origin && activity.standing(of: $0) == .unknown }.map(\.id)
    if !lost.isEmpty {
      activity.queue = lost
      activity.report = ActivityState.StartReport(waiting: Set(lost))
      effects += startLookUps(at: moment)
    }
    return effects
  }

  /// Has the journal keep what became of a write.
  mutating func record(_ outcome: WriteOutcome, of id: WriteIntent.ID) -> Effect {
    activity.recording.insert(id)
    return .recordOutcome(id, outcome)
  }

  private mutating func startLookUps(at moment: Moment) -> [Effect] {
    var effects: [Effect] = []
    while activity.resolving.count < Self.mostLookUps, !activity.queue.isEmpty {
      let id = activity.queue.removeFirst()
      guard let entry = openEntry(id) else { continue }
      effects.append(startLookUp(entry, priority: .background, at: moment))
    }
    return effects
  }

  private mutating func startLookUp(_ entry: Ledger.Entry, priority: RequestPriority, at moment: Moment) -> Effect {
    let token = nextToken()
    activity.resolving[entry.id] = token
    if priority == .background {
      activity.inBackground.insert(entry.id)
    } else {
      activity.inBackground.remove(entry.id)
    }
    activity.findings[entry.id] = nil
    return .resolve(lookUpRequest(for: entry, priority: priority, at: moment), token: token)
  }

  private func lookUpRequest(
    for entry: Ledger.Entry, priority: RequestPriority, at moment: Moment
  ) -> ResolutionRequest {
    // Where an outcome was written down, or the process has ended, no connection is left that could still carry it.
    let isDisconnected = entry.outcome != nil || activity.lives[entry.id] == .ended
    let flight = isDisconnected ? Flight.withoutConnection : Flight.longest
    let origin = entry.intent.origin
    let name = entry.intent.operation.name
    return ResolutionRequest(
      intent: entry.intent,
      // A clock that was put back must not make anybody wait for the time that it showed.
      settledAt: min(entry.intent.date, moment.date) + flight,
      claimed: activity.ledger.accountsCreated(named: name, at: origin.endpoint),
      deleted: entry.intent.operation.kind == .create
        ? activity.ledger.accountsDeleted(named: name, at: origin.endpoint, since: entry.intent.date) : [],
      isSamePerson: origin == session.origin, priority: priority)
  }

  private mutating func take(_ resolution: Resolution, of id: WriteIntent.ID, at moment: Moment) -> [Effect] {
    guard let entry = openEntry(id) else { return [] }
    let operation = entry.intent.operation
    var resolution = resolution
    if resolution == .notDone, operation.kind == .create {
      // While it was looked for, it may have been deleted from here.
      resolution = WriteResolver.judge([], lookUpRequest(for: entry, priority: .background, at: moment))
    }
    let outcome: WriteOutcome
    switch resolution {
    case .confirmed(let account):
      outcome = WriteOutcome(
        .confirmed, date: moment.date, accountID: account?.id ?? operation.accountID,
        explanation: "Found by reading: \(operation.kind.happened).")
      if operation.kind == .delete, let deleted = operation.accountID { browse.list.markDeleted(deleted) }
    case .notDone:
      outcome = WriteOutcome(
        .notDone, date: moment.date, accountID: operation.accountID,
        explanation: "Found by reading: \(operation.kind.didNotHappen).")
    case .candidates, .unreadable, .notVisible, .tooMany:
      activity.findings[id] = resolution
      count(id, as: .unknown)
      return []
    }
    activity.ledger.apply(.outcome(id, outcome))
    count(id, as: outcome.kind)
    var account: Account?
    if case .confirmed(let found) = resolution { account = found }
    return [record(outcome, of: id)] + followResolution(id, outcome.kind, account, at: moment)
  }

  /// A write that is still to be found out about. What another console has found out meanwhile counts as well.
  private mutating func openEntry(_ id: WriteIntent.ID) -> Ledger.Entry? {
    let entry = activity.ledger.entry(id)
    if let entry, entry.isOpen { return entry }
    count(id, as: entry?.outcome?.kind ?? .unknown)
    return nil
  }

  /// Says once what came of the writes of earlier runs.
  private mutating func count(_ id: WriteIntent.ID, as kind: WriteOutcome.Kind) {
    guard var report = activity.report, report.waiting.remove(id) != nil else { return }
    switch kind {
    case .confirmed: report.happened += 1
    case .notDone, .refused: report.notDone += 1
    case .unknown, .settled: report.open += 1
    }
    activity.report = report.waiting.isEmpty ? nil : report
    guard report.waiting.isEmpty else { return }
    let count = report.happened + report.notDone + report.open
    var parts: [String] = []
    if report.happened > 0 { parts.append("\(Wording.number(report.happened)) had happened") }
    if report.notDone > 0 { parts.append("\(Wording.number(report.notDone)) had not") }
    if report.open > 0 { parts.append("\(Wording.number(report.open)) could not be told") }
    let text =
      "Looked up \(Wording.count(count, "write", "writes")) of an earlier run: " + parts.joined(separator: ", ")
    notice = Notice(report.open > 0 ? .warning : .note, text, nextStep: advice(.activity, "lists them"))
  }

  // MARK: Forms and dialogs

  /// Tells the form or dialog that the journal kept its request from being sent.
  private mutating func followNotSent(_ intent: WriteIntent, _ problem: JournalProblem) {
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

  /// Tells the form or dialog that is about a write what became of it.
  private mutating func followResolution(
    _ id: WriteIntent.ID, _ kind: WriteOutcome.Kind, _ account: Account?, at moment: Moment
  ) -> [Effect] {
    switch dialog {
    case .create(let form) where form.doubtfulWrite == id:
      return follow(form, id, kind, account, at: moment)
    case .create(var form) where form.lastAttempt?.intentID == id && !form.isSending:
      // It was changed while it was in doubt.
      if noteHappened(&form) { dialog = .create(form) }
    case .edit(let form) where form.doubtfulWrite == id:
      return follow(form, id, kind, account)
    case .delete(var deletion) where deletion.doubtfulWrite == id:
      deletion.phase = .finished(.lookedUp(kind))
      dialog = .delete(deletion)
      return [.terminal(.discardTypedAhead)]
    default: break
    }
    return []
  }

  /// Tells the form or dialog that is in doubt about a write what another console has written down of it.
  private mutating func followReading(at moment: Moment) -> [Effect] {
    guard let id = dialog?.doubtfulWrite, let entry = activity.ledger.entry(id), let outcome = entry.outcome,
      outcome.isConclusive
    else { return [] }
    let operation = entry.intent.operation
    var account: Account?
    if let accountID = outcome.accountID, outcome.kind == .confirmed {
      switch operation.kind {
      case .create: account = browse.list.account(accountID) ?? Account(id: accountID, name: operation.name)
      case .delete: browse.list.markDeleted(accountID)
      // What it is like now was not read.
      case .update: break
      }
    }
    return followResolution(id, outcome.kind, account, at: moment)
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

  fileprivate var didNotHappen: String {
    switch self {
    case .create: "no account has come of it"
    case .update: "the account is not as it was to be"
    case .delete: "the account is still there"
    }
  }
}
