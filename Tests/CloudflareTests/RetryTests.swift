import NIOCore
import Testing

@testable import Cloudflare

/// What can go wrong with a request that has arrived, or is about to.
enum Fault: CaseIterable, Sendable {
  case resetBeforeAnswer, closedBeforeAnswer, resetInHead, closedInHead, resetInBody, closedInBody, closedInChunks
  case status408, status429, status500, status500HTML, status500Empty, status502, status503, status520, status524
  case notHTTP

  var steps: [ScriptedServer.Step] {
    let head = Reply.head(200, length: 500)
    return switch self {
    case .resetBeforeAnswer: [.reset]
    case .closedBeforeAnswer: [.close]
    case .resetInHead: [.send("HTTP/1.1 200 OK\r\nContent-"), .reset]
    case .closedInHead: [.send("HTTP/1.1 200 OK\r\nContent-"), .close]
    case .resetInBody: [.send(head + #"{"success":tr"#), .reset]
    case .closedInBody: [.send(head + #"{"success":tr"#), .close]
    case .closedInChunks:
      [.send(Reply.head(200, length: nil, headers: ["Transfer-Encoding: chunked"]) + "5\r\n{\"suc\r\n"), .close]
    case .status408: [Reply.http(408, Reply.failure(1, "timeout"))]
    case .status429: [Reply.http(429, Reply.failure(971, "slow down"))]
    case .status500: [Reply.http(500, Reply.failure(10013, "unknown"))]
    case .status500HTML: [Reply.http(500, type: "text/html", Reply.html)]
    case .status500Empty: [Reply.http(500, type: nil, "")]
    case .status502: [Reply.http(502, type: "text/html; charset=UTF-8", Reply.html)]
    case .status503: [Reply.http(503, Reply.failure(1, "unavailable"))]
    case .status520: [Reply.http(520, type: "text/html", Reply.html)]
    case .status524: [Reply.http(524, type: "text/plain", "error code: 524")]
    case .notHTTP: [.send("SSH-2.0-OpenSSH_9.2\r\n\r\n"), .close]
    }
  }

  /// Everything but an answer that is no HTTP at all, which no second try would change.
  static let passing = allCases.filter { $0 != .notHTTP }
}

@Suite("Rule 1: GET is retried, writes never are")
struct RetryTests {
  @Test("GET is retried after a fault that may pass, and the second answer counts", arguments: Fault.passing)
  func retried(fault: Fault) async throws {
    let waits = Waits()
    try await withClient(waits: waits, script: { number, _ in number == 0 ? fault.steps : [Reply.page] }) {
      client, server in
      let page = try await client.list(.first)
      #expect(page.accounts.map(\.id) == [Reply.accountID])
      #expect(server.requests.count == 2)
      #expect(waits.all == [.milliseconds(500)])
    }
  }

  @Test("GET is tried three times at most, with growing waits, and the count is told", arguments: Fault.passing)
  func stopsAtThree(fault: Fault) async throws {
    let waits = Waits()
    try await withClient(waits: waits, script: { _, _ in fault.steps }) { client, server in
      let error = try await failure { try await client.get(id: Reply.accountID) }
      #expect(error.attempts == 3)
      #expect(server.requests.count == 3)
      #expect(waits.all == [.milliseconds(500), .seconds(1)])
    }
  }

  @Test(
    "GET is not retried after an answer that another try would not change",
    arguments: [400, 401, 403, 404, 409, 422, 200, 301])
  func final(status: Int) async throws {
    try await withClient(script: { _, _ in [Reply.http(status, Reply.failure(1000, "no"))] }) { client, server in
      let error = try await failure { try await client.list(.first) }
      #expect(error.attempts == 1)
      #expect(server.requests.count == 1)
    }
  }

  @Test("A creation meets each fault with exactly one request", arguments: Fault.allCases)
  func createOnce(fault: Fault) async throws {
    let waits = Waits()
    try await withClient(waits: waits, script: { _, _ in fault.steps }) { client, server in
      let error = try await failure {
        try await client.create(NewAccount(name: "One", type: .standard), idempotencyKey: "k")
      }
      #expect(server.requests.count == 1)
      #expect(server.connections == 1)
      #expect(error.attempts == 1)
      #expect(waits.all.isEmpty)
      #expect(error.leavesOutcomeUnknown == (fault != .status429))
    }
  }

  @Test("A deletion meets each fault with exactly one request", arguments: Fault.allCases)
  func deleteOnce(fault: Fault) async throws {
    try await withClient(script: { _, _ in fault.steps }) { client, server in
      let error = try await failure { try await client.delete(id: Reply.accountID) }
      #expect(server.requests.count == 1)
      #expect(server.connections == 1)
      #expect(!error.nothingWasSent)
      #expect(error.leavesOutcomeUnknown == (fault != .status429))
    }
  }

  @Test("A deletion whose connection is reset at once opens one connection, and claims no more than is known")
  func resetAtOnce() async throws {
    try await withClient(onConnection: [.reset], script: { _, _ in [] }) { client, server in
      let error = try await failure { try await client.delete(id: Reply.accountID) }
      #expect(server.connections == 1)
      #expect(error.attempts == 1)
      // The reset comes before or after the client takes the connection for its own.
      #expect(error.leavesOutcomeUnknown != error.nothingWasSent)
      #expect(!error.nothingWasSent || server.requests.isEmpty)
    }
  }

  @Test("A write after an idle time meets no dead connection, though the server closed the pooled one unseen")
  func staleConnection() async throws {
    try await withClient(
      script: { number, request in
        request.method == "GET" ? [Reply.page, .close] : [Reply.http(200, Reply.envelope("null"))]
      },
      { client, server in
        for _ in 0..<20 {
          _ = try await client.list(.first)
          _ = try await client.delete(id: "x")
        }
        #expect(server.requests.count { $0.method == "DELETE" } == 20)
      })
  }

  @Test("An unreachable server is told at once, and certainly nothing was sent")
  func unreachable() async throws {
    let server = try await ScriptedServer { _, _ in [] }
    await server.stop()
    let waits = Waits()
    var options = ClientOptions()
    options.sleep = { waits.add($0) }
    // Far longer than a busy machine takes, so that waiting it out could not be mistaken for an answer.
    options.connectTimeout = .seconds(60)
    for host in ["127.0.0.1", "localhost"] {
      let client = AccountsClient(
        endpoint: try Endpoint("http://\(host):\(server.port)"), credentials: .token(Secret(Secrets.token)),
        options: options)
      let start = ContinuousClock.now
      let read = try await failure { try await client.list(.first) }
      #expect(read.cause == .unreachable("connection refused"))
      #expect(read.attempts == 3)
      let write = try await failure { try await client.delete(id: "x") }
      #expect(write.cause == .unreachable("connection refused"))
      #expect(write.attempts == 1 && write.nothingWasSent && !write.leavesOutcomeUnknown)
      #expect(start.duration(to: .now) < .seconds(45), "it must not take the connect timeout to tell")
      await client.shutdown()
    }
    #expect(waits.all.count == 4)
  }

  @Test("A host without an address is unreachable")
  func noSuchHost() async throws {
    let client = AccountsClient(
      endpoint: try Endpoint("https://no-such-host.invalid"), credentials: .token(Secret(Secrets.token)),
      options: {
        var options = ClientOptions()
        options.sleep = { _ in }
        return options
      }())
    let error = try await failure { try await client.list(.first) }
    #expect(error.cause == .unreachable("the name no-such-host.invalid has no address"))
    await client.shutdown()
  }

  @Test("Retry-After in seconds is waited out")
  func retryAfterSeconds() async throws {
    let waits = Waits()
    try await withClient(
      waits: waits,
      script: { number, _ in
        number == 0 ? [Reply.http(429, Reply.failure(971, "x"), headers: ["Retry-After: 3"])] : [Reply.page]
      },
      { client, server in
        _ = try await client.list(.first)
        #expect(waits.all == [.seconds(3)])
      })
  }

  @Test("Retry-After as an HTTP date is waited out, by the answer's own clock")
  func retryAfterDate() async throws {
    let waits = Waits()
    let headers = ["Date: Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After: Sun, 06 Nov 1994 08:49:41 GMT"]
    try await withClient(
      waits: waits,
      script: { number, _ in
        number == 0 ? [Reply.http(503, type: "text/html", Reply.html, headers: headers)] : [Reply.page]
      },
      { client, server in
        _ = try await client.list(.first)
        #expect(waits.all == [.seconds(4)])
      })
  }

  @Test("A Retry-After beyond the deadline or 60 s is reported, not waited out", arguments: [25, 61, 300])
  func retryAfterTooLong(seconds: Int) async throws {
    let waits = Waits()
    try await withClient(
      waits: waits,
      script: { _, _ in [Reply.http(429, Reply.failure(971, "x"), headers: ["Retry-After: \(seconds)"])] },
      { client, server in
        let error = try await failure { try await client.list(.first) }
        #expect(error.cause == .refused && error.status == 429)
        #expect(error.retryAfter == .seconds(seconds))
        #expect(server.requests.count == 1)
        #expect(waits.all.isEmpty)
      })
  }

  @Test("A 429 to a write is refused, with the wait kept")
  func refusedWrite() async throws {
    try await withClient(
      script: { _, _ in [Reply.http(429, Reply.failure(10100, "x"), headers: ["Retry-After: 3"])] },
      { client, server in
        let error = try await failure { try await client.delete(id: "x") }
        #expect(error.cause == .refused && error.retryAfter == .seconds(3) && !error.leavesOutcomeUnknown)
        #expect(server.requests.count == 1)
      })
  }
}
