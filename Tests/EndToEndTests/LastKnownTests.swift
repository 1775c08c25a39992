import Testing

@Suite("The last known list in a terminal")
struct LastKnownTests {
  @Test(
    "the list is there at the next start with its age, though the server is gone, and not with --no-cache, nor where the file says so"
  )
  func serverGone() async throws {
    let home = try TemporaryDirectory()
    defer { try? home.remove() }
    let cache: [String: String?] = ["XDG_CACHE_HOME": home.path(of: "cache")]
    let (environment, name) = try await SandboxProcess.with(accounts: 40) { sandbox in
      let environment = sandbox.environment.merging(cache) { $1 }
      let name = try await ConsoleSession.with(environment: environment) { console in
        let screen = try await console.wait(forRow: 1, of: 40)
        let isKept = try await poll(within: TmuxSession.patience) {
          try home.contents(of: "cache/tenantry").contains { $0.hasPrefix("accounts-") && !$0.contains(".") }
            ? true : nil
        }
        try #require(isKept == true)
        return console.selectedRow(of: screen)
      }
      return (environment, name)
    }
    for text in try home.contents(of: "cache/tenantry").map({ try home.text(of: "cache/tenantry/\($0)") ?? "" }) {
      #expect(!text.contains(SandboxCredentials.key))
    }
    try await ConsoleSession.with(environment: environment) { console in
      try await console.terminal.wait(for: "could not be refreshed: No connection")
      try await console.terminal.send("Escape")
      let screen = try await console.terminal.wait(for: ", not refreshed")
      #expect(console.selectedRow(of: screen) == name)
      #expect(screen.contains(" 1 of 40 · page 1 of 1 · as of "))
    }
    try await ConsoleSession.with(environment: environment, arguments: ["--no-cache"]) { console in
      let screen = try await console.terminal.wait(for: "The accounts could not be read.")
      #expect(!screen.contains("as of"))
    }
    let configuration = try ConfigurationDirectory("cache: false\n")
    defer { configuration.remove() }
    let configured = environment.merging(["XDG_CONFIG_HOME": configuration.path]) { $1 }
    try await ConsoleSession.with(environment: configured) { console in
      let screen = try await console.terminal.wait(for: "The accounts could not be read.")
      #expect(!screen.contains("as of"))
    }
  }
}
