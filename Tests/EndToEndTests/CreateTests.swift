import Testing

@Suite("Creating an account")
struct CreateTests {
  @Test("a name that cannot be sent is told while typing, and nothing leaves")
  func checks() async throws {
    try await ConsoleSession.onSandbox(accounts: 10) { console, server in
      let terminal = console.terminal
      try await console.fillCreate(name: "")
      try await terminal.send("Enter")
      try await terminal.wait(for: "! A name is needed")
      try await terminal.type(String(repeating: "é", count: 103))
      try await terminal.wait(for: "! 3 too many: a name has at most 100 characters")
      try await terminal.wait(for: "103 of 100")
      try await terminal.send("BTab")
      try await terminal.wait(for: ">[ Create ]<")
      try await terminal.send("Enter")
      // The focus goes back to the field with the problem; then it is put right, and the same form is sent.
      try await terminal.wait(forNo: ">[ Create ]<")
      try await terminal.send("BSpace", times: 3)
      try await terminal.wait(for: "100 of 100")
      #expect(try await server.count() == 10)
      try await terminal.send("BTab")
      try await terminal.wait(for: ">[ Create ]<")
      try await terminal.send("Enter")
      try await terminal.wait(for: "Created é")
      #expect(try await server.accounts(named: String(repeating: "é", count: 100)).count == 1)
    }
  }

  @Test(
    "names in any script arrive at the server as they were typed",
    arguments: ["東京 🚀 café", "Ωμέγα \"Quoted\" & Söhne", "שלום", "Ромашка"])
  func scripts(name: String) async throws {
    try await ConsoleSession.onSandbox(accounts: 10) { console, server in
      try await console.fillCreate(name: name)
      try await console.terminal.send("Enter")
      try await console.terminal.wait(for: "✓ Created ")
      #expect(try await server.accounts(named: name).count == 1)
    }
  }

  @Test("what the server refuses is shown in the form, with everything that was typed still there")
  func refusal() async throws {
    try await ScriptedServer.with(
      .answering { asked in
        asked.method == "POST"
          ? .refusal(400, code: 1001, message: "invalid character") : .list([])
      }
    ) { server in
      try await ConsoleSession.with(environment: server.environment) { console in
        let terminal = console.terminal
        try await terminal.wait(for: "There are no accounts here")
        try await console.fillCreate(name: "Harbor & Pine", enterprise: true)
        try await terminal.send("Enter")
        let form = try await terminal.wait(for: "character (1001)")
        #expect(form.contains("New account"))
        #expect(form.contains("Harbor & Pine"))
        #expect(form.contains("(•) enterprise"))
        #expect(server.requests.filter { $0.method == "POST" }.count == 1)
      }
    }
  }

  @Test("pressing the button again while the answer is on its way sends nothing more")
  func doubleSending() async throws {
    let mayAnswer = Flag()
    try await ScriptedServer.with(
      .answering { asked in
        guard asked.method == "POST" else { return .list([]) }
        _ = try await poll(within: TmuxSession.patience) { mayAnswer.isSet ? true : nil }
        return .init(
          body: """
            {"success":true,"errors":[],"messages":[],"result":{"id":"0123456789abcdef0123456789abcdef",\
            "name":"Once","type":"standard"}}
            """)
      }
    ) { server in
      try await ConsoleSession.with(environment: server.environment) { console in
        let terminal = console.terminal
        try await terminal.wait(for: "There are no accounts here")
        try await console.fillCreate(name: "Once")
        try await terminal.send("Enter")
        try await terminal.wait(for: "Creating …")
        try await terminal.send("Enter", "Enter", "Space", "Enter")
        // A key behind them that is answered shows that they have all been handled.
        try await terminal.send("?")
        try await terminal.wait(for: "Keys: ")
        try await terminal.send("Escape")
        let form = try await terminal.wait(forNo: "Keys: ")
        #expect(form.contains("Creating …"))
        mayAnswer.set()
        let list = try await terminal.wait(for: "Created Once")
        #expect(console.selectedRow(of: list).contains("Once"))
        try await console.leave()
        #expect(server.requests.filter { $0.method == "POST" }.count == 1)
      }
    }
  }

  @Test("a creation whose answer is lost is told as not known, and is not sent again by itself")
  func unknown() async throws {
    try await ScriptedServer.with(
      .answering { asked in
        asked.method == "POST" ? .init(status: 502, contentType: "text/html", body: "<html>502</html>") : .list([])
      }
    ) { server in
      try await ConsoleSession.with(environment: server.environment) { console in
        try await console.terminal.wait(for: "There are no accounts here")
        try await console.fillCreate(name: "Perhaps")
        try await console.terminal.send("Enter")
        let form = try await console.terminal.wait(for: "Not known whether it was created")
        #expect(form.contains("Perhaps"))
        #expect(!form.contains("<html>"))
        #expect(server.requests.filter { $0.method == "POST" }.count == 1)
      }
    }
  }

  @Test("the two-factor requirement is a write of its own: when it is refused, only that is tried again")
  func requirement() async throws {
    try await SandboxProcess.with(
      accounts: 10, arguments: ["--fault", "PUT /accounts/*: 403 times=1"]
    ) { sandbox in
      try await ConsoleSession.with(environment: sandbox.environment) { console in
        let terminal = console.terminal
        try await console.wait(forRow: 1, of: 10)
        try await terminal.send("n")
        try await terminal.wait(for: "( ) Northshore Agencies")
        try await terminal.type("Harbor 2FA")
        // Keys that come together with a text are taken for a paste, which ticks nothing.
        try await terminal.wait(for: " 10 of 100")
        try await terminal.send("Tab", "Tab", "Space")
        try await terminal.wait(for: "[x] require it")
        try await terminal.send("Tab", "Down", "Down")
        try await terminal.wait(for: "(•) Northshore Agencies")
        try await terminal.send("Tab", "Tab", "Tab")
        try await terminal.wait(for: ">[ Create ]<")
        try await terminal.send("Enter")
        try await terminal.wait(for: "! The two-factor requirement was not set")
        let created = try await sandbox.client.accounts(named: "Harbor 2FA")
        #expect(created.map(\.settings?.enforceTwoFactor) == [false])
        #expect(created.map(\.parent?.name) == ["Northshore Agencies"])
        try await terminal.send("Enter")
        try await terminal.wait(for: "with two-factor required")
        let after = try await sandbox.client.accounts(named: "Harbor 2FA")
        #expect(after.map(\.settings?.enforceTwoFactor) == [true])
        #expect(after.map(\.id) == created.map(\.id))
      }
    }
  }

  @Test("leaving the form keeps the draft, and sends nothing")
  func draft() async throws {
    try await ConsoleSession.onSandbox(accounts: 10) { console, server in
      try await console.fillCreate(name: "Half a name", enterprise: true)
      try await console.terminal.send("Escape")
      try await console.terminal.wait(forNo: "New account")
      #expect(try await server.count() == 10)
      try await console.terminal.send("n")
      let form = try await console.terminal.wait(for: "New account")
      #expect(form.contains("Half a name"))
      #expect(form.contains("(•) enterprise"))
    }
  }
}
