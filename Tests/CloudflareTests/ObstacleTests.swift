import FoundationEssentials
import NIOCore
import NIOSSL
import Testing

@testable import Cloudflare

@Suite("What keeps a connection from being made is named, with what mends it, and not tried again in vain")
struct ObstacleTests {
  /// Certificates as they are given by SSL_CERT_FILE.
  private func roots(_ text: String = TestCertificate.secondAuthority) throws -> TrustRoots {
    let path = "\(temporaryDirectory())/tenantry-\(UInt64.random(in: 0...UInt64.max)).pem"
    try Data(text.utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try TrustRoots(pemFile: path)
  }

  private func options(_ waits: Waits = Waits(), roots: TrustRoots?) -> ClientOptions {
    var options = ClientOptions()
    options.connectTimeout = .seconds(60)
    options.budget = nil
    options.trustRoots = roots
    options.sleep = { waits.add($0) }
    return options
  }

  /// The error of a read, which is that of a write and of the doctor's check as well.
  private func error(_ endpoint: String, _ options: ClientOptions) async throws -> CloudflareError {
    let endpoint = try Endpoint(endpoint)
    let client = AccountsClient(endpoint: endpoint, credentials: .token(Secret(Secrets.token)), options: options)
    let read = try await failure { try await client.list(.first) }
    let write = try await failure { try await client.delete(id: "x") }
    let check = try await failure { try await ConnectionCheck(endpoint: endpoint, options: options).run() }
    for other in [write, check] {
      #expect(other.cause == read.cause && other.obstacle == read.obstacle && other.nextStep == read.nextStep)
      #expect(other.attempts == 1)
    }
    #expect(read.nothingWasSent && write.nothingWasSent && !write.leavesOutcomeUnknown)
    await client.shutdown()
    return read
  }

  struct Case: Sendable {
    var step: ScriptedServer.Step
    var reason: String
    var remedy: String
    var host = "127.0.0.1"
    var hasRoots = true
  }

  @Test(
    "Certificates and versions of TLS are told apart; none is tried again, and no credential is sent",
    arguments: [
      Case(step: .startOtherTLS(TestCertificate.expired), reason: "certificate expired on 2021-01-01", remedy: "date"),
      Case(
        step: .startOtherTLS(TestCertificate.notYetValid), reason: "certificate is not valid before 2110-01-01",
        remedy: "date"),
      Case(
        step: .startOtherTLS(TestCertificate.otherHost), reason: "certificate is for another host",
        remedy: "Check the base address"),
      Case(
        step: .startOtherTLS(TestCertificate.signedByIntermediate),
        reason: "comes without the certificate that signed it (Tenantry intermediate)",
        remedy: "the server's operator has to send the whole chain"),
      Case(
        step: .startOtherTLS(
          TestCertificate.signedByIntermediate + TestCertificate.intermediate + TestCertificate.secondAuthority),
        reason: "is signed by an authority that is not known here (Tenantry second authority)",
        remedy: "by SSL_CERT_FILE", hasRoots: false),
      Case(
        step: .startOtherTLS(TestCertificate.signedByIntermediate + TestCertificate.intermediate),
        reason: "is signed by an authority that is not known here (Tenantry second authority)",
        remedy: "by SSL_CERT_FILE", hasRoots: false),
      Case(
        step: .startOtherTLS(TestCertificate.signedByIntermediate, upTo: .tlsv11),
        reason: "offers no TLS 1.2 or later", remedy: "TLS 1.2 is needed"),
      Case(
        step: .send("HTTP/1.1 400 Bad Request\r\n\r\n"), reason: "does not speak TLS on this port", remedy: "the port"),
      Case(step: .send("SSH-2.0-OpenSSH_9.2\r\n"), reason: "does not speak TLS on this port", remedy: "the port"),
    ])
  func certificates(item: Case) async throws {
    let server = try await ScriptedServer(onConnection: [item.step]) { _, _ in [Reply.page] }
    let waits = Waits()
    let options = options(waits, roots: item.hasRoots ? try roots() : nil)
    let error = try await error("https://\(item.host):\(server.port)", options)
    #expect(error.explanation.contains(item.reason), "\(error)")
    #expect(error.nextStep?.contains(item.remedy) == true, "\(error.nextStep ?? "")")
    #expect(error.attempts == 1 && waits.all.isEmpty && server.requests.isEmpty)
    await server.stop()
  }

  @Test("A certificate for the host and its whole chain is accepted")
  func chain() async throws {
    let chain = TestCertificate.signedByIntermediate + TestCertificate.intermediate
    let server = try await ScriptedServer(onConnection: [.startOtherTLS(chain)]) { _, _ in [Reply.page] }
    let client = AccountsClient(
      endpoint: try Endpoint("https://127.0.0.1:\(server.port)"), credentials: .token(Secret(Secrets.token)),
      options: options(roots: try roots()))
    #expect(try await client.list(.first).accounts.count == 1)
    await client.shutdown()
    await server.stop()
  }

  private func proxy(_ server: ScriptedServer, password: String? = nil) -> Proxy {
    Proxy(
      host: "127.0.0.1", port: server.port, login: password.map { .init(user: "jo", password: Secret($0)) })
  }

  @Test("A proxy's password that is refused or missing is asked for, and sent once a call", arguments: [nil, "pw"])
  func password(password: String?) async throws {
    let server = try await ScriptedServer { _, _ in
      [.send("HTTP/1.1 407 Nope\r\nContent-Length: 0\r\n\r\n")]
    }
    let waits = Waits()
    var options = options(waits, roots: nil)
    options.proxy = proxy(server, password: password)
    let error = try await error("https://api.tenantry.test", options)
    let reason = password == nil ? "wants a user name and password" : "does not accept the user name and password"
    #expect(error.cause == .unreachable("the proxy 127.0.0.1:\(server.port) \(reason)"))
    #expect(error.nextStep?.contains("HTTPS_PROXY") == true)
    #expect(error.attempts == 1 && waits.all.isEmpty)
    #expect(server.requests.count == 3, "one for the read, the write and the check")
    await server.stop()
  }

  @Test("A proxy that refuses the host is not asked again by the policy", arguments: [400, 403, 404, 405, 451])
  func refusedHost(status: Int) async throws {
    let server = try await ScriptedServer { _, _ in [.send("HTTP/1.1 \(status) No\r\nContent-Length: 0\r\n\r\n")] }
    let waits = Waits()
    var options = options(waits, roots: nil)
    options.proxy = proxy(server)
    let error = try await error("https://api.tenantry.test", options)
    #expect(
      error.cause
        == .unreachable("the proxy 127.0.0.1:\(server.port) refuses connections to api.tenantry.test (\(status))"))
    #expect(error.nextStep?.contains("NO_PROXY") == true && error.attempts == 1 && waits.all.isEmpty)
    await server.stop()
  }

  @Test("An endpoint that a proxy cannot reach is tried again by a read", arguments: [500, 502, 503, 504])
  func unreachableBehind(status: Int) async throws {
    let server = try await ScriptedServer { _, _ in [.send("HTTP/1.1 \(status) No\r\nContent-Length: 0\r\n\r\n")] }
    var options = options(roots: nil)
    options.proxy = proxy(server)
    let error = try await error("https://api.tenantry.test", options)
    #expect(
      error.cause == .unreachable("the proxy 127.0.0.1:\(server.port) cannot reach api.tenantry.test (\(status))"))
    #expect(error.attempts == 3)
    await server.stop()
  }

  @Test("A proxy that is not there is named, without its password")
  func noProxy() async throws {
    let server = try await ScriptedServer { _, _ in [] }
    await server.stop()
    var options = options(roots: nil)
    options.proxy = proxy(server, password: "hunter2hunter2")
    let refused = try await error("https://api.tenantry.test", options)
    #expect(
      refused.cause
        == .unreachable("the proxy 127.0.0.1:\(server.port) cannot be reached: connection refused"))
    options.proxy?.host = "no-such-proxy.invalid"
    let nameless = try await error("https://api.tenantry.test", options)
    #expect(
      nameless.explanation.contains("the proxy no-such-proxy.invalid:\(server.port) cannot be reached: the name "))
    for error in [refused, nameless] {
      #expect(error.attempts == 3 && error.nextStep?.contains("HTTPS_PROXY") == true)
      var dumped = ""
      dump(error, to: &dumped)
      #expect(!(dumped + error.explanation).contains("hunter2"))
    }
  }

  @Test("A certificate behind a proxy is looked at through it")
  func certificateBehindProxy() async throws {
    let server = try await ScriptedServer { _, _ in
      [.send("HTTP/1.1 200 OK\r\n\r\n"), .startOtherTLS(TestCertificate.expired)]
    }
    var options = options(roots: try roots())
    options.proxy = proxy(server, password: "pw")
    let error = try await error("https://api.tenantry.test", options)
    #expect(error.cause == .unreachable("the server's certificate expired on 2021-01-01"))
    #expect(server.requests.allSatisfy { $0.method == "CONNECT" && $0["proxy-authorization"] == "Basic am86cHc=" })
    await server.stop()
  }
}
