import Cloudflare

@testable import Console

/// A journal that takes what the test lets it take.
actor ScriptedJournal: WriteJournal {
  struct Call: Sendable {
    var kind: String
    var intent: WriteIntent?
    var outcome: WriteOutcome?
  }

  nonisolated let process = ProcessIdentity(id: 4711, started: 1, system: "test")
  private(set) var calls: [Call] = []
  private var waiting: [CheckedContinuation<JournalProblem?, Never>] = []
  private var outcomeProblem: JournalProblem?

  /// Answers the intent that waits, as soon as there is one.
  func takeIntent(_ problem: JournalProblem? = nil) async {
    while waiting.isEmpty { await Task.yield() }
    waiting.removeFirst().resume(returning: problem)
  }

  func refuseOutcomes(_ problem: JournalProblem) {
    outcomeProblem = problem
  }

  func read() async throws(JournalProblem) -> JournalReading { .empty }

  func begin(_ intent: WriteIntent) async throws(JournalProblem) {
    calls.append(Call(kind: "begin", intent: intent))
    if let problem = await withCheckedContinuation({ waiting.append($0) }) { throw problem }
  }

  func finish(_ id: WriteIntent.ID, _ outcome: WriteOutcome) async throws(JournalProblem) {
    calls.append(Call(kind: "finish", outcome: outcome))
    if let outcomeProblem { throw outcomeProblem }
  }
}
