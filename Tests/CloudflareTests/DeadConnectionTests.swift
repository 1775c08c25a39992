import NIOCore
import Synchronization
import Testing

@testable import Cloudflare

@Suite("A read gets over the death of all idle connections")
struct DeadConnectionTests {
  private static let count = 4

  /// Runs a body when the pool holds some idle connections, on each of which the server does these steps from now on. A
  /// new connection is answered once.
  private func withDeadPool(
    _ steps: [ScriptedServer.Step], answer: [ScriptedServer.Step] = [Reply.page], limit: Duration,
    _ body: @Sendable (AccountsClient, ScriptedServer) async throws -> Void
  ) async throws {
    let arrived = Mutex(0)
    try await withClient(
      change: {
        $0.silenceLimit = limit
        $0.deadline = .seconds(10)
      },
      script: { number, request in
        arrived.withLock { $0 = number + 1 }
        if number < Self.count { return [.hold { arrived.withLock { $0 >= Self.count } }, Reply.page] }
        return request.place == 0 ? answer : steps
      },
      { client, server in
        try await withThrowingTaskGroup { group in
          for _ in 0..<Self.count { group.addTask { _ = try await client.list(.first) } }
          try await group.waitForAll()
        }
        #expect(server.openConnections.count == Self.count)
        try await body(client, server)
      })
  }

  @Test(
    "Reset or silent, one try finds it out, the next one opens a connection, and no later call meets a dead one",
    arguments: [[ScriptedServer.Step.reset], [.close], [.silence]])
  func failsOver(steps: [ScriptedServer.Step]) async throws {
    try await withDeadPool(steps, limit: .milliseconds(300)) { client, server in
      _ = try await client.list(.first)
      #expect(server.requests.count == Self.count + 2)
      #expect(server.requests.last?.place == 0)
      try await eventually { server.openConnections.isEmpty }
      _ = try await client.list(.first)
      #expect(server.requests.count == Self.count + 3)
    }
  }

  @Test("A server that is slow is waited for on a new connection, however the pool has died")
  func slow() async throws {
    let start = ContinuousClock.now
    let slow = [ScriptedServer.Step.hold { start.duration(to: .now) > .seconds(2) }, Reply.page]
    try await withDeadPool([.silence], answer: slow, limit: .milliseconds(300)) { client, server in
      _ = try await client.list(.first)
      #expect(start.duration(to: .now) > .seconds(2))
      #expect(server.requests.count == Self.count + 2)
    }
  }

  @Test("A write meets no dead connection")
  func write() async throws {
    let answer = Reply.http(200, Reply.envelope("null"))
    try await withDeadPool([.silence], answer: [answer], limit: .milliseconds(300)) { client, server in
      _ = try await client.delete(id: "x")
      #expect(server.requests.count == Self.count + 1)
    }
  }

  @Test("An idle connection is kept for no more than ten seconds")
  func idle() {
    #expect(Transport.configuration(ClientOptions(), endpoint: .production).connectionPool.idleTimeout <= .seconds(10))
  }
}
