import Cloudflare
import FoundationEssentials

/// What writes need to know of the rest.
struct WriteContext {
  let session: Session
  let environment: Environment
  let list: AccountList
  let hints: KeyHints
  /// The writes that what is open in front cannot go on without.
  let awaited: [WriteIntent.ID]
}

/// The journal's reading, what the runner tells of writes, and the finding out of what became of them.
extension Writes {
  /// Look-ups that run at the same time, so that many of them do not crowd out what is on screen.
  private static let mostLookUps = 4

  mutating func readJournal() -> [Effect] {
    isReading = true
    return [.readJournal]
  }

  mutating func receive(_ answer: Answer, in context: WriteContext) -> Outcome {
    switch answer {
    case .journal(let result):
      isReading = false
      switch result {
      case .success(let reading): return receive(reading, in: context)
      case .failure(let problem):
        self.problem = problem
        return .notice(.failure, problem.message, nextStep: "nothing is sent until it can be read")
      }
    case .write(let update): return receive(update, in: context)
    case .lookUp(let id, let resolution):
      guard self[id].isLookedUp else { return .none }
      self[id].isLookedUp = false
      self[id].isInBackground = false
      return receive(resolution, of: id, in: context) + startLookUps(in: context)
    case .elapsed(.lookUpPause(let id)):
      var outcome = Outcome.none
      guard self[id].watch != nil, !self[id].isLookedUp, let entry = openEntry(id, in: context, &outcome) else {
        return outcome
      }
      let priority: RequestPriority = context.awaited.contains(id) ? .interactive : .background
      return .effects(startLookUp(entry, priority: priority, isAgain: true, in: context))
    default: return .none
    }
  }

  private mutating func receive(_ update: WriteUpdate, in context: WriteContext) -> Outcome {
    switch update {
    case .begun(let intent, let process): history.apply(.intent(intent, process))
    case .notSent(let intent, let problem):
      self[intent.id].isSending = false
      // What stands in the way was not known here.
      if case .repeats = problem { return Outcome(effects: readJournal()) }
    case .heldBack(let intent, let earlier, let resolution):
      self[intent.id].isSending = false
      return receive(resolution, of: earlier, in: context)
    case .answered(let id, let outcome, _):
      self[id].isSending = false
      self[id].isRecording = true
      history.apply(.outcome(id, outcome))
    case .recorded(let id):
      self[id].isRecording = false
      if !isRecording { return .events(.withdraw(Self.recordingWarning)) }
    case .notRecorded(let id, let outcome, let problem):
      self[id].isRecording = false
      self[id].unrecorded = outcome
      return .notice(
        .failure, "What became of a write could not be kept. \(problem.message)",
        nextStep: "it is looked up when the console starts again")
    }
    return .none
  }

  /// Finds out by reading what became of a write, for a person who waits.
  mutating func lookUp(_ id: WriteIntent.ID, in context: WriteContext) -> Outcome {
    // The journal knows the write and this console does not yet.
    guard let entry = history.entry(id) else { return Outcome(effects: readJournal()) }
    switch verdict(of: entry) {
    case .unknown where !context.session.canLookUp(entry):
      return .notice(
        .note, "It was sent to \(entry.intent.origin.endpoint)", nextStep: "only a console there can look it up")
    case .unknown:
      queue.removeAll { $0 == id }
      // One that waits behind everything else begins anew, before it.
      let isUnderWay = self[id].isLookedUp && !self[id].isInBackground
      return isUnderWay ? .none : .effects(startLookUp(entry, priority: .interactive, in: context))
    // Only the other console's journal lines can tell the outcome.
    case .sendingElsewhere: return Outcome(effects: readJournal())
    case .notDone, .dismissed:
      return self[id].isLookedUp ? .none : .effects(startLookUp(entry, priority: .interactive, in: context))
    case .sending, .confirmed, .refused: return .none
    }
  }

  /// Takes a reading of the journal in; the first one has everything looked up that is not known.
  private mutating func receive(_ reading: JournalReading, in context: WriteContext) -> Outcome {
    let isFirst = !isRead
    let date = context.environment.date
    let earlier = history
    history = reading.history
    history.keepOutcomes(of: earlier)
    warnings = reading.warnings
    isRead = true
    problem = nil
    let open = history.entries.filter(\.isOpen)
    receive(reading.lives, of: open, at: date)
    var outcome = Outcome.none
    for (id, unkept) in unrecorded.sorted(by: { $0.key < $1.key }) {
      self[id].unrecorded = nil
      outcome.effects.append(record(unkept, of: id))
    }
    // What another console has written down ends what is open in front, too.
    for id in context.awaited { outcome += concludeByJournal(id, in: context) }
    guard isFirst else { return outcome }
    let lost = open.filter { $0.intent.origin == context.session.origin && verdict(of: $0) == .unknown }.map(\.id)
    if !lost.isEmpty {
      queue = lost
      report = StartReport(waiting: Set(lost))
      outcome += startLookUps(in: context)
    } else if let pending = pendingRequirements(at: date, context.session, context.list) {
      outcome += .notice(
        .warning, "Of an earlier run, \(pending)",
        nextStep: context.hints(.activity, "lists it, and does the rest"))
    }
    return outcome
  }

  private func concludeByJournal(_ id: WriteIntent.ID, in context: WriteContext) -> Outcome {
    guard let entry = history.entry(id), let result = entry.outcome, result.isConclusive else { return .none }
    let operation = entry.intent.operation
    var outcome = Outcome.none
    var account: Account?
    if let accountID = result.accountID, result.kind == .confirmed {
      switch operation.kind {
      case .create: account = context.list.account(accountID) ?? Account(id: accountID, name: operation.name)
      case .delete: outcome = .events(.deleted(accountID))
      // The account's present state was not read.
      case .update: break
      }
    }
    return outcome + .events(.concluded(Conclusion(id: id, kind: result.kind, account: account)))
  }

  /// Has the journal keep what became of a write.
  mutating func record(_ outcome: WriteOutcome, of id: WriteIntent.ID) -> Effect {
    self[id].isRecording = true
    return .record(id, outcome)
  }

  private mutating func startLookUps(in context: WriteContext) -> Outcome {
    var outcome = Outcome.none
    while lookUps.count < Self.mostLookUps, !queue.isEmpty {
      let id = queue.removeFirst()
      guard let entry = openEntry(id, in: context, &outcome) else { continue }
      outcome.effects.append(startLookUp(entry, priority: .background, in: context))
    }
    return outcome
  }

  /// - Parameter isAgain: whether it goes on by itself.
  private mutating func startLookUp(
    _ entry: WriteHistory.Entry, priority: RequestPriority, isAgain: Bool = false, in context: WriteContext
  ) -> Effect {
    let date = context.environment.date
    self[entry.id].isLookedUp = true
    self[entry.id].isInBackground = priority == .background
    self[entry.id].finding = nil
    let until = self[entry.id].watch?.until ?? mayActUntil(entry, at: date)
    let pause = isAgain ? self[entry.id].watch?.pause : nil
    self[entry.id].watch = Watch(until: until, lookedAt: date, pause: pause ?? 1)
    return .resolve(request(for: entry, priority: priority, until: until, context.session))
  }

  /// What has to be read to find out about a write.
  func request(
    for entry: WriteHistory.Entry, priority: RequestPriority, until: Date, _ session: Session
  ) -> ResolutionRequest {
    let origin = entry.intent.origin
    let operation = entry.intent.operation
    return ResolutionRequest(
      intent: entry.intent, mayActUntil: until, claimed: history.accountsCreated(at: origin.endpoint),
      deleted: operation.kind == .create
        ? history.accountsDeleted(named: operation.name, at: origin.endpoint, since: entry.intent.date) : [],
      isSamePerson: origin == session.origin, priority: priority)
  }

  /// Takes in what one reading found.
  private mutating func receive(_ found: Resolution, of id: WriteIntent.ID, in context: WriteContext) -> Outcome {
    var outcome = Outcome.none
    guard let entry = openEntry(id, in: context, &outcome) else { return outcome }
    let operation = entry.intent.operation
    let date = context.environment.date
    let watch = self[id].watch
    var resolution = found
    if resolution == .notFound, case .create(let creation) = operation {
      // The account may have been deleted from here during the look-up.
      let request = request(for: entry, priority: .background, until: watch?.until ?? date, context.session)
      resolution = CreationJudge(creation, request).judge([])
    }
    if case .confirmed(let account) = resolution { return conclude(entry, account, in: context) }
    self[id].finding = resolution == .notFound ? nil : resolution
    let isOver = watch.map { $0.lookedAt >= $0.until } ?? true
    switch resolution {
    case .candidates, .notVisible, .tooMany:
      self[id].watch = nil
      return count(id, as: .unknown, in: context) + (entry.isOpen ? .none : reopen(entry, in: context))
    case .unreadable, .contradictory, .notFound, .confirmed:
      if !isOver, var next = watch, entry.isOpen {
        let pause = max(0.01, min(next.pause, next.until.timeIntervalSince(date)))
        next.pause = min(next.pause * 2, Watch.longestPause)
        self[id].watch = next
        return .effects(.wait(.lookUpPause(id), for: .seconds(pause)))
      }
      self[id].watch = nil
      guard resolution == .notFound else { return count(id, as: .unknown, in: context) }
      let notDone = WriteOutcome(
        .notDone, date: date, accountID: operation.accountID,
        message: operation.whatWasNotFound(at: watch?.lookedAt ?? date))
      history.apply(.outcome(id, notDone))
      return count(id, as: .notDone, in: context) + .effects(record(notDone, of: id))
        + .events(.concluded(Conclusion(id: id, kind: .notDone)))
    }
  }

  /// Takes in that a write has happened.
  ///
  /// - Parameters:
  ///   - reason: how that is known; by a reading when nothing is said.
  ///   - isByHand: whether a person has decided it. No further write follows by itself then.
  mutating func conclude(
    _ entry: WriteHistory.Entry, _ account: Account?, because reason: String? = nil, isByHand: Bool = false,
    in context: WriteContext
  ) -> Outcome {
    let operation = entry.intent.operation
    let confirmed = WriteOutcome(
      .confirmed, date: context.environment.date, accountID: account?.id ?? operation.accountID,
      message: reason ?? "Found by reading: \(operation.kind.happened).")
    var outcome = Outcome.none
    if operation.kind == .delete, let deleted = operation.accountID { outcome = .events(.deleted(deleted)) }
    forgetLookUp(of: entry.id)
    history.apply(.outcome(entry.id, confirmed))
    return outcome + count(entry.id, as: .confirmed, in: context) + .effects(record(confirmed, of: entry.id))
      + .events(
        .concluded(Conclusion(id: entry.id, kind: .confirmed, account: account, isByHand: isByHand)))
  }

  /// Takes the one account that may have come of a creation as the one that has: a person has looked, and decides.
  mutating func adopt(_ id: WriteIntent.ID, in context: WriteContext) -> Outcome {
    guard let entry = history.entry(id), case .candidates(let accounts) = self[id].finding, accounts.count == 1
    else { return .notice(.note, "There is no single account that may have come of it") }
    return .events(
      .adopted(accounts[0]),
      .notice(Notice(.note, "\(accounts[0].name) counts as the account that was created")))
      + conclude(
        entry, accounts[0], because: "A person has decided that it is this account.", isByHand: true, in: context)
  }

  /// Lets a write that cannot be found out about block no others: a person has looked elsewhere, and takes the
  /// responsibility.
  mutating func dismissWrite(_ id: WriteIntent.ID, in context: WriteContext) -> Outcome {
    guard let entry = history.entry(id) else { return .none }
    guard verdict(of: entry) == .unknown, !self[id].isLookedUp else {
      return .notice(.note, "Only a write that is not known to have happened can be dismissed by hand")
    }
    if let watch = self[id].watch {
      return .notice(.note, "It may still act: it is looked up again until \(Wording.second(watch.until))")
    }
    guard self[id].finding != nil || !context.session.canLookUp(entry) else {
      return .notice(.note, "It has not been looked up yet", nextStep: context.hints(.verify, "does"))
    }
    let dismissed = WriteOutcome(
      .dismissed, date: context.environment.date, accountID: entry.intent.operation.accountID,
      message: "Dismissed by hand, without its being known what happened.")
    history.apply(.outcome(id, dismissed))
    self[id].finding = nil
    return .notice(.note, "Dismissed by hand: it blocks no other write any more")
      + .effects(record(dismissed, of: id))
  }

  /// Takes back that a write has not happened: what was found may have come of it.
  mutating func reopen(_ entry: WriteHistory.Entry, in context: WriteContext) -> Outcome {
    guard entry.outcome?.kind == .notDone else { return .none }
    let date = context.environment.date
    let unknown = WriteOutcome(
      .unknown, date: date, accountID: entry.intent.operation.accountID, message: finding(of: entry.id),
      mayActUntil: date)
    history.apply(.outcome(entry.id, unknown))
    return .effects(record(unknown, of: entry.id))
  }

  private mutating func forgetLookUp(of id: WriteIntent.ID) {
    self[id].isLookedUp = false
    self[id].watch = nil
    self[id].finding = nil
    self[id].isInBackground = false
  }

  /// A write that is still to be found out about, or of which nothing was found. What another console has found out
  /// meanwhile counts as well.
  private mutating func openEntry(
    _ id: WriteIntent.ID, in context: WriteContext, _ outcome: inout Outcome
  ) -> WriteHistory.Entry? {
    let entry = history.entry(id)
    switch entry?.outcome?.kind {
    case .confirmed, .refused: break
    case nil, .unknown, .notDone, .dismissed: if let entry { return entry }
    }
    outcome += count(id, as: entry?.outcome?.kind ?? .unknown, in: context)
    forgetLookUp(of: id)
    return nil
  }

  /// Says once what came of the writes of earlier runs.
  private mutating func count(
    _ id: WriteIntent.ID, as kind: WriteOutcome.Kind, in context: WriteContext
  ) -> Outcome {
    guard var report, report.waiting.remove(id) != nil else { return .none }
    switch kind {
    case .confirmed: report.happened += 1
    case .notDone, .refused: report.notDone += 1
    case .unknown, .dismissed: report.open += 1
    }
    self.report = report.waiting.isEmpty ? nil : report
    guard report.waiting.isEmpty else { return .none }
    let count = report.happened + report.notDone + report.open
    var parts: [String] = []
    if report.happened > 0 { parts.append("\(Wording.number(report.happened)) had happened") }
    if report.notDone > 0 { parts.append("\(Wording.number(report.notDone)) had not") }
    if report.open > 0 { parts.append("\(Wording.number(report.open)) could not be told") }
    var text =
      "Looked up \(Wording.count(count, "write", "writes")) of an earlier run: " + parts.joined(separator: ", ")
    let pending = pendingRequirements(at: context.environment.date, context.session, context.list)
    if let pending { text += "; \(pending)" }
    return .notice(
      report.open > 0 || pending != nil ? .warning : .note, text,
      nextStep: context.hints(.activity, "lists them"))
  }
}

extension Session {
  /// Whether reading from here can tell what became of a write: what another server has says nothing of it.
  func canLookUp(_ entry: WriteHistory.Entry) -> Bool { entry.intent.origin.endpoint == origin.endpoint }
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
