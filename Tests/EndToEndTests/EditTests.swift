import Testing

@Suite("Changing an account")
struct EditTests {
  @Test("what somebody else has changed during the review is shown, not overwritten; then the change goes through")
  func concurrentChange() async throws {
    try await ConsoleSession.onSandbox(accounts: 10) { console, server in
      let terminal = console.terminal
      let account = try await server.account(at: 1)
      try await terminal.send("e")
      try await terminal.wait(for: "> Name ")
      try await terminal.type("!")
      try await terminal.send("BTab")
      try await terminal.wait(for: ">[ Review ]<")
      try await terminal.send("Enter")
      try await terminal.wait(for: ">[ Save changes ]<")
      try await server.change(
        account.id, #"{"name":"Elsewhere Ltd","settings":{"abuse_contact_email":"abuse@elsewhere.example"}}"#)
      try await terminal.send("Enter")
      let versions = try await terminal.wait(for: "Somebody else has changed the account since it was read")
      #expect(versions.contains("Elsewhere Ltd") && versions.contains("abuse@elsewhere.example"))
      #expect(try await server.account(id: account.id)?.name == "Elsewhere Ltd")
      // What was typed is still wanted, and all else is taken as it is now.
      try await terminal.send("Tab")
      try await terminal.wait(for: ">[ Go on from what it is now ]<")
      try await terminal.send("Enter")
      let form = try await terminal.wait(for: "> Name ")
      #expect(form.contains("abuse@elsewhere.example") && form.contains("\(account.name)!"))
      try await terminal.send("BTab", "Enter")
      try await terminal.wait(for: ">[ Save changes ]<")
      try await terminal.send("Enter")
      let list = try await terminal.wait(for: "Changed name of")
      #expect(console.selectedRow(of: list).contains("\(account.name)!"))
      let changed = try await server.account(id: account.id)
      #expect(changed?.name == "\(account.name)!")
      #expect(changed?.settings?.abuseContactEmail == "abuse@elsewhere.example")
    }
  }

  @Test("a change whose answer is lost is looked up by v, and ends as if the answer had come")
  func lostAnswer() async throws {
    try await SandboxProcess.with(
      accounts: 10, arguments: ["--fault", "PUT /accounts/*: drop-after times=1"]
    ) { sandbox in
      try await ConsoleSession.with(environment: sandbox.environment) { console in
        let terminal = console.terminal
        try await console.wait(forRow: 1, of: 10)
        let account = try await sandbox.client.account(at: 1)
        try await terminal.send("e")
        try await terminal.wait(for: "> Name ")
        try await terminal.send("Tab", "Space", "BTab", "BTab", "Enter")
        try await terminal.wait(for: ">[ Save changes ]<")
        try await terminal.send("Enter")
        try await terminal.wait(for: "! Not known whether it was changed")
        try await terminal.send("v")
        try await terminal.wait(for: "Changed two-factor of")
        let before = account.settings?.enforceTwoFactor
        #expect(try await sandbox.client.account(id: account.id)?.settings?.enforceTwoFactor == (before != true))
      }
    }
  }
}
