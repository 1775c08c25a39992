import NIOCore
import Testing

@testable import Cloudflare

@Suite("Rule 7: status first, then content type, then body")
struct AnswerTests {
  private func list(_ steps: [ScriptedServer.Step]) async throws -> CloudflareError {
    try await withClient(change: { $0.tries = 1 }, script: { _, _ in steps }) { client, _ in
      try await failure { try await client.list(.first) }
    }
  }

  @Test(
    "A refusal in the API's envelope keeps status, code, message and ray", arguments: [400, 401, 403, 404, 409, 422])
  func refused(status: Int) async throws {
    let error = try await list([
      Reply.http(status, Reply.failure(9109, "Unauthorized to access"), headers: ["CF-Ray: 8f2c1-FRA"])
    ])
    #expect(
      error
        == CloudflareError(
          .refused, status: status, errors: [APIMessage(code: 9109, message: "Unauthorized to access")],
          ray: "8f2c1-FRA"))
    #expect(!error.leavesOutcomeUnknown)
  }

  @Test("A 5xx in the API's envelope is the server's fault", arguments: [500, 502, 503])
  func fault(status: Int) async throws {
    let error = try await list([Reply.http(status, Reply.failure(10013, "unknown"), headers: ["cf-ray: r"])])
    #expect(error.cause == .serverFault && error.status == status && error.ray == "r")
    #expect(error.errors.first?.code == 10013)
  }

  @Test(
    "HTML, text and nothing come from the edge, whatever the status",
    arguments: [401, 403, 404, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524])
  func edge(status: Int) async throws {
    for (type, body) in [("text/html", Reply.html), ("text/plain", "error code: 1"), (nil, ""), (nil, Reply.html)] {
      let error = try await list([Reply.http(status, type: type, body, headers: ["cf-ray: r"])])
      #expect(error.cause == .edge && error.status == status && error.ray == "r")
      #expect(error.edge?.contentType == type)
      #expect(error.explanation.contains("\(status)"))
      #expect(!error.explanation.contains("<html"))
    }
  }

  @Test("A JSON type over a broken, empty or foreign body of a failure is the edge's, not a parse error")
  func brokenFailures() async throws {
    for body in ["", "{", "null", "[]", "{}", "true", #"{"message":"x"}"#, "<html>"] {
      #expect(try await list([Reply.http(503, body)]).cause == .edge)
      #expect(try await list([Reply.http(403, body)]).cause == .edge)
    }
  }

  @Test("A failure of the form {code, error} is read")
  func oldForm() async throws {
    let error = try await list([Reply.http(400, #"{"code":1001,"error":"bad"}"#)])
    #expect(error.cause == .refused && error.errors == [APIMessage(code: 1001, message: "bad")])
  }

  @Test("The status of a failure counts even when its body breaks off")
  func truncatedFailure() async throws {
    let steps: [ScriptedServer.Step] = [.send(Reply.head(403, length: 500) + #"{"success":fal"#), .reset]
    let error = try await list(steps)
    #expect(error.cause == .edge && error.status == 403 && !error.leavesOutcomeUnknown)
  }

  @Test("A challenge is told as such")
  func challenge() async throws {
    let error = try await list([
      Reply.http(403, type: "text/html; charset=UTF-8", Reply.html, headers: ["cf-mitigated: challenge", "cf-ray: r"])
    ])
    #expect(error.cause == .edge && error.edge?.contentType == "text/html" && error.edge?.isChallenge == true)
    #expect(error.explanation == "Cloudflare's edge answered 403 with a challenge meant for browsers. cf-ray r.")
    #expect(error.nextStep?.contains("bot") == true)
  }

  @Test("success: false on 200 is a refusal")
  func refusedOn200() async throws {
    let error = try await list([Reply.http(200, Reply.failure(10000, "Authentication error"))])
    #expect(error.cause == .refused && error.status == 200 && error.errors.first?.code == 10000)
  }

  @Test(
    "A success that cannot be read is unreadable, and its outcome unknown",
    arguments: [
      ("", "it is empty"), ("{", "it is no valid JSON"), (Reply.html, "it is no valid JSON"),
      ("[]", "it is no JSON object"), ("null", nil), ("{}", "it does not say whether the request succeeded"),
      (#"{"success":"yes","result":[]}"#, "it does not say whether the request succeeded"),
      (#"{"success":true}"#, "it holds no list of accounts"),
      (#"{"success":true,"result":null}"#, "it holds no list of accounts"),
      (#"{"success":true,"result":{"id":"x"}}"#, "result has another type"),
    ] as [(String, String?)])
  func unreadable(body: String, reason: String?) async throws {
    let error = try await list([Reply.http(200, body)])
    guard case .unreadable(let text) = error.cause else {
      Issue.record("Not unreadable: \(error)")
      return
    }
    if let reason { #expect(text == reason) }
    #expect(error.status == 200 && error.leavesOutcomeUnknown)
  }

  @Test(
    "A success of another content type is the edge's",
    arguments: ["text/html", "text/plain", "application/octet-stream", "application/xml", "image/png"])
  func wrongType(type: String) async throws {
    let error = try await list([Reply.http(200, type: type, Reply.envelope("[]"))])
    #expect(error.cause == .edge && error.status == 200 && error.edge?.contentType == type)
    #expect(error.leavesOutcomeUnknown)
  }

  @Test(
    "JSON is JSON under each of its names, and without a name",
    arguments: [
      "application/json", "application/json; charset=UTF-8", "Application/JSON;x", "text/json",
      "application/vnd.x+json",
      nil,
    ])
  func types(type: String?) async throws {
    try await withClient(script: { _, _ in [Reply.http(200, type: type, Reply.envelope("[]"))] }) { client, _ in
      let page = try await client.list(.first)
      #expect(page.accounts.isEmpty)
    }
  }

  @Test("An answer about another account is never trusted")
  func anotherAccount() async throws {
    let other = Reply.http(200, Reply.envelope(Reply.account(id: "other")))
    try await withClient(script: { _, _ in [other] }) { client, server in
      for error in [
        try await failure { try await client.get(id: Reply.accountID) },
        try await failure { try await client.delete(id: Reply.accountID) },
      ] {
        #expect(error.cause == .unreadable("it is about another account than the one asked for"))
        #expect(error.leavesOutcomeUnknown && error.status == 200)
      }
    }
  }

  @Test("A creation that does not say which account was made is unknown")
  func createdNothing() async throws {
    for body in [Reply.envelope("null"), Reply.envelope(#"{"id":"","name":"x"}"#), Reply.envelope(#"{"name":"x"}"#)] {
      try await withClient(script: { _, _ in [Reply.http(200, body)] }) { client, server in
        let error = try await failure {
          try await client.create(NewAccount(name: "x", type: .standard), idempotencyKey: "k")
        }
        #expect(error.leavesOutcomeUnknown)
        #expect(server.requests.count == 1)
      }
    }
  }

  @Test("A deletion is confirmed by an id, by a null result and by 204")
  func deletions() async throws {
    let answers = [
      Reply.http(200, Reply.envelope(#"{"id":"x"}"#)), Reply.http(200, Reply.envelope("null")),
      Reply.http(200, #"{"success":true}"#), Reply.http(204, type: nil, ""),
    ]
    try await withClient(script: { number, _ in [answers[number]] }) { client, _ in
      let named = try await client.delete(id: "x")
      #expect(named.value == DeletedAccount(id: "x"))
      for _ in 1..<4 {
        let unnamed = try await client.delete(id: "x")
        #expect(unnamed.value == nil)
      }
    }
  }

  @Test("A message on a success is no error")
  func messages() async throws {
    let body = #"{"success":true,"errors":[],"messages":[{"code":10000,"message":"ok","type":null}],"result":[]}"#
    try await withClient(script: { _, _ in [Reply.http(200, body)] }) { client, _ in
      let page = try await client.list(.first)
      #expect(page.accounts.isEmpty)
    }
  }
}

@Suite("Bodies and redirects")
struct BodyTests {
  private func list(
    limit: Int = 64 * 1024, deadline: Duration = .seconds(20), _ steps: [ScriptedServer.Step]
  ) async throws -> CloudflareError {
    try await withClient(
      change: {
        $0.bodyLimit = limit
        $0.deadline = deadline
        $0.tries = 1
      }, script: { _, _ in steps }
    ) { client, _ in try await failure { try await client.list(.first) } }
  }

  private let chunked = Reply.head(200, length: nil, headers: ["Transfer-Encoding: chunked"])
  private static let chunk = Array(("10000\r\n" + String(repeating: " ", count: 65_536) + "\r\n").utf8)

  @Test("A body of 50 MB is not read when its length is told")
  func large() async throws {
    let megabytes = 50 * 1024 * 1024
    let error = try await list([
      .send(Reply.head(200, length: megabytes)), .flood(Array(repeating: 0x20, count: 65_536), total: megabytes),
    ])
    #expect(error.cause == .unreadable("it is larger than 64 KiB"))
  }

  @Test("An endless body is given up at the limit")
  func endless() async throws {
    let error = try await list([.send(chunked), .flood(Self.chunk, total: 256 * 1024 * 1024)])
    #expect(error.cause == .unreadable("it is larger than 64 KiB"))
    #expect(error.leavesOutcomeUnknown)
  }

  @Test("An endless page of HTML costs nothing")
  func endlessHTML() async throws {
    let head = Reply.head(502, type: "text/html", length: nil, headers: ["Transfer-Encoding: chunked"])
    let error = try await list([.send(head), .flood(Self.chunk, total: 256 * 1024 * 1024)])
    #expect(error.cause == .edge && error.status == 502)
  }

  @Test("A gzip body is read")
  func gzip() async throws {
    let body = Gzip.stored(Reply.envelope("[\(Reply.account())]"))
    let head = Reply.head(200, length: body.count, headers: ["Content-Encoding: gzip"])
    try await withClient(script: { _, _ in [.send(head), .sendBytes(body)] }) { client, server in
      let page = try await client.list(.first)
      #expect(page.accounts.map(\.id) == [Reply.accountID])
      #expect(server.requests.first?["accept-encoding"] == "gzip")
    }
  }

  @Test("A gzip bomb is given up at the limit")
  func bomb() async throws {
    let body = Gzip.bomb(blanks: 64 * 1024 * 1024)
    let error = try await list([
      .send(Reply.head(200, length: body.count, headers: ["Content-Encoding: gzip"])), .sendBytes(body),
    ])
    #expect(error.cause == .unreadable("it is larger than 64 KiB"))
  }

  @Test("A broken gzip body is unreadable")
  func brokenGzip() async throws {
    let error = try await list([
      .send(Reply.head(200, length: 7, headers: ["Content-Encoding: gzip"])), .send("not zip"),
    ])
    #expect(error.cause == .unreadable("its compression is broken"))
  }

  @Test("An answer that is no HTTP is unreadable, and its outcome unknown")
  func notHTTP() async throws {
    let error = try await list(Fault.notHTTP.steps)
    #expect(error.cause == .unreadable("it is not HTTP; the port may want https") && error.leavesOutcomeUnknown)
    // Nothing has shown that Cloudflare answers there.
    #expect(error.explanation.hasPrefix("The server at 127.0.0.1"))
  }

  @Test("Hostile header counts and sizes end in an error, not in memory")
  func headers() async throws {
    let error = try await list([
      .send("HTTP/1.1 200 OK\r\n"),
      .flood(Array("X-A: \(String(repeating: "a", count: 1000))\r\n".utf8), total: 8_000_000),
    ])
    #expect(error.cause == .unreadable("its head is too large"))
  }

  @Test(
    "Rule 8: no redirect is followed, to another origin, another scheme or in a loop",
    arguments: [301, 302, 303, 307, 308])
  func redirects(status: Int) async throws {
    let trap = try await ScriptedServer { _, _ in [Reply.page] }
    let targets = [
      ("http://127.0.0.1:\(trap.port)/client/v4/accounts", "http://127.0.0.1:\(trap.port)"),
      ("https://user:hunter2@evil.example/?token=hunter2", "https://evil.example"),
      ("/client/v4/accounts?page=1&per_page=50", "another path"), ("", "another path"),
    ]
    for (location, shown) in targets {
      try await withClient(
        script: { _, _ in [Reply.http(status, type: "text/html", Reply.html, headers: ["Location: \(location)"])] },
        { client, server in
          for error in [
            try await failure { try await client.list(.first) }, try await failure { try await client.delete(id: "x") },
          ] {
            #expect(error.cause == .edge && error.status == status && error.edge?.redirectsTo == shown)
            #expect(error.leavesOutcomeUnknown)
            #expect(!error.explanation.contains("hunter2"))
          }
          #expect(server.requests.count == 2)
        })
    }
    #expect(trap.connections == 0, "credentials must not reach another origin")
    await trap.stop()
  }
}
