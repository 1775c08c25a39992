/// A journal that ends with the program: for a sandbox inside it, which ends then too, so that what became of a write
/// could never be found out later.
public actor MemoryJournal: WriteJournal {
  public nonisolated let process = ProcessIdentity.current
  private var ledger = Ledger()

  public init() {}

  public func read() async throws(JournalProblem) -> JournalReading {
    var lives: [WriteIntent.ID: ProcessIdentity.Life] = [:]
    for entry in ledger.entries where entry.isOpen { lives[entry.id] = .running }
    return JournalReading(ledger: ledger, lives: lives)
  }

  public func begin(_ intent: WriteIntent) async throws(JournalProblem) {
    if let earlier = ledger.openEntry(repeatedBy: intent) { throw .repeats(earlier.intent) }
    ledger.apply(.intent(intent, process))
  }

  public func finish(_ id: WriteIntent.ID, _ outcome: WriteOutcome) async throws(JournalProblem) {
    ledger.apply(.outcome(id, outcome))
  }
}

/// Stands in when there is no place for a journal: nothing is sent then.
public struct MissingJournal: WriteJournal {
  public let process = ProcessIdentity.current

  public init() {}

  public func read() async throws(JournalProblem) -> JournalReading { throw .noPlace }
  public func begin(_ intent: WriteIntent) async throws(JournalProblem) { throw .noPlace }
  public func finish(_ id: WriteIntent.ID, _ outcome: WriteOutcome) async throws(JournalProblem) { throw .noPlace }
}
