/// A journal in memory, for a sandbox inside the program. The sandbox ends with the program too, so no later run could
/// look up a write.
actor MemoryJournal: WriteJournal {
  nonisolated let process = ProcessIdentity.current
  private var history = WriteHistory()

  func read() async throws(JournalProblem) -> JournalReading {
    var lives: [WriteIntent.ID: ProcessIdentity.Life] = [:]
    for entry in history.entries where entry.isOpen { lives[entry.id] = .running }
    return JournalReading(history: history, lives: lives)
  }

  func begin(_ intent: WriteIntent) async throws(JournalProblem) {
    if let earlier = history.openEntry(repeatedBy: intent) { throw .repeats(earlier.intent) }
    history.apply(.intent(intent, process))
  }

  func finish(_ id: WriteIntent.ID, _ outcome: WriteOutcome) async throws(JournalProblem) {
    history.apply(.outcome(id, outcome))
  }
}

/// Stands in when there is no place for a journal: nothing is sent then.
struct MissingJournal: WriteJournal {
  let process = ProcessIdentity.current

  func read() async throws(JournalProblem) -> JournalReading { throw .noPlace }
  func begin(_ intent: WriteIntent) async throws(JournalProblem) { throw .noPlace }
  func finish(_ id: WriteIntent.ID, _ outcome: WriteOutcome) async throws(JournalProblem) { throw .noPlace }
}
