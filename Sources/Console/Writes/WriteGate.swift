/// What became of a write that was to be sent.
enum Dispatch: Equatable {
  /// It leaves with the effect; the answer comes with the token.
  case sent(RequestToken, Effect)
  /// Nothing was sent, for this reason.
  case blocked(JournalProblem)
  /// This is a dry run: nothing was sent, and nothing is noted down.
  case dryRun
}

/// What stands between a write and the network, and between its answer and the belief in it.
struct WriteChecks: Sendable, Equatable {
  /// The earlier try that this write repeats: it is looked for once more before this one leaves.
  var earlier: ResolutionRequest?
  /// The accounts that were here before a creation: none of them can have come of it.
  var known: AccountList?

  init() {}
}

extension State {
  /// The one way by which writes leave. Creating, changing and deleting all go through here, so that what keeps one of
  /// them back keeps back all.
  mutating func send(_ intent: WriteIntent) -> Dispatch {
    if session.writing == .readOnly { return .blocked(.closed) }
    if let problem = activity.blocker(to: intent) { return .blocked(problem) }
    if session.writing == .dryRun { return .dryRun }
    let token = nextToken()
    activity[intent.id].isSending = true
    var checks = WriteChecks()
    if let earlier = activity.history.lastTry(repeatedBy: intent) {
      checks.earlier = lookUpRequest(
        for: earlier, priority: .interactive, until: activity.mayActUntil(earlier, at: intent.date))
    }
    if intent.operation.kind == .create { checks.known = browse.list }
    return .sent(token, .write(intent, token: token, checks: checks))
  }
}

/// The journal of a console that writes nothing to the server: it takes no intent, so that no request leaves even where
/// a mistake elsewhere would have sent one.
struct ClosedJournal: WriteJournal {
  let journal: any WriteJournal

  var process: ProcessIdentity { journal.process }

  func read() async throws(JournalProblem) -> JournalReading { try await journal.read() }

  func begin(_ intent: WriteIntent) async throws(JournalProblem) { throw .closed }

  /// What became of the writes of earlier consoles can still be found out, and is worth keeping.
  func finish(_ id: WriteIntent.ID, _ outcome: WriteOutcome) async throws(JournalProblem) {
    try await journal.finish(id, outcome)
  }
}
