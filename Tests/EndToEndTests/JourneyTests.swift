import Testing

@Suite("The whole way, typed by hand")
struct JourneyTests {
  private static let name = "Café Zürich 東京"

  @Test(
    "walk to row 700 and back, to the end, create an account, find it selected, delete it; the server agrees each time",
    arguments: [(120, 32), (80, 24)])
  func journey(width: Int, height: Int) async throws {
    try await ConsoleSession.onSandbox(width: width, height: height) { console, server in
      let terminal = console.terminal
      let isWide = width >= 100

      try await terminal.send("Down", times: 699)
      try await console.wait(forRow: 700, of: 1204)
      try await compareDetail(console, with: server.account(at: 700), isWide)

      try await terminal.send("Up", times: 699)
      try await console.wait(forRow: 1, of: 1204)
      try await terminal.send("G")
      try await console.wait(forRow: 1204, of: 1204)
      try await compareDetail(console, with: server.account(at: 1204), isWide)

      try await console.fillCreate(name: Self.name, enterprise: true)
      try await terminal.send("Enter")
      let created = try await terminal.wait(for: "Created \(Self.name)")
      #expect(console.selectedRow(of: created).contains(Self.name))
      #expect(console.selectedRow(of: created).contains("enterprise"))
      let accounts = try await server.accounts(named: Self.name)
      let account = try #require(accounts.first)
      #expect(accounts.count == 1)
      #expect(account.type == "enterprise")
      #expect(try await server.count() == 1205)

      let dialog = try await console.openDelete()
      #expect(dialog.contains(ConsoleSession.identifier(account.id)))
      try await console.confirmDelete(typing: Self.name)
      try await terminal.wait(until: "the receipt says that it is deleted") {
        $0.contains("✓ Deleted") || $0.contains("✓ The server confirmed the deletion")
      }
      #expect(try await server.account(id: account.id) == nil)

      try await terminal.send("Escape")
      let row = console.selectedRow(of: try await terminal.wait(forNo: "Receipt"))
      #expect(row.contains(Self.name) && row.contains("deleted"))
      try await terminal.send("q")
      #expect(try await terminal.waitForExit() == 0)
    }
  }

  /// Waits for the detail pane of the selected account; in a narrow window goes there and back.
  private func compareDetail(
    _ console: ConsoleSession,
    with account: SandboxClient.Account,
    _ isWide: Bool
  ) async throws {
    guard !isWide else {
      try await console.wait(forDetailOf: account)
      return
    }
    // The row may be on its way still, and then there is nothing to open.
    try await console.terminal.wait(until: "the selected row has come") { screen in
      console.selectedRow(of: screen).contains(#/[0-9]{4}-[0-9]{2}-[0-9]{2}/#)
    }
    try await console.terminal.send("Enter")
    try await console.wait(forDetailOf: account)
    // A key right behind Escape would be one with Alt, so the list is waited for.
    try await console.terminal.send("Escape")
    try await console.terminal.wait(for: "CREATED")
  }
}
