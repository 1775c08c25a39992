import Testing

@Suite("tenantry doctor")
struct DoctorTests {
  private func doctor(
    _ environment: [String: String?], _ arguments: [String] = [], by starter: [String] = ["env"]
  ) async throws -> ProgramRun {
    let run = try await ProgramRun.run(["doctor"] + arguments, environment: environment, by: starter)
    // Each part has its say, whatever became of the others.
    for title in ["Configuration", "Files", "Terminal", "Connection", "Identity"] {
      #expect(run.output.split(separator: "\n").contains { $0 == title }, "\(title) is missing:\n\(run.output)")
    }
    #expect(run.errors == "")
    return run
  }

  private func expect(_ run: ProgramRun, _ status: Int32, _ lines: [String]) {
    #expect(run.status == status, "\(run.output)")
    for line in lines { #expect(run.output.contains(line), "“\(line)” is missing:\n\(run.output)") }
  }

  @Test("who one is and what one may do, with each kind of credentials, is told with status 0")
  func well() async throws {
    try await SandboxProcess.with(accounts: 10) { sandbox in
      expect(
        try await doctor(sandbox.environment), 0,
        [
          "ok  endpoint      \(sandbox.baseURL), not Cloudflare's own (CLOUDFLARE_BASE_URL)",
          "ok  credentials   Global API Key of \(SandboxCredentials.email) (CLOUDFLARE_EMAIL and CLOUDFLARE_API_KEY)",
          "ok  endpoint      answers after ", "TLS           none: plain HTTP to this machine",
          "ok  clock         agrees with the server's", "ok  person        \(SandboxCredentials.email), two-factor on",
          "ok  accounts      10 can be listed", "may create standard and enterprise accounts",
          "All is well.",
        ])
      expect(
        try await doctor(sandbox.environment.merging(["XDG_STATE_HOME": "/dev/null"]) { $1 }), 78,
        ["!!  journal       /dev/null/tenantry/journal.jsonl cannot be made", "-> Set XDG_STATE_HOME", "1 problem."])
      var settings: [String: String?] = ["CLOUDFLARE_API_TOKEN": SandboxCredentials.userToken]
      let arguments = ["--base-url", sandbox.baseURL]
      expect(
        try await doctor(settings, arguments), 0,
        ["(--base-url)", "ok  token         belongs to a person, active", "ok  accounts      10 can be listed"])
      settings["CLOUDFLARE_API_TOKEN"] = SandboxCredentials.accountToken
      expect(
        try await doctor(settings, arguments), 0,
        [
          "ok  token         belongs to the account ", "--  person        none: the token belongs to an account",
          "ok  accounts      1 can be listed", "administers no tenant",
        ])
    }
  }

  @Test("a profile tells the line of each value, and what of the environment is passed over")
  func profile() async throws {
    try await SandboxProcess.with(accounts: 10, arguments: ["--not-a-tenant"]) { sandbox in
      let configuration = try ConfigurationDirectory(
        """
        profiles:
          acme:
            base_url: \(sandbox.baseURL)
            email: \(SandboxCredentials.email)
            api_key: \(SandboxCredentials.key)
            read_only: true
            protected: [one, two]
        """)
      defer { configuration.remove() }
      let run = try await doctor(
        ["XDG_CONFIG_HOME": configuration.path, "CLOUDFLARE_API_TOKEN": "x", "TENANTRY_PROFILE": "acme"])
      let file = "\(configuration.path)/tenantry/config.yaml"
      expect(
        run, 0,
        [
          "ok  file          \(file), with the profiles acme", "ok  profile       acme (TENANTRY_PROFILE)",
          "--  profile       signs in by itself, so CLOUDFLARE_API_TOKEN of the environment is passed over",
          "\(sandbox.baseURL), not Cloudflare's own (\(file):3)",
          "Global API Key of \(SandboxCredentials.email) (\(file):5)", "read-only     yes (\(file):6)",
          "protected     2 patterns (\(file):7)", "per page      50 (default)",
          "--  tenant        none is administered: creating accounts would be refused (403, 1002)",
        ])
    }
  }

  @Test("a secret's command has its signals as usual, whatever this program was started with")
  func secretCommand() async throws {
    try await SandboxProcess.with(accounts: 10) { sandbox in
      // A pipeline whose reader has had enough would complain instead of ending. Bit 12 is SIGPIPE's.
      let configuration = try ConfigurationDirectory(
        """
        profiles:
          acme:
            base_url: \(sandbox.baseURL)
            api_token_command: |
              awk '/SigIgn/ { exit index("13579bdf", substr($2, 13, 1)) }' /proc/self/status &&
                echo \(SandboxCredentials.userToken)
        """)
      defer { configuration.remove() }
      let settings: [String: String?] = ["XDG_CONFIG_HOME": configuration.path, "TENANTRY_PROFILE": "acme"]
      let ignoring = ["sh", "-c", #"trap "" PIPE; exec "$0" "$@""#]
      expect(
        try await doctor(settings, by: ignoring), 0,
        ["ok  credentials   API token", "ok  accounts      10 can be listed"])
    }
  }

  @Test("credentials that the endpoint refuses end with status 77")
  func refused() async throws {
    try await SandboxProcess.with(accounts: 10) { sandbox in
      var settings = sandbox.environment
      settings["CLOUDFLARE_API_KEY"] = "0000000000000000000000000000000000000"
      expect(try await doctor(settings), 77, ["!!  person        Cloudflare refused", "-> Check the e-mail address"])
      let token: [String: String?] = ["CLOUDFLARE_API_TOKEN": "no-such-token-00000000000000000000000000"]
      expect(
        try await doctor(token, ["--base-url", sandbox.baseURL]), 77, ["!!  token         Cloudflare refused (401)"])
    }
  }

  @Test("half or misplaced credentials end with status 78, and the way to the endpoint is looked at all the same")
  func half() async throws {
    try await SandboxProcess.with(accounts: 10) { sandbox in
      var settings = sandbox.environment
      settings["CLOUDFLARE_API_KEY"] = nil as String?
      let answers = ["ok  endpoint      answers after ", "who           not asked: there are no credentials"]
      expect(
        try await doctor(settings), 78, ["!!  credentials   CLOUDFLARE_EMAIL is set, and", "1 problem."] + answers)
      let misplaced: [String: String?] = ["CLOUDFLARE_API_TOKEN": SandboxCredentials.key]
      expect(
        try await doctor(misplaced, ["--base-url", sandbox.baseURL]), 78,
        ["!!  credentials   CLOUDFLARE_API_TOKEN: The API token is a Global API Key"] + answers)
    }
    let configuration = try ConfigurationDirectory("mouse: 1\nthème: x\n")
    defer { configuration.remove() }
    // Where the locale has no UTF-8, its bytes may be a terminal's controls.
    let run = try await doctor(["XDG_CONFIG_HOME": configuration.path, "LC_ALL": "C"])
    expect(
      run, 78,
      [
        "config.yaml:1: mouse must be true or false", "config.yaml:2: \"th<U+00E8>me\" is not known here",
        "--  the rest      not looked at: the file has to be mended first",
      ])
    #expect(run.output.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test("an endpoint that cannot be reached ends with status 69 and the next step")
  func unreachable() async throws {
    // Nobody listens there, and no other test gets it as a free port.
    let settings: [String: String?] = [
      "CLOUDFLARE_BASE_URL": "http://127.0.0.1:1/client/v4", "CLOUDFLARE_API_TOKEN": SandboxCredentials.userToken,
    ]
    expect(
      try await doctor(settings), 69,
      [
        "!!  endpoint      No connection: connection refused", "-> Check the network",
        "who           not asked: the endpoint cannot be reached",
      ])
  }
}
