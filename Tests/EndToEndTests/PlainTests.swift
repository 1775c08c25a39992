import Testing

@Suite("Plain mode")
struct PlainTests {
  @Test("a script creates, and deletes by a wrong and then the right name, reading before it answers")
  func script() async throws {
    try await SandboxProcess.with(accounts: 60) { sandbox in
      let text = try await PlainProcess.with(environment: sandbox.environment) { plain in
        try await plain.wait(for: "60 accounts. list prints the first 20")
        try await plain.say("new", "Plain Harbor", "", "", "", "")
        try await plain.wait(for: "Create it? yes or no [no]: ")
        try await plain.say("yes")
        try await plain.wait(for: "Created Plain Harbor as ")
        try await plain.say("find Plain Harbor")
        try await plain.wait(for: "\n1. Plain Harbor, ")
        try await plain.say("delete 1")
        try await plain.wait(for: "Go on to the challenge?")
        try await plain.say("yes")
        try await plain.wait(for: "Name, or an empty line to leave it")
        try await plain.say("Plain Harbour")
        try await plain.wait(for: "It differs at character 12.")
        #expect(try await sandbox.client.accounts(named: "Plain Harbor").count == 1)
        try await plain.say("Plain Harbor")
        try await plain.wait(for: "Press Enter to stop; nothing has been sent.")
        try await plain.wait(for: "Sent: ")
        try await plain.say("activity")
        try await plain.wait(for: ". create Plain Harbor, ")
      }
      #expect(text.contains("✓ Deleted.") || text.contains("✓ The server confirmed the deletion."))
      #expect(!text.contains("\u{1B}"))
      let client = sandbox.client
      let gone = try await poll(within: TmuxSession.patience) {
        try await client.accounts(named: "Plain Harbor").isEmpty ? true : nil
      }
      #expect(gone == true)
    }
  }

  @Test("what is written ahead deletes nothing; neither do a dry run and a read-only console")
  func gates() async throws {
    try await SandboxProcess.with(accounts: 60) { sandbox in
      let name = try await sandbox.client.account(at: 1).name
      let ahead = try await PlainProcess.with(environment: sandbox.environment) { plain in
        try await plain.say("list", "delete 1", "yes", name, "quit")
      }
      #expect(ahead.contains("lines sent ahead of the question were dropped"))
      let readOnly = try await PlainProcess.with(
        environment: sandbox.environment, arguments: ["--plain", "--read-only"]
      ) { plain in
        try await plain.say("list", "delete 1", "new", "quit")
      }
      #expect(readOnly.contains("Read-only: nothing can be changed from here."))
      #expect(readOnly.contains("This console was started read-only: it changes nothing."))
      let dryRun = try await PlainProcess.with(
        environment: sandbox.environment, arguments: ["--plain", "--dry-run"]
      ) { plain in
        try await plain.say("new", "Plain Harbor", "", "", "", "", "yes", "quit")
      }
      #expect(dryRun.contains("Dry run: POST /accounts would have created Plain Harbor."))
      #expect(try await sandbox.client.count() == 60)
    }
  }

  @Test("where TERM is dumb, it is so by itself, and Ctrl-C leaves first the question and then the program")
  func dumb() async throws {
    try await SandboxProcess.with(accounts: 60) { sandbox in
      try await withTmux(["env", "TERM=dumb", try BuiltBinary.path], environment: sandbox.environment) { terminal in
        try await terminal.wait(for: "tenantry>")
        try await terminal.send("list", "Enter")
        try await terminal.wait(for: "20. ")
        try await terminal.send("delete 2", "Enter")
        try await terminal.wait(for: "Go on to the challenge?")
        try await terminal.send("C-c")
        try await terminal.wait(until: "the prompt is back") { screen in
          screen.rows.last { !$0.isEmpty }?.hasPrefix("tenantry>") == true
        }
        try await terminal.send("C-c")
        #expect(try await terminal.waitForExit() == 0)
        let modes = try await terminal.modes()
        #expect(modes.before == modes.after)
      }
      #expect(try await sandbox.client.count() == 60)
    }
  }
}
