import Cloudflare
import Testing

@testable import Sandbox

@Suite("Credentials")
struct CredentialTests {
  private func refusal(_ headers: [String: String]) async throws -> (status: Int, errors: [APIMessage]) {
    try await TestSandbox.run { sandbox async throws in
      let reply = try await sandbox.send("GET", "/accounts", headers: headers)
      #expect(reply.headers["cf-ray"] != nil)
      let envelope = try reply.envelope([Account].self)
      #expect(envelope.success == false)
      return (reply.status, envelope.errors)
    }
  }

  @Test("e-mail and key are taken, and so is a user's token")
  func accepted() async throws {
    try await TestSandbox.run { sandbox async throws in
      for headers in [
        TestSandbox.keyHeaders, TestSandbox.userToken, ["authorization": "bearer \(SandboxCredentials.userToken)"],
      ] {
        let info = try await sandbox.send("GET", "/accounts", headers: headers).info()
        #expect(info.totalCount == 120)
      }
    }
  }

  @Test("none, or half of a pair, gets 400 with 9106")
  func missing() async throws {
    for headers in [
      [:], ["X-Auth-Email": SandboxCredentials.email], ["X-Auth-Key": SandboxCredentials.key],
    ] {
      let (status, errors) = try await refusal(headers)
      #expect(status == 400)
      #expect(errors.map(\.code) == [9106])
    }
  }

  @Test(
    "a bad shape gets 400 with 6003 and names the header in the chain",
    arguments: [
      (["X-Auth-Email": "nobody", "X-Auth-Key": SandboxCredentials.key], [6102]),
      (["X-Auth-Email": SandboxCredentials.email, "X-Auth-Key": SandboxCredentials.userToken], [6103]),
      (["X-Auth-Email": "", "X-Auth-Key": "ABC"], [6102, 6103]),
      (["Authorization": "Bearer short"], [6111]),
      (["Authorization": "Basic \(SandboxCredentials.userToken)"], [6111]),
      (["Authorization": SandboxCredentials.userToken], [6111]),
      (["Authorization": "Bearer \(SandboxCredentials.userToken)!"], [6111]),
    ])
  func malformed(headers: [String: String], chain: [Int]) async throws {
    let (status, errors) = try await refusal(headers)
    #expect(status == 400)
    #expect(errors.map(\.code) == [6003])
    #expect(errors.first?.errorChain?.map(\.code) == chain)
  }

  @Test("a pair that nobody has gets 403 with 9103")
  func unknownKey() async throws {
    for headers in [
      ["X-Auth-Email": SandboxCredentials.email, "X-Auth-Key": String(repeating: "0", count: 37)],
      ["X-Auth-Email": "other@sandbox.example", "X-Auth-Key": SandboxCredentials.key],
    ] {
      let (status, errors) = try await refusal(headers)
      #expect(status == 403)
      #expect(errors.map(\.code) == [9103])
    }
  }

  @Test(
    "a well-formed token that nobody has gets 403 with 10000",
    arguments: [String(repeating: "a", count: 40), "cfut_\(String(repeating: "a", count: 46))"])
  func unknownToken(token: String) async throws {
    let (status, errors) = try await refusal(["Authorization": "Bearer \(token)"])
    #expect(status == 403)
    #expect(errors.map(\.code) == [10000])
  }

  @Test("the fixed credentials have the documented shapes")
  func shapes() {
    #expect(SandboxCredentials.key.count == 37 && CredentialShape.isKey(SandboxCredentials.key))
    for token in [SandboxCredentials.userToken, SandboxCredentials.accountToken] {
      #expect(token.count == 40 && CredentialShape.bearerToken("Bearer \(token)") == token)
    }
    #expect(!CredentialShape.isKey(SandboxCredentials.key.uppercased()))
    #expect(!CredentialShape.isKey(String(SandboxCredentials.key.dropLast())))
    #expect(CredentialShape.isKey("cfk_\(String(repeating: "A", count: 48))"))
  }

  @Test("an account-owned token reaches its own account only, and gets page 1 for ever")
  func accountToken() async throws {
    try await TestSandbox.run { sandbox async throws in
      let headers = TestSandbox.accountToken
      let first = try await sandbox.send("GET", "/accounts", headers: headers)
      #expect(try first.accounts().count == 1)
      for page in [2, 77] {
        let reply = try await sandbox.send("GET", "/accounts?page=\(page)", headers: headers)
        #expect(reply.body == first.body)
      }
      #expect(try first.info() == ResultInfo(page: 1, perPage: 20, totalPages: 1, count: 1, totalCount: 1))
      let own = try first.accounts()[0]
      #expect(try await sandbox.send("GET", "/accounts/\(own.id)", headers: headers).account() == own)
      let other = try await sandbox.account(1)
      let foreign = try await sandbox.send("GET", "/accounts/\(other.id)", headers: headers)
      #expect(foreign.status == 403)
      #expect(try foreign.codes() == [9109])
      #expect(try await sandbox.send("POST", "/accounts", #"{"name": "x"}"#, headers: headers).codes() == [1002])
      #expect(try await sandbox.send("DELETE", "/accounts/\(own.id)", headers: headers).codes() == [9109])
    }
  }
}
