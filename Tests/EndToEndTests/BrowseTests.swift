import Synchronization
import Testing

@Suite("Browsing")
struct BrowseTests {
  @Test("the first frame is there before the server has answered, and keys work meanwhile")
  func firstFrame() async throws {
    try await ScriptedServer.with(
      .answering { _ in
        // Longer than any wait here.
        try await Task.sleep(for: .seconds(120))
        return .list([])
      }
    ) { server in
      try await ConsoleSession.with(environment: server.environment) { console in
        try await console.terminal.wait(for: "Reading the accounts of 127.0.0.1")
        try await console.terminal.send("?")
        try await console.terminal.wait(for: "Keys: the list")
        try await console.terminal.send("Escape")
        try await console.terminal.wait(forNo: "Keys: the list")
        try await console.terminal.send("q")
        #expect(try await console.terminal.waitForExit() == 0)
      }
    }
  }

  @Test("the end of a million accounts is one key and one request away")
  func end() async throws {
    try await SandboxProcess.with(accounts: 1_000_000) { sandbox in
      let relay = Relay(sandbox: sandbox)
      let last = try await sandbox.client.account(at: 1_000_000)
      try await ScriptedServer.with(.answering(relay.answer)) { server in
        try await ConsoleSession.with(environment: server.environment) { console in
          try await console.wait(forRow: 1, of: 1_000_000)
          // The page ahead has its rows near the screen, so it is fetched as well.
          let isSettled = try await poll(within: TmuxSession.patience) {
            server.requests.contains { $0.path.contains("page=2&") || $0.path.hasSuffix("page=2") } ? true : nil
          }
          try #require(isSettled == true)
          let before = server.requests.count
          try await console.terminal.send("G")
          try await console.wait(forRow: 1_000_000, of: 1_000_000)
          try await console.wait(forDetailOf: last)
          // What the account holds is read as well, when the cursor rests on it: later than all that the key asks for.
          try await console.terminal.wait(for: "What it holds, read at")
          let asked = server.requests.dropFirst(before).filter { $0.path.contains("/accounts?") }
          #expect(asked.map(\.method) == ["GET"])
          #expect(asked.first?.path.contains("page=20000&") == true)
          #if !DEBUG
            let statistics = try ProcessStatistics(of: try await console.terminal.processID())
            #expect(statistics.resident < 40 * 1024)
          #endif
        }
      }
    }
  }

  @Test("what a person waits for says so, with its seconds, until the answer is there")
  func longWait() async throws {
    try await SandboxProcess.with(accounts: 1204) { sandbox in
      let relay = Relay(sandbox: sandbox)
      let isAnswering = Mutex(false)
      try await ScriptedServer.with(
        .answering { asked in
          while asked.path.contains("page=25"), !isAnswering.withLock({ $0 }) {
            try await Task.sleep(for: .milliseconds(20))
          }
          return try await relay.answer(to: asked)
        }
      ) { server in
        try await ConsoleSession.with(environment: server.environment) { console in
          try await console.wait(forRow: 1, of: 1204)
          try await console.terminal.send("G")
          try await console.terminal.wait(for: "waiting …")
          try await console.terminal.wait(until: "seconds are counted") { screen in
            (2...90).contains { screen.contains("waiting \($0) s") }
          }
          isAnswering.withLock { $0 = true }
          try await console.terminal.wait(forNo: "waiting")
          try await console.wait(forDetailOf: try await sandbox.client.account(at: 1204))
        }
      }
    }
  }

  @Test("rows on their way are drawn as such, and never keep the cursor waiting")
  func pendingRows() async throws {
    try await SandboxProcess.with(accounts: 1204) { sandbox in
      let relay = Relay(sandbox: sandbox)
      try await ScriptedServer.with(
        .answering { asked in
          if asked.path.contains("page=25") { try await Task.sleep(for: .seconds(120)) }
          return try await relay.answer(to: asked)
        }
      ) { server in
        try await ConsoleSession.with(environment: server.environment) { console in
          try await console.wait(forRow: 1, of: 1204)
          try await console.terminal.send("G")
          let end = try await console.wait(forRow: 1204, of: 1204)
          #expect(end.rows.contains { $0.hasPrefix("    …") || $0.hasPrefix(" >  …") })
          try await console.terminal.send("g")
          try await console.wait(forRow: 1, of: 1204)
          try await console.wait(forDetailOf: try await sandbox.client.account(at: 1))
        }
      }
    }
  }

  @Test("in a narrow window the detail pane is a screen of its own, and the way back keeps the row")
  func narrow() async throws {
    try await ConsoleSession.onSandbox(width: 80, height: 24) { console, server in
      let terminal = console.terminal
      try await terminal.send("Down", times: 4)
      let list = try await console.wait(forRow: 5, of: 1204)
      let account = try await server.account(at: 5)
      #expect(list.contains("CREATED"))
      #expect(!list.contains(ConsoleSession.identifier(account.id)))
      try await terminal.send("Enter")
      let detail = try await console.wait(forDetailOf: account)
      #expect(!detail.contains("CREATED"))
      try await terminal.send("Escape")
      try await terminal.wait(for: "CREATED")
      try await console.wait(forRow: 5, of: 1204)
    }
  }

  @Test("a refresh keeps the selection on the same account, though another stands on its row now")
  func refresh() async throws {
    let older = #"{"id":"11111111111111111111111111111111","name":"Older","type":"standard"}"#
    let mine = #"{"id":"22222222222222222222222222222222","name":"Mine","type":"standard"}"#
    let newer = #"{"id":"33333333333333333333333333333333","name":"Newer","type":"standard"}"#
    let refreshed = Flag()
    try await ScriptedServer.with(
      .answering { _ in
        .list(refreshed.isSet ? [newer, older, mine] : [older, mine])
      }
    ) { server in
      try await ConsoleSession.with(environment: server.environment) { console in
        try await console.wait(forRow: 1, of: 2)
        try await console.terminal.send("Down")
        try await console.wait(forRow: 2, of: 2)
        refreshed.set()
        try await console.terminal.send("r")
        let screen = try await console.wait(forRow: 3, of: 3)
        #expect(console.selectedRow(of: screen).contains("Mine"))
        #expect(screen.contains("22222222 22222222"))
      }
    }
  }

  @Test("an idle console uses no processor time and is not woken")
  func idle() async throws {
    try await ConsoleSession.onSandbox { console, _ in
      let process = try await console.terminal.processID()
      // Connections that nobody uses any more are closed after a while, which is the last thing to be done.
      let isAlone = try await poll(within: TmuxSession.patience) {
        try ProcessStatistics(of: process).sockets == 0 ? true : nil
      }
      try #require(isAlone == true)
      // libdispatch wakes one thread of its own once a second.
      func isIdle(_ work: [Int32: ProcessStatistics.Work], seconds: Int) -> Bool {
        work.count <= 1 && work[process] == nil && work.values.allSatisfy { $0.ticks <= 1 && $0.wakeUps <= seconds + 1 }
      }
      func work(seconds: Int) async throws -> [Int32: ProcessStatistics.Work] {
        let before = try ProcessStatistics(of: process)
        try await Task.sleep(for: .seconds(seconds))
        return try ProcessStatistics(of: process).work(since: before)
      }
      let hasSettled = try await poll(within: .seconds(30)) {
        isIdle(try await work(seconds: 1), seconds: 1) ? true : nil
      }
      #expect(hasSettled == true)
      // From then on there is nothing to do, not even now and then.
      let later = try await work(seconds: 8)
      #expect(isIdle(later, seconds: 8), "\(later) in 8 seconds; the main thread is \(process)")
    }
  }
}
