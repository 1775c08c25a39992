import Testing

@Suite("Deleting an account")
struct DeleteTests {
  private static let parent = #""managed_by":{"parent_org_id":"f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0"}"#
  private static let harbor =
    #"{"id":"1b16db169c9cb7853009857198fae1b9","name":"Harbor & Pine","type":"enterprise",\#(parent)}"#
  private static let other = #"{"id":"2bab6ace8c72ed3f09b9eca6db1396bb","name":"Other","type":"standard",\#(parent)}"#
  private static let page =
    [harbor, other]
    + (1...3).map { #"{"id":"0000000000000000000000000000000\#($0)","name":"Account \#($0)","type":"standard"}"# }

  /// Runs `body` with the console on accounts that the server never lets go; what is sent is counted.
  ///
  /// The second page never comes, so that the console always counts the seconds of a wait.
  private func onAccounts(
    _ body: @escaping @Sendable (ConsoleSession, ScriptedServer) async throws -> Void
  ) async throws {
    try await ScriptedServer.with(
      .answering { asked in
        if asked.path.contains("1b16db16") { return .result(Self.harbor) }
        if asked.path.contains("name=") { return .list([Self.harbor]) }
        // Longer than any wait here.
        if asked.path.contains("/accounts?page=2") { try await Task.sleep(for: .seconds(120)) }
        return .page(Self.page, number: 1, of: 6)
      }
    ) { server in
      try await ConsoleSession.with(environment: server.environment, arguments: ["--per-page", "5"]) { console in
        try await console.wait(forRow: 1, of: 6)
        try await body(console, server)
      }
    }
  }

  private static func deletions(_ server: ScriptedServer) -> Int {
    server.requests.count { $0.method == "DELETE" }
  }

  @Test("the dialog names the account, its whole identifier and its type, and warns of what goes with it")
  func dialog() async throws {
    try await onAccounts { console, server in
      let dialog = try await console.openDelete()
      #expect(dialog.contains("Harbor & Pine"))
      #expect(dialog.contains("1b16db16 9c9cb785 30098571 98fae1b9"))
      #expect(dialog.contains("enterprise"))
      let words = dialog.text.lowercased()
      #expect(words.contains("permanent"))
      #expect(words.contains("zones"))
      #expect(words.contains("resources"))
      #expect(Self.deletions(server) == 0)
    }
  }

  @Test("only the exact name unlocks the button, and Enter in the field never deletes")
  func challenge() async throws {
    try await onAccounts { console, server in
      let terminal = console.terminal
      try await console.openDelete()
      try await console.typeSlowly("Harbor & Pine")
      try await terminal.wait(for: "✓ It matches")
      try await terminal.send("Enter")
      try await terminal.wait(for: ">[ Cancel ]<")
      try await console.outlastDeletionDelay()
      #expect(try await terminal.screen().contains(">[ Cancel ]<"))
      #expect(Self.deletions(server) == 0)
      try await terminal.send("BTab")
      try await terminal.wait(forNo: ">[ Cancel ]<")
      // A beginning, one character too many, and another case.
      try await terminal.send("BSpace")
      try await terminal.wait(forNo: "✓ It matches")
      try await console.goRoundLockedButton()
      // Each time that the button is unlocked, keys that were typed ahead are dropped.
      try await terminal.type("e")
      try await terminal.wait(for: "✓ It matches")
      try await terminal.type("s")
      try await terminal.wait(for: "Differs at character 14")
      try await console.goRoundLockedButton()
      try await terminal.send("BSpace")
      try await terminal.wait(for: "✓ It matches")
      try await terminal.send("BSpace", times: 4)
      try await terminal.wait(forNo: "✓ It matches")
      try await terminal.type("pine")
      try await terminal.wait(for: "Differs at character 10")
      try await console.goRoundLockedButton()
      try await terminal.send("Escape")
      try await terminal.wait(forNo: "Delete an account")
      #expect(Self.deletions(server) == 0)
    }
  }

  @Test("the right name and the button send exactly one request, and the receipt stays until it is dismissed")
  func deletion() async throws {
    let isDeleted = Flag()
    try await ScriptedServer.with(
      .answering { asked in
        if asked.method == "DELETE" {
          isDeleted.set()
          return .result(#"{"id":"1b16db169c9cb7853009857198fae1b9"}"#)
        }
        if asked.path.contains("1b16db16") {
          return isDeleted.isSet ? .refusal(404, code: 7003, message: "Could not route") : .result(Self.harbor)
        }
        return .list(asked.path.contains("name=") ? [Self.harbor] : [Self.harbor, Self.other])
      }
    ) { server in
      try await ConsoleSession.with(environment: server.environment) { console in
        let terminal = console.terminal
        try await console.wait(forRow: 1, of: 2)
        try await console.openDelete()
        try await console.confirmDelete(typing: "Harbor & Pine")
        try await terminal.wait(for: "✓ Deleted. A read after it says that the account is not there any more.")
        // Keys that do something elsewhere leave it there; the one behind them is answered when they have been handled.
        try await terminal.send("D", "x", "Space", "Tab")
        try await terminal.send("?")
        try await terminal.wait(for: "Keys: ")
        try await terminal.send("Escape")
        let receipt = try await terminal.wait(forNo: "Keys: ")
        #expect(receipt.contains("Receipt") && receipt.contains("Harbor & Pine"))
        try await terminal.send("Escape")
        try await terminal.wait(forNo: "Receipt")
        try await console.leave()
        let writes = server.requests.filter { $0.method != "GET" }
        #expect(writes.map(\.method) == ["DELETE"])
        #expect(writes.allSatisfy { $0.path.hasSuffix("/accounts/1b16db169c9cb7853009857198fae1b9") })
      }
    }
  }

  @Test(
    "the keys that delete elsewhere open nothing, and say which key it is here", arguments: ["d", "x", "DC", "BSpace"])
  func otherKeys(key: String) async throws {
    try await onAccounts { console, server in
      try await console.terminal.send(key)
      try await console.terminal.wait(for: "D opens the deletion review")
      try await console.outlastDeletionDelay()
      #expect(try await !console.terminal.screen().contains("Delete an account"))
      #expect(Self.deletions(server) == 0)
    }
  }

  @Test("a name that cannot surely be typed is challenged by the end of the identifier, with the reason")
  func identifierChallenge() async throws {
    let id = "aaaaaaaaaaaaaaaaaaaaaaaa0123abcd"
    try await ScriptedServer.with(
      .answering { asked in
        let account = #"{"id":"\#(id)","name":"Trailing blank ","type":"standard",\#(Self.parent)}"#
        if asked.path.contains(id) {
          return .init(body: #"{"success":true,"errors":[],"messages":[],"result":\#(account)}"#)
        }
        return .list([account, Self.other])
      }
    ) { server in
      try await ConsoleSession.with(environment: server.environment) { console in
        try await console.wait(forRow: 1, of: 2)
        let dialog = try await console.openDelete()
        #expect(dialog.contains("last 8 characters of the ID"))
        #expect(dialog.contains("because"))
        try await console.terminal.type("0123abcd")
        try await console.terminal.wait(for: "✓ It matches")
      }
    }
  }

  @Test("an account that is no longer what the list showed is not offered for deletion")
  func changed() async throws {
    try await ScriptedServer.with(
      .answering { asked in
        if asked.path.contains("1b16db16") {
          let renamed =
            #"{"id":"1b16db169c9cb7853009857198fae1b9","name":"Seabird","type":"enterprise",\#(Self.parent)}"#
          return .init(body: #"{"success":true,"errors":[],"messages":[],"result":\#(renamed)}"#)
        }
        return .list([Self.harbor, Self.other])
      }
    ) { server in
      try await ConsoleSession.with(environment: server.environment) { console in
        try await console.wait(forRow: 1, of: 2)
        try await console.terminal.send("D")
        let dialog = try await console.terminal.wait(for: "not what the list showed")
        #expect(dialog.contains("Harbor & Pine"))
        #expect(dialog.contains("Seabird"))
        #expect(!dialog.contains("[ Delete account ]"))
        #expect(server.requests.allSatisfy { $0.method == "GET" })
      }
    }
  }

  @Test("a deletion whose answer is lost is told as not known, and is not sent again by itself")
  func unknown() async throws {
    try await ScriptedServer.with(
      .answering { asked in
        if asked.method == "DELETE" { return .init(status: 502, contentType: "text/html", body: "<html>") }
        if asked.path.contains("1b16db16") {
          return .init(body: #"{"success":true,"errors":[],"messages":[],"result":\#(Self.harbor)}"#)
        }
        return .list([Self.harbor, Self.other])
      }
    ) { server in
      try await ConsoleSession.with(environment: server.environment) { console in
        try await console.wait(forRow: 1, of: 2)
        try await console.openDelete()
        try await console.confirmDelete(typing: "Harbor & Pine")
        try await console.terminal.wait(for: "Not known whether it was deleted")
        #expect(server.requests.count { $0.method == "DELETE" } == 1)
      }
    }
  }

  @Test("--dry-run walks through a deletion to its end, says so on every screen, and sends and notes down nothing")
  func dryRun() async throws {
    let state = try TemporaryDirectory()
    defer { try? state.remove() }
    try await ConsoleSession.onSandbox(
      accounts: 10, arguments: ["--dry-run"], environment: ["XDG_STATE_HOME": state.path]
    ) { console, server in
      let account = try await server.account(at: 2)
      try await console.terminal.send("Down")
      let dialog = try await console.openDelete()
      #expect(dialog.contains("DRY RUN"))
      try await console.confirmDelete(typing: DeletionChallenge(dialog).expected)
      let receipt = try await console.terminal.wait(for: "Dry run: nothing was sent")
      #expect(receipt.contains("DRY RUN") && receipt.contains("DELETE /accounts/\(account.id)"))
      #expect(try await server.account(id: account.id) == account)
      #expect(try JournalLines(in: state).lines.isEmpty)
    }
  }

  @Test("--read-only offers neither creating nor deleting")
  func readOnly() async throws {
    try await ConsoleSession.onSandbox(accounts: 10, arguments: ["--read-only"]) { console, _ in
      let terminal = console.terminal
      for key in ["D", "n"] {
        try await terminal.send(key)
        let screen = try await terminal.wait(for: "read-only: it changes nothing")
        #expect(!screen.contains("Delete an account"))
        #expect(!screen.contains("New account"))
        try await terminal.send("Escape")
        try await terminal.wait(forNo: "read-only: it changes nothing")
      }
    }
  }
}
