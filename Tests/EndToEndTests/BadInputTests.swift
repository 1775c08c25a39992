import Glibc
import Testing

@Suite("Bad input")
struct BadInputTests {
  // MARK: Credentials

  @Test(
    "missing, half or misshapen credentials end with status 78 and say what to set",
    arguments: [
      ([:], "CLOUDFLARE_API_TOKEN"),
      (["CLOUDFLARE_EMAIL": SandboxCredentials.email], "CLOUDFLARE_API_KEY is not"),
      (["CLOUDFLARE_API_KEY": SandboxCredentials.key], "CLOUDFLARE_EMAIL is not"),
      (["CLOUDFLARE_API_TOKEN": "two words"], "holds a blank"),
      (["CLOUDFLARE_API_TOKEN": SandboxCredentials.key], "is a Global API Key"),
    ] as [([String: String], String)])
  func credentials(environment: [String: String], words: String) async throws {
    try await ConsoleSession.with(environment: environment.mapValues { $0 }) { console in
      #expect(try await console.terminal.waitForExit() == 78)
      let (before, after) = try await console.terminal.modes()
      #expect(before == after)
      let screen = try await console.terminal.screen()
      // A terminal breaks long lines wherever they end.
      #expect(screen.rows.joined().contains(words) || screen.rows.joined(separator: " ").contains(words))
      for secret in environment.values where !secret.contains("@") { #expect(!screen.contains(secret)) }
    }
  }

  // MARK: The server

  @Test("an endpoint that cannot be reached is told on the screen, and r tries again")
  func unreachable() async throws {
    let port = try freePort()
    let settings: [String: String?] = [
      "CLOUDFLARE_BASE_URL": "http://127.0.0.1:\(port)/client/v4",
      "CLOUDFLARE_API_TOKEN": SandboxCredentials.userToken,
    ]
    try await ConsoleSession.with(environment: settings) { console in
      let screen = try await console.terminal.wait(for: "No connection")
      #expect(screen.contains("r tries again"))
      try await SandboxProcess.with(accounts: 10, port: port) { _ in
        try await console.terminal.send("r")
        try await console.wait(forRow: 1, of: 10)
      }
    }
  }

  /// A port on which nobody listens, and which nobody gets who asks for any: those begin at 32,768.
  private func freePort() throws -> Int {
    for _ in 0..<100 {
      let port = Int.random(in: 20_000..<32_768)
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(descriptor) }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = in_port_t(port).bigEndian
      address.sin_addr.s_addr = inet_addr("127.0.0.1")
      let length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let isFree = withUnsafeBytes(of: &address) { bytes in
        bind(descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), length) == 0
      }
      if isFree { return port }
    }
    throw HarnessFailure("no port is free")
  }

  /// An answer that is not the one hoped for, and what must be on the screen.
  struct BadAnswer: Sendable, CustomTestStringConvertible {
    let name: String
    let answer: ScriptedServer.Answer
    let words: [String]

    var testDescription: String { name }
  }

  static let badAnswers = [
    BadAnswer(
      name: "401", answer: .refusal(401, code: 1000, message: "Invalid API Token"),
      words: ["401", "Invalid API"]),
    BadAnswer(
      name: "403", answer: .refusal(403, code: 10000, message: "Authentication error"),
      words: ["403", "10000", "Check what the credentials may do"]),
    BadAnswer(
      name: "404", answer: .refusal(404, code: 7003, message: "Could not route to the path"), words: ["404", "7003"]),
    BadAnswer(
      name: "429",
      answer: .init(
        status: 429, headers: ["Retry-After": "0"],
        body: #"{"success":false,"errors":[{"code":971,"message":"Please wait"}],"messages":[],"result":null}"#),
      words: ["Too many requests", "429"]),
    BadAnswer(
      name: "500 with JSON", answer: .refusal(500, code: 10013, message: "Unknown error"),
      words: ["500", "Unknown error"]),
    BadAnswer(
      name: "500 with HTML",
      answer: .init(
        status: 500, contentType: "text/html", body: "<html><script>secret words</script><b>Down</b></html>"),
      words: ["The server at 127.0.0.1:", "answered 500: Down."]),
    BadAnswer(
      name: "500 with HTML of Cloudflare's edge",
      answer: .init(
        status: 500, contentType: "text/html", headers: ["cf-ray": "8f-ZRH"], body: "<html>secret words</html>"),
      words: ["Cloudflare's edge answered 500 with text/html"]),
    BadAnswer(name: "500 with nothing", answer: .init(status: 500, contentType: nil), words: ["500"]),
    BadAnswer(
      name: "200 that did not succeed", answer: .refusal(200, code: 10000, message: "Authentication error"),
      words: ["10000"]),
    BadAnswer(
      name: "200 with HTML",
      answer: .init(contentType: "text/html", headers: ["Server": "nginx"], body: "<html><p>Sign in</html>"),
      words: ["A proxy or gateway (nginx) answered 200: Sign in."]),
  ]

  @Test("an answer that is not the list is told in words, and r tries again", arguments: badAnswers)
  func badAnswer(_ bad: BadAnswer) async throws {
    let isWell = Flag()
    try await ScriptedServer.with(
      .answering { _ in
        isWell.isSet ? .list([#"{"id":"11111111111111111111111111111111","name":"Well again"}"#]) : bad.answer
      }
    ) { server in
      try await ConsoleSession.with(environment: server.environment) { console in
        let screen = try await console.terminal.wait(for: "The accounts could not be read")
        for words in bad.words { #expect(screen.contains(words), "“\(words)” is on the screen:\n\(screen)") }
        #expect(screen.contains("r tries again"))
        #expect(!screen.contains("secret words"))
        isWell.set()
        try await console.terminal.send("r")
        try await console.wait(forRow: 1, of: 1)
        try await console.terminal.wait(for: "Well again")
      }
    }
  }

  @Test("an account without a type, with null settings and unknown fields is shown like any other")
  func missingType() async throws {
    let sparse = #"{"id":"11111111111111111111111111111111","name":"Sparse","settings":null,"legacy_flags":{"x":[1]}}"#
    try await ScriptedServer.with(.answering { _ in .list([sparse]) }) { server in
      try await ConsoleSession.with(environment: server.environment) { console in
        let screen = try await console.wait(forRow: 1, of: 1)
        let row = console.selectedRow(of: screen)
        #expect(row.contains("Sparse") && row.contains("–"))
      }
    }
  }

  @Test("names made to attack a terminal are shown by marks, and leave the lines of the screen where they are")
  func hostileNames() async throws {
    let names = [
      #"\u001b[2J\u001b[31mred"#, #"bidi \u202e\u2066 turned"#, #"zero\u200bwidth\u200d"#,
      #"bell\u0007 del\u007f c1\u009b"#,
      "東京株式会社 さくら商事", "🚀👩‍👩‍👧‍👦 family", "e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306} marks", #"tab\tnew\nline"#,
    ]
    let accounts = names.enumerated().map { index, name in
      #"{"id":"0000000000000000000000000000000\#(index)","name":"\#(name)","type":"standard"}"#
    }
    try await ScriptedServer.with(.answering { _ in .list(accounts) }) { server in
      try await ConsoleSession.with(environment: server.environment) { console in
        try await console.wait(forRow: 1, of: accounts.count)
        let screen = try await console.terminal.screen()
        #expect(screen.contains("␛[2J␛[31mred"))
        #expect(screen.contains("東京株式会社 さくら商事"))
        let hidden: Set<UInt32> = [0x07, 0x1B, 0x7F, 0x9B, 0x202E, 0x2066, 0x200B, 0x200D]
        #expect(!screen.text.unicodeScalars.contains { hidden.contains($0.value) })
        // Each row of the list still has its line to the detail pane, and the frame stands.
        #expect(screen.rows.dropFirst(3).prefix(names.count).allSatisfy { $0.contains("│") && $0.contains("standard") })
        // The line is at the same column in all of them, so no name is wider or narrower than it was taken for.
        var columns: Set<Int> = []
        for row in screen.rows.dropFirst(3).prefix(names.count) {
          columns.insert(try await console.terminal.columns(of: String(row.prefix { $0 != "│" })))
        }
        #expect(columns.count == 1)
      }
    }
  }

  // MARK: The terminal

  @Test("with standard input and output redirected the console works through the terminal")
  func redirected() async throws {
    try await SandboxProcess.with(accounts: 10) { sandbox in
      try await ConsoleSession.with(
        environment: sandbox.environment,
        redirections: #"< /dev/null > "$HOME/output" 2> "$HOME/errors""#
      ) { console in
        try await console.wait(forRow: 1, of: 10)
        try await console.terminal.send("Down")
        try await console.wait(forRow: 2, of: 10)
        try await console.terminal.send("q")
        #expect(try await console.terminal.waitForExit() == 0)
        #expect(try console.terminal.home.text(of: "output") == "")
        #expect(try console.terminal.home.text(of: "errors") == "")
        let (before, after) = try await console.terminal.modes()
        #expect(before == after)
      }
    }
  }

  @Test("without any terminal it says so and ends with status 66")
  func noTerminal() async throws {
    let run = try await ProgramRun.run([], environment: ["CLOUDFLARE_API_TOKEN": SandboxCredentials.userToken])
    #expect(run.status == 66)
    #expect(run.output == "")
    #expect(run.errors.contains("--plain"))
  }

  @Test("standard descriptors that are closed are nobody's: the end of the input is what is read there")
  func closedDescriptors() async throws {
    try await SandboxProcess.with(accounts: 10) { sandbox in
      let starter = ["timeout", "60", "sh", "-c", #"exec "$0" "$@" <&-"#]
      let run = try await ProgramRun.run(["--plain"], environment: sandbox.environment, by: starter)
      #expect(run.status == 0)
      #expect(run.errors == "")
    }
  }

  @Test("an unknown TERM is driven like xterm, and that is said")
  func unknownTerm() async throws {
    try await ConsoleSession.onSandbox(accounts: 10, environment: ["TERM": "no-such-terminal"]) { console, _ in
      try await console.terminal.wait(for: "xterm-256color is used instead")
      try await console.terminal.send("Down")
      try await console.wait(forRow: 2, of: 10)
    }
  }

  @Test("it opens in a terminal of 10 by 5, says which size it needs, and goes on when it has it")
  func tinyTerminal() async throws {
    try await SandboxProcess.with(accounts: 10) { sandbox in
      try await ConsoleSession.with(environment: sandbox.environment, width: 10, height: 5) { console in
        try await console.terminal.wait(until: "the smallest size is told") { $0.text.contains("60×16") }
        try await console.terminal.resize(width: 120, height: 32)
        try await console.wait(forRow: 1, of: 10)
      }
    }
  }

  @Test(
    "wrong arguments end with status 64",
    arguments: [["--per-page", "51"], ["--nonsense"], ["sandbox", "--accounts", "-1"]])
  func wrongArguments(_ arguments: [String]) async throws {
    try await ConsoleSession.with(environment: [:], arguments: arguments) { console in
      let status = try await console.terminal.waitForExit()
      #expect(status == 64)
    }
  }
}
