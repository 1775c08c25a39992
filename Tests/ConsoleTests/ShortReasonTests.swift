import Cloudflare
import Testing

@testable import Console

@Suite("A short reason")
struct ShortReasonTests {
  private func reason(_ status: Int, _ errors: [APIMessage], _ cause: CloudflareError.Cause = .refused) -> String {
    CloudflareError(cause, status: status, errors: errors).shortReason
  }

  @Test("what could not be checked says why, whatever the status is and however little the server says")
  func reasons() {
    let message = APIMessage(code: 10000, message: "Authentication error")
    #expect(reason(403, [message]) == "403 Authentication error")
    #expect(reason(200, [message]) == "refused: Authentication error")
    #expect(reason(200, []) == "refused: no reason given")
    #expect(reason(404, []) == "404 no reason given")
    #expect(reason(400, [APIMessage(code: 7003, message: "")]) == "400 code 7003")
    #expect(reason(400, [APIMessage(code: 6003, message: "", errorChain: [message])]) == "400 Authentication error")
    #expect(reason(200, [], .unreadable("it holds no list")) == "it holds no list")
  }

  @Test("what could not be checked says who answered instead of Cloudflare")
  func who() {
    var error = CloudflareError(.edge, status: 502, edge: .init(contentType: "text/html"))
    #expect(error.shortReason == "Cloudflare's edge answered 502")
    error.otherServer = "api.acme.example"
    #expect(error.shortReason == "the server at api.acme.example answered 502")
    error.edge?.software = "nginx"
    #expect(error.shortReason == "a proxy or gateway (nginx) answered 502")
  }
}
