import Cloudflare
import Testing

@testable import Sandbox

@Suite("What is in an account")
struct ContentsTests {
  @Test("members come with user, status, roles and policies; the administrator is one of every account")
  func members() async throws {
    try await TestSandbox.run { sandbox async throws in
      for place in [0, 1, 50] {
        let account = try await sandbox.account(place)
        let members = try await sandbox.list("/accounts/\(account.id)/members?per_page=50")
        #expect(members.contains { $0["email"] == .string(SandboxCredentials.email) })
        for member in members {
          #expect(member["id"]?.string?.count == 32)
          #expect(["accepted", "pending"].contains(member["status"]?.string))
          #expect(member["user"]?["email"] == member["email"])
          #expect(member["roles"]?.array?.first?["permissions"]?["zones"]?["read"] != nil)
          #expect(member["policies"]?.array?.first?["access"] == "allow")
        }
      }
    }
  }

  @Test("members are filtered by status, ordered, and turned round")
  func membersQuery() async throws {
    try await TestSandbox.run { sandbox async throws in
      let account = try await sandbox.account { account in
        try await sandbox.list("/accounts/\(account.id)/members?status=pending").count > 1
      }
      let path = "/accounts/\(account.id)/members?per_page=50"
      let all = try await sandbox.list(path)
      let pending = try await sandbox.list(path + "&status=pending")
      #expect(pending == all.filter { $0["status"] == "pending" })
      #expect(try await sandbox.list(path + "&status=rejected").isEmpty)
      let ordered = try await sandbox.list(path + "&order=user.email")
      let emails = ordered.compactMap { $0["email"]?.string }
      #expect(emails == emails.sorted() && emails.count == all.count)
      #expect(try await sandbox.list(path + "&order=user.email&direction=desc") == ordered.reversed())
      #expect(try await sandbox.get(path + "&order=shoe.size").codes() == [1001])
    }
  }

  @Test("roles have the administrator's documented identifier")
  func roles() async throws {
    try await TestSandbox.run { sandbox async throws in
      let roles = try await sandbox.list("/accounts/\(try await sandbox.account(3).id)/roles")
      #expect(roles.contains { $0["id"] == "05784afa30c1afe1440e79d9351c7430" && $0["name"] == "Administrator" })
      #expect(Set(roles.compactMap { $0["id"]?.string }).count == roles.count)
    }
  }

  @Test("enterprise accounts have a paid subscription")
  func subscriptions() async throws {
    try await TestSandbox.run { sandbox async throws in
      let account = try await sandbox.account { $0.type == .enterprise }
      let subscriptions = try await sandbox.list("/accounts/\(account.id)/subscriptions")
      let plan = try #require(subscriptions.first { $0["rate_plan"]?["id"] == "enterprise" })
      #expect(plan["state"] == "Paid" && plan["frequency"] == "yearly")
      #expect(plan["rate_plan"]?["public_name"] == "Enterprise")
      #expect(try #require(plan["price"]?.double) > 0)
    }
  }

  @Test("everything in an account is the same in another sandbox of the same seed")
  func determinism() async throws {
    let bodies = try await [1, 2].asyncMap { _ async throws in
      try await TestSandbox.run { sandbox async throws in
        let id = try await sandbox.account(5).id
        return try await ["members", "subscriptions", "logpush/jobs", "roles"].asyncMap { name in
          try await sandbox.get("/accounts/\(id)/\(name)").body
        } + [try await sandbox.get("/zones?account.id=\(id)").body]
      }
    }
    #expect(bodies[0] == bodies[1])
  }

  @Test("an account created since has the administrator and nothing else")
  func created() async throws {
    try await TestSandbox.run { sandbox async throws in
      let id = try await sandbox.send("POST", "/accounts", #"{"name": "New"}"#).account().id
      #expect(try await sandbox.list("/accounts/\(id)/members").count == 1)
      #expect(try await sandbox.list("/zones?account.id=\(id)").isEmpty)
      #expect(try await sandbox.list("/accounts/\(id)/subscriptions").isEmpty)
      #expect(try await sandbox.list("/accounts/\(id)/logpush/jobs").isEmpty)
      #expect(try await sandbox.get("/accounts/\(id)/gateway").status == 404)
    }
  }

  @Test("Logpush jobs, gateway and Access organization outlive the account; everything else goes with it")
  func survivors() async throws {
    try await TestSandbox.run { sandbox async throws in
      let account = try await sandbox.account { account in
        let jobs = try await sandbox.list("/accounts/\(account.id)/logpush/jobs")
        let access = try await sandbox.get("/accounts/\(account.id)/access/organizations")
        return !jobs.isEmpty && access.status == 200
      }
      let path = "/accounts/\(account.id)"
      let jobs = try await sandbox.list(path + "/logpush/jobs")
      let gateway = try await sandbox.result(path + "/gateway")
      #expect(gateway["id"] == .string(account.id))
      _ = try await sandbox.send("DELETE", path)

      #expect(try await sandbox.list(path + "/logpush/jobs") == jobs)
      #expect(try await sandbox.result(path + "/gateway") == gateway)
      #expect(try await sandbox.get(path + "/access/organizations").status == 200)
      for name in ["members", "roles", "subscriptions"] {
        let reply = try await sandbox.get("\(path)/\(name)")
        #expect(reply.status == 404)
        #expect(try reply.codes() == [7003])
      }
      #expect(try await sandbox.list("/zones?account.id=\(account.id)").isEmpty)
    }
  }

  @Test("what would outlive the account can be removed before it, one by one")
  func removeSurvivors() async throws {
    try await TestSandbox.run { sandbox async throws in
      let account = try await sandbox.account { account in
        let jobs = try await sandbox.list("/accounts/\(account.id)/logpush/jobs")
        let access = try await sandbox.get("/accounts/\(account.id)/access/organizations")
        return !jobs.isEmpty && access.status == 200
      }
      let path = "/accounts/\(account.id)"
      for name in ["gateway", "access/organizations"] {
        #expect(try await sandbox.send("DELETE", "\(path)/\(name)").status == 200)
        #expect(try await sandbox.get("\(path)/\(name)").status == 404)
        #expect(try await sandbox.send("DELETE", "\(path)/\(name)").status == 404)
      }
      for job in try await sandbox.list(path + "/logpush/jobs") {
        let id = try #require(job["id"]?.integer)
        #expect(try await sandbox.result("\(path)/logpush/jobs/\(id)") == job)
        #expect(try await sandbox.send("DELETE", "\(path)/logpush/jobs/\(id)").status == 200)
      }
      #expect(try await sandbox.list(path + "/logpush/jobs").isEmpty)
      #expect(try await sandbox.get(path).account() == account)
    }
  }

  @Test("a malformed account identifier gets 7003 everywhere")
  func malformed() async throws {
    try await TestSandbox.run { sandbox async throws in
      for name in ["members", "roles", "subscriptions", "logpush/jobs", "gateway", "access/organizations"] {
        #expect(try await sandbox.get("/accounts/xyz/\(name)").codes() == [7003, 7000])
        #expect(try await sandbox.get("/accounts/1b16db169c9cb7853009857198fae1b9/\(name)").codes() == [7003])
      }
    }
  }
}

extension Array {
  func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await transform(element)) }
    return values
  }
}
