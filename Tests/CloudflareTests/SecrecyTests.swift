import Testing

@testable import Cloudflare

@Suite("Rule 8: credentials stay hidden")
struct SecrecyTests {
  @Test("No error of any fault holds a credential", arguments: Fault.allCases)
  func errors(fault: Fault) async throws {
    let all = [
      Credentials.token(Secret(Secrets.token)), Credentials.key(email: "a@b.example", key: Secret(Secrets.key)),
    ]
    for credentials in all {
      try await withClient(credentials: credentials, script: { _, _ in fault.steps }) { client, _ in
        let errors = [
          try await failure { try await client.list(.first) },
          try await failure { try await client.delete(id: "x") },
          try await failure { try await client.create(NewAccount(name: "n", type: .standard), idempotencyKey: "k") },
        ]
        for error in errors {
          var dumped = ""
          dump(error, to: &dumped)
          for text in ["\(error)", String(reflecting: error), dumped, error.explanation, error.nextStep ?? ""] {
            #expect(!text.contains(Secrets.token) && !text.contains(Secrets.key))
          }
        }
      }
    }
  }

  @Test("A credential that a server sends back is masked in a raw answer")
  func rawAnswer() async throws {
    let echo = Reply.envelope(#"{"headers":"Bearer \#(Secrets.token), \#(Secrets.key)"}"#)
    for credentials in [Credentials.token(Secret(Secrets.token)), .key(email: "a@b.example", key: Secret(Secrets.key))]
    {
      try await withClient(credentials: credentials, script: { _, _ in [Reply.http(200, echo)] }) { client, _ in
        let body = try await client.rawAccount(accountID: "x").body
        #expect(!body.contains(credentials.secret.reveal()) && body.contains("(hidden)"))
      }
    }
  }

  @Test("A client that has worked shows no credential in a description or dump")
  func client() async throws {
    try await withClient(script: { _, _ in [Reply.page] }) { client, _ in
      _ = try await client.list(.first)
      var dumped = ""
      dump(client, to: &dumped)
      for text in ["\(client)", String(reflecting: client), dumped] {
        #expect(!text.contains(Secrets.token))
        #expect(text.contains("127.0.0.1"))
      }
    }
  }
}
