import Cloudflare
import Testing

@testable import tenantry

@Suite("The way to the endpoint")
struct ConnectionTests {
  private func options(
    _ variables: [String: String], _ endpoint: Endpoint = .production, logPath: String? = nil
  ) throws(Problem) -> ClientOptions {
    try Connection.options(for: endpoint, logPath: logPath) { variables[$0] }
  }

  @Test("the environment's proxy is taken, in either case, and its exceptions hold")
  func proxy() throws {
    #expect(try options([:]).proxy == nil)
    #expect(try options(["HTTPS_PROXY": "http://proxy.example:3128"]).proxy?.host == "proxy.example")
    #expect(try options(["HTTPS_PROXY": "a.example", "https_proxy": "b.example"]).proxy?.host == "b.example")
    #expect(try options(["HTTPS_PROXY": "a.example", "NO_PROXY": "api.cloudflare.com"]).proxy == nil)
    #expect(try options(["HTTPS_PROXY": "a.example", "no_proxy": "api.cloudflare.com"]).proxy == nil)
    let problem = #expect(throws: Problem.self) { try options(["HTTPS_PROXY": "socks5://user:s3cret@a.example"]) }
    #expect(problem?.text.contains("s3cret") == false)
  }

  @Test("authorities of SSL_CERT_FILE take the place of the system's where something is encrypted")
  func authorities() throws {
    #expect(try options(["SSL_CERT_FILE": ""]).trustRoots == nil)
    let problem = #expect(throws: Problem.self) { try options(["SSL_CERT_FILE": "/nowhere.pem"]) }
    #expect(problem?.text.contains("/nowhere.pem") == true)
    let plain = try Endpoint("http://127.0.0.1:8080/client/v4")
    #expect(try options(["SSL_CERT_FILE": "/nowhere.pem"], plain).trustRoots == nil)
  }

  @Test("a log that cannot be written is told before anything is sent")
  func log() {
    let problem = #expect(throws: Problem.self) { try options([:], logPath: "/nowhere/requests.log") }
    #expect(problem?.text.contains("/nowhere/requests.log") == true)
  }
}
