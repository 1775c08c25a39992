import Testing

@Suite("Keys, palette and clipboard in a terminal")
struct KeysTests {
  @Test("the palette carries a command out, and y has the terminal copy the ID")
  func paletteAndClipboard() async throws {
    try await ConsoleSession.onSandbox(width: 80, height: 24) { console, server in
      let terminal = console.terminal
      try await terminal.allowCopying()
      try await terminal.send("y")
      try await terminal.wait(for: "Copied the ID by OSC 52")
      let id = try await server.account(at: 1).id
      #expect(try await poll(within: TmuxSession.patience) { try await terminal.clipboard() } == id)
      try await terminal.send(":")
      try await terminal.wait(for: "Commands for the list")
      try await terminal.type("json")
      try await terminal.wait(for: "> the account's raw JSON")
      try await terminal.send("Enter")
      try await terminal.wait(for: "GET /accounts/\(id)")
      try await terminal.send("?")
      try await terminal.wait(for: "Keys: the raw answer")
    }
  }

  @Test("the configuration gives commands other keys, or is refused with its line")
  func rebinding() async throws {
    try await SandboxProcess.with(accounts: 3) { sandbox in
      for (keys, expected) in [
        ("  new-account: [F9]\n", "F9 new"), ("  refresh: [n]\n", "config.yaml:2: n would be both"),
      ] {
        let configuration = try ConfigurationDirectory("keys:\n\(keys)")
        defer { configuration.remove() }
        let settings = sandbox.environment.merging(["XDG_CONFIG_HOME": configuration.path]) { $1 }
        try await ConsoleSession.with(environment: settings) { console in
          try await console.terminal.wait(for: expected)
          guard expected == "F9 new" else {
            #expect(try await console.terminal.waitForExit() == 78)
            return
          }
          try await console.terminal.send("F9")
          try await console.terminal.wait(for: "New account")
        }
      }
    }
  }
}
