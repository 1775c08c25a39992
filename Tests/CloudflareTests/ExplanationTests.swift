import Testing

@testable import Cloudflare

@Suite("Errors speak plainly")
struct ExplanationTests {
  @Test("What happened is one line with status, code and ray")
  func explanations() {
    let authentication = APIMessage(code: 10000, message: "Authentication error")
    let chain = APIMessage(
      code: 6003, message: "Invalid request headers",
      errorChain: [APIMessage(code: 6103, message: "Invalid format for X-Auth-Key header")])
    let name = APIMessage(code: 1001, message: "name too long", source: .init(pointer: "/name"))
    let cases: [(CloudflareError, String)] = [
      (
        CloudflareError(.refused, status: 403, errors: [authentication], ray: "8f-FRA"),
        "Cloudflare refused (403): Authentication error (10000). cf-ray 8f-FRA."
      ),
      (
        CloudflareError(.refused, status: 400, errors: [chain]),
        "Cloudflare refused (400): Invalid request headers (6003): Invalid format for X-Auth-Key header (6103)."
      ),
      (
        CloudflareError(.refused, status: 400, errors: [name]),
        "Cloudflare refused (400): name too long (1001) at /name."
      ),
      (CloudflareError(.refused, status: 404), "Cloudflare refused (404) without saying why."),
      (
        CloudflareError(.refused, status: 429, errors: [APIMessage(code: nil, message: "Slow down.")], attempts: 3),
        "Too many requests (429): Slow down. Tried 3 times."
      ),
      (
        CloudflareError(.serverFault, status: 500, errors: [APIMessage(code: 10013, message: "")]),
        "Cloudflare's API failed (500): code 10013."
      ),
      (
        CloudflareError(.edge, status: 502, ray: "r", edge: .init(contentType: "text/html")),
        "Cloudflare's edge answered 502 with text/html instead of JSON. cf-ray r."
      ),
      (
        CloudflareError(.edge, status: 502, edge: .init()),
        "Cloudflare's edge answered 502 without an answer of the API."
      ),
      (CloudflareError(.edge, status: 502), "Cloudflare's edge answered 502 instead of the API."),
      (
        CloudflareError(.unreachable("connection refused"), attempts: 3),
        "No connection: connection refused. Nothing was sent. Tried 3 times."
      ),
      (CloudflareError(.timedOut), "No complete answer within the time allowed."),
      (CloudflareError(.cancelled, nothingWasSent: true), "Cancelled. Nothing was sent."),
      (
        CloudflareError(.unreadable("it is empty"), status: 200),
        "Cloudflare answered 200, but the answer cannot be used: it is empty."
      ),
      (CloudflareError(.invalidRequest("The name is empty.")), "The name is empty."),
    ]
    for (error, text) in cases {
      #expect(error.explanation == text)
      #expect("\(error)" == text)
    }
  }

  @Test("The server's words cannot break the line, hide text or fill the screen")
  func hostile() {
    let words = "a\u{1B}[2Jb\nc\u{202E}d\u{2028}e\u{200B}f" + String(repeating: "x", count: 10_000)
    let error = CloudflareError(
      .refused, status: 400, errors: [APIMessage(code: 1, message: words, source: .init(pointer: words))],
      ray: words, edge: .init(contentType: words))
    let text = error.explanation
    #expect(text.unicodeScalars.count < 500)
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 || [0x202E, 0x2028, 0x200B].contains($0.value) })
  }

  @Test("A chain without end is cut")
  func deepChain() {
    var message = APIMessage(code: 0, message: "end")
    for code in 1...300 { message = APIMessage(code: code, message: "m", errorChain: [message]) }
    let error = CloudflareError(.refused, status: 400, errors: [message])
    #expect(error.explanation == "Cloudflare refused (400): m (300): m (299).")
    #expect(error.codes.count == 301)
  }

  @Test(
    "The next step follows the code before the status",
    arguments: [
      (401, [Int](), "not valid"), (403, [], "permissions"), (404, [], "load the list again"), (400, [], "Change"),
      (400, [9106], "No usable credentials"), (403, [9103], "do not belong together"),
      (403, [10000], "Account Settings"),
      (403, [9109], "Account Settings"), (403, [1002], "tenant"), (400, [6003], "wrong shape"),
      (404, [7003], "no such account"), (429, [971], "1200 requests"), (429, [], "1200 requests"),
    ])
  func nextSteps(status: Int, codes: [Int], words: String) {
    let error = CloudflareError(.refused, status: status, errors: codes.map { APIMessage(code: $0, message: "") })
    #expect(error.nextStep?.contains(words) == true)
  }

  @Test(
    "Malformed credentials are told by the chain",
    arguments: [(6102, "e-mail"), (6103, "Global API Key has"), (6111, "API token has")])
  func chain(code: Int, words: String) {
    let message = APIMessage(code: 6003, message: "", errorChain: [APIMessage(code: code, message: "")])
    #expect(CloudflareError(.refused, status: 400, errors: [message]).nextStep?.contains(words) == true)
  }

  @Test("However much the server says, the explanation stays bearable")
  func bounded() {
    let long = String(repeating: "x", count: 1_000)
    let chain = (0..<1_000).map { APIMessage(code: $0, message: long) }
    let errors = (0..<100).map { APIMessage(code: $0, message: long, errorChain: chain) }
    let explanation = CloudflareError(.refused, status: 400, errors: errors).explanation
    #expect(explanation.utf8.count < 10_000)
    #expect(explanation.hasSuffix("; ….") && explanation.contains("(4), …; …"))
    let few = CloudflareError(
      .refused, status: 400, errors: errors[..<5].map { APIMessage(code: $0.code, message: "m") })
    #expect(few.explanation == "Cloudflare refused (400): m (0); m (1); m (2); m (3); m (4).")
  }

  @Test("A wait is told in words")
  func waits() {
    func step(_ wait: Duration) -> String? {
      CloudflareError(.refused, status: 429, retryAfter: wait).nextStep
    }
    #expect(step(.seconds(298)) == "Try again in 4 min 58 s.")
    #expect(step(.milliseconds(1500)) == "Try again in 2 s.")
    #expect(step(.seconds(3600)) == "Try again in 1 h.")
  }

  @Test("Every cause that a person can do something about has a next step")
  func all() {
    for cause in [
      CloudflareError.Cause.unreachable(""), .interrupted(""), .timedOut, .serverFault, .edge, .unreadable(""),
    ] {
      #expect(CloudflareError(cause).nextStep?.hasSuffix(".") == true)
    }
    #expect(CloudflareError(.cancelled).nextStep == nil)
  }

  @Test(
    "Rule 3: which ends leave the outcome of a write unknown",
    arguments: [
      (CloudflareError(.unreachable("")), false), (CloudflareError(.invalidRequest("")), false),
      (CloudflareError(.interrupted("")), true), (CloudflareError(.timedOut), true),
      (CloudflareError(.cancelled), true),
      (CloudflareError(.timedOut, nothingWasSent: true), false), (CloudflareError(.serverFault, status: 500), true),
      (CloudflareError(.unreadable(""), status: 200), true), (CloudflareError(.refused, status: 403), false),
      (CloudflareError(.refused, status: 200), false), (CloudflareError(.refused, status: 429), false),
      (CloudflareError(.refused, status: 408), true), (CloudflareError(.edge, status: 403), false),
      (CloudflareError(.edge, status: 408), true), (CloudflareError(.edge, status: 499), true),
      (CloudflareError(.edge, status: 302), true), (CloudflareError(.edge, status: 502), true),
      (CloudflareError(.edge, status: 200), true), (CloudflareError(.edge), true),
    ])
  func unknown(error: CloudflareError, isUnknown: Bool) {
    #expect(error.leavesOutcomeUnknown == isUnknown)
  }

  @Test("Absence is 404 or 7003 in a refusal, and nothing else")
  func notThere() {
    func refused(_ status: Int, _ code: Int) -> CloudflareError {
      CloudflareError(.refused, status: status, errors: [APIMessage(code: code, message: "")])
    }
    #expect(refused(404, 1).saysNotThere && refused(400, 7003).saysNotThere)
    #expect(!refused(403, 9109).saysNotThere)
    #expect(!CloudflareError(.edge, status: 404).saysNotThere)
  }
}
