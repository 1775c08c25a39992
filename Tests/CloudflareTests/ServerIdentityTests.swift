import Testing

@testable import Cloudflare

@Suite("Rule 8: the certificate has to name the host")
struct ServerIdentityTests {
  @Test(
    "A name matches itself and one label under a wildcard",
    arguments: [
      ("api.cloudflare.com", "api.cloudflare.com", true), ("api.cloudflare.com", "API.Cloudflare.com.", true),
      ("api.cloudflare.com.", "api.cloudflare.com", true), ("api.cloudflare.com", "*.cloudflare.com", true),
      ("api.cloudflare.com", "cloudflare.com", false), ("api.cloudflare.com", "*.com", false),
      ("a.api.cloudflare.com", "*.cloudflare.com", false), ("cloudflare.com", "*.cloudflare.com", false),
      ("api.cloudflare.com", "a*.cloudflare.com", false), ("api.cloudflare.com", "*", false),
      ("api.cloudflare.com", "*.*.com", false), ("api.cloudflare.com", "", false), ("api.cloudflare.com", "*.", false),
      ("cloudflare.com", "*.com", false), ("localhost", "localhost", true), ("localhost", "*", false),
    ])
  func names(host: String, name: String, isMatch: Bool) {
    #expect(ServerIdentity(hostname: host).matches(names: ["other.example", name], addresses: []) == isMatch)
  }

  @Test("An address matches its bytes, never a name")
  func addresses() {
    let v4 = ServerIdentity(hostname: "10.1.2.3")
    #expect(v4.matches(names: [], addresses: [[10, 1, 2, 3]]))
    #expect(!v4.matches(names: ["10.1.2.3"], addresses: [[10, 1, 2, 4], []]))
    let v6 = ServerIdentity(hostname: "fd00::1")
    #expect(v6.matches(names: [], addresses: [[0xFD] + Array(repeating: 0, count: 14) + [1]]))
  }

  @Test("A name does not match the address that it leads to")
  func nameByAddress() {
    #expect(!ServerIdentity(hostname: "localhost").matches(names: [], addresses: [[127, 0, 0, 1]]))
  }
}
