import Synchronization
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
      try await terminal.wait(for: "── /\(account.name) · 1 of ")
      try await terminal.send("Enter")
      try await terminal.wait(for: "What it holds")
      try await terminal.send("Escape")
      try await terminal.wait(for: "── /\(account.name) · 1 of ")
      try await terminal.send("Escape")
      // It stays selected, in front of the pages that have come.
      let all = try await console.wait(forRow: 1, of: 1205)
      #expect(console.selectedRow(of: all).contains(account.name))
    }
  }

  @Test("L loads all accounts, Esc stops it and keeps what came, and a whole list can be sorted")
  func loadAll() async throws {
    try await SandboxProcess.with(accounts: 1204) { sandbox in
      let relay = Relay(sandbox: sandbox)
      let isAnswering = Mutex(false)
      // Its last pages stay away until somebody has stopped it, however slow that is.
      try await ScriptedServer.with(
        .answering { asked in
          while (18...25).contains(where: { asked.path.contains("page=\($0)&") || asked.path.hasSuffix("page=\($0)") }),
            !isAnswering.withLock({ $0 })
          {
            try await Task.sleep(for: .milliseconds(20))
          }
          return try await relay.answer(to: asked)
        }
      ) { server in
        try await ConsoleSession.with(environment: server.environment) { console in
          let terminal = console.terminal
          try await console.wait(forRow: 1, of: 1204)
          try await terminal.send("s")
          try await terminal.wait(for: "Sorting needs every account")
          try await terminal.send("L")
          try await terminal.wait(for: "Esc stops")
          try await terminal.wait(for: " left")
          try await terminal.send("Escape")
          let stopped = try await terminal.wait(for: "of 1,204 accounts loaded · L goes on")
          #expect(!stopped.contains("Esc stops"))
          isAnswering.withLock { $0 = true }
          try await terminal.send("L")
          try await terminal.wait(for: "All 1,204 accounts are loaded")
          try await terminal.send("s")
          try await terminal.wait(for: "NAME ↑")
          try await terminal.wait(for: " of 1,204 · sorted by name")
        }
      }
    }
  }
}
