import FoundationEssentials
import NIOCore
import Testing

@testable import Cloudflare

@Suite("Rule 5: one odd element hides none of the others")
struct OddElementTests {
  /// What the client makes of a body that answers every request.
  private func page(_ body: [UInt8]) async throws -> AccountPage {
    let head = Reply.head(200, length: body.count)
    return try await withClient(script: { _, _ in [.sendBytes(Array(head.utf8) + body)] }) { client, _ in
      try await client.list(.first)
    }
  }

  private func page(_ elements: [String]) async throws -> AccountPage {
    try await page(Array(Reply.envelope("[\(elements.joined(separator: ","))]").utf8))
  }

  private static let others = (1...49).map { Reply.account(id: "\($0)") }

  @Test(
    "An account whose name cannot be read is there with the reason, and the other 49 beside it",
    arguments: [
      (#","name":null"#, .null), ("", .missing), (#","name":7"#, .noText), (#","name":{"a":[]}"#, .noText),
      (#","name":"x\ud800y""#, .noUnicode), (#","name":"\udc00""#, .noUnicode),
      (#","name":"\ud83d\u0041""#, .noUnicode), (#","name":"\uDBFF""#, .noUnicode),
    ] as [(String, Account.NameProblem)])
  func oddName(member: String, problem: Account.NameProblem) async throws {
    let odd = #"{"id":"odd"\#(member),"type":"standard"}"#
    let page = try await page(Array(Self.others[..<20]) + [odd] + Self.others[20...])
    #expect(page.accounts.count == 50 && page.withoutID == 0)
    #expect(page.accounts[20].id == "odd" && page.accounts[20].name == "")
    #expect(page.accounts[20].nameProblem == problem && page.accounts[20].type == .standard)
    #expect(page.accounts.count { $0.nameProblem == nil && $0.name == "Harbor & Pine" } == 49)
  }

  @Test("Bytes that are no UTF-8 cost the one name that they are in")
  func noUTF8() async throws {
    for bytes: [UInt8] in [[0xED, 0xA0, 0x80], [0xFF], [0xC3]] {
      let head = #"{"success":true,"result":[{"id":"odd","name":""#
      let page = try await page(Array(head.utf8) + bytes + Array("\"},\(Reply.account(id: "1"))]}".utf8))
      #expect(page.accounts.map(\.nameProblem) == [.noUnicode, nil])
    }
  }

  @Test("A page in which every account is odd still is a page")
  func allOdd() async throws {
    let page = try await page((0..<50).map { #"{"id":"\#($0)","name":null}"# })
    #expect(page.accounts.count == 50 && page.accounts.allSatisfy { $0.nameProblem == .null })
  }

  @Test(
    "What has no usable identifier is counted, and no other row suffers",
    arguments: [
      "null", "7", "{}", "[1]", "\"x\"", "true", #"{"name":"x"}"#, #"{"id":null,"name":"x"}"#, #"{"id":7,"name":"x"}"#,
      #"{"id":"","name":"x"}"#, #"{"id":"\ud800","name":"x"}"#, #"{"id":["a"],"name":"x"}"#,
    ])
  func withoutID(element: String) async throws {
    let page = try await page([Reply.account(id: "1"), element, Reply.account(id: "2"), element])
    #expect(page.accounts.map(\.id) == ["1", "2"] && page.withoutID == 2 && page.rowCount == 4)
    let only = try await self.page([element])
    #expect(only.accounts.isEmpty && only.withoutID == 1)
  }

  @Test("A field of another shape costs nothing but itself, in an account's settings and parent too")
  func fields() throws {
    let text = #"""
      {"id":"x","name":"y","settings":{"enforce_twofactor":1,"abuse_contact_email":"a@b.example"},
       "managed_by":{"parent_org_id":"p","parent_org_name":7}}
      """#
    let account = try decode(Account.self, text)
    #expect(account.settings == AccountSettings(abuseContactEmail: "a@b.example"))
    #expect(account.managedBy == Account.Parent(id: "p"))
    let zone = try decode(Zone.self, #"{"id":"z","name":"n","account":{"id":"a2","name":7}}"#)
    #expect(zone.account?.id == "a2")
    let member = try decode(Member.self, #"{"id":"m","roles":[{"name":"A"},7,{"name":null},{"name":1}]}"#)
    #expect(member.roles?.map(\.name) == ["A", nil, nil])
  }

  @Test(
    "An error that is no error hides none of those beside it",
    arguments: [
      #"[{"code":9109,"message":"Unauthorized"},7]"#, #"[null,{"code":9109,"message":"Unauthorized"}]"#,
      #"[[],{"code":9109,"message":"Unauthorized","error_chain":[7,{"code":"x"}]}]"#,
      #"{"code":9109,"message":"Unauthorized"}"#,
    ])
  func errors(errors: String) async throws {
    let body = #"{"success":false,"errors":\#(errors),"messages":[],"result":null}"#
    for status in [200, 403] {
      try await withClient(script: { _, _ in [Reply.http(status, body)] }) { client, _ in
        let error = try await failure { try await client.list(.first) }
        #expect(error.cause == .refused && error.codes == [9109])
        #expect(error.explanation.contains("Unauthorized (9109)"))
      }
    }
  }

  @Test("Numbers of a list that are texts are read, and those that are none cost only themselves")
  func numbers() throws {
    let text = #"{"page":"2","per_page":1e400,"total_pages":2.5,"count":5.0,"total_count":-1}"#
    let info = try decode(ResultInfo.self, text)
    #expect(info.page == 2 && info.perPage == nil && info.totalPages == nil && info.count == 5)
    #expect(info.totalCount == -1 && info.countedTotal == nil && info.isPartlyUnreadable)
    #expect(try !decode(ResultInfo.self, #"{"page":null,"count":"7","new":[]}"#).isPartlyUnreadable)
    #expect(try decode(ResultInfo.self, #"{"count":99999999999999999999}"#).isPartlyUnreadable)
  }

  @Test("Tenants and types that can be read are there beside those that cannot")
  func tenants() async throws {
    let answers = [
      "/client/v4/user/tenants": #"[{"tenant_tag":"t1","tenant_units":[{"unit_tag":"u1"},7,{}]},null,{},{"id":"t2"}]"#,
      "/client/v4/tenants/t1/account_types": #"["standard",7,"enterprise"]"#,
      "/client/v4/tenants/t2/account_types": "[7]",
    ]
    try await withClient(
      script: { _, request in [Reply.http(200, Reply.envelope(answers[request.target] ?? "null"))] },
      { client, _ in
        let tenants = try await client.tenants()
        #expect(tenants == [Tenant(id: "t1", units: [.init(id: "u1")]), Tenant(id: "t2")])
        let types = try await client.accountTypes(tenantID: "t1")
        #expect(types == [.standard, .enterprise])
        let error = try await failure { try await client.accountTypes(tenantID: "t2") }
        #expect(error.cause == .unreadable("nothing in its list can be read"))
      })
  }

  @Test("A write whose answer names the account unreadably is not confirmed, and one account is read as it is")
  func writes() async throws {
    let odd = Reply.envelope(#"{"id":"x","name":"\ud800"}"#)
    try await withClient(script: { _, _ in [Reply.http(200, odd)] }) { client, _ in
      let account = try await client.get(id: "x")
      #expect(account.nameProblem == .noUnicode)
      let update = try await failure { try await client.update(id: "x", changes: AccountChanges(name: "New")) }
      let creation = try await failure {
        try await client.create(NewAccount(name: "New", type: .standard), idempotencyKey: "k")
      }
      for error in [update, creation] {
        #expect(error.cause == .unreadable("the name of the account cannot be read") && error.leavesOutcomeUnknown)
      }
    }
  }
}
