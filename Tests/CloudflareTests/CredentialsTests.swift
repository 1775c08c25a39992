import Testing

@testable import Cloudflare

@Suite("Credentials")
struct CredentialsTests {
  @Test(
    "Shapes that may be right are left to the server",
    arguments: [
      Credentials.token(Secret(Secrets.token)),
      .token(Secret("sandbox-user-token-000000000000000000000")),
      .token(Secret("cfut_" + String(repeating: "a", count: 48))),
      .token(Secret(String(repeating: "a", count: 40))),
      .token(Secret("short")),
      .key(email: "admin@sandbox.example", key: Secret("5a6db0c5a6db0c5a6db0c5a6db0c5a6db0c5a")),
      .key(email: "a@b", key: Secret("cfk_" + String(repeating: "a", count: 48))),
      .key(email: "a@b", key: Secret("short")),
    ])
  func fine(credentials: Credentials) {
    #expect(credentials.shapeProblem == nil)
  }

  @Test(
    "Certain mistakes are named",
    arguments: [
      (Credentials.token(Secret("")), "The API token is empty."),
      (.token(Secret("Bearer abc")), "The API token starts with the word Bearer: give the token alone."),
      (.token(Secret("abc def")), "The API token holds a blank or a line break."),
      (.token(Secret("abcdef\n")), "The API token holds a blank or a line break."),
      (.token(Secret("abc\u{1B}def")), "The API token holds a control character."),
      (.token(Secret("abc\u{7F}")), "The API token holds a control character."),
      (.token(Secret("abcé")), "The API token holds a character outside ASCII."),
      (
        .token(Secret(Secrets.key)),
        "The API token is a Global API Key: give it as the key, together with its e-mail address."
      ),
      (
        .token(Secret("cfk_abc")),
        "The API token is a Global API Key: give it as the key, together with its e-mail address."
      ),
      (.key(email: "", key: Secret(Secrets.key)), "The e-mail address is empty."),
      (.key(email: "admin", key: Secret(Secrets.key)), "The e-mail address has no @ in it."),
      (.key(email: "a @b", key: Secret(Secrets.key)), "The e-mail address holds a blank or a line break."),
      (.key(email: "a@b", key: Secret("")), "The Global API Key is empty."),
      (.key(email: "a@b", key: Secret("a\r\nX-Evil: 1")), "The Global API Key holds a blank or a line break."),
      (
        .key(email: "a@b", key: Secret(Secrets.token)),
        "The Global API Key is an API token: give it as the token, without an e-mail address."
      ),
      (
        .key(email: "a@b", key: Secret("cfat_x")),
        "The Global API Key is an API token: give it as the token, without an e-mail address."
      ),
    ])
  func wrong(credentials: Credentials, problem: String) {
    #expect(credentials.shapeProblem == problem)
  }

  @Test("A problem never repeats the secret")
  func silence() {
    for text in ["hunter2 hunter2", "hunter2\u{1}", "hunter2é", "Bearer hunter2", "cfk_hunter2"] {
      let problems = [
        Credentials.token(Secret(text)).shapeProblem, Credentials.key(email: "a@b", key: Secret(text)).shapeProblem,
      ]
      #expect(problems.allSatisfy { $0?.contains("hunter2") != true })
    }
  }

  @Test("No description, dump or interpolation shows a secret")
  func hidden() {
    let all: [Any] = [
      Secret(Secrets.token), Credentials.token(Secret(Secrets.token)),
      Credentials.key(email: "a@b", key: Secret(Secrets.key)), [Credentials.token(Secret(Secrets.token))],
      AccountsClient(endpoint: .production, credentials: .token(Secret(Secrets.token))),
      AccountsClient(endpoint: .production, credentials: .key(email: "a@b", key: Secret(Secrets.key))),
    ]
    for value in all {
      var dumped = ""
      dump(value, to: &dumped)
      for text in ["\(value)", String(reflecting: value), String(describing: value), dumped] {
        #expect(!text.contains(Secrets.token) && !text.contains(Secrets.key))
      }
    }
  }

  @Test("Credentials of a certainly wrong shape are never sent")
  func unsent() async throws {
    try await withClient(credentials: .token(Secret("a\r\nX-Evil: 1")), script: { _, _ in [Reply.page] }) {
      client, server in
      let error = try await failure { try await client.list(.first) }
      #expect(error.cause == .invalidRequest("The API token holds a blank or a line break."))
      #expect(error.nothingWasSent && !error.leavesOutcomeUnknown)
      #expect(server.connections == 0)
    }
  }
}
