import Testing

@testable import Cloudflare

@Suite("Endpoint")
struct EndpointTests {
  @Test(
    "https goes anywhere, and the address is normalised",
    arguments: [
      ("https://api.cloudflare.com/client/v4", "https://api.cloudflare.com/client/v4", "api.cloudflare.com"),
      ("https://api.cloudflare.com/client/v4///", "https://api.cloudflare.com/client/v4", "api.cloudflare.com"),
      ("HTTPS://API.Example.COM:443", "https://api.example.com", "api.example.com"),
      ("https://example.com:8443/", "https://example.com:8443", "example.com:8443"),
      ("https://[2606:4700::1111]:8443/x", "https://[2606:4700::1111]:8443/x", "[2606:4700::1111]:8443"),
      ("https://10.1.2.3/a%20b", "https://10.1.2.3/a%20b", "10.1.2.3"),
    ])
  func https(text: String, description: String, host: String) throws {
    let endpoint = try Endpoint(text)
    #expect(endpoint.description == description)
    #expect(endpoint.host == host)
    #expect(!endpoint.isLoopback)
    #expect(try Endpoint(description) == endpoint)
  }

  @Test(
    "Plain http goes to this machine",
    arguments: [
      "http://127.0.0.1:8080/client/v4", "http://localhost", "http://LocalHost:1", "http://[::1]:9",
      "http://127.255.0.9", "http://[0:0:0:0:0:0:0:1]/",
    ])
  func loopback(text: String) throws {
    let endpoint = try Endpoint(text)
    #expect(endpoint.isLoopback)
    #expect(!endpoint.isSecure)
  }

  @Test(
    "Plain http to anywhere else is refused, however much it looks like this machine",
    arguments: [
      ("http://api.cloudflare.com", "api.cloudflare.com"), ("http://127.0.0.1.example.com", "127.0.0.1.example.com"),
      ("http://127.1", "127.1"), ("http://localhost.example", "localhost.example"), ("http://0.0.0.0", "0.0.0.0"),
      ("http://[::ffff:127.0.0.1]", "[::ffff:127.0.0.1]"), ("http://2130706433:81", "2130706433:81"),
    ])
  func plain(text: String, host: String) {
    #expect(throws: EndpointError.plainHTTP(host: host)) { try Endpoint(text) }
  }

  @Test(
    "Everything that is no plain base address is refused with its own reason",
    arguments: [
      ("", EndpointError.empty), ("api.cloudflare.com", .notAnAddress), ("/client/v4", .notAnAddress),
      ("ftp://example.com", .scheme), ("://example.com", .scheme), ("file:///etc/passwd", .scheme),
      ("https://user:pass@example.com", .userInformation), ("http://127.0.0.1@example.com", .userInformation),
      ("https://example.com/?a=b", .query), ("https://example.com?", .query), ("https://example.com/#x", .fragment),
      ("https://example.com#", .fragment), ("https://", .host), ("https:///path", .host), ("https://:80", .host),
      ("https://exa mple.com", .unprintable), ("https://example.com\n", .unprintable),
      ("https://exämple.com", .unprintable), ("https://example.com\u{0}", .unprintable),
      ("https://exa%6dple.com", .host), ("https://example..com", .host), ("https://a\\b", .host),
      ("https://[::1", .host), ("https://[example.com]", .host), ("https://[1.2.3.4]", .host),
      ("https://example.com:", .port), ("https://example.com:0", .port), ("https://example.com:65536", .port),
      ("https://example.com:80a", .port), ("https://example.com:-1", .port), ("https://[::1]8", .port),
      ("https://a:1:2", .port), ("https://example.com/a//b", .path), ("https://example.com/../x", .path),
      ("https://example.com/./x", .path), ("https://example.com/a%2", .path), ("https://example.com/a\"b", .path),
    ])
  func refused(text: String, error: EndpointError) {
    #expect(throws: error) { try Endpoint(text) }
  }

  @Test("No refusal repeats a password")
  func passwords() {
    for text in ["https://user:hunter2@example.com", "hunter2:hunter2@x", "ftp://u:hunter2@h", "http://u:hunter2@h"] {
      let error = #expect(throws: EndpointError.self) { try Endpoint(text) }
      #expect(error.map { !"\($0)".contains("hunter2") && !String(reflecting: $0).contains("hunter2") } == true)
    }
  }

  @Test("Every refusal is a sentence")
  func sentences() {
    let errors: [EndpointError] = [
      .empty, .unprintable, .notAnAddress, .scheme, .userInformation, .query, .fragment, .host, .port, .path,
      .plainHTTP(host: "example.com"),
    ]
    #expect(Set(errors.map(\.description)).count == errors.count)
    #expect(errors.allSatisfy { $0.description.hasSuffix(".") })
  }

  @Test("The production address is the one that Cloudflare documents")
  func production() throws {
    #expect(try Endpoint("https://api.cloudflare.com/client/v4") == Endpoint.production)
  }
}
