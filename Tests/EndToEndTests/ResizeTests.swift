import Testing

@Suite("Resizing")
struct ResizeTests {
  @Test("every size is drawn whole, and the selection stays on its account")
  func list() async throws {
    try await ConsoleSession.onSandbox { console, server in
      let terminal = console.terminal
      try await terminal.send("Down", times: 49)
      try await console.wait(forRow: 50, of: 1204)
      let account = try await server.account(at: 50)
      for (width, height) in [(80, 24), (60, 16), (200, 60), (120, 32)] {
        try await terminal.resize(width: width, height: height)
        let screen = try await terminal.wait(until: "the list fills \(width)×\(height)") { screen in
          screen.rows.count == height && screen.contains(" 50 of 1,204 ") && screen.lastRow == screen.rows.last
            && screen.rows.contains { $0.hasPrefix(" >") }
        }
        #expect(screen.rows.contains { $0.hasSuffix("─") && $0.count == width })
        if width >= 100 { try await console.wait(forDetailOf: account) }
      }
    }
  }

  @Test("a window that is dragged through a hundred sizes is drawn right when it stands still")
  func storm() async throws {
    try await ConsoleSession.onSandbox { console, server in
      let terminal = console.terminal
      try await terminal.send("Down", times: 4)
      try await console.wait(forRow: 5, of: 1204)
      let account = try await server.account(at: 5)
      for step in 0..<100 {
        try await terminal.resize(width: 58 + step * 37 % 110, height: 14 + step * 11 % 40)
      }
      try await terminal.resize(width: 130, height: 30)
      try await console.wait(forDetailOf: account)
      let screen = try await terminal.wait(until: "the list fills the last size") { screen in
        // What the account holds is read once the selection has rested.
        screen.rows.count == 30 && screen.contains(" 5 of 1,204 ") && screen.rows[29].contains("quit")
          && !screen.rows.contains { $0.hasSuffix(" …") }
      }
      try await terminal.send("C-l")
      let redrawn = try await terminal.wait(until: "it is drawn again") { $0.rows.count == 30 && $0.contains(" 5 of ") }
      #expect(redrawn == screen)
    }
  }

  @Test("below the smallest size one text says so, and nothing is lost")
  func tooSmall() async throws {
    try await ConsoleSession.onSandbox { console, _ in
      let terminal = console.terminal
      try await terminal.send("Down", times: 2)
      try await console.wait(forRow: 3, of: 1204)
      try await terminal.send("n")
      try await terminal.wait(for: "New account")
      try await terminal.type("Kept name")
      try await terminal.wait(for: "Kept name")
      try await terminal.resize(width: 10, height: 5)
      try await terminal.wait(until: "the smallest size is told") { $0.text.contains("60×16") }
      try await terminal.resize(width: 120, height: 32)
      let form = try await terminal.wait(for: "New account")
      #expect(form.contains("Kept name"))
      try await terminal.send("Escape")
      try await console.wait(forRow: 3, of: 1204)
    }
  }

  @Test("a resize and another window take back what unlocks a deletion, and the dialog stays about the same account")
  func disarming() async throws {
    try await ConsoleSession.onSandbox(accounts: 10) { console, server in
      let terminal = console.terminal
      try await console.fillCreate(name: "Resized")
      try await terminal.send("Enter")
      try await terminal.wait(for: "Created Resized")
      let account = try #require(try await server.accounts(named: "Resized").first)
      try await console.openDelete()
      try await terminal.type("Resized")
      try await terminal.wait(for: "✓ It matches")
      try await terminal.resize(width: 80, height: 24)
      let dialog = try await terminal.wait(for: "What was typed is cleared")
      #expect(dialog.contains(ConsoleSession.identifier(account.id)))
      #expect(!dialog.contains("✓ It matches"))
      // The same when the terminal tells that another window has the keyboard now.
      try await terminal.type("Resized")
      try await terminal.wait(for: "✓ It matches")
      try await terminal.send(bytes: "\u{1B}[O")
      let disarmed = try await terminal.wait(for: "the focus went elsewhere")
      #expect(!disarmed.contains("✓ It matches"))
    }
  }
}
