import Testing

/// Beside these, every screen and every file of every end-to-end test is searched: see ``SecretSearch``.
@Suite("Credentials stay where they belong")
struct SecrecyTests {
  @Test(
    "no credential is in the journal, the log, on a screen or in the arguments, whatever is done",
    arguments: ["key", "user token", "account token"])
  func nowhere(kind: String) async throws {
    let state = try TemporaryDirectory()
    defer { try? state.remove() }
    let log = state.path(of: "requests.log")
    try await SandboxProcess.with(
      accounts: 10,
      arguments: ["--fault", "DELETE /accounts/*: 502-html", "--fault", "POST /accounts: truncate skip=1"]
    ) { sandbox in
      var settings: [String: String?] = ["XDG_STATE_HOME": state.path, "CLOUDFLARE_BASE_URL": sandbox.baseURL]
      switch kind {
      case "key": settings.merge(sandbox.environment) { $1 }
      case "user token": settings["CLOUDFLARE_API_TOKEN"] = SandboxCredentials.userToken
      default: settings["CLOUDFLARE_API_TOKEN"] = SandboxCredentials.accountToken
      }
      try await ConsoleSession.with(environment: settings, arguments: ["--log-file", log]) { console in
        let terminal = console.terminal
        try await console.wait(forRow: 1, of: kind == "account token" ? 1 : 10)
        try SecretSearch.expectNone(inArgumentsOf: try await terminal.processID())
        for name in ["First", "Second"] {
          try await console.fillCreate(name: name)
          try await terminal.send("Enter")
          let screen = try await terminal.wait(until: "the creation has ended") { screen in
            screen.contains("Created \(name)") || screen.contains("! Not ")
          }
          if screen.contains("New account") { try await terminal.send("Escape") }
          try await terminal.wait(forNo: "New account")
        }
        let challenge = try await console.openDelete()
        try await console.confirmDelete(typing: DeletionChallenge(challenge).expected)
        try await terminal.wait(for: "Receipt")
        try await terminal.send("Escape")
        try await terminal.wait(forNo: "Receipt")
        for (key, words) in [("@", "WRITE"), ("Enter", "Outcome"), ("Escape", "WRITE"), ("Escape", "NAME")] {
          try await terminal.send(key)
          try await terminal.wait(for: words)
        }
        try await terminal.send("J")
        try await terminal.wait(for: "\"id\"")
        _ = try await terminal.styledScreen()
      }
    }
    // The search would find what is there.
    #expect(try state.text(of: "tenantry/journal.jsonl")?.contains("First") == true)
    #expect(try state.text(of: "requests.log")?.contains("/accounts") == true)
    #expect(try SecretSearch.expectNone(inFilesOf: state.path) == 2)
    try state.write("Authorization: Bearer \(SandboxCredentials.userToken)", to: "leak")
    #expect(throws: HarnessFailure.self) { try SecretSearch.expectNone(inFilesOf: state.path) }
  }
}
