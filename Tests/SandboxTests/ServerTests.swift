import Cloudflare
import Testing

@testable import Sandbox

@Suite("The server")
struct ServerTests {
  @Test(
    "a path that is none gets 404 with 7000, even without credentials",
    arguments: ["/nothing", "/accounts/1b16db169c9cb7853009857198fae1b9/nothing", ""])
  func noRoute(path: String) async throws {
    try await TestSandbox.run { sandbox in
      let reply = try await sandbox.send("GET", path, headers: [:])
      #expect(reply.status == 404)
      #expect(try reply.codes() == [7000])
    }
  }

  @Test("a method that a path does not take gets 405 with 7001 and the ones it takes")
  func noMethod() async throws {
    try await TestSandbox.run { sandbox in
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

  @Test("a body over a megabyte is refused, and the server goes on")
  func hugeBody() async throws {
    try await TestSandbox.run { sandbox in
      let body = #"{"name": "\#(String(repeating: "x", count: 1_100_000))"}"#
      let refused = try await sandbox.send("POST", "/accounts", body)
      #expect(refused.status == 413)
      #expect(try await sandbox.get("/accounts").status == 200)
    }
  }

  @Test("starting on a taken port says so")
  func portTaken() async throws {
    try await TestSandbox.run { sandbox in
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
    #expect(try await TestSandbox(server: first).get("/accounts").status == 200)
    await first.stop()
    _ = await running.result
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
    _ = await running.result
    var options = SandboxOptions()
    options.port = first.port
    let second = try await SandboxServer.start(options)
    await second.stop()
  }

  @Test("latency holds back every answer, and requests wait side by side")
  func latency() async throws {
    try await TestSandbox.run(.with { $0.latency = .milliseconds(300) }) { sandbox in
      let start = ContinuousClock.now
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<20 { group.addTask { _ = try await sandbox.get("/accounts") } }
        try await group.waitForAll()
      }
      let taken = ContinuousClock.now - start
      #expect(taken >= .milliseconds(300))
      #expect(taken < .milliseconds(300) * 20 / 2)
    }
  }
}
