import Testing

@testable import Cloudflare

@Suite("What goes over the wire")
struct RequestTests {
  @Test("A list asks for page, per_page and name, all encoded")
  func list() async throws {
    try await withClient(script: { _, _ in [Reply.page] }) { client, server in
      let query = ListQuery(page: 3, perPage: 5, name: "A & B=C/ü+%")
      _ = try await client.list(query)
      _ = try await client.list(.first)
      #expect(
        server.requests.map(\.target) == [
          "/client/v4/accounts?name=A%20%26%20B%3DC%2F%C3%BC%2B%25&page=3&per_page=5",
          "/client/v4/accounts?page=1&per_page=50",
        ])
      #expect(server.requests.allSatisfy { $0.method == "GET" && $0.body.isEmpty })
    }
  }

  @Test("A token is sent as a bearer, and nothing else signs the request")
  func token() async throws {
    try await withClient(script: { _, _ in [Reply.page] }) { client, server in
      _ = try await client.list(.first)
      let request = try #require(server.requests.first)
      #expect(request["authorization"] == "Bearer \(Secrets.token)")
      #expect(request["x-auth-key"] == nil && request["x-auth-email"] == nil)
      #expect(request["accept"] == "application/json")
      #expect(request["user-agent"] == "tenantry")
      #expect(request["cookie"] == nil)
    }
  }

  @Test("A key is sent with its e-mail address, and nothing else signs the request")
  func key() async throws {
    let credentials = Credentials.key(email: "a@b.example", key: Secret(Secrets.key))
    try await withClient(credentials: credentials, script: { _, _ in [Reply.page] }) { client, server in
      _ = try await client.list(.first)
      let request = try #require(server.requests.first)
      #expect(request["x-auth-email"] == "a@b.example")
      #expect(request["x-auth-key"] == Secrets.key)
      #expect(request["authorization"] == nil)
    }
  }

  @Test("Rule 4: a creation sends name, type and unit, never settings")
  func create() async throws {
    let answer = Reply.http(200, Reply.envelope(Reply.account()))
    try await withClient(script: { _, _ in [answer] }) { client, server in
      let account = NewAccount(name: "Café \u{22}東京\u{22}", type: .enterprise, unitID: "u1")
      _ = try await client.create(account, idempotencyKey: "key-1")
      let request = try #require(server.requests.first)
      #expect(request.method == "POST" && request.target == "/client/v4/accounts")
      #expect(request["content-type"] == "application/json")
      #expect(request.body.contains("東京"))
      #expect(!request.body.contains("settings") && !request.body.contains("business"))
      #expect(try decode(NewAccount.self, request.body) == account)
    }
  }

  @Test("Business details are members of the body itself, and those that are not set are left out")
  func businessDetails() async throws {
    let answer = Reply.http(200, Reply.envelope(Reply.account()))
    try await withClient(script: { _, _ in [answer] }) { client, server in
      let details = BusinessDetails(name: "Café Ltd", email: "it@cafe.example", externalMetadata: "crm-7")
      let account = NewAccount(name: "Café", type: .standard, business: details)
      _ = try await client.create(account, idempotencyKey: "key-1")
      let body = try #require(server.requests.first).body
      for member in [
        #""business_name":"Café Ltd""#, #""business_email":"it@cafe.example""#, #""external_metadata":"crm-7""#,
      ] {
        #expect(body.contains(member))
      }
      #expect(!body.contains("business_address") && !body.contains("business_phone") && !body.contains("null"))
      #expect(try decode(NewAccount.self, body) == account)
      let long = BusinessDetails(phone: String(repeating: "é", count: 121))
      let error = try await failure {
        try await client.create(NewAccount(name: "x", type: .standard, business: long), idempotencyKey: "key-2")
      }
      #expect(error.nothingWasSent && server.requests.count == 1)
    }
  }

  @Test("Rule 2: a creation carries the caller's idempotency key, each time the same")
  func idempotencyKey() async throws {
    try await withClient(script: { _, _ in [.reset] }) { client, server in
      let account = NewAccount(name: "One", type: .standard)
      _ = try await failure { try await client.create(account, idempotencyKey: "6f1c-1") }
      _ = try await failure { try await client.create(account, idempotencyKey: "6f1c-1") }
      #expect(server.requests.map { $0["idempotency-key"] } == ["6f1c-1", "6f1c-1"])
    }
  }

  @Test("A confirmed write, and one whose answer cannot be trusted, name their status and cf-ray")
  func confirmations() async throws {
    func reply(_ status: Int, _ result: String) -> ScriptedServer.Step {
      Reply.http(status, Reply.envelope(result), headers: ["cf-ray: 8f00c0ffee00beef-ZRH"])
    }
    let answers = [reply(201, Reply.account()), reply(200, #"{"id":"x"}"#), reply(200, #"{"id":"another"}"#)]
    try await withClient(script: { number, _ in [answers[number]] }) { client, _ in
      let created = try await client.create(NewAccount(name: "One", type: .standard), idempotencyKey: "k")
      #expect(created.value.id == Reply.accountID)
      #expect(created.status == 201 && created.ray == "8f00c0ffee00beef-ZRH")
      let deleted = try await client.delete(id: "x")
      #expect(deleted == Confirmed(DeletedAccount(id: "x"), status: 200, ray: "8f00c0ffee00beef-ZRH"))
      let error = try await failure { try await client.delete(id: "x") }
      #expect(error.leavesOutcomeUnknown && error.status == 200 && error.ray == "8f00c0ffee00beef-ZRH")
    }
  }

  @Test("A key that would break the header is not sent", arguments: ["", "a b", "a\r\nx: y", "ä"])
  func brokenKey(key: String) async throws {
    try await withClient(script: { _, _ in [] }) { client, server in
      let error = try await failure {
        try await client.create(NewAccount(name: "One", type: .standard), idempotencyKey: key)
      }
      #expect(error.cause == .invalidRequest("The idempotency key must be visible ASCII characters."))
      #expect(server.connections == 0)
    }
  }

  @Test("A deletion sends one DELETE without a body")
  func delete() async throws {
    let answer = Reply.http(200, Reply.envelope(#"{"id":"\#(Reply.accountID)"}"#))
    try await withClient(script: { _, _ in [answer] }) { client, server in
      let deleted = try await client.delete(id: Reply.accountID)
      #expect(deleted.value == DeletedAccount(id: Reply.accountID))
      let request = try #require(server.requests.first)
      #expect(request.method == "DELETE" && request.target == "/client/v4/accounts/\(Reply.accountID)")
      #expect(request.body.isEmpty && request["content-length"] == nil && request["transfer-encoding"] == nil)
    }
  }

  @Test(
    "An identifier can never change the path",
    arguments: [
      ("a/b", "a%2Fb"), ("a?b", "a%3Fb"), ("a#b", "a%23b"), ("../zones/x", "..%2Fzones%2Fx"), ("a b", "a%20b"),
      ("%2e%2e", "%252e%252e"), ("ä", "%C3%A4"), ("a\r\nb", "a%0D%0Ab"),
    ])
  func identifiers(id: String, encoded: String) async throws {
    try await withClient(script: { _, _ in [Reply.http(404, Reply.failure(7003, "no"))] }) { client, server in
      _ = try await failure { try await client.get(id: id) }
      _ = try await failure { try await client.delete(id: id) }
      #expect(server.requests.map(\.target) == Array(repeating: "/client/v4/accounts/\(encoded)", count: 2))
    }
  }

  @Test("An empty or dotted identifier is refused before anything is sent", arguments: ["", ".", ".."])
  func noIdentifier(id: String) async throws {
    try await withClient(script: { _, _ in [] }) { client, server in
      for error in [
        try await failure { try await client.get(id: id) }, try await failure { try await client.delete(id: id) },
      ] {
        guard case .invalidRequest = error.cause else {
          Issue.record("Not refused: \(error)")
          continue
        }
        #expect(error.nothingWasSent && !error.leavesOutcomeUnknown && error.attempts == 0)
      }
      #expect(server.connections == 0)
    }
  }

  @Test(
    "Pages and sizes out of bounds are refused before anything is sent",
    arguments: [(0, 50), (-1, 50), (1, 4), (1, 51), (1, 0), (1, -5)])
  func bounds(page: Int, perPage: Int) async throws {
    try await withClient(script: { _, _ in [] }) { client, server in
      let error = try await failure { try await client.list(ListQuery(page: page, perPage: perPage)) }
      #expect(error.nothingWasSent)
      #expect(server.connections == 0)
    }
  }

  @Test("Names that are empty, blank or over 100 characters are refused before anything is sent")
  func names() async throws {
    try await withClient(script: { _, request in [Reply.http(200, Reply.envelope(Reply.account()))] }) {
      client, server in
      for name in ["", "  ", "\u{3000}", String(repeating: "a", count: 101), String(repeating: "🇫🇷", count: 51)] {
        let error = try await failure {
          try await client.create(NewAccount(name: name, type: .standard), idempotencyKey: "k")
        }
        #expect(error.nothingWasSent)
      }
      #expect(server.connections == 0)
      let longest = NewAccount(name: String(repeating: "東", count: 100), type: .standard)
      _ = try await client.create(longest, idempotencyKey: "k")
      #expect(server.requests.count == 1)
    }
  }

  @Test("Reads share a connection; every write has its own")
  func connections() async throws {
    try await withClient(
      script: { _, request in
        switch request.method {
        case "GET": [Reply.page]
        case "POST": [Reply.http(200, Reply.envelope(Reply.account()))]
        default: [Reply.http(200, Reply.envelope("null"))]
        }
      },
      { client, server in
        for _ in 0..<5 { _ = try await client.list(.first) }
        #expect(server.connections == 1)
        _ = try await client.create(NewAccount(name: "One", type: .standard), idempotencyKey: "k")
        _ = try await client.delete(id: "x")
        _ = try await client.list(.first)
        #expect(server.connections == 3)
        #expect(
          server.requests.map { $0["connection"] == "close" } == [false, false, false, false, false, true, true, false])
      })
  }

  @Test("Nothing is opened before the first call, and nothing is left open after shutdown")
  func lazily() async throws {
    try await withClient(script: { _, _ in [Reply.page] }) { client, server in
      #expect(server.connections == 0)
      _ = try await client.list(.first)
      #expect(server.openConnections.count == 1)
      await client.shutdown()
      try await eventually { server.openConnections.isEmpty }
      let error = try await failure { try await client.list(.first) }
      #expect(error.cause == .invalidRequest("The client is shut down.") && error.nothingWasSent)
      let write = try await failure { try await client.delete(id: "x") }
      #expect(write.nothingWasSent)
      await client.shutdown()
    }
  }

  @Test("A client that is dropped without shutdown closes its connections")
  func dropped() async throws {
    let server = try await ScriptedServer { _, _ in [Reply.page] }
    do {
      let client = AccountsClient(
        endpoint: try Endpoint("http://localhost:\(server.port)"), credentials: .token(Secret(Secrets.token)))
      _ = try await client.list(.first)
    }
    try await eventually { server.connections == 1 && server.openConnections.isEmpty }
    await server.stop()
  }
}
