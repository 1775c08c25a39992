import AsyncHTTPClient
import Cloudflare
import Testing

@testable import Sandbox

@Suite("Faults")
struct FaultTests {
  private func run(_ rules: String..., body: (TestSandbox) async throws -> Void) async throws {
    var faults: [Fault] = []
    for rule in rules { faults.append(try Fault(parsing: rule)) }
    try await TestSandbox.run(.with { [faults] in $0.faults = faults }, body)
  }

  private let body = #"{"name": "Once"}"#

  private func count(_ sandbox: TestSandbox) async throws -> Int? {
    try await sandbox.get("/accounts").info().totalCount
  }

  @Test("drop-before closes the connection, and nothing has happened")
  func dropBefore() async throws {
    try await run("POST /accounts: drop-before") { sandbox async throws in
      await #expect(throws: HTTPClientError.remoteConnectionClosed) {
        try await sandbox.send("POST", "/accounts", body)
      }
      #expect(try await count(sandbox) == 120)
    }
  }

  @Test("drop-after closes the connection, and the account is there")
  func dropAfter() async throws {
    try await run("POST /accounts: drop-after times=1") { sandbox async throws in
      await #expect(throws: HTTPClientError.remoteConnectionClosed) {
        try await sandbox.send("POST", "/accounts", body)
      }
      #expect(try await count(sandbox) == 121)
      #expect(try await sandbox.send("POST", "/accounts", body).status == 200)
    }
  }

  @Test("reset breaks the connection, with or without effect")
  func reset() async throws {
    try await run("POST /accounts: reset times=1", "POST /accounts: reset applied=yes times=1") {
      sandbox async throws in
      for expected in [120, 121] {
        await #expect(throws: (any Error).self) { try await sandbox.send("POST", "/accounts", body) }
        #expect(try await count(sandbox) == expected)
      }
    }
  }

  @Test("a status comes with JSON, HTML as from the edge, or nothing")
  func statuses() async throws {
    try await run(
      "GET /accounts: 500-json times=1", "GET /accounts: 502-html times=1", "GET /accounts: 503-empty times=1",
      "GET /accounts: 429 retry-after=3 times=1", "GET /accounts: 429 times=1", "GET /accounts: 403-html times=1",
      "GET /accounts: 204 times=1"
    ) { sandbox async throws in
      let json = try await sandbox.get("/accounts")
      #expect(json.status == 500)
      #expect(try json.codes() == [10013])
      let html = try await sandbox.get("/accounts")
      #expect(html.status == 502)
      #expect(html.headers["content-type"] == "text/html; charset=UTF-8")
      #expect(html.headers["cf-ray"] != nil)
      #expect(String(decoding: html.body, as: UTF8.self).contains("502 Bad Gateway"))
      let empty = try await sandbox.get("/accounts")
      #expect(empty.status == 503 && empty.body.isEmpty && empty.headers["content-type"] == nil)
      let throttled = try await sandbox.get("/accounts")
      #expect(throttled.status == 429 && throttled.headers["retry-after"] == "3")
      #expect(try throttled.codes() == [971])
      let silent = try await sandbox.get("/accounts")
      #expect(silent.status == 429 && silent.headers["retry-after"] == nil)
      let challenge = try await sandbox.get("/accounts")
      #expect(challenge.status == 403 && challenge.headers["cf-mitigated"] == "challenge")
      let nothing = try await sandbox.get("/accounts")
      #expect(nothing.status == 204 && nothing.body.isEmpty)
      #expect(try await sandbox.get("/accounts").status == 200)
    }
  }

  @Test("a status with applied=yes is answered although the write took effect")
  func applied() async throws {
    try await run("POST /accounts: 502-html applied=yes times=1", "POST /accounts: 502-html times=1") {
      sandbox async throws in
      for _ in 0..<2 {
        #expect(try await sandbox.send("POST", "/accounts", body).status == 502)
        #expect(try await count(sandbox) == 121)
      }
    }
  }

  @Test("empty answers 200 with nothing, and the write took effect")
  func empty() async throws {
    try await run("POST /accounts: empty") { sandbox async throws in
      let reply = try await sandbox.send("POST", "/accounts", body)
      #expect(reply.status == 200 && reply.body.isEmpty)
      #expect(try await count(sandbox) == 121)
    }
  }

  @Test("truncate stops in the middle of the answer")
  func truncate() async throws {
    try await run("GET /accounts/*: truncate") { sandbox async throws in
      let id = try await sandbox.account(1).id
      await #expect(throws: (any Error).self) { try await sandbox.get("/accounts/\(id)") }
      #expect(try await count(sandbox) == 120)
    }
  }

  @Test("wrong-id answers with another identifier")
  func wrongIdentifier() async throws {
    try await run("DELETE /accounts/*: wrong-id") { sandbox async throws in
      let account = try await sandbox.account(1)
      let deleted = try await sandbox.send("DELETE", "/accounts/\(account.id)").envelope(DeletedAccount.self).result
      #expect(deleted != nil && deleted?.id != account.id && deleted?.id.count == 32)
      #expect(try await count(sandbox) == 119)
    }
  }

  @Test("slow answers late")
  func slow() async throws {
    try await run("GET /accounts: slow=250") { sandbox async throws in
      let start = ContinuousClock.now
      #expect(try await count(sandbox) == 120)
      #expect(ContinuousClock.now - start >= .milliseconds(250))
    }
  }

  @Test("hang never answers, and holds nothing up: neither others nor the end of the sandbox")
  func hang() async throws {
    try await run("DELETE /accounts/*: hang applied=yes") { sandbox async throws in
      let account = try await sandbox.account(1)
      let hanging = Task { try await sandbox.send("DELETE", "/accounts/\(account.id)") }
      let deadline = ContinuousClock.now + .seconds(10)
      while try await count(sandbox) == 120, ContinuousClock.now < deadline { await Task.yield() }
      #expect(try await count(sandbox) == 119)
      await sandbox.server.stop()
      await #expect(throws: (any Error).self) { try await hanging.value }
    }
  }

  @Test("skip lets pass, times ends, and the next rule that fits takes over")
  func turns() async throws {
    try await run("GET /accounts: 500 skip=1 times=2", "GET *: 503 times=1 skip=1") { sandbox async throws in
      var statuses: [Int] = []
      for _ in 0..<6 { statuses.append(try await sandbox.get("/accounts").status) }
      #expect(statuses == [200, 500, 500, 503, 200, 200])
    }
  }

  @Test("probability hits that share, the same requests for the same seed")
  func probability() throws {
    let fault = try Fault(parsing: "* *: 500 probability=0.25")
    let hits = [UInt64(4), 4, 5].map { seed -> [Bool] in
      let injector = FaultInjector([fault], seed: seed)
      return (0..<4_000).map { _ in injector.fault(method: "GET", path: "/client/v4/user") != nil }
    }
    #expect(hits[0] == hits[1] && hits[0] != hits[2])
    #expect((850...1_150).contains(hits[0].filter { $0 }.count))
  }

  @Test(
    "paths fit by segment",
    arguments: [
      ("/accounts", "/client/v4/accounts", true), ("/accounts", "/client/v4/accounts/", true),
      ("/accounts", "/client/v4/accounts/a", false), ("/accounts/*", "/client/v4/accounts/a", true),
      ("/accounts/*", "/client/v4/accounts/a/members", false), ("/accounts/**", "/client/v4/accounts/a/members", true),
      ("/accounts/*/members", "/client/v4/accounts/a/members", true), ("*", "/client/v4/zones", true),
      ("*", "/other", true), ("/zones", "/zones", false), ("/a%20b", "/client/v4/a%20b", false),
    ])
  func patterns(pattern: String, path: String, isFit: Bool) throws {
    #expect(try #require(PathPattern(pattern)).matches(path[...]) == isFit)
  }

  @Test("rules are read whole")
  func parsing() throws {
    let rule = try Fault(parsing: " post  /accounts : 429  retry-after=3 times=2 skip=1 probability=.5 ")
    #expect(rule.method == "POST" && rule.path == PathPattern("/accounts"))
    #expect(rule.action == .answer(status: 429, .json, retryAfter: 3))
    #expect(rule.times == 2 && rule.skip == 1 && rule.probability == 0.5 && !rule.isApplied)
    #expect(try Fault(parsing: "* *: hang").method == nil)
    #expect(try Fault(parsing: "GET /x: slow=20").action == .slow(.milliseconds(20)))
    #expect(try Fault(parsing: "PUT /x: 204-empty applied=yes").isApplied)
  }

  @Test(
    "what is wrong with a rule is said",
    arguments: [
      ("", "METHOD PATH: ACTION"), ("drop-after", "METHOD PATH: ACTION"),
      ("POST /accounts drop", "METHOD PATH: ACTION"),
      ("POST /accounts:", "METHOD PATH: ACTION"), ("FETCH /accounts: hang", "FETCH"), ("GET accounts: hang", "slash"),
      ("GET /a/**/b: hang", "path"), ("GET /accounts: explode", "explode"), ("GET /accounts: 600", "600"),
      ("GET /accounts: 500-xml", "500-xml"), ("GET /accounts: slow=x", "slow=MS"), ("GET /a: hang times=0", "times=0"),
      ("GET /a: hang times=1 times=2", "twice"), ("GET /a: hang probability=2", "probability=2"),
      ("GET /a: hang retry-after=1", "retry-after"), ("GET /a: drop-after applied=yes", "applied"),
      ("GET /a: 500 applied=maybe", "applied=maybe"), ("GET /a: hang loud", "NAME=VALUE"),
    ])
  func parsingErrors(rule: String, reason: String) throws {
    let error = #expect(throws: Fault.ParsingError.self) { try Fault(parsing: rule) }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }
}
