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
    let (id, name) = ("abcdef000000000000000000000000a1", "Harbor")
    let account = #"{"id":"\#(id)","name":"\#(name)","type":"standard","managed_by":{"parent_org_id":"f0"}}"#
    let other = #"{"id":"abcdef000000000000000000000000a2","name":"Other","type":"standard"}"#
    try await ScriptedServer.with(
      .answering { asked in
        if asked.path.hasSuffix("/accounts/\(id)") { return .result(account) }
        guard asked.path.contains("/accounts?") else { return .list([]) }
        return .list(asked.path.contains("name=") ? [account] : [account, other])
      }
    ) { server in
      let ahead = try await PlainProcess.with(environment: server.environment) { plain in
        // No line follows, as any would stop the seconds that these could begin.
        try await plain.say("list", "delete 1", "yes", name)
        try await plain.wait(for: "2 lines sent ahead of the question were dropped")
        try await plain.wait(for: "Go on to the challenge? yes, r to read again, or no [no]: ")
        try await plain.say("yes", name)
        try await plain.wait(for: "1 line sent ahead of the question was dropped")
        try await plain.wait(for: "Name, or an empty line to leave it: ")
        try await plain.say("")
        try await plain.wait(for: "Left: nothing was sent, and nothing is deleted.")
      }
      #expect(!ahead.contains("The delay, 3 of 3"))
      let readOnly = try await PlainProcess.with(
        environment: server.environment, arguments: ["--plain", "--read-only"]
      ) { plain in
        try await plain.say("list", "delete 1", "new", "quit")
      }
      #expect(readOnly.contains("Read-only: nothing can be changed from here."))
      #expect(readOnly.contains("This console was started read-only: it changes nothing."))
      let dryRun = try await PlainProcess.with(
        environment: server.environment, arguments: ["--plain", "--dry-run"]
      ) { plain in
        try await plain.say("new", "Plain Harbor", "", "", "", "", "yes")
        try await plain.wait(for: "Dry run: POST /accounts would have created Plain Harbor.")
        try await plain.say("list", "delete 1")
        try await plain.wait(for: "Go on to the challenge?")
        try await plain.say("yes")
        try await plain.wait(for: "Name, or an empty line to leave it: ")
        try await plain.say(name)
        try await plain.wait(for: "This would have been sent now:")
      }
      #expect(dryRun.contains("The dry run ends in 5 seconds.") && dryRun.contains("DELETE /accounts/\(id)"))
      // All three have ended, so that nothing can come any more.
      #expect(server.requests.allSatisfy { $0.method == "GET" })
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
