import AsyncHTTPClient
import Cloudflare
import Testing

@testable import Sandbox

@Suite("The server")
struct ServerTests {
  @Test(
    "a path that is none gets 404 with 7000, even without credentials",
    arguments: ["/nothing", "/accounts/1b16db169c9cb7853009857198fae1b9/nothing", ""])
  func noRoute(path: String) async throws {
    try await TestSandbox.run { sandbox async throws in
      let reply = try await sandbox.send("GET", path, headers: [:])
      #expect(reply.status == 404)
      #expect(try reply.codes() == [7000])
    }
  }

  @Test("a method that a path does not take gets 405 with 7001 and the ones it takes")
  func noMethod() async throws {
    try await TestSandbox.run { sandbox async throws in
      for (method, path, allowed) in [
        ("PATCH", "/accounts/1b16db169c9cb7853009857198fae1b9", "GET, PUT, DELETE"),
        ("PUT", "/accounts/", "GET, POST"), ("DELETE", "/accounts", "GET, POST"),
      ] {
        let reply = try await sandbox.send(method, path)
        #expect(reply.status == 405)
        #expect(try reply.codes() == [7001])
        #expect(reply.headers["allow"] == allowed)
      }
    }
  }

  @Test("HEAD is no method here, is answered without a body, and leaves the connection usable")
  func head() async throws {
    try await TestSandbox.run { sandbox async throws in
      for _ in 0..<3 {
        let reply = try await sandbox.send("HEAD", "/accounts")
        #expect(reply.status == 405 && reply.body.isEmpty)
        #expect(try await sandbox.get("/accounts").status == 200)
      }
    }
  }

  @Test("a body nested a hundred thousand times is refused, and the server goes on")
  func deepBody() async throws {
    try await TestSandbox.run { sandbox async throws in
      for depth in [100, 500, 511, 512, 100_000] {
        let body =
          #"{"name": "x", "unit": "# + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
        let reply = try await sandbox.send("POST", "/accounts", body)
        #expect(reply.status == 400)
        #expect(try reply.codes() == [1001])
      }
      #expect(try await sandbox.get("/accounts").status == 200)
    }
  }

  @Test("a body over a megabyte is refused, and the server goes on")
  func hugeBody() async throws {
    try await TestSandbox.run { sandbox async throws in
      let body = #"{"name": "\#(String(repeating: "x", count: 1_100_000))"}"#
      let refused = try await sandbox.send("POST", "/accounts", body)
      #expect(refused.status == 413)
      #expect(try await sandbox.get("/accounts").status == 200)
    }
  }

  @Test("starting on a taken port says so")
  func portTaken() async throws {
    try await TestSandbox.run { sandbox async throws in
      var options = SandboxOptions()
      options.port = sandbox.server.port
      await #expect(throws: SandboxError.portTaken(sandbox.server.port)) {
        try await SandboxServer.start(options)
      }
    }
  }

  @Test("options out of bounds are refused by name")
  func outOfBounds() async throws {
    for (name, change) in [
      ("port", { $0.port = 65_536 }), ("port", { $0.port = -1 }), ("accounts", { $0.accounts = 1_000_001 }),
      ("latency", { $0.latency = .seconds(61) }), ("deletion delay", { $0.deletionDelay = .seconds(-1) }),
    ] as [(String, (inout SandboxOptions) -> Void)] {
      var options = SandboxOptions()
      change(&options)
      let error = await #expect(throws: SandboxError.self) { try await SandboxServer.start(options) }
      #expect(error.map { "\($0)".contains(name) } == true)
    }
  }

  @Test("a stopped sandbox frees its port, and run() returns")
  func stop() async throws {
    let first = try await SandboxServer.start()
    let running = Task { try await first.run() }
    // A connection that the client kept would be tried again on the second server, dead.
    let reply = try await TestSandbox(server: first).send("GET", "/accounts", adding: ["Connection": "close"])
    #expect(reply.status == 200)
    await first.stop()
    try await running.value
    var options = SandboxOptions()
    options.port = first.port
    let second = try await SandboxServer.start(options)
    #expect(try await TestSandbox(server: second).get("/accounts").status == 200)
    await second.stop()
  }

  @Test("cancelling the task that runs it stops the sandbox")
  func cancel() async throws {
    let first = try await SandboxServer.start()
    let running = Task { try await first.run() }
    running.cancel()
    try await running.value
    var options = SandboxOptions()
    options.port = first.port
    let second = try await SandboxServer.start(options)
    await second.stop()
  }

  @Test("stopping while connections arrive drops none that nobody handles yet")
  func stopUnderArrivals() async throws {
    for _ in 0..<3 {
      let server = try await SandboxServer.start()
      let base = server.baseURL
      await withTaskGroup(of: Void.self) { group in
        // Whether each is answered does not matter: the program would end if one were dropped. The client goes on trying
        // to connect until its time is over.
        for _ in 0..<12 {
          group.addTask {
            _ = try? await HTTPClient.shared.execute(
              HTTPClientRequest(url: base + "/accounts"), timeout: .milliseconds(500))
          }
        }
        group.addTask { await server.stop() }
      }
    }
  }

  @Test("latency holds back every answer, and requests wait side by side")
  func latency() async throws {
    try await TestSandbox.run(.with { $0.latency = .seconds(2) }) { sandbox async throws in
      let start = ContinuousClock.now
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<40 { group.addTask { _ = try await sandbox.get("/accounts") } }
        try await group.waitForAll()
      }
      let taken = ContinuousClock.now - start
      #expect(taken >= .seconds(2))
      // One after the other they would take 80 s; a busy machine may make the 2 s a few more.
      #expect(taken < .seconds(40))
    }
  }
}
