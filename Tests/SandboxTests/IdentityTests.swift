import Cloudflare
import Testing

@testable import Sandbox

@Suite("Who calls")
struct IdentityTests {
  @Test("/user tells a person, and refuses an account-owned token with 9109")
  func user() async throws {
    try await TestSandbox.run { sandbox async throws in
      for headers in [TestSandbox.keyHeaders, TestSandbox.userToken] {
        let user = try await sandbox.result("/user", headers: headers)
        #expect(user["email"] == .string(SandboxCredentials.email))
        #expect(user["id"]?.string?.count == 32)
        #expect(user["organizations"]?.array?.count == 3)
      }
      let refused = try await sandbox.send("GET", "/user", headers: TestSandbox.accountToken)
      #expect(refused.status == 403)
      #expect(try refused.codes() == [9109])
    }
  }

  @Test("a user's token verifies at the user's endpoint, with a code that is no error")
  func userToken() async throws {
    try await TestSandbox.run { sandbox async throws in
      let reply = try await sandbox.send("GET", "/user/tokens/verify", headers: TestSandbox.userToken)
      #expect(reply.status == 200)
      let json = try reply.json()
      #expect(json["result"]?["status"] == "active")
      let message = try #require(json["messages"]?.array?.first)
      #expect(message["code"] == 10000 && message["type"] == .null)
      for headers in [TestSandbox.accountToken, ["Authorization": "Bearer \(String(repeating: "z", count: 40))"]] {
        let refused = try await sandbox.send("GET", "/user/tokens/verify", headers: headers)
        #expect(refused.status == 401)
        #expect(try refused.codes() == [1000])
      }
      let none = try await sandbox.get("/user/tokens/verify")
      #expect(none.status == 401)
      #expect(try none.codes() == [1001])
    }
  }

  @Test("an account-owned token verifies at its account's endpoint only")
  func accountToken() async throws {
    try await TestSandbox.run { sandbox async throws in
      let own = try await sandbox.account(0).id
      let path = "/accounts/\(own)/tokens/verify"
      #expect(try await sandbox.result(path, headers: TestSandbox.accountToken)["status"] == "active")
      let other = try await sandbox.account(1).id
      let foreign = try await sandbox.send(
        "GET", "/accounts/\(other)/tokens/verify", headers: TestSandbox.accountToken)
      #expect(try foreign.codes() == [1000])
      #expect(try await sandbox.send("GET", path, headers: TestSandbox.userToken).status == 401)
    }
  }

  @Test("the tenant is found through the user, and says what it may create")
  func tenant() async throws {
    try await TestSandbox.run { sandbox async throws in
      let tenants = try await sandbox.list("/user/tenants")
      let tag = try #require(tenants.first?["tenant_tag"]?.string)
      let units = try #require(tenants.first?["tenant_units"]?.array).compactMap { $0["unit_tag"]?.string }
      #expect(units.count == 3)
      #expect(try await sandbox.result("/tenants/\(tag)") == tenants[0])
      #expect(try await sandbox.result("/tenants/\(tag)/account_types") == ["standard", "enterprise"])
      #expect(try await sandbox.result("/tenants/\(tag)/entitlements")["partial_setup_allowed"]?["value"] == true)
      #expect(
        try await sandbox.list("/tenants/\(tag)/memberships").first?["user_email"] == .string(SandboxCredentials.email))
      let account = try await sandbox.send(
        "POST", "/accounts", #"{"name": "In a unit", "unit": {"id": "\#(units[2])"}}"#
      ).account()
      #expect(account.managedBy == Account.Parent(id: units[2], name: "Northshore Enterprise Desk"))
      let alone = try await sandbox.send("POST", "/accounts", #"{"name": "Alone", "standalone": true}"#).account()
      #expect(alone.managedBy == nil)
      #expect(try await sandbox.get("/tenants/1b16db169c9cb7853009857198fae1b9").codes() == [7003])
    }
  }

  @Test("the tenant's own accounts are those it manages, in both shapes that are in use")
  func tenantAccounts() async throws {
    try await TestSandbox.run { sandbox async throws in
      let tag = try #require(try await sandbox.list("/user/tenants").first?["tenant_tag"]?.string)
      let path = "/tenants/\(tag)/accounts"
      var expected: [Account] = []
      for page in 1...3 { expected += try await sandbox.get("/accounts?per_page=50&page=\(page)").accounts() }
      expected.removeAll { $0.managedBy == nil }
      #expect(expected.count < 120)

      let first = try await sandbox.get(path + "?page=1&per_page=50")
      #expect(try first.info().totalCount == expected.count)
      #expect(try first.accounts().map(\.id) == expected.prefix(50).map(\.id))
      let result = try #require(try first.json()["result"]?.array)
      #expect(result.allSatisfy { $0["account_tag"] == $0["id"] && $0["account_pubname"] == $0["name"] })
      let last = try await sandbox.get(path + "?page=1&per_page=1&direction=1").accounts()
      #expect(last.map(\.id) == [expected[expected.count - 1].id])

      let created = try await sandbox.send("POST", "/accounts", #"{"name": "Quite New"}"#).account()
      #expect(try await sandbox.get(path + "?page=1&per_page=1&name=quite+new").accounts().map(\.id) == [created.id])
      _ = try await sandbox.send("DELETE", "/accounts/\(expected[0].id)")
      #expect(try await sandbox.get(path + "?per_page=5").accounts().first?.id == expected[1].id)
    }
  }

  @Test("who administers no tenant sees none")
  func noTenant() async throws {
    try await TestSandbox.run(.with { $0.isTenant = false }) { sandbox async throws in
      #expect(try await sandbox.list("/user/tenants").isEmpty)
      #expect(try await sandbox.list("/organizations").isEmpty)
      let tag = Catalog(seed: 1, count: 120).tenant.id.text
      for name in ["", "/account_types", "/entitlements", "/memberships", "/accounts"] {
        #expect(try await sandbox.get("/tenants/\(tag)\(name)").codes() == [9109])
      }
    }
  }

  @Test("a tenant whose agreement has no enterprise says so, and refuses to create one")
  func noEnterprise() async throws {
    try await TestSandbox.run(.with { $0.allowsEnterprise = false }) { sandbox async throws in
      let tag = Catalog(seed: 1, count: 120).tenant.id.text
      #expect(try await sandbox.result("/tenants/\(tag)/account_types") == ["standard"])
      let refused = try await sandbox.send("POST", "/accounts", #"{"name": "Big", "type": "enterprise"}"#)
      #expect(refused.status == 400)
      #expect(try refused.codes() == [1001])
    }
  }

  @Test("memberships are one for each account, and none for account-owned tokens")
  func memberships() async throws {
    try await TestSandbox.run { sandbox async throws in
      let reply = try await sandbox.get("/memberships")
      #expect(try reply.info() == ResultInfo(page: 1, perPage: 20, totalPages: 6, count: 20, totalCount: 120))
      let first = try #require(try reply.json()["result"]?.array?.first)
      #expect(first["account"]?["id"] == .string(try await sandbox.account(0).id))
      #expect(first["status"] == "accepted" && first["permissions"]?["zones"]?["write"] == true)
      #expect(try await sandbox.list("/memberships?status=pending").isEmpty)
      #expect(try await sandbox.list("/memberships?account.name=northshore").count == 1)
      #expect(try await sandbox.send("GET", "/memberships", headers: TestSandbox.accountToken).codes() == [10000])
    }
  }

  @Test("organizations are filtered and paged by token")
  func organizations() async throws {
    try await TestSandbox.run { sandbox async throws in
      let all = try await sandbox.list("/organizations")
      #expect(all.count == 3 && all.allSatisfy { $0["meta"]?["tenant_flags"]?["account_deletion"] == "enabled" })
      let root = try #require(all[0]["id"]?.string)
      #expect(try await sandbox.list("/organizations?parent.id=null") == [all[0]])
      #expect(try await sandbox.list("/organizations?parent.id=\(root)") == Array(all.dropFirst()))
      #expect(
        try await sandbox.list("/organizations?name.contains=AGENC").map { $0["name"] } == ["Northshore Agencies"])
      #expect(try await sandbox.result("/organizations/\(root)") == all[0])
      let ids = all.dropFirst().compactMap { $0["id"]?.string }
      #expect(try await sandbox.list("/organizations?id=\(ids[0])&id=\(ids[1])") == Array(all.dropFirst()))
      var token: String?
      var collected: [JSON] = []
      repeat {
        let reply = try await sandbox.get("/organizations?page_size=2\(token.map { "&page_token=\($0)" } ?? "")").json()
        collected += try #require(reply["result"]?.array)
        token = reply["result_info"]?["next_page_token"]?.string
      } while token != nil
      #expect(collected == all)
    }
  }

  @Test("further credentials are accepted beside the fixed ones")
  func furtherCredentials() async throws {
    let catalog = Catalog(seed: 1, count: 120)
    let own = catalog.identifiers.identifier(.account, 7).text
    let key = String(repeating: "ab", count: 20)
    let token = "cfat_\(String(repeating: "x", count: 48))"
    let options = SandboxOptions.with {
      $0.credentials = [
        SandboxCredential(.key(email: "second@sandbox.example", key: key)),
        SandboxCredential(.userToken(String(repeating: "u", count: 40))),
        SandboxCredential(.accountToken(token, account: Identifier(own))),
      ]
    }
    try await TestSandbox.run(options) { sandbox async throws in
      let second = ["X-Auth-Email": "second@sandbox.example", "X-Auth-Key": key]
      #expect(try await sandbox.result("/user", headers: second)["email"] == "second@sandbox.example")
      let user = ["Authorization": "Bearer \(String(repeating: "u", count: 40))"]
      #expect(try await sandbox.result("/user/tokens/verify", headers: user)["status"] == "active")
      let account = ["Authorization": "Bearer \(token)"]
      #expect(try await sandbox.send("GET", "/accounts", headers: account).accounts().map(\.id) == [own])
      #expect(try await sandbox.get("/accounts").status == 200)
    }
  }

  @Test("credentials are read from text, and what is wrong with one is said")
  func parseCredentials() throws {
    let token = String(repeating: "t", count: 40)
    let id = String(repeating: "a", count: 32)
    let key = SandboxCredentials.key
    #expect(try SandboxCredential(parsing: "key:a@b:\(key)") == SandboxCredential(.key(email: "a@b", key: key)))
    #expect(try SandboxCredential(parsing: "user-token:\(token)") == SandboxCredential(.userToken(token)))
    #expect(
      try SandboxCredential(parsing: "account-token:\(token):\(id)")
        == SandboxCredential(.accountToken(token, account: Identifier(id))))
    for (text, reason) in [
      ("key:a:\(key)", "e-mail"), ("key:a@b:xyz", "hexadecimal"), ("user-token:short", "40"),
      ("account-token:\(token):x", "identifier"), ("password:x", "key:EMAIL:KEY"), ("", "key:EMAIL:KEY"),
    ] {
      let error = #expect(throws: SandboxCredential.ParsingError.self) { try SandboxCredential(parsing: text) }
      #expect(error?.description.contains(reason) == true, "\(text)")
    }
  }
}
