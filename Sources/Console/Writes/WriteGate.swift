/// What becomes of a write that is to be sent.
enum Dispatch: Equatable {
  /// It leaves with the effect.
  case sent(Effect)
  /// Nothing is sent, for this reason.
  case blocked(JournalProblem)
  /// This is a dry run: nothing is sent, and nothing is noted down.
  case dryRun
}

/// The checks before a write is sent and before its answer is believed.
struct WriteChecks: Sendable, Equatable {
  /// The earlier try that this write repeats: it is looked for once more before this one leaves.
  var earlier: ResolutionRequest?
  /// The accounts that were here before a creation: none of them can have come of it.
  var knownAccounts: AccountList?
}

extension Writes {
  /// Every creation, change and deletion is sent through this function, so that each check applies to all of them.
  func dispatch(_ intent: WriteIntent, _ session: Session, _ list: AccountList) -> Dispatch {
    if session.writing == .readOnly { return .blocked(.closed) }
    if let problem = blocker(to: intent) { return .blocked(problem) }
    if session.writing == .dryRun { return .dryRun }
    var checks = WriteChecks()
    if let earlier = history.lastTry(repeatedBy: intent) {
      checks.earlier = request(
        for: earlier, priority: .interactive, until: mayActUntil(earlier, at: intent.date), session)
    }
    if intent.operation.kind == .create { checks.knownAccounts = list }
    return .sent(.write(intent, checks: checks))
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
