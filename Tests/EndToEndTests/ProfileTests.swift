import FoundationEssentials
import Glibc
import Testing

@Suite("Profiles of the configuration file")
struct ProfileTests {
  @Test("a profile that is named says where, as whom and how carefully, whatever the environment has")
  func named() async throws {
    let secrets = try TemporaryDirectory()
    defer { try? secrets.remove() }
    try secrets.write("  \(SandboxCredentials.key)  \nuser: nobody\n", to: "key")
    try await SandboxProcess.with(accounts: 10) { sandbox in
      let configuration = try ConfigurationDirectory(
        """
        ascii: true
        profiles:
          acme:
            base_url: \(sandbox.baseURL)
            email: \(SandboxCredentials.email)
            api_key_command: cat '\(secrets.path(of: "key"))'
            read_only: true
            per_page: 5
        """)
      defer { configuration.remove() }
      let environment: [String: String?] = [
        "XDG_CONFIG_HOME": configuration.path, "CLOUDFLARE_API_TOKEN": "somebody-else-0000000000000000000000000000",
        "CLOUDFLARE_BASE_URL": "http://127.0.0.1:1/client/v4",
      ]
      try await ConsoleSession.with(environment: environment, arguments: ["--profile", "acme"]) { console in
        let screen = try await console.wait(forRow: 1, of: 10)
        #expect(screen.rows[0].contains("CUSTOM acme READ-ONLY "))
        #expect(screen.rows[0].contains(" 127.0.0.1:"))
        #expect(!screen.contains("│") && screen.contains("|"))
        #expect(screen.rows[0].contains(SandboxCredentials.email))
        #expect(!screen.contains("n new"))
        #expect(screen.contains("1 of 10 . page 1 of 2"))
        try SecretSearch.expectNone(inArgumentsOf: try await console.terminal.processID())
        try await console.terminal.send("D")
        try await console.terminal.wait(for: "started read-only")
      }
    }
  }

  @Test("everything that is wrong with the file is told with its line, before the screen opens, with status 78")
  func wrong() async throws {
    let configuration = try ConfigurationDirectory("mouse: maybe\nprofiles:\n  acme:\n    read-only: true\n")
    defer { configuration.remove() }
    try await ConsoleSession.with(
      environment: ["XDG_CONFIG_HOME": configuration.path], arguments: ["--profile", "acme"]
    ) { console in
      #expect(try await console.terminal.waitForExit() == 78)
      let text = try await console.terminal.screen().rows.joined()
      #expect(text.contains("config.yaml:1: mouse must be true or false"))
      #expect(text.contains(#"config.yaml:4: "read-only" is not known here; did you mean read_only?"#))
    }
  }
}

/// A place for `XDG_CONFIG_HOME`, with a configuration in it that only its owner can read.
struct ConfigurationDirectory {
  private let directory: TemporaryDirectory

  init(_ text: String) throws {
    directory = try TemporaryDirectory()
    try FileManager.default.createDirectory(
      atPath: directory.path(of: "tenantry"), withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700]
    )
    try directory.write(text, to: "tenantry/config.yaml")
    guard chmod(directory.path(of: "tenantry/config.yaml"), 0o600) == 0 else {
      throw HarnessFailure("the configuration cannot be closed to others")
    }
  }

  var path: String { directory.path }

  func remove() {
    // What cannot be removed stays under /tmp.
    try? directory.remove()
  }
}
