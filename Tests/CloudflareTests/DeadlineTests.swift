import NIOCore
import Testing

@testable import Cloudflare

@Suite("Rule 10: every request has a deadline and can be cancelled")
struct DeadlineTests {
  /// Ways to keep a client waiting.
  enum Stall: CaseIterable, Sendable {
    case noAnswer, halfHead, noBody, halfBody, slowHead, slowBody, endlessSlowChunks

    var steps: [ScriptedServer.Step] {
      let head = Reply.head(200, length: 5000)
      return switch self {
      case .noAnswer: [.silence]
      case .halfHead: [.send("HTTP/1.1 200 OK\r\nConte"), .silence]
      case .noBody: [.send(head), .silence]
      case .halfBody: [.send(head + #"{"success":true"#), .silence]
      case .slowHead: [.trickle(head, every: .milliseconds(20)), .silence]
      case .slowBody: [.send(head), .trickle(String(repeating: " ", count: 5000), every: .milliseconds(20))]
      case .endlessSlowChunks:
        [
          .send(Reply.head(200, length: nil, headers: ["Transfer-Encoding: chunked"])),
          .trickle(String(repeating: "1\r\n \r\n", count: 5000), every: .milliseconds(5)),
        ]
      }
    }
  }

  @Test("The deadline ends each stall, and the outcome of a write is then unknown", arguments: Stall.allCases)
  func deadline(stall: Stall) async throws {
    try await withClient(change: { $0.deadline = .seconds(4) }, script: { _, _ in stall.steps }) {
      client, server in
      let start = ContinuousClock.now
      let read = try await failure { try await client.list(.first) }
      let write = try await failure { try await client.delete(id: "x") }
      #expect(start.duration(to: .now) < .seconds(30))
      #expect(read.cause == .timedOut && read.attempts == 1)
      #expect(write.cause == .timedOut && write.leavesOutcomeUnknown && !write.nothingWasSent)
      #expect(server.requests.count == 2)
      try await eventually { server.openConnections.isEmpty }
      #expect(server.openConnections == [])
    }
  }

  @Test("Cancelling the task cancels the request and closes its connection", arguments: Stall.allCases)
  func cancellation(stall: Stall) async throws {
    try await withClient(script: { _, _ in stall.steps }) { client, server in
      for isWrite in [false, true] {
        let before = server.requests.count
        let task = Task<Void, any Error> {
          if isWrite { _ = try await client.delete(id: "x") } else { _ = try await client.list(.first) }
        }
        try await eventually { server.requests.count == before + 1 }
        task.cancel()
        let error = try await failure { try await task.value }
        #expect(error.cause == .cancelled)
        #expect(error.leavesOutcomeUnknown)
        try await eventually { server.openConnections.isEmpty }
        #expect(server.requests.count == before + 1)
      }
    }
  }

  @Test("A task cancelled before it starts sends nothing, and that is known")
  func cancelledBefore() async throws {
    try await withClient(script: { _, _ in [.silence] }) { client, server in
      let task = Task<Void, any Error> {
        // Waits for the cancellation, so that the call starts with it.
        while !Task.isCancelled { await Task.yield() }
        _ = try await client.delete(id: "x")
      }
      task.cancel()
      let error = try await failure { try await task.value }
      #expect(error.cause == .cancelled && error.nothingWasSent && !error.leavesOutcomeUnknown)
      #expect(server.requests.isEmpty)
    }
  }

  @Test("Shutting down ends the wait for the budget, with nothing sent")
  func shutdownOfBudgetWait() async throws {
    let budget = RequestBudget()
    _ = try await budget.admit(.interactive, patience: nil)
    await budget.finish(status: 429, headers: ["retry-after": "10"], retryAfter: .seconds(10))
    try await withClient(
      change: { $0.budget = budget }, script: { _, _ in Fault.status503.steps },
      { client, server in
        let task = Task<Void, any Error> { _ = try await client.list(.first) }
        while await budget.state.waiting == 0 { try await Task.sleep(for: .milliseconds(5)) }
        await client.shutdown()
        let error = try await failure { try await task.value }
        #expect(error.cause == .cancelled && error.nothingWasSent && error.attempts == 0)
        #expect(server.requests.isEmpty)
      })
  }

  @Test("Cancelling between two tries ends the call at once")
  func cancelledWhileWaiting() async throws {
    try await withClient(
      change: { $0.sleep = { _ in try await Task.sleep(for: .seconds(600)) } },
      script: { _, _ in Fault.status503.steps },
      { client, server in
        let task = Task<Void, any Error> { _ = try await client.list(.first) }
        try await eventually { server.requests.count == 1 }
        task.cancel()
        let error = try await failure { try await task.value }
        #expect(error.cause == .cancelled && error.attempts == 1)
        #expect(server.requests.count == 1)
      })
  }

  @Test("A wait that would end after the deadline is not begun: the fault itself is told")
  func deadlineCoversRetries() async throws {
    let waits = Waits()
    try await withClient(
      waits: waits,
      change: {
        $0.backoffBase = .seconds(30)
        $0.backoffLimit = .seconds(30)
      }, script: { _, _ in Fault.status503.steps }
    ) { client, server in
      let error = try await failure { try await client.list(.first) }
      #expect(error.cause == .serverFault && error.attempts == 1)
      #expect(waits.all.isEmpty)
    }
  }

  @Test("Shutting down ends the calls under way")
  func shutdown() async throws {
    try await withClient(script: { _, _ in [.silence] }) { client, server in
      let task = Task<Void, any Error> { _ = try await client.list(.first) }
      try await eventually { server.requests.count == 1 }
      await client.shutdown()
      let error = try await failure { try await task.value }
      #expect(error.cause == .cancelled)
    }
  }

  @Test("Shutting down ends a write under way, whose outcome is then unknown")
  func shutdownOfWrite() async throws {
    try await withClient(change: { $0.deadline = .seconds(60) }, script: { _, _ in [.silence] }) { client, server in
      let task = Task<Void, any Error> { _ = try await client.delete(id: "x") }
      try await eventually { server.requests.count == 1 }
      let start = ContinuousClock.now
      await client.shutdown()
      let error = try await failure { try await task.value }
      #expect(start.duration(to: .now) < .seconds(30))
      #expect(error.cause == .cancelled && error.leavesOutcomeUnknown && error.attempts == 1)
      try await eventually { server.openConnections.isEmpty }
      let refused = try await failure { try await client.delete(id: "x") }
      #expect(refused.nothingWasSent && server.requests.count == 1)
    }
  }

  @Test("Shutting down ends the wait for the next try")
  func shutdownOfWait() async throws {
    let sleeps = Waits()
    try await withClient(
      change: {
        $0.sleep = { duration in
          sleeps.add(duration)
          try await Task.sleep(for: .seconds(600))
        }
      },
      script: { _, _ in Fault.status503.steps },
      { client, server in
        let task = Task<Void, any Error> { _ = try await client.list(.first) }
        try await eventually { sleeps.all.count == 1 }
        await client.shutdown()
        let error = try await failure { try await task.value }
        #expect(error.cause == .cancelled && error.attempts == 1 && !error.nothingWasSent)
      })
  }

  @Test("Cancelling between two tries knows that nothing was sent when no try has sent anything")
  func cancelledUnsent() async throws {
    let server = try await ScriptedServer { _, _ in [] }
    await server.stop()
    let sleeps = Waits()
    var options = ClientOptions()
    options.connectTimeout = .seconds(60)
    options.sleep = { duration in
      sleeps.add(duration)
      try await Task.sleep(for: .seconds(600))
    }
    let client = AccountsClient(
      endpoint: try Endpoint("http://127.0.0.1:\(server.port)"), credentials: .token(Secret(Secrets.token)),
      options: options)
    let task = Task<Void, any Error> { _ = try await client.list(.first) }
    try await eventually { sleeps.all.count == 1 }
    task.cancel()
    let error = try await failure { try await task.value }
    #expect(error.cause == .cancelled && error.attempts == 1 && error.nothingWasSent)
    #expect(error.explanation == "Cancelled. Nothing was sent.")
    await client.shutdown()
  }

  @Test("Many calls at once are all answered, over a bounded number of connections")
  func many() async throws {
    try await withClient(script: { _, _ in [Reply.page] }) { client, server in
      let counts = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<100 { group.addTask { try await client.list(.first).accounts.count } }
        return try await group.reduce(0, +)
      }
      #expect(counts == 100)
      #expect(server.connections <= 16)
    }
  }
}
