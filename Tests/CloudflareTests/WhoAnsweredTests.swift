import FoundationEssentials
import NIOCore
import Testing

@testable import Cloudflare

@Suite("Who answered is named rightly, with its own words")
struct WhoAnsweredTests {
  /// The error of a read that gets this answer, and the server's host.
  private func answer(
    _ steps: [ScriptedServer.Step], tries: Int = 1
  ) async throws -> (error: CloudflareError, host: String) {
    try await withClient(change: { $0.tries = tries }, script: { _, _ in steps }) { client, server in
      (try await failure { try await client.list(.first) }, "127.0.0.1:\(server.port)")
    }
  }

  private static let page = "<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>"

  @Test(
    "What carries no cf-ray is not Cloudflare's edge",
    arguments: [
      (
        Reply.http(502, type: "text/html", Reply.html, headers: ["Server: nginx/1.18.0"]),
        "A proxy or gateway (nginx/1.18.0) answered 502: 502 Bad Gateway."
      ),
      (
        Reply.http(403, type: "text/html; charset=utf-8", page, headers: ["Via: 1.1 proxy.acme.example (squid)"]),
        "A proxy or gateway (1.1 proxy.acme.example (squid)) answered 403: 403 Forbidden."
      ),
      (
        Reply.http(403, type: "text/html", "<H1>Blocked</H1>\n<p>by ACME&#39;s <b>policy</b>.</p>"),
        "The server at HOST answered 403: Blocked by ACME's policy."
      ),
      (
        Reply.http(200, type: "text/html", "<title>\n Sign in &amp; go &#x2013; ACME\n</title>"),
        "The server at HOST answered 200: Sign in & go – ACME."
      ),
      (
        Reply.http(
          400, type: "text/html",
          "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>",
          headers: ["Server: nginx"]),
        "A proxy or gateway (nginx) answered 400: 400 The plain HTTP request was sent to HTTPS port."
      ),
      (Reply.http(403, type: "text/plain", "Denied.\r\nAsk IT.\n"), "The server at HOST answered 403: Denied. Ask IT."),
      (
        Reply.http(502, type: nil, "<!-- x --><style>p{}</style><script>if (a<b) {}</script><title></title>Gone"),
        "The server at HOST answered 502: Gone."
      ),
      (Reply.http(502, type: nil, ""), "The server at HOST answered 502 without an answer of the API."),
      (Reply.http(200, type: nil, "<p>Sign in"), "The server at HOST answered 200: Sign in."),
      (
        Reply.http(404, #"{"message":"no Route matched with those values"}"#, headers: ["Server: kong/3.4"]),
        "A proxy or gateway (kong/3.4) answered 404: no Route matched with those values."
      ),
      (
        Reply.http(401, #"{"detail":"Authentication credentials were not provided."}"#),
        "The server at HOST answered 401: Authentication credentials were not provided."
      ),
      (
        Reply.http(503, #"{"error":{"code":14,"message":"upstream connect error"}}"#),
        "The server at HOST answered 503: upstream connect error."
      ),
      (Reply.http(403, #"{"error":"forbidden by policy"}"#), "The server at HOST answered 403: forbidden by policy."),
      (Reply.http(403, Reply.failure(7, "no")), "The server at HOST refused (403): no (7)."),
      (Reply.http(500, Reply.failure(7, "no")), "The server at HOST failed (500): no (7)."),
      (
        Reply.http(200, #"{"a":1}"#),
        "The server at HOST answered 200, but the answer cannot be used: "
          + "it does not say whether the request succeeded."
      ),
      (Reply.http(403, Reply.failure(7, "no"), headers: ["CF-Ray: r"]), "Cloudflare refused (403): no (7). cf-ray r."),
      (
        Reply.http(502, type: "text/html", Reply.html, headers: ["cf-ray: r", "Server: cloudflare"]),
        "Cloudflare's edge answered 502 with text/html instead of JSON. cf-ray r."
      ),
    ])
  func names(step: ScriptedServer.Step, expected: String) async throws {
    let (error, host) = try await answer([step])
    #expect(error.explanation == expected.replacing("HOST", with: host))
    #expect(error.nextStep?.contains("cloudflarestatus") != true || error.ray != nil)
  }

  @Test("A page cannot hold anybody up, fill the memory or steer a terminal")
  func hostile() async throws {
    let start = ContinuousClock.now
    let stalled = try await answer([.send(Reply.head(403, type: "text/html", length: 900) + Self.page), .silence])
    #expect(stalled.error.explanation.hasSuffix("answered 403: 403 Forbidden."))
    #expect(start.duration(to: .now) < .seconds(15))
    let endless = try await answer([
      .send(Reply.head(403, type: "text/html", length: nil)), .flood(Array("<p>word</p>".utf8), total: 500_000_000),
    ])
    #expect(endless.error.explanation.utf8.count < 400 && endless.error.explanation.contains("word word"))
    for page in ["<title", "<title>", "<", "<!--", "<script>", "</", "&", "&#", "&#x;", "<a", "< >", "\u{1F}"] {
      let broken = try await answer([Reply.http(403, type: "text/html", page)])
      #expect(broken.error.cause == .edge && broken.error.status == 403)
    }
    let title = "<title>a\u{1B}[2Jb&#27;[2Jc&#x202E;d&#0;&#xD800;&#99999999999;&zzz;</title>"
    let steering = try await answer([Reply.http(403, type: "text/html", title)])
    #expect(
      !steering.error.explanation.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
  }

  @Test("A credential that is written in entities is masked in a page's words")
  func entities() async throws {
    let entities = Secrets.token.utf8.map { "&#\($0);" }.joined()
    for type in ["text/html", nil] {
      let (error, _) = try await answer([Reply.http(403, type: type, "<title>Unknown \(entities)</title>")])
      #expect(error.explanation.contains("Unknown (hidden)"))
    }
  }

  @Test("An error keeps the number of tries and the cf-ray, whatever is found wrong with the answer")
  func attempts() async throws {
    let calls: [(String, @Sendable (AccountsClient) async throws -> Void)] = [
      ("null", { _ = try await $0.list(.first) }),
      ("7", { _ = try await $0.list(.first) }), ("null", { _ = try await $0.get(id: "x") }),
      (Reply.account(id: "y"), { _ = try await $0.get(id: "x") }), ("null", { _ = try await $0.user() }),
      ("null", { _ = try await $0.subscriptions(accountID: "x", priority: .interactive) }),
      ("null", { _ = try await $0.members(accountID: "x", page: 1, perPage: 50, priority: .interactive) }),
      (
        #"[{"id":"z","name":"z","account":{"id":"y"}}]"#,
        { _ = try await $0.zones(accountID: "x", page: 1, perPage: 50, priority: .interactive) }
      ),
    ]
    for (result, call) in calls {
      let answers = [Fault.status503.steps, [Reply.http(200, Reply.envelope(result), headers: ["cf-ray: r"])]]
      try await withClient(script: { number, _ in answers[number] }) { client, _ in
        let error = try await failure { try await call(client) }
        if case .unreadable = error.cause {} else { Issue.record("\(error)") }
        #expect(error.attempts == 2 && error.ray == "r" && error.status == 200, "\(error)")
        #expect(error.explanation.hasSuffix("Tried 2 times. cf-ray r."))
      }
    }
  }

  @Test("A refusal with the status of a success gives its reason, its tries and its cf-ray")
  func refusedSuccess() async throws {
    let bodies = [
      (#"{"success":false,"errors":[],"messages":[{"code":5,"message":"in maintenance"}]}"#, ": in maintenance (5)"),
      (#"{"success":false,"errors":["slow down"]}"#, ": slow down"),
      (#"{"success":false,"errors":[{"code":0,"message":"","error_chain":[{"message":"deep"}]}]}"#, ": code 0: deep"),
      (#"{"success":false}"#, " without saying why"),
    ]
    for (body, words) in bodies {
      let answers = [Fault.status503.steps, [Reply.http(200, body, headers: ["cf-ray: r"])]]
      try await withClient(script: { number, _ in answers[number] }) { client, _ in
        let error = try await failure { try await client.list(.first) }
        #expect(error.explanation == "Cloudflare refused (200)\(words). Tried 2 times. cf-ray r.")
      }
    }
  }
}
