import Glibc
import Testing

@Suite("Deletions that something comes between")
struct DeletionSafetyTests {
  private static func account(_ number: Int) -> String {
    #"{"id":"\#(id(number))","name":"Account \#(number)","type":"standard","managed_by":{"parent_org_id":"f0"}}"#
  }

  private static func id(_ number: Int) -> String { "abcdef00000000000000000000000a0\(number)" }

  @Test("the list comes in another order while a deletion is decided about, and the captured account is deleted")
  func reorders() async throws {
    let isReviewed = Flag()
    try await ScriptedServer.with(
      .answering { asked in
        if asked.method == "DELETE" { return .result(#"{"id":"\#(asked.path.suffix(32))"}"#) }
        if asked.path.contains("/accounts/\(Self.id(3))/") || asked.path.contains("/zones") { return .list([]) }
        if asked.path.contains("/accounts/") { return .result(Self.account(3)) }
        if asked.path.contains("name=") { return .list([Self.account(3)]) }
        guard asked.path.contains("page=2") else { return .page((1...5).map(Self.account), number: 1, of: 8) }
        // What stood on the first page has moved to the second meanwhile.
        while !isReviewed.isSet { try await Task.sleep(for: .milliseconds(5)) }
        return .page([3, 1, 6, 7, 8].map(Self.account), number: 2, of: 8)
      }
    ) { server in
      try await ConsoleSession.with(environment: server.environment, arguments: ["--per-page", "5"]) { console in
        let terminal = console.terminal
        try await console.wait(forRow: 1, of: 8)
        try await terminal.send("Down", "Down")
        try await console.wait(forRow: 3, of: 8)
        try await console.openReview()
        isReviewed.set()
        let challenge = try await console.goOnToChallenge()
        #expect(try DeletionChallenge(challenge).identifier == Self.id(3))
        try await console.confirmDelete(typing: "Account 3")
        try await terminal.wait(for: "Receipt")
        let deletions = server.requests.filter { $0.method == "DELETE" }.map(\.path)
        #expect(deletions.count == 1 && deletions.allSatisfy { $0.hasSuffix("/accounts/\(Self.id(3))") })
        try await terminal.send("Escape")
        let list = try await terminal.wait(for: "NAME")
        #expect(list.row(with: "deleted")?.contains("Account 3") == true)
      }
    }
  }

  @Test("an account that somebody renames between list and review is shown in both versions, and is not deleted")
  func renamed() async throws {
    try await ConsoleSession.onCountedSandbox(accounts: 10) { console, server, sandbox in
      let account = try await sandbox.account(at: 2)
      try await console.terminal.send("Down")
      try await console.wait(forDetailOf: account)
      try await sandbox.change(account.id, #"{"name":"Renamed meanwhile"}"#)
      try await console.terminal.send("D")
      let screen = try await console.terminal.wait(for: "not what the list showed")
      #expect(screen.contains(account.name) && screen.contains("Renamed meanwhile"))
      #expect(!screen.contains("[ Go on ]"))
      try await console.terminal.send("Enter")
      let list = try await console.terminal.wait(forNo: "not what the list showed")
      #expect(console.selectedRow(of: list).contains("Renamed meanwhile"))
      try await console.leave()
      #expect(server.requests.allSatisfy { $0.method == "GET" })
      #expect(try await sandbox.account(id: account.id)?.name == "Renamed meanwhile")
    }
  }

  @Test("Ctrl-C, a resize and a key stop the seconds before the request, and nothing is sent")
  func stopped() async throws {
    try await ConsoleSession.onSandbox(accounts: 10) { console, server in
      let terminal = console.terminal
      let account = try await server.account(at: 1)
      let challenge = try DeletionChallenge(try await console.openDelete())
      #expect(challenge.identifier == account.id)
      for key in ["C-c", "", "x"] {
        try await console.confirmDelete(typing: challenge.expected)
        try await terminal.wait(for: "seconds. Nothing has been sent.")
        if key.isEmpty {
          try await terminal.resize(width: 100, height: 30)
          try await terminal.wait(for: "because the window changed: nothing was sent")
        } else {
          try await terminal.send(key)
          try await terminal.wait(for: "Stopped: nothing was sent")
        }
      }
      try await terminal.send("Escape")
      try await console.wait(forRow: 1, of: 10)
      #expect(try await server.account(id: account.id) == account)
    }
  }

  @Test("a console that is killed in the seconds before the request has sent nothing, and noted nothing down")
  func killedBefore() async throws {
    let state = try TemporaryDirectory()
    defer { try? state.remove() }
    try await ConsoleSession.onSandbox(accounts: 10, environment: ["XDG_STATE_HOME": state.path]) { console, server in
      let account = try await server.account(at: 1)
      let challenge = try await console.openDelete()
      try await console.confirmDelete(typing: DeletionChallenge(challenge).expected)
      try await console.terminal.wait(for: "is deleted in 2 seconds. Nothing has been sent.")
      try await console.terminal.signal(SIGKILL)
      #expect(try await console.terminal.waitForExit() == 128 + SIGKILL)
      #expect(try await server.account(id: account.id) == account)
      #expect(try JournalLines(in: state).lines.isEmpty)
    }
  }

  @Test("a console that is killed with its deletion under way finds out at the next start")
  func killedAfter() async throws {
    try await SandboxProcess.with(
      accounts: 10, arguments: ["--fault", "DELETE /accounts/*: hang applied=yes times=1", "--deletion-delay", "0"]
    ) { sandbox in
      let state = try TemporaryDirectory()
      defer { try? state.remove() }
      let environment = sandbox.environment.merging(["XDG_STATE_HOME": state.path]) { $1 }
      let account = try await sandbox.client.account(at: 1)
      try await ConsoleSession.with(environment: environment) { console in
        try await console.wait(forRow: 1, of: 10)
        let challenge = try await console.openDelete()
        try await console.confirmDelete(typing: DeletionChallenge(challenge).expected)
        try await console.terminal.wait(for: "The one request is on its way")
        let isGone = try await poll(within: TmuxSession.patience) {
          try await sandbox.client.account(id: account.id) == nil ? true : nil
        }
        #expect(isGone == true)
        try await console.terminal.signal(SIGKILL)
        #expect(try await console.terminal.waitForExit() == 128 + SIGKILL)
      }
      #expect(try JournalLines(in: state).writes.map(\.isOpen) == [true])
      try await ConsoleSession.with(environment: environment) { console in
        _ = try await console.terminal.wait(for: "Looked up 1 write of an earlier run: 1 had happened")
      }
      #expect(try JournalLines(in: state).writes.map(\.outcome?.outcome) == ["confirmed"])
    }
  }
}
