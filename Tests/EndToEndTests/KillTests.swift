import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// `TENANTRY_KILLS=200` in the environment makes it 200 kills, `TENANTRY_SEED` another series of moments.
@Suite("Killed at any moment")
struct KillTests {
  private static func number(_ name: String, else standard: UInt64) -> UInt64 {
    ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) } ?? standard
  }

  /// Milliseconds that each answer of the sandbox takes.
  private static let latency = 120

  @Test("after a SIGKILL around a write, the next start finds out what the server really holds")
  func kills() async throws {
    let kills = Int(clamping: Self.number("TENANTRY_KILLS", else: 10))
    let state = try TemporaryDirectory()
    defer { try? state.remove() }
    // A share of the requests never arrives, and a share of the answers.
    let faults = ["POST /accounts", "DELETE /accounts/*"].flatMap { request in
      ["--fault", "\(request): drop-before probability=0.2", "--fault", "\(request): drop-after probability=0.1"]
    }
    try await SandboxProcess.with(
      accounts: 0,
      arguments: ["--latency", "\(Self.latency)", "--rate-limit", "0", "--deletion-delay", "0"] + faults
    ) { sandbox in
      let environment = sandbox.environment.merging(["XDG_STATE_HOME": state.path]) { $1 }
      var random = SeededGenerator(seed: Self.number("TENANTRY_SEED", else: 1))
      var tally = Tally()
      // Writes of which a console was killed before it knew what became of them.
      var lost: Set<String> = []
      for kill in 0..<kills {
        // While the names are looked at, before the intent, while the request is under way, around the answer and the
        // outcome, and after it all.
        let delay = random.below(Self.latency * 5 / 2)
        let wantsDeletion = random.below(3) == 0
        let name = "Killed \(random.below(max(8, kills / 4)))"
        let row = random.below(8)
        try await ConsoleSession.with(environment: environment) { console in
          let terminal = console.terminal
          let screen = try await terminal.wait(until: "the list has come") { screen in
            screen.contains("There are no accounts here") || screen.text.contains(#/ [0-9]+ of [0-9]+ · page /#)
          }
          let canDelete = !screen.contains("There are no accounts here")
          if wantsDeletion, canDelete {
            try await delete(row: row, after: delay, in: console)
          } else {
            try await console.fillCreate(name: name)
            try await terminal.send("Enter")
          }
          try await Task.sleep(for: .milliseconds(delay))
          try await terminal.signal(SIGKILL)
          #expect(try await terminal.waitForExit() == 128 + SIGKILL, "kill \(kill)")
        }
        lost.formUnion(try JournalLines(in: state).writes.filter(\.isOpen).map(\.intent.id))
      }
      try await compare(state: state, environment: environment, server: sandbox.client, lost: lost, &tally)
      print("killed \(kills) times: \(tally)")
      #expect(tally.creations + tally.deletions > 0)
    }
  }

  private struct Tally: CustomStringConvertible {
    var creations = 0
    var deletions = 0
    var confirmed = 0
    var notDone = 0
    /// Not known when their console was killed.
    var lost = 0

    var description: String {
      "\(creations) creations and \(deletions) deletions begun, \(confirmed) confirmed, \(notDone) not done; "
        + "\(lost) of them found out at a later start"
    }
  }

  /// Has an account deleted, unless that has happened or may have.
  ///
  /// - Parameter delay: milliseconds, by which the kill moves about the end of the seconds before the request.
  private func delete(row: Int, after delay: Int, in console: ConsoleSession) async throws {
    let terminal = console.terminal
    if row > 0 { try await terminal.send("Down", times: row) }
    try await terminal.send("D")
    let screen = try await terminal.wait(until: "the dialog asks, or says why it does not") { screen in
      [
        "the review · complete", "is not known yet", "is deleted already", "is not there any more",
        "nothing is selected",
      ]
      .contains { screen.contains($0) }
    }
    guard screen.contains("the review · complete") else { return }
    let challenge = try await console.goOnToChallenge()
    try await console.confirmDelete(typing: DeletionChallenge(challenge).expected)
    try await terminal.wait(for: "is deleted in 1 second.")
    try await Task.sleep(for: .milliseconds(800 + delay))
  }

  /// Starts once more, waits until every intent is resolved, and compares with what the server holds.
  ///
  /// - Parameter lost: the writes that were open when their console was killed.
  private func compare(
    state: TemporaryDirectory, environment: [String: String?], server: SandboxClient, lost: Set<String>,
    _ tally: inout Tally
  ) async throws {
    try await ConsoleSession.with(environment: environment) { _ in
      let done = try await poll(every: .milliseconds(200), within: .seconds(240)) {
        try JournalLines(in: state).writes.contains(where: \.isOpen) ? nil : true
      }
      #expect(done == true, "some intents stay unresolved")
    }
    let journal = try JournalLines(in: state)
    #expect(journal.writes.allSatisfy { $0.outcome?.outcome == "confirmed" || $0.outcome?.outcome == "not-done" })
    // What became of them nobody has told: whatever is known of them now has been read.
    for write in journal.writes where lost.contains(write.intent.id) {
      #expect(write.isOpen || write.wasLookedUp, "\(write)")
    }
    let confirmed = journal.writes.filter { $0.outcome?.outcome == "confirmed" }
    let created = confirmed.filter { $0.intent.operation == "create" }
    let deleted = confirmed.filter { $0.intent.operation == "delete" }

    // Each creation that is said to have happened has its own account, and there is no account beside them.
    let createdIDs = created.compactMap(\.outcome?.account)
    let deletedIDs = Set(deleted.compactMap(\.intent.account))
    #expect(createdIDs.count == created.count)
    #expect(Set(createdIDs).count == created.count, "two creations claim one account")
    #expect(Set(created.compactMap(\.intent.key)).count == created.count, "one creation happened twice")
    let held = try await accounts(of: server)
    #expect(Set(held.map(\.id)) == Set(createdIDs).subtracting(deletedIDs))
    #expect(deletedIDs.isSubset(of: createdIDs))
    let names = Dictionary(
      created.map { ($0.outcome?.account ?? "", $0.intent.name ?? "") }, uniquingKeysWith: { first, _ in first })
    for account in held { #expect(names[account.id] == account.name) }

    tally.creations = journal.writes.count { $0.intent.operation == "create" }
    tally.deletions = journal.writes.count { $0.intent.operation == "delete" }
    tally.confirmed = confirmed.count
    tally.notDone = journal.writes.count - confirmed.count
    tally.lost = lost.count
    try SecretSearch.expectNone(inFilesOf: state.path)
  }

  private func accounts(of server: SandboxClient) async throws -> [SandboxClient.Account] {
    var all: [SandboxClient.Account] = []
    for page in 1... {
      let accounts = try await server.list(page: page)
      all += accounts
      if accounts.count < 50 { break }
    }
    return all
  }
}
