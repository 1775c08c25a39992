import Testing

@Suite("Pasting")
struct PasteTests {
  @Test("a paste into the list runs none of its characters as commands")
  func list() async throws {
    try await ConsoleSession.onSandbox(accounts: 10) { console, server in
      try await console.terminal.paste("Dn\nq\u{3}G")
      let screen = try await console.terminal.wait(for: "Pasted text was dropped")
      #expect(!screen.contains("Delete an account"))
      #expect(!screen.contains("New account"))
      try await console.wait(forRow: 1, of: 10)
      #expect(try await server.count() == 10)
    }
  }

  @Test("a paste without marks runs none of its characters as commands either, and sends no form")
  func unmarked() async throws {
    try await ConsoleSession.onSandbox(accounts: 10) { console, server in
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
      #expect(try await server.count() == 10)
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
    try await ConsoleSession.onSandbox(accounts: 10) { console, server in
      let terminal = console.terminal
      try await console.fillCreate(name: "Paste me")
      try await terminal.send("Enter")
      try await terminal.wait(for: "Created Paste me")
      try await console.openDelete()
      try await terminal.paste("Paste me")
      let dialog = try await terminal.wait(for: "Pasting is refused here")
      #expect(!dialog.contains("✓ It matches"))
      #expect(try await server.accounts(named: "Paste me").count == 1)
    }
  }
}
