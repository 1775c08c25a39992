import Cloudflare
import Testing

@testable import Sandbox

@Suite("GET /zones")
struct ZonesTests {
  /// The first account with zones for several pages of five, and for one of fifty.
  private func account(_ sandbox: TestSandbox) async throws -> Account {
    try await sandbox.account { account in
      let total = try await sandbox.get("/zones?account.id=\(account.id)&per_page=5").info().totalCount
      return (11...50).contains(total ?? 0)
    }
  }

  @Test("gives the zones of an account in pages, each with its account, plan and tenant")
  func pages() async throws {
    try await TestSandbox.run { sandbox async throws in
      let account = try await account(sandbox)
      let all = try await sandbox.list("/zones?account.id=\(account.id)&per_page=50")
      let first = try await sandbox.get("/zones?account.id=\(account.id)&per_page=5")
      let second = try await sandbox.list("/zones?account.id=\(account.id)&per_page=5&page=2")
      #expect(try first.json()["result"]?.array == Array(all.prefix(5)))
      #expect(second == Array(all.dropFirst(5).prefix(5)))
      #expect(try first.info().totalCount == all.count)
      let names = all.compactMap { $0["name"]?.string }
      #expect(names == names.sorted() && Set(names).count == all.count)
      #expect(names.allSatisfy { $0.hasSuffix(".example") })
      for zone in all {
        #expect(zone["account"] == ["id": .string(account.id), "name": .string(account.name)])
        #expect(zone["plan"]?["name"]?.string?.hasSuffix("Website") == true)
        #expect(zone["tenant_unit"]?["id"]?.string == account.managedBy?.id)
        #expect(zone["type"] != "internal")
      }
      #expect(try await sandbox.list("/zones?account.id=\(account.id)&per_page=1").count == 1)
    }
  }

  @Test("filters by name, status and type, all of them or any")
  func filters() async throws {
    try await TestSandbox.run { sandbox async throws in
      let account = try await account(sandbox)
      let base = "/zones?account.id=\(account.id)&per_page=50"
      let all = try await sandbox.list(base)
      let name = try #require(all[0]["name"]?.string)
      #expect(try await sandbox.list(base + "&name=\(name)") == [all[0]])
      #expect(try await sandbox.list(base + "&name=\(name.uppercased())") == [all[0]])
      #expect(try await sandbox.list(base + "&name=not_equal:\(name)") == Array(all.dropFirst()))
      #expect(
        try await sandbox.list(base + "&name=contains:-shop")
          == all.filter { $0["name"]?.string?.contains("-shop") == true })
      #expect(try await sandbox.list(base + "&name=ends_with:.EXAMPLE") == all)
      #expect(try await sandbox.list(base + "&name=ends_with_case_sensitive:.EXAMPLE").isEmpty)
      for status in ["active", "pending", "moved", "initializing"] {
        #expect(try await sandbox.list(base + "&status=\(status)") == all.filter { $0["status"] == .string(status) })
      }
      #expect(try await sandbox.list(base + "&name=\(name)&status=active&match=any").count >= 1)
      let full = try await sandbox.list(base + "&type=full")
      #expect(full == all.filter { $0["type"] == "full" })
      #expect(try await sandbox.list(base + "&type=full,partial,secondary,internal").count >= all.count)
      #expect(try await sandbox.get(base + "&type=half").codes() == [1001])
      #expect(try await sandbox.get(base + "&status=lost").codes() == [1001])
      #expect(try await sandbox.list(base + "&direction=desc") == all.reversed())
    }
  }

  @Test("goes over all accounts while they are at most 500, and is refused beyond")
  func accountLimit() async throws {
    try await TestSandbox.run(.with { $0.accounts = 500 }) { sandbox async throws in
      let reply = try await sandbox.get("/zones?per_page=50&order=account.id")
      let owners = try #require(try reply.json()["result"]?.array).compactMap { $0["account"]?["id"]?.string }
      #expect(Set(owners).count > 2 && owners == owners.sorted())
      let first = try await sandbox.account(1)
      let name = PercentEncoding.encode(first.name)
      #expect(
        try await sandbox.list("/zones?account.name=\(name)&per_page=50").allSatisfy {
          $0["account"]?["name"] == .string(first.name)
        })
      _ = try await sandbox.send("POST", "/accounts", #"{"name": "The 501st"}"#)
      let refused = try await sandbox.get("/zones")
      #expect(refused.status == 400)
      #expect(try refused.codes() == [1001])
    }
  }

  @Test("an account-owned token sees its own account's zones only")
  func accountToken() async throws {
    try await TestSandbox.run { sandbox async throws in
      let zones = try await sandbox.list("/zones?per_page=50", headers: TestSandbox.accountToken)
      let own = try await sandbox.account(0).id
      #expect(zones.allSatisfy { $0["account"]?["id"] == .string(own) })
      let other = try await sandbox.account(1).id
      #expect(try await sandbox.list("/zones?account.id=\(other)", headers: TestSandbox.accountToken).isEmpty)
    }
  }
}
