import Cloudflare
import Testing

@testable import Sandbox

@Suite("One account")
struct AccountTests {
  @Test("GET gives the same account as the list, with the members of live answers")
  func get() async throws {
    try await TestSandbox.run { sandbox async throws in
      let listed = try await sandbox.account(7)
      let reply = try await sandbox.get("/accounts/\(listed.id)")
      #expect(reply.status == 200)
      #expect(try reply.account() == listed)
      let result = try #require(try reply.json()["result"])
      #expect(result["settings"]?["default_nameservers"] == "cloudflare.standard")
      #expect(result["legacy_flags"]?["enterprise_zone_quota"]?["current"] == 0)
      #expect(
        try #require(result["created_on"]?.string).wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/) != nil)
    }
  }

  @Test(
    "an identifier that is malformed gets 7003, then 7000",
    arguments: ["x", "1b16db169c9cb7853009857198fae1b", "1B16DB169C9CB7853009857198FAE1B9", "a%2Fb", "..%00"])
  func malformed(id: String) async throws {
    try await TestSandbox.run { sandbox async throws in
      for method in ["GET", "PUT", "DELETE"] {
        let reply = try await sandbox.send(method, "/accounts/\(id)", method == "PUT" ? #"{"name": "x"}"# : nil)
        #expect(reply.status == 404)
        #expect(try reply.codes() == [7003, 7000])
      }
    }
  }

  @Test("a well-formed identifier of no account gets 7003")
  func unknown() async throws {
    try await TestSandbox.run { sandbox async throws in
      for method in ["GET", "PUT", "DELETE"] {
        let reply = try await sandbox.send(method, "/accounts/1b16db169c9cb7853009857198fae1b9", #"{"name": "x"}"#)
        #expect(reply.status == 404)
        #expect(try reply.codes() == [7003])
      }
    }
  }

  @Test("POST creates with 200, puts the account at the end of the list, and ignores settings")
  func create() async throws {
    try await TestSandbox.run { sandbox async throws in
      let reply = try await sandbox.send(
        "POST", "/accounts",
        #"{"name": "Café Zürich 東京", "type": "enterprise", "settings": {"enforce_twofactor": true}}"#)
      #expect(reply.status == 200)
      let account = try reply.account()
      #expect(account.name == "Café Zürich 東京")
      #expect(account.type == .enterprise)
      #expect(account.settings?.enforceTwoFactor == false)
      #expect(account.managedBy?.name == "Northshore Hosting")
      #expect(try await sandbox.get("/accounts/\(account.id)").account() == account)
      let last = try await sandbox.get("/accounts?per_page=5&direction=desc")
      #expect(try last.accounts().first == account)
      #expect(try last.info().totalCount == 121)
    }
  }

  @Test("POST makes two accounts of one name")
  func sameName() async throws {
    try await TestSandbox.run { sandbox async throws in
      let first = try await sandbox.send("POST", "/accounts", #"{"name": "Twice"}"#).account()
      let second = try await sandbox.send("POST", "/accounts", #"{"name": "Twice", "type": "standard"}"#).account()
      #expect(first.id != second.id)
      #expect(first.type == .standard)
    }
  }

  @Test(
    "POST refuses with 1001, pointing at the cause",
    arguments: [
      (#"{"type": "standard"}"#, "/name"), (#"{"name": null}"#, "/name"), (#"{"name": ""}"#, "/name"),
      (#"{"name": "  "}"#, "/name"), (#"{"name": 7}"#, "/name"), (#"{"name": "<script>"}"#, "/name"),
      (#"{"name": "a\u001b[31m"}"#, "/name"), (#"{"name": "\#(String(repeating: "ж", count: 101))"}"#, "/name"),
      (#"{"name": "x", "type": "gold"}"#, "/type"), (#"{"name": "x", "type": 1}"#, "/type"),
      (#"{"name": "x", "unit": {"id": "1b16db169c9cb7853009857198fae1b9"}}"#, "/unit/id"),
      (#"{"name": "x", "unit": "a"}"#, "/unit"), (#"{"name": "x", "standalone": false}"#, "/standalone"),
      (#"{"name": "x", "business_name": "\#(String(repeating: "b", count: 121))"}"#, "/business_name"),
      ("[]", ""), ("{", ""), ("", ""),
    ])
  func refuse(body: String, pointer: String) async throws {
    try await TestSandbox.run { sandbox async throws in
      let reply = try await sandbox.send("POST", "/accounts", body)
      #expect(reply.status == 400)
      #expect(try reply.codes() == [1001])
      #expect(try reply.envelope(Account.self).errors.first?.source?.pointer ?? "" == pointer)
      #expect(try await sandbox.get("/accounts").info().totalCount == 120)
    }
  }

  @Test("POST takes a name of a hundred characters of any script")
  func longestName() async throws {
    try await TestSandbox.run { sandbox async throws in
      for name in [String(repeating: "京", count: 100), "שלום \u{202E}🌻 \\\"quoted\\\" ", "'"] {
        let account = try await sandbox.send("POST", "/accounts", #"{"name": "\#(name)"}"#).account()
        #expect(account.name == name.replacing("\\\"", with: "\""))
      }
    }
  }

  @Test("the same Idempotency-Key and request create one account; another request with it is refused")
  func idempotency() async throws {
    try await TestSandbox.run { sandbox async throws in
      let key = ["Idempotency-Key": "2f1d"]
      let first = try await sandbox.send("POST", "/accounts", #"{"name": "Once", "type": "standard"}"#, adding: key)
      let again = try await sandbox.send("POST", "/accounts", #"{"type": "standard", "name": "Once"}"#, adding: key)
      #expect(try first.account() == again.account())
      let other = try await sandbox.send("POST", "/accounts", #"{"name": "Other"}"#, adding: key)
      #expect(other.status == 400)
      #expect(try other.codes() == [1001])
      #expect(try await sandbox.get("/accounts").info().totalCount == 121)
      let withoutKey = try await sandbox.send("POST", "/accounts", #"{"name": "Once"}"#).account()
      #expect(try withoutKey.id != first.account().id)
    }
  }

  @Test("a hundred creations at once make a hundred accounts")
  func concurrentCreation() async throws {
    try await TestSandbox.run { sandbox async throws in
      let identifiers = try await withThrowingTaskGroup(of: String.self) { group in
        for number in 0..<100 {
          group.addTask { try await sandbox.send("POST", "/accounts", #"{"name": "New \#(number)"}"#).account().id }
        }
        return try await group.reduce(into: Set<String>()) { $0.insert($1) }
      }
      #expect(identifiers.count == 100)
      #expect(try await sandbox.get("/accounts").info().totalCount == 220)
    }
  }

  @Test("only a tenant may create and delete")
  func notATenant() async throws {
    try await TestSandbox.run(.with { $0.isTenant = false }) { sandbox async throws in
      let reply = try await sandbox.send("POST", "/accounts", #"{"name": "x"}"#)
      #expect(reply.status == 403)
      #expect(try reply.codes() == [1002])
      let account = try await sandbox.account(3)
      let deletion = try await sandbox.send("DELETE", "/accounts/\(account.id)")
      #expect(deletion.status == 403)
      #expect(try deletion.codes() == [9109])
      #expect(try await sandbox.get("/accounts/\(account.id)").account() == account)
    }
  }

  @Test("PUT merges what it is given and refuses a type with 1001")
  func update() async throws {
    try await TestSandbox.run { sandbox async throws in
      let account = try await sandbox.account(11)
      let path = "/accounts/\(account.id)"
      let whole = #"{"id": "\#(account.id)", "name": "n", "type": "\#(account.type?.rawValue ?? "")"}"#
      let refused = try await sandbox.send("PUT", path, whole)
      #expect(refused.status == 400)
      #expect(try refused.codes() == [1001])
      #expect(
        try refused.envelope(Account.self).errors.first?.message
          == "updating account type is not supported from client api")
      #expect(try await sandbox.get(path).account() == account)

      let wanted = account.settings?.enforceTwoFactor == false
      var expected = account
      expected.settings = AccountSettings(enforceTwoFactor: wanted, abuseContactEmail: "abuse@x.example")
      _ = try await sandbox.send(
        "PUT", path, #"{"settings": {"enforce_twofactor": \#(wanted), "abuse_contact_email": "abuse@x.example"}}"#)
      #expect(try await sandbox.get(path).account() == expected)
      expected.name = "Renamed"
      let renamed = try await sandbox.send("PUT", path, #"{"id": "\#(account.id)", "name": "Renamed"}"#)
      #expect(renamed.status == 200)
      #expect(try renamed.account() == expected)
      #expect(try await sandbox.account(11) == expected)
    }
  }

  @Test(
    "PUT refuses bad values with 1001 and changes nothing",
    arguments: [
      #"{"name": ""}"#, #"{"name": "ok", "settings": {"enforce_twofactor": "yes"}}"#, #"{"settings": []}"#,
      #"{"settings": {"abuse_contact_email": "nobody"}}"#, #"{"id": "1b16db169c9cb7853009857198fae1b9"}"#,
    ])
  func refuseUpdate(body: String) async throws {
    try await TestSandbox.run { sandbox async throws in
      let account = try await sandbox.account(2)
      let reply = try await sandbox.send("PUT", "/accounts/\(account.id)", body)
      #expect(reply.status == 400)
      #expect(try reply.codes() == [1001])
      #expect(try await sandbox.get("/accounts/\(account.id)").account() == account)
    }
  }

  @Test("DELETE confirms the identifier; from then on the account answers 7003 and is not listed")
  func delete() async throws {
    try await TestSandbox.run { sandbox async throws in
      let account = try await sandbox.account(4)
      let path = "/accounts/\(account.id)"
      let reply = try await sandbox.send("DELETE", path)
      #expect(reply.status == 200)
      #expect(try reply.envelope(DeletedAccount.self).result == DeletedAccount(id: account.id))
      for method in ["GET", "PUT", "DELETE"] {
        let gone = try await sandbox.send(method, path, #"{"name": "x"}"#)
        #expect(gone.status == 404)
        #expect(try gone.codes() == [7003])
      }
      let page = try await sandbox.get("/accounts?per_page=50")
      #expect(try !page.accounts().contains { $0.id == account.id })
      #expect(try page.info().totalCount == 119)
    }
  }

  @Test("with a deletion delay, a deleted account answers 7003 at once and is listed until the delay is over")
  func deletionDelay() async throws {
    try await TestSandbox.run(.with { $0.deletionDelay = .seconds(2) }) { sandbox async throws in
      let account = try await sandbox.account(0)
      _ = try await sandbox.send("DELETE", "/accounts/\(account.id)")
      #expect(try await sandbox.get("/accounts/\(account.id)").codes() == [7003])
      #expect(try await sandbox.account(0) == account)
      let deadline = ContinuousClock.now + .seconds(10)
      while try await sandbox.account(0) == account, ContinuousClock.now < deadline {
        try await Task.sleep(for: .milliseconds(20))
      }
      #expect(try await sandbox.get("/accounts").info().totalCount == 119)
    }
  }

  @Test("pages stay whole while accounts are deleted between them")
  func deletionsAndPages() async throws {
    try await TestSandbox.run(.with { $0.accounts = 60 }) { sandbox async throws in
      var expected = try await sandbox.get("/accounts?per_page=50").accounts()
      expected += try await sandbox.get("/accounts?per_page=50&page=2").accounts()
      for place in [59, 0, 0, 30, 31, 7] {
        _ = try await sandbox.send("DELETE", "/accounts/\(expected.remove(at: place % expected.count).id)")
      }
      expected.append(try await sandbox.send("POST", "/accounts", #"{"name": "New"}"#).account())
      let pages = try await [1, 2, 3, 4].asyncFlatMap { page in
        try await sandbox.get("/accounts?per_page=20&page=\(page)").accounts()
      }
      #expect(pages == expected)
    }
  }
}

extension Array {
  fileprivate func asyncFlatMap<Value>(_ transform: (Element) async throws -> [Value]) async rethrows -> [Value] {
    var values: [Value] = []
    for element in self { values += try await transform(element) }
    return values
  }
}
