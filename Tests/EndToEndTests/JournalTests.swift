import Glibc
import Testing

@Suite("Writes that may be lost")
struct JournalTests {
  /// Runs `body` with a console on a sandbox, whose state outlasts it.
  private func onSandbox(
    _ faults: String..., arguments: [String] = [],
    _ body: (SandboxProcess, TemporaryDirectory, [String: String?]) async throws -> Void
  ) async throws {
    try await SandboxProcess.with(
      accounts: 10, arguments: faults.flatMap { ["--fault", $0] } + arguments
    ) { sandbox in
      let state = try TemporaryDirectory()
      defer { try? state.remove() }
      let environment = sandbox.environment.merging(["XDG_STATE_HOME": state.path]) { $1 }
      try await body(sandbox, state, environment)
      try SecretSearch.expectNone(inFilesOf: state.path)
    }
  }

  @Test("a creation whose answer is lost is looked up by v, and ends as if the answer had come")
  func lostCreation() async throws {
    try await onSandbox("POST /accounts: drop-after times=1") { sandbox, state, environment in
      try await ConsoleSession.with(environment: environment) { console in
        try await console.wait(forRow: 1, of: 10)
        try await console.fillCreate(name: "Perhaps")
        try await console.terminal.send("Enter")
        try await console.terminal.wait(for: "v finds out by reading")
        #expect(try JournalLines(in: state).writes.map(\.outcome?.outcome) == ["unknown"])
        try await console.terminal.send("v")
        let list = try await console.terminal.wait(for: "Created Perhaps")
        #expect(console.selectedRow(of: list).contains("Perhaps"))
      }
      #expect(try await sandbox.client.accounts(named: "Perhaps").count == 1)
      let write = try #require(try JournalLines(in: state).writes.first)
      #expect(write.outcome?.outcome == "confirmed")
      #expect(try await sandbox.client.accounts(named: "Perhaps").map(\.id) == [write.outcome?.account])
    }
  }

  @Test("a creation that did not happen is told as such, and goes out again under the same key")
  func neverCreated() async throws {
    try await onSandbox("POST /accounts: drop-before times=1") { sandbox, state, environment in
      try await ConsoleSession.with(environment: environment) { console in
        try await console.wait(forRow: 1, of: 10)
        try await console.fillCreate(name: "Not yet")
        try await console.terminal.send("Enter")
        try await console.terminal.wait(for: "v finds out by reading")
        try await console.terminal.send("v")
        try await console.terminal.wait(for: "Not found so far, looking again until ")
        try await console.terminal.wait(for: "none was found", within: .seconds(100))
        try await console.terminal.send("Enter")
        try await console.terminal.wait(for: "Created Not yet")
      }
      #expect(try await sandbox.client.accounts(named: "Not yet").count == 1)
      let writes = try JournalLines(in: state).writes
      #expect(writes.map(\.outcome?.outcome) == ["not-done", "confirmed"])
      #expect(Set(writes.map(\.intent.key)).count == 1)
    }
  }

  @Test("a deletion whose answer is lost is looked up by v, and is not sent again")
  func lostDeletion() async throws {
    try await onSandbox("DELETE /accounts/*: drop-after times=1") { sandbox, state, environment in
      let account = try await sandbox.client.account(at: 1)
      try await ConsoleSession.with(environment: environment) { console in
        try await console.wait(forRow: 1, of: 10)
        let challenge = try await console.openDelete()
        try await console.confirmDelete(typing: DeletionChallenge(challenge).expected)
        try await console.terminal.wait(for: "v finds out by reading")
        try await console.terminal.send("v")
        try await console.terminal.wait(for: "✓ Deleted.")
      }
      #expect(try await sandbox.client.account(id: account.id) == nil)
      #expect(try JournalLines(in: state).writes.map(\.outcome?.outcome) == ["confirmed"])
    }
  }

  @Test("a console that is killed with its request under way finds out at the next start, and shows it for ever after")
  func killed() async throws {
    try await onSandbox("POST /accounts: hang applied=yes times=1") { sandbox, state, environment in
      try await ConsoleSession.with(environment: environment) { console in
        try await console.wait(forRow: 1, of: 10)
        try await console.fillCreate(name: "Orphan")
        try await console.terminal.send("Enter")
        _ = try await poll(within: TmuxSession.patience) {
          try await sandbox.client.accounts(named: "Orphan").isEmpty ? nil : true
        }
        try await console.terminal.signal(SIGKILL)
        #expect(try await console.terminal.waitForExit() == 128 + SIGKILL)
      }
      #expect(try JournalLines(in: state).writes.map(\.isOpen) == [true])
      try await ConsoleSession.with(environment: environment) { console in
        try await console.terminal.wait(for: "Looked up 1 write of an earlier run: 1 had happened · @ lists them")
        try await console.terminal.send("@")
        let screen = try await console.terminal.wait(for: "1 of 1 write")
        #expect(screen.row(with: "Orphan")?.contains("confirmed") == true)
        try await console.terminal.send("Escape")
        try await console.wait(forRow: 1, of: 11)
        try await console.terminal.send("q")
        #expect(try await console.terminal.waitForExit() == 0)
      }
      try await ConsoleSession.with(environment: environment, width: 80, height: 24) { console in
        try await console.wait(forRow: 1, of: 11)
        try await console.terminal.send("@")
        let screen = try await console.terminal.wait(for: "1 of 1 write")
        #expect(screen.row(with: "Orphan")?.contains("confirmed") == true)
        try await console.terminal.send("Enter")
        try await console.terminal.wait(for: "Found by reading: the account was created.")
      }
      #expect(try await sandbox.client.accounts(named: "Orphan").count == 1)
    }
  }

  @Test("what cannot be written down is not sent, and both dialogs say why", arguments: ["full", "unwritable"])
  func cannotWrite(kind: String) async throws {
    try await onSandbox { sandbox, state, environment in
      let isFull = kind == "full"
      let wrapper = ["sh", "-c", #"trap "" XFSZ; ulimit -f 256; exec "$0""#, try BuiltBinary.path]
      // Beyond what the system then allows a file to have. It counts in blocks of 512 or 1024 bytes, and less than some of
      // them would keep the screen from being drawn.
      let before = isFull ? String(repeating: "x", count: 300_000) + "\n" : nil
      if let before {
        mkdir(state.path(of: "tenantry"), 0o700)
        try state.write(before, to: "tenantry/journal.jsonl")
      }
      let settings: [String: String?] =
        isFull ? environment : environment.merging(["XDG_STATE_HOME": "/dev/null"]) { $1 }
      try await withTmux(isFull ? wrapper : [try BuiltBinary.path], environment: settings) { terminal in
        let console = ConsoleSession(terminal: terminal)
        let reason = isFull ? "larger file." : "a part of its"
        try await console.wait(forRow: 1, of: 10)
        try await console.fillCreate(name: "Never")
        try await terminal.send("Enter")
        let form = try await terminal.wait(for: "! Not sent.")
        #expect(form.contains(reason))
        try await terminal.send("Escape")
        try await terminal.wait(forNo: "New account")
        let challenge = try await console.openDelete()
        try await console.confirmDelete(typing: DeletionChallenge(challenge).expected)
        let receipt = try await terminal.wait(for: "! Nothing was sent.")
        #expect(receipt.contains(reason))
      }
      #expect(try await sandbox.client.count() == 10)
      #expect(try state.text(of: "tenantry/journal.jsonl") == before)
    }
  }

  @Test("two consoles write at once, and every line of both is there and whole")
  func twoConsoles() async throws {
    try await onSandbox { sandbox, state, environment in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for name in ["Left", "Right"] {
          group.addTask {
            try await ConsoleSession.with(environment: environment) { console in
              try await console.terminal.wait(for: "page 1 of 1")
              for number in 1...5 {
                try await console.fillCreate(name: "\(name) \(number)")
                try await console.terminal.send("Enter")
                try await console.terminal.wait(for: "Created \(name) \(number)")
              }
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await sandbox.client.count() == 20)
      let journal = try JournalLines(in: state)
      #expect(journal.lines.count == 20)
      #expect(journal.writes.allSatisfy { $0.outcome?.outcome == "confirmed" })
    }
  }

  @Test("a line that was cut off is set aside and told of on the screen of writes")
  func torn() async throws {
    try await onSandbox { _, state, environment in
      try await ConsoleSession.with(environment: environment) { console in
        try await console.wait(forRow: 1, of: 10)
        try await console.fillCreate(name: "Whole")
        try await console.terminal.send("Enter")
        try await console.terminal.wait(for: "Created Whole")
      }
      let whole = try #require(try state.text(of: "tenantry/journal.jsonl"))
      try state.write(whole + "{\"record\":\"intent\",\"id\":\"cut o", to: "tenantry/journal.jsonl")
      try await ConsoleSession.with(environment: environment) { console in
        try await console.wait(forRow: 1, of: 11)
        try await console.terminal.send("@")
        try await console.terminal.wait(
          for: "! 1 line that was cut off is kept in \(state.path)/tenantry/journal.jsonl")
      }
      #expect(try state.text(of: "tenantry/journal.jsonl") == whole)
      #expect(try state.text(of: "tenantry/journal.jsonl.torn") == "{\"record\":\"intent\",\"id\":\"cut o\n")
    }
  }

  @Test("a budget that is used up counts down in the status line, and Esc gives up what waits")
  func budget() async throws {
    try await SandboxProcess.with(arguments: ["--rate-limit", "20"]) { sandbox in
      try await ConsoleSession.with(environment: sandbox.environment) { console in
        let terminal = console.terminal
        try await terminal.wait(for: "· budget 1")
        for page in 2...22 {
          try await terminal.send("]")
          try await terminal.wait(for: "page \(page) of 25")
        }
        let first = try await terminal.wait(for: "The request budget is used up for ")
        try await terminal.wait(until: "a second has passed") { screen in
          screen.contains("is used up for ") && screen.row(with: "used up") != first.row(with: "used up")
        }
        try await terminal.send("Escape")
        try await terminal.wait(for: "The waiting requests were given up · r tries again")
      }
    }
  }
}
