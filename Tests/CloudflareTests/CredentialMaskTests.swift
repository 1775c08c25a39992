import FoundationEssentials
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

@testable import Cloudflare

/// The ways in which a server may write a text that it got.
enum Echo: CaseIterable, Sendable {
  case raw, uppercase, percent, percentOfAll, percentTwice, escaped, escapedPercent, base64, base64Shifted
  case base64Twice, base64OfURLs, front, back

  func write(_ secret: String) -> String {
    func percent(_ text: String, lowercase: Bool = false) -> String {
      text.utf8.map { "%" + (lowercase ? String($0, radix: 16) : String($0, radix: 16).uppercased()) }.joined()
    }
    func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
    return switch self {
    case .raw: secret
    case .uppercase: secret.uppercased()
    case .percent: secret.prefix(5) + percent(String(secret.dropFirst(5).prefix(4))) + secret.dropFirst(9)
    case .percentOfAll: percent(secret, lowercase: true)
    case .percentTwice: percent(percent(secret))
    case .escaped: secret.utf8.map { #"\u00"# + String($0, radix: 16) }.joined()
    case .escapedPercent: percent(secret).replacing("%", with: #"\u0025"#)
    case .base64: base64("jo@example.com:" + secret)
    case .base64Shifted: base64("o@example.com:" + secret)
    case .base64Twice: base64("@example.com:" + secret + ":")
    case .base64OfURLs: base64(secret).replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    case .front: String(secret.prefix(20))
    case .back: String(secret.dropFirst(20))
    }
  }

  /// Undoes what this form can be undone by, and tells whether the secret, or a part of it that gives it away, is in the
  /// text.
  func isIn(_ text: String, _ secret: String) -> Bool {
    let written = write(secret)
    let stem =
      self == .base64 || self == .base64Shifted || self == .base64Twice ? written.suffix(40).prefix(30) : written[...]
    return text.lowercased().contains(stem.lowercased()) || text.lowercased().contains(secret.lowercased())
  }
}

@Suite("Rule 8: whatever a server says is cleared of the credentials")
struct CredentialMaskTests {
  private static let credentials = [
    Credentials.token(Secret(Secrets.token)), .key(email: "jo@example.com", key: Secret(Secrets.key)),
  ]

  @Test(
    "A credential in any form and any part of an answer reaches no value, no error and no log", arguments: Echo.allCases
  )
  func everywhere(echo: Echo) async throws {
    for credentials in Self.credentials {
      let secret = credentials.secret.reveal()
      let said = echo.write(secret)
      let header = said.contains("\\") ? secret : said
      let headers = ["cf-ray: \(header)", "Server: \(header)", "Retry-After: \(header)"]
      let message =
        #"{"code":6003,"message":"Unknown X-Auth-Key \#(said)","documentation_url":"\#(said)","#
        + #""source":{"pointer":"/\#(said)"},"error_chain":[{"code":1,"message":"x\#(said)"}]}"#
      let answers = [
        Reply.http(401, #"{"success":false,"errors":[\#(message)],"messages":[\#(message)]}"#, headers: headers),
        Reply.http(403, #"{"code":1,"error":"\#(said)"}"#, headers: headers),
        Reply.http(403, #"{"message":"\#(said)"}"#, headers: headers),
        Reply.http(403, type: "text/\(header)", "<title>\(said)</title>", headers: headers),
        Reply.http(403, type: "text/html", "<title>\(said)</title>", headers: headers),
        Reply.http(302, type: nil, "", headers: headers + ["Location: https://\(header).example/"]),
        Reply.http(200, Reply.envelope(Reply.account(id: "x", name: said)), headers: headers),
        Reply.http(200, Reply.envelope(#"{"id":"x","\#(said)":"\#(said)","name":["\#(said)"]}"#), headers: headers),
      ]
      let log = LinesLog()
      try await withClient(
        credentials: credentials, change: { $0.logger = log.logger }
      ) { number, _ in
        [answers[number]]
      } _: { client, server in
        for _ in answers {
          var text = ""
          do throws(CloudflareError) {
            let account = try await client.get(id: "x")
            dump(account, to: &text)
          } catch {
            dump(error, to: &text)
            text += error.explanation + (error.nextStep ?? "")
          }
          #expect(!echo.isIn(text, secret), "\(text)")
        }
        #expect(server.requests.count == answers.count)
      }
      #expect(log.text.contains("/accounts/x") && !echo.isIn(log.text, secret))
    }
  }

  @Test("A raw answer is cleared too, and stays JSON", arguments: Echo.allCases)
  func raw(echo: Echo) async throws {
    for credentials in Self.credentials {
      let secret = credentials.secret.reveal()
      let said = echo.write(secret)
      let body = #"{"headers":["\\\#(said)","\"\#(said)\u00e9","\#(said)"],"a":"b"}"#
      try await withClient(credentials: credentials) { _, _ in
        [Reply.http(200, body)]
      } _: { client, _ in
        let body = try await client.rawAccount(accountID: "x").body
        #expect(!echo.isIn(body, secret))
        let read = try JSONDecoder().decode([String: Headers].self, from: Data(body.utf8))
        #expect(read["headers"]?.lines.allSatisfy { $0.contains("(hidden)") } == true && read["a"]?.lines == ["b"])
      }
    }
  }

  /// A text, or a list of texts.
  private struct Headers: Decodable {
    var lines: [String]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        lines = [text]
      } else {
        lines = try container.decode([String].self)
      }
    }
  }

  @Test("A proxy's password is a credential in use")
  func proxy() {
    let proxy = Proxy(host: "p", port: 1, login: .init(user: "jo", password: Secret("correct horse")))
    let mask = CredentialMask(.token(Secret(Secrets.token)), proxy: proxy)
    #expect(mask.clear("a correct%20horse b") == "a (hidden) b")
    let login = Data("jo:correct horse".utf8).base64EncodedString()
    #expect(!mask.clear("Basic \(login)").contains(login.prefix(12)))
  }

  @Test("JSON in a wider encoding gives nothing away")
  func wide() {
    let mask = CredentialMask(.token(Secret(Secrets.token)), proxy: nil)
    let body = ByteBuffer(bytes: #"{"a":"\#(Secrets.token)"}"#.utf8.flatMap { [$0, 0] })
    let cleared = String(buffer: mask.clear(body)).filter { $0 != "\0" }
    #expect(cleared == #"{"a":"(hidden)"}"#)
  }

  @Test("What is no credential stays as it is", arguments: ["", "x", "jo", "abcdefg"])
  func untouched(secret: String) {
    let proxy = Proxy(host: "p", port: 1, login: .init(user: "jo", password: Secret(secret)))
    for mask in [
      CredentialMask(.token(Secret(secret)), proxy: proxy),
      CredentialMask(.token(Secret("sandbox-user-token-000000000000000000000")), proxy: nil),
    ] {
      for text in [
        "xx jo abcdefg \\u0078 %78 2022-09-02T14:07:00.000000000000000Z", Reply.account(), "", "%", "\\", "\\u00",
      ] {
        #expect(mask.clear(text) == text)
        #expect(mask.clear(ByteBuffer(string: text)) == ByteBuffer(string: text))
      }
    }
  }

  @Test("An escape is never cut in two, whatever stands in it")
  func escapes() throws {
    // The secret begins with the last digit of the escape before it.
    let mask = CredentialMask(.token(Secret("9t0kenT0kenT0kenT0ken")), proxy: nil)
    for text in [#"{"a":"\u00e9t0kenT0kenT0kenT0ken"}"#, #"{"a":"\t0kenT0kenT0kenT0ken\\"}"#] {
      let cleared = mask.clear(ByteBuffer(string: text))
      let read = try JSONDecoder().decode([String: String].self, from: Data(cleared.readableBytesView))
      #expect(read["a"]?.contains("(hidden)") == true && read["a"]?.lowercased().contains("kent0ken") == false)
    }
  }
}
