import FoundationEssentials
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

  @Test("a credential that a server sends back, in any form, is written nowhere: screen, plain mode, doctor, files")
  func sentBack() async throws {
    let token = SandboxCredentials.userToken
    let encoded = Data(token.utf8).base64EncodedString()
    let pointer = SecretSearch.percentEncoded(token)
    let headers = ["cf-ray": token, "Location": "https://\(token).example/", "Server": token]
    let refusal = #"""
      {"success":false,"messages":[],"errors":[{"code":10000,"message":"Unknown key \#(token)",\
      "source":{"pointer":"/\#(pointer)"},"error_chain":[{"code":1,"message":"\#(encoded)"}]}]}
      """#.replacing("\\\n", with: "")
    let account = #"{"id":"2bab6ace8c72ed3f09b9eca6db1396bb","name":"One \#(token)","type":"standard"}"#
    let state = try TemporaryDirectory()
    defer { try? state.remove() }
    try await ScriptedServer.with(
      .answering { asked in
        if asked.method != "GET" { return .init(status: 403, headers: headers, body: refusal) }
        if asked.path.contains("/accounts?") {
          var answer = ScriptedServer.Answer.list([account])
          answer.headers = headers
          return answer
        }
        if asked.path.contains("/members") { return .init(status: 302, headers: headers) }
        if asked.path.contains("/subscriptions") {
          return .init(status: 403, contentType: "text/html", headers: headers, body: "<title>\(token)</title>")
        }
        return .init(status: 403, headers: headers, body: refusal)
      }
    ) { server in
      var settings = server.environment
      settings["XDG_STATE_HOME"] = state.path
      settings["XDG_CACHE_HOME"] = state.path
      let log = ["--log-file", state.path(of: "requests.log")]
      // Whatever is printed or shown is searched by what shows it.
      let doctor = try await ProgramRun.run(["doctor"], environment: settings)
      #expect(doctor.output.contains("Unknown key (hidden)"))
      let plain = try await PlainProcess.with(environment: settings, arguments: ["--plain"] + log) { plain in
        try await plain.wait(for: "list prints")
        try await plain.say("list")
        try await plain.wait(for: "One (hidden)")
        try await plain.say("new", "Two", "", "", "", "")
        try await plain.wait(for: "Create it? yes or no [no]: ")
        try await plain.say("yes")
        try await plain.wait(for: "Unknown key (hidden)")
      }
      #expect(plain.contains("Unknown key (hidden)"))
      try await ConsoleSession.with(environment: settings, arguments: log) { console in
        try await console.terminal.wait(for: "One (hidden)")
        try await console.fillCreate(name: "Three")
        try await console.terminal.send("Enter")
        try await console.terminal.wait(for: "Unknown key (hidden)")
      }
      #expect(try state.text(of: "requests.log")?.contains("(hidden)") == true)
      #expect(try state.text(of: "tenantry/journal.jsonl")?.contains("Unknown key (hidden)") == true)
      try SecretSearch.expectNone(inFilesOf: state.path)
    }
  }
}
