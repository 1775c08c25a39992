import FoundationEssentials
import NIOSSL
import Testing

@testable import Cloudflare

@Suite("The way to an endpoint")
struct ConnectionCheckTests {
  @Test("a certificate tells who signed it; what is no certificate tells nobody")
  func issuer() throws {
    let certificate = try #require(try NIOSSLCertificate.fromPEMBytes(Array(TestCertificate.certificate.utf8)).first)
    let bytes = try certificate.toDERBytes()
    #expect(CertificateNames(bytes)?.issuerName == "Tenantry test authority")
    // However it is cut or damaged, reading it ends.
    for count in bytes.indices { _ = CertificateNames(Array(bytes[..<count]))?.issuerName }
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] ^= 0xFF
      _ = CertificateNames(damaged)?.issuerName
    }
    #expect(CertificateNames([])?.issuerName == nil)
    #expect(CertificateNames([0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF])?.issuerName == nil)
  }

  private func check(_ endpoint: String, authority: String? = nil) async throws -> ConnectionCheck.Report {
    var options = ClientOptions()
    options.connectTimeout = .seconds(60)
    options.deadline = .seconds(60)
    if let authority {
      let path = "/tmp/tenantry-authority-\(UUID().uuidString)"
      try authority.write(toFile: path, atomically: false, encoding: .utf8)
      options.trustRoots = try TrustRoots(pemFile: path)
      try FileManager.default.removeItem(atPath: path)
    }
    return try await ConnectionCheck(endpoint: try Endpoint(endpoint), options: options).run()
  }

  @Test("over TLS it tells version, issuer and end of the certificate, and sends nothing that identifies anybody")
  func encrypted() async throws {
    let server = try await ScriptedServer(onConnection: [.startTLS]) { _, _ in
      [Reply.http(400, Reply.failure(9106, "Missing headers"), headers: ["Date: Sun, 06 Nov 1994 08:49:37 GMT"])]
    }
    let report = try await check("https://127.0.0.1:\(server.port)/v4", authority: TestCertificate.authority)
    #expect(report.status == 400)
    #expect(report.encryption?.version == "TLS 1.3")
    #expect(report.encryption?.issuer == "Tenantry test authority")
    #expect(report.encryption?.expiresOn == Date(timeIntervalSince1970: 4_733_510_400))
    let skew = try #require(report.clockSkew)
    #expect(abs(Date.now.timeIntervalSince1970 + skew - 784_111_777) < 120)
    #expect(server.requests.map(\.target) == ["/v4/user"])
    let names = server.requests.flatMap { $0.headers.map(\.name) }
    #expect(!names.contains("authorization") && !names.contains { $0.hasPrefix("x-auth") })
    await server.stop()
  }

  @Test("over plain HTTP there is no encryption to tell of; without a date, no clock")
  func plain() async throws {
    let server = try await ScriptedServer { _, _ in [Reply.http(200, Reply.envelope("null"))] }
    let report = try await check("http://127.0.0.1:\(server.port)")
    #expect(report.status == 200)
    #expect(report.encryption == nil)
    #expect(report.clockSkew == nil)
    await server.stop()
  }

  @Test("a server that nobody vouches for, or that does not answer, is not reached")
  func unreachable() async throws {
    let server = try await ScriptedServer(onConnection: [.startTLS]) { _, _ in [Reply.page] }
    let untrusted = try await failure(of: { try await check("https://127.0.0.1:\(server.port)") })
    #expect(untrusted.obstacle == .certificate(.missingIssuer("Tenantry test authority", isOwnFile: false)))
    #expect(server.requests.isEmpty)
    await server.stop()
    // Nobody listens there, and no other test gets it as a free port.
    let gone = try await failure(of: { try await check("http://127.0.0.1:1") })
    #expect(gone.cause == .unreachable("connection refused"))
  }
}
