import FoundationEssentials
import NIOCore
import Testing

@testable import Cloudflare

@Suite("Proxy variables")
struct ProxySettingsTests {
  private func proxy(_ variables: [String: String], _ endpoint: String = "https://api.cloudflare.com/client/v4") throws
    -> Proxy?
  {
    try ProxySettings(environment: variables).proxy(for: try Endpoint(endpoint))
  }

  @Test(
    "A proxy is read with and without scheme, port and login",
    arguments: [
      ("http://proxy.example:3128", Proxy(host: "proxy.example", port: 3128)),
      ("proxy.example:3128/", Proxy(host: "proxy.example", port: 3128)),
      ("HTTP://Proxy.Example", Proxy(host: "proxy.example", port: 80)),
      ("http://[::1]:3128", Proxy(host: "::1", port: 3128)), ("[::1]", Proxy(host: "::1", port: 80)),
      ("proxy.example:443", Proxy(host: "proxy.example", port: 443)),
      (
        "http://jo%40b:p%3A%2Fw%40@10.0.0.1:80",
        Proxy(host: "10.0.0.1", port: 80, login: .init(user: "jo@b", password: Secret("p:/w@")))
      ),
      ("jo@p:1", Proxy(host: "p", port: 1, login: .init(user: "jo", password: Secret("")))),
      ("jo:a:b@p:1", Proxy(host: "p", port: 1, login: .init(user: "jo", password: Secret("a:b")))),
    ])
  func forms(text: String, expected: Proxy) throws {
    #expect(try proxy(["HTTPS_PROXY": text]) == expected)
    #expect(try proxy(["https_proxy": text]) == expected)
  }

  @Test("Blanks around a proxy are none of it, and nothing but blanks is no proxy")
  func blanks() throws {
    #expect(try proxy(["HTTPS_PROXY": " \thttp://jo:pw@p:1/ \r\n"]) == proxy(["HTTPS_PROXY": "http://jo:pw@p:1/"]))
    #expect(try proxy(["https_proxy": "  ", "HTTPS_PROXY": "a:1"])?.host == "a")
    #expect(try proxy(["HTTPS_PROXY": " \n"]) == nil)
  }

  @Test("The lower case goes first, HTTPS_PROXY before ALL_PROXY, and an empty variable is none")
  func precedence() throws {
    #expect(try proxy(["HTTPS_PROXY": "a:1", "https_proxy": "b:2"])?.host == "b")
    #expect(try proxy(["HTTPS_PROXY": "a:1", "https_proxy": ""])?.host == "a")
    #expect(try proxy(["HTTPS_PROXY": "", "HTTP_PROXY": "a:1", "http_proxy": "a:1"]) == nil)
    #expect(try proxy([:]) == nil)
    #expect(try proxy(["ALL_PROXY": "a:1", "all_proxy": "b:2"])?.host == "b")
    #expect(try proxy(["ALL_PROXY": "a:1", "HTTPS_PROXY": "c:3"])?.host == "c")
    #expect(throws: ProxyError.unsupported) { try proxy(["all_proxy": "socks5h://a:1"]) }
  }

  @Test(
    "NO_PROXY names what is reached directly",
    arguments: [
      ("*", true), ("api.cloudflare.com", true), ("cloudflare.com", true), (".cloudflare.com", true),
      ("*.cloudflare.com", true), ("CLOUDFLARE.com", true), ("a.example, cloudflare.com", true),
      ("a.example cloudflare.com", true), ("cloudflare.com:443", true), ("cloudflare.com:8443", false),
      ("flare.com", false), ("dash.cloudflare.com", false), ("api.cloudflare.com.evil", false), ("", false),
      (",", false),
      (".", false), ("10.0.0.0/8", false),
    ])
  func exceptions(text: String, isDirect: Bool) throws {
    #expect((try proxy(["HTTPS_PROXY": "p:1", "NO_PROXY": text]) == nil) == isDirect)
    #expect((try proxy(["HTTPS_PROXY": "p:1", "no_proxy": text]) == nil) == isDirect)
  }

  @Test(
    "NO_PROXY knows addresses and networks",
    arguments: [
      ("10.1.2.3", "10.1.2.3", true), ("10.1.2.0/24", "10.1.2.3", true), ("10.0.0.0/8", "10.1.2.3", true),
      ("0.0.0.0/0", "10.1.2.3", true), ("10.1.2.4/31", "10.1.2.3", false), ("10.1.2.2/31", "10.1.2.3", true),
      ("10.1.3.0/24", "10.1.2.3", false), ("10.1.2.3/33", "10.1.2.3", false), ("10.1.2.3/-1", "10.1.2.3", false),
      ("10.1.2.0/x", "10.1.2.3", false), ("fd00::/8", "[fd00::1]", true), ("fd00::1", "[fd00:0:0:0:0:0:0:1]", true),
      ("[fd00::1]:443", "[fd00::1]", true), ("[fd00::1]:1", "[fd00::1]", false), ("fe00::/8", "[fd00::1]", false),
      ("::/0", "10.1.2.3", false),
    ])
  func addresses(text: String, host: String, isDirect: Bool) throws {
    #expect((try proxy(["HTTPS_PROXY": "p:1", "NO_PROXY": text], "https://\(host)") == nil) == isDirect)
  }

  @Test("This machine is never reached through a proxy, and a wrong proxy that is not needed is no error")
  func unneeded() throws {
    for endpoint in ["http://127.0.0.1:1", "https://localhost:1", "https://[::1]"] {
      #expect(try proxy(["HTTPS_PROXY": "socks5://x"], endpoint) == nil)
    }
    #expect(try proxy(["HTTPS_PROXY": "socks5://x", "NO_PROXY": "*"]) == nil)
  }

  @Test(
    "A proxy that cannot be used is refused without being repeated",
    arguments: [
      ("socks5://u:hunter2@p:1", ProxyError.unsupported), ("https://u:hunter2@p", .unsupported),
      ("ftp://u:hunter2@p", .unreadable), ("http://u:hunter2@", .unreadable), ("http://u:hunter2@p:0", .unreadable),
      ("http://u:hunter2@p:99999", .unreadable), ("http://u:hunter2@p/path", .unreadable),
      ("http://u:hunter2%@p", .unreadable), ("http://:hunter2@p", .unreadable), ("http://p q hunter2", .unreadable),
    ])
  func refused(text: String, error: ProxyError) throws {
    #expect(throws: error) { try proxy(["HTTPS_PROXY": text]) }
    #expect(!"\(error)".contains("hunter2"))
    var dumped = ""
    dump(ProxySettings(environment: ["HTTPS_PROXY": text]), to: &dumped)
    #expect(!dumped.contains("hunter2"))
  }

  @Test("A proxy's description never shows its login")
  func hidden() {
    let proxy = Proxy(host: "p", port: 1, login: .init(user: "jo", password: Secret("hunter2")))
    var dumped = ""
    dump(proxy, to: &dumped)
    #expect("\(proxy)" == "p:1" && String(reflecting: proxy) == "p:1")
    #expect(!dumped.contains("hunter2"))
  }
}

@Suite("TLS and proxies over the wire")
struct TunnelTests {
  private static let authorization = "Basic am86cHc="

  private func withFile<Value>(_ text: String, _ body: (String) async throws -> Value) async throws -> Value {
    let path = "\(temporaryDirectory())/tenantry-\(UInt64.random(in: 0...UInt64.max)).pem"
    try Data(text.utf8).write(to: URL(filePath: path))
    do {
      let value = try await body(path)
      try FileManager.default.removeItem(atPath: path)
      return value
    } catch {
      try FileManager.default.removeItem(atPath: path)
      throw error
    }
  }

  private func options() async throws -> ClientOptions {
    var options = ClientOptions()
    options.connectTimeout = .seconds(60)
    options.tries = 1
    options.trustRoots = try await withFile(TestCertificate.authority) { try TrustRoots(pemFile: $0) }
    return options
  }

  private func client(_ endpoint: String, _ options: ClientOptions) throws -> AccountsClient {
    AccountsClient(endpoint: try Endpoint(endpoint), credentials: .token(Secret(Secrets.token)), options: options)
  }

  @Test("SSL_CERT_FILE makes a server trusted that the system does not know")
  func trusted() async throws {
    let server = try await ScriptedServer(onConnection: [.startTLS]) { _, request in
      request.method == "GET" ? [Reply.page] : [Reply.http(200, Reply.envelope("null"))]
    }
    let client = try client("https://127.0.0.1:\(server.port)", try await options())
    let page = try await client.list(.first)
    #expect(page.accounts.count == 1)
    let deleted = try await client.delete(id: "x")
    #expect(deleted.value == nil)
    await client.shutdown()
    await server.stop()
  }

  @Test("A server that nobody vouches for gets no credential, and it is known that nothing was sent")
  func untrusted() async throws {
    let server = try await ScriptedServer(onConnection: [.startTLS]) { _, _ in [Reply.page] }
    var distrusting = try await options()
    distrusting.trustRoots = nil
    let client = try client("https://127.0.0.1:\(server.port)", distrusting)
    for error in [
      try await failure { try await client.list(.first) }, try await failure { try await client.delete(id: "x") },
    ] {
      #expect(error.obstacle == .certificate(.missingIssuer("Tenantry test authority", isOwnFile: false)))
      #expect(error.nothingWasSent && !error.leavesOutcomeUnknown)
    }
    #expect(server.requests.isEmpty)
    await client.shutdown()
    await server.stop()
  }

  @Test("A certificate for another host is refused")
  func otherHost() async throws {
    let server = try await ScriptedServer(onConnection: [.startTLS]) { _, _ in [Reply.page] }
    let client = try client("https://localhost:\(server.port)", try await options())
    let error = try await failure { try await client.delete(id: "x") }
    #expect(error.cause == .unreachable("the server's certificate is for another host"))
    #expect(error.nothingWasSent && server.requests.isEmpty)
    await client.shutdown()
    await server.stop()
  }

  @Test("A server that does not speak TLS is unreachable over https")
  func plain() async throws {
    let server = try await ScriptedServer(onConnection: [.send("HTTP/1.1 400 Bad Request\r\n\r\n")]) { _, _ in [] }
    let client = try client("https://127.0.0.1:\(server.port)", try await options())
    let error = try await failure { try await client.delete(id: "x") }
    #expect(error.cause == .unreachable("the server does not speak TLS on this port"))
    #expect(error.nothingWasSent)
    await client.shutdown()
    await server.stop()
  }

  @Test("A proxy gets host, port and its own login; the request and the credentials go through it unseen")
  func tunnel() async throws {
    let server = try await ScriptedServer { _, request in
      request.method == "CONNECT" ? [.send("HTTP/1.1 200 Connection established\r\n\r\n"), .startTLS] : [Reply.page]
    }
    var options = try await options()
    options.proxy = Proxy(host: "127.0.0.1", port: server.port, login: .init(user: "jo", password: Secret("pw")))
    let client = try client("https://api.tenantry.test:8443/client/v4", options)
    let page = try await client.list(.first)
    #expect(page.accounts.count == 1)
    let requests = server.requests
    #expect(requests.map(\.method) == ["CONNECT", "GET"])
    #expect(requests[0].target == "api.tenantry.test:8443")
    #expect(requests[0]["proxy-authorization"] == Self.authorization)
    #expect(requests[0]["authorization"] == nil)
    #expect(requests[1]["authorization"] == "Bearer \(Secrets.token)")
    #expect(requests[1]["proxy-authorization"] == nil)
    await client.shutdown()
    await server.stop()
  }

  @Test("A proxy that hangs up leaves nothing sent")
  func hangUp() async throws {
    let server = try await ScriptedServer { _, _ in [.close] }
    var options = try await options()
    options.proxy = Proxy(host: "127.0.0.1", port: server.port)
    let client = try client("https://api.tenantry.test", options)
    let error = try await failure { try await client.delete(id: "x") }
    #expect(error.cause == .unreachable("it was closed"))
    #expect(error.nothingWasSent && !error.leavesOutcomeUnknown)
    #expect(server.requests.map(\.method) == ["CONNECT"])
    await client.shutdown()
    await server.stop()
  }

  @Test("This machine is reached directly, whatever proxy is set")
  func loopback() async throws {
    try await withClient(
      change: { $0.proxy = Proxy(host: "proxy.invalid", port: 1) }, script: { _, _ in [Reply.page] }
    ) { client, _ in
      let page = try await client.list(.first)
      #expect(page.accounts.count == 1)
    }
  }

  @Test("A file of certificates that is missing, empty, no file or no PEM is told as such")
  func files() async throws {
    func reason(_ path: String) -> String? {
      #expect(throws: TrustRootsError.self) { try TrustRoots(pemFile: path) }?.reason
    }
    #expect(reason("/nowhere/ca.pem") == "there is no such file or directory")
    #expect(reason(temporaryDirectory()) == "it is a directory")
    try await withFile("") { path in
      #expect(reason(path)?.contains("certificate") == true)
    }
    try await withFile("-----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n") { path in
      #expect(reason(path) == "it holds no readable certificate in PEM form")
    }
    try await withFile(TestCertificate.authority + TestCertificate.certificate) { path in
      let roots = try TrustRoots(pemFile: path)
      #expect(roots.count == 2)
    }
  }
}

func temporaryDirectory() -> String {
  var path = FileManager.default.temporaryDirectory.path
  while path.count > 1, path.last == "/" { path.removeLast() }
  return path
}
