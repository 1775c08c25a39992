import Testing

@Suite("Pasting")
struct PasteTests {
  @Test("a paste into the list runs none of its characters as commands")
  func list() async throws {
    try await ConsoleSession.onCountedSandbox(accounts: 10) { console, server, _ in
      try await console.terminal.paste("Dn\nq\u{3}G")
      let screen = try await console.terminal.wait(for: "Pasted text was dropped")
      #expect(!screen.contains("Delete an account"))
      #expect(!screen.contains("New account"))
      try await console.wait(forRow: 1, of: 10)
      // A key that is pressed is still one of the list.
      try await console.terminal.send("Down")
      try await console.wait(forRow: 2, of: 10)
      try await console.leave()
      #expect(server.requests.allSatisfy { $0.method == "GET" })
    }
  }

  @Test("a paste without marks runs none of its characters as commands either, and sends no form")
  func unmarked() async throws {
    try await ConsoleSession.onCountedSandbox(accounts: 10) { console, server, _ in
      let terminal = console.terminal
      try await terminal.send(bytes: "Dn\rq\u{3}GJ@r x\rDn")
      let screen = try await terminal.wait(for: "came at once")
      #expect(!screen.contains("Delete an account") && !screen.contains("New account"))
      try await console.wait(forRow: 1, of: 10)
      try await terminal.send("Down", "Up", "n")
      try await terminal.wait(for: "New account")
      try await terminal.send(bytes: "Harbor & Pine\r\r\r\r\r\rsecond\r")
      try await terminal.wait(for: "came at once")
      try await terminal.wait(for: "Harbor & Pine")
      try await terminal.send("Escape")
      try await terminal.wait(forNo: "New account")
      try await console.leave()
      #expect(server.requests.allSatisfy { $0.method == "GET" })
    }
  }

  @Test("a paste into a text field arrives as text, in one line")
  func field() async throws {
    try await ConsoleSession.onSandbox(accounts: 10) { console, server in
      let terminal = console.terminal
      try await terminal.send("n")
      try await terminal.wait(for: "New account")
      try await terminal.paste("Café 東京\nq")
      try await terminal.wait(for: "Café 東京")
      try await terminal.send("BTab", "Enter")
      try await terminal.wait(for: "Created Café 東京")
      let names = try await server.list().map(\.name).filter { $0.hasPrefix("Café 東京") }
      #expect(names.count == 1)
      #expect(names.allSatisfy { name in !name.contains { $0.isNewline } })
    }
  }

  @Test("hidden characters in a pasted name are shown by marks, controls are left out, and none reaches the terminal")
  func escapes() async throws {
    try await ConsoleSession.onSandbox(accounts: 10) { console, _ in
      let terminal = console.terminal
      try await terminal.send("n")
      try await terminal.wait(for: "New account")
      try await terminal.paste("a\u{1B}[31mb\u{202E}c\u{200B}d")
      try await terminal.wait(for: "characters that terminals do not show")
      let screen = try await terminal.screen()
      #expect(screen.contains("a[31mb⇄c·d"))
      #expect(!screen.text.unicodeScalars.contains { $0.value == 0x202E || $0.value == 0x200B })
    }
  }

  @Test("the name that unlocks a deletion cannot be pasted")
  func challenge() async throws {
    try await ConsoleSession.onCountedSandbox(accounts: 10) { console, server, sandbox in
      let terminal = console.terminal
      try await console.fillCreate(name: "Paste me, please")
      try await terminal.send("Enter")
      try await terminal.wait(for: "Created Paste me, please")
      try await console.openDelete()
      try await terminal.paste("Paste me, please")
      try await terminal.wait(for: "Pasting is refused here")
      // What is said of the paste stands where the field would say that it matches.
      try await console.goRoundLockedButton()
      try await terminal.type("P")
      try await terminal.wait(forNo: "Pasting is refused here")
      try await terminal.send(bytes: "aste me, please")
      try await terminal.wait(for: "Pasting is refused here")
      try await console.goRoundLockedButton()
      try await terminal.send("Escape")
      try await terminal.wait(forNo: "Delete an account")
      try await console.leave()
      #expect(server.requests.map(\.method).filter { $0 != "GET" } == ["POST"])
      #expect(try await sandbox.accounts(named: "Paste me, please").count == 1)
    }
  }
}
