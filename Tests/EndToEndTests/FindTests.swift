import Testing

@Suite("Finding accounts in a terminal")
struct FindTests {
  @Test("what is typed filters the rows, the server's answer joins them, and the filter survives detail and back")
  func find() async throws {
    try await ConsoleSession.onSandbox(width: 80, height: 24) { console, server in
      let terminal = console.terminal
      // Far behind what is loaded, so that only the server can know it.
      var position = 1000
      var account = try await server.account(at: position)
      while !account.name.allSatisfy(\.isASCII) || account.name.count > 30 {
        position += 1
        account = try await server.account(at: position)
      }
      try await terminal.send("/")
      try await terminal.wait(for: "⏎ keep")
      try await terminal.type(account.name)
      let screen = try await terminal.wait(for: "searched 50 of 1,204 and the server")
      #expect(screen.rows.contains { $0.hasPrefix(" > ") && $0.contains(account.name) })
      #expect(screen.rows.contains { $0.hasPrefix(" /\(account.name)") })
      try await terminal.send("Enter")
      try await terminal.wait(for: "L loads the rest")
      try await terminal.send("Enter")
      try await terminal.wait(for: "What it holds")
      try await terminal.send("Escape")
      try await terminal.wait(for: "L loads the rest")
      try await terminal.send("Escape")
      // It stays selected, in front of the pages that have come.
      let all = try await console.wait(forRow: 1, of: 1205)
      #expect(console.selectedRow(of: all).contains(account.name))
    }
  }
}
