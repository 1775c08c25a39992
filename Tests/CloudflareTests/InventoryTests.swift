import FoundationEssentials
import Testing

@testable import Cloudflare

@Suite("Reads for details, review and sign-in")
struct InventoryTests {
  /// Answers by path, and 404 for everything else.
  private func client<Value: Sendable>(
    _ answers: [String: String], _ body: @Sendable (AccountsClient, ScriptedServer) async throws -> Value
  ) async throws -> Value {
    try await withClient(
      script: { _, request in
        answers[request.target].map { [Reply.http(200, $0)] } ?? [Reply.http(404, Reply.failure(7003, "no route"))]
      }, body)
  }

  @Test("Zones are asked for by account, on the smallest page, and counted by the server's total")
  func zones() async throws {
    let zone = #"{"id":"z1","name":"harborpine.com","status":"active","plan":{"name":"Free"},"account":{"id":"a1"}}"#
    let answers = [
      "/client/v4/zones?account.id=a1&page=1&per_page=5": Reply.envelope("[\(zone)]", info: #"{"total_count":12}"#)
    ]
    try await client(answers) { client, _ in
      let zones = try await client.zones(accountID: "a1", page: 1, perPage: 5, priority: .interactive)
      #expect(zones.total == 12 && zones.isExact)
      #expect(
        zones.first == [
          Zone(id: "z1", name: "harborpine.com", status: "active", plan: .init(name: "Free"), account: .init(id: "a1"))
        ])
    }
  }

  @Test("Zones of another account are not counted as this one's: a server that ignores the filter is caught")
  func foreignZones() async throws {
    let zone = #"{"id":"z1","name":"other.example","account":{"id":"a2"}}"#
    try await withClient(script: { _, _ in [Reply.http(200, Reply.envelope("[\(zone)]"))] }) { client, _ in
      let error = try await failure {
        try await client.zones(accountID: "a1", page: 1, perPage: 5, priority: .interactive)
      }
      #expect(error.cause == .unreadable("it holds zones of another account than the one asked for"))
    }
  }

  @Test("An empty account identifier asks for nothing: without it, everybody's zones would be counted")
  func emptyIdentifier() async throws {
    try await client([:]) { client, server in
      let errors = [
        try await failure { try await client.zones(accountID: "", page: 1, perPage: 5, priority: .interactive) },
        try await failure { try await client.members(accountID: "", page: 1, perPage: 5, priority: .interactive) },
        try await failure { try await client.gateway(accountID: "", priority: .interactive) },
        try await failure { try await client.accountTypes(tenantID: "") },
      ]
      #expect(errors.allSatisfy { $0.nothingWasSent })
      #expect(server.connections == 0)
    }
  }

  @Test("Members are read with addresses and states")
  func members() async throws {
    let list = #"""
      [{"id":"m1","status":"accepted","user":{"email":"a@b.example","first_name":"A","last_name":null,
        "two_factor_authentication_enabled":true,"extra":1},"roles":[{"id":"r","name":"Administrator"}]},
       {"id":"m2","status":"pending","email":"new@b.example","user":null,"roles":"?"}]
      """#
    let answers = [
      "/client/v4/accounts/a1/members?page=1&per_page=5": Reply.envelope(list, info: #"{"total_count":7}"#)
    ]
    try await client(answers) { client, _ in
      let members = try await client.members(accountID: "a1", page: 1, perPage: 5, priority: .background)
      #expect(members.total == 7)
      #expect(members.first.map(\.email) == ["a@b.example", "new@b.example"])
      #expect(members.first.map(\.isPending) == [false, true])
      #expect(members.first[0].roles == [Member.Role(name: "Administrator")])
    }
  }

  @Test("Subscriptions and Logpush jobs are counted by their list, and no destination is kept")
  func singlePages() async throws {
    let subscriptions = #"""
      [{"id":"s1","rate_plan":{"id":"ent","public_name":"Enterprise"},"price":20,"currency":"USD",
        "frequency":"monthly","state":"Paid"},{"rate_plan":null,"price":"free"}]
      """#
    let jobs = #"""
      [{"id":1,"name":null,"dataset":"audit_logs","enabled":true,
        "destination_conf":"s3://bucket?secret-access-key=hunter2"},{"id":"?"},{}]
      """#
    let answers = [
      "/client/v4/accounts/a1/subscriptions": Reply.envelope(subscriptions),
      "/client/v4/accounts/a1/logpush/jobs": Reply.envelope(jobs),
    ]
    try await client(answers) { client, _ in
      let plans = try await client.subscriptions(accountID: "a1", priority: .interactive)
      #expect(plans.total == 2 && plans.isExact)
      #expect(plans.first[0].ratePlan?.publicName == "Enterprise")
      #expect(plans.first[0].price == 20 && plans.first[0].state == "Paid")
      #expect(plans.first[1] == Subscription())
      let jobs = try await client.logpushJobs(accountID: "a1", priority: .interactive)
      #expect(jobs.total == 3)
      #expect(jobs.first[0] == LogpushJob(id: 1, dataset: "audit_logs", isEnabled: true))
      #expect(!"\(jobs)".contains("hunter2"))
    }
  }

  @Test("Zero Trust is there, is not there, or could not be checked: never confused")
  func zeroTrust() async throws {
    let answers = [
      "/client/v4/accounts/with/gateway": Reply.envelope(
        #"{"id":"with","gateway_tag":"g","provider_name":"Cloudflare"}"#),
      "/client/v4/accounts/with/access/organizations": Reply.envelope(#"{"name":"Team","auth_domain":"t.example"}"#),
      "/client/v4/accounts/none/gateway": Reply.envelope("null"),
      "/client/v4/accounts/none/access/organizations": Reply.failure(
        9999, "access.api.error.not_enabled: Access is not"),
    ]
    try await client(answers) { client, _ in
      let gateway = try await client.gateway(accountID: "with", priority: .interactive)
      #expect(gateway == Gateway(tag: "g", providerName: "Cloudflare"))
      let access = try await client.accessOrganization(accountID: "with", priority: .interactive)
      #expect(access == AccessOrganization(name: "Team", authDomain: "t.example"))
      let noGateway = try await client.gateway(accountID: "none", priority: .interactive)
      #expect(noGateway == nil)
      let noAccess = try await client.accessOrganization(accountID: "none", priority: .interactive)
      #expect(noAccess == nil)
      for id in ["unknown", "gone"] {
        _ = try await failure { try await client.gateway(accountID: id, priority: .interactive) }
        _ = try await failure { try await client.accessOrganization(accountID: id, priority: .interactive) }
      }
    }
  }

  @Test("One read that fails, is forbidden or hangs never spoils the others")
  func independent() async throws {
    try await withClient(
      change: {
        $0.deadline = .seconds(8)
        $0.tries = 1
      },
      script: { _, request in
        if request.target.contains("/members") {
          return [Reply.http(403, Reply.failure(10000, "Authentication error"))]
        }
        if request.target.contains("/subscriptions") { return [.silence] }
        if request.target.contains("/gateway") { return [.reset] }
        if request.target.contains("/logpush") { return [Reply.http(502, type: "text/html", Reply.html)] }
        return [Reply.http(200, Reply.envelope("[]", info: #"{"total_count":0}"#))]
      },
      { client, _ in
        async let zones = client.zones(accountID: "a", page: 1, perPage: 5, priority: .interactive)
        async let members = failure {
          try await client.members(accountID: "a", page: 1, perPage: 5, priority: .interactive)
        }
        async let plans = failure { try await client.subscriptions(accountID: "a", priority: .interactive) }
        async let gateway = failure { try await client.gateway(accountID: "a", priority: .interactive) }
        async let jobs = failure { try await client.logpushJobs(accountID: "a", priority: .interactive) }
        let counted = try await zones
        #expect(counted.total == 0 && counted.isExact)
        let causes = try await [members.cause, plans.cause, gateway.cause, jobs.cause]
        #expect(causes == [.refused, .timedOut, .interrupted("it was reset"), .edge])
      })
  }

  @Test("The raw account is what the server sent, to the letter, with unknown fields and blanks")
  func raw() async throws {
    let body = "{ \"success\":true,\n  \"result\":{\"name\":\"\\u00e9 ü\",\"new_field\":[ ]} }"
    try await withClient(script: { _, _ in [Reply.http(200, body, headers: ["cf-ray: 8f00-ZRH"])] }) { client, server in
      let answer = try await client.rawAccount(accountID: "a1")
      #expect(answer == RawAnswer(status: 200, ray: "8f00-ZRH", body: body))
      #expect(server.requests.map(\.target) == ["/client/v4/accounts/a1"])
    }
  }

  @Test("A raw account that could not be read is an error, and one that is too large is given up")
  func rawFailures() async throws {
    try await client([:]) { client, _ in
      let refused = try await failure { try await client.rawAccount(accountID: "a1") }
      #expect(refused.codes == [7003])
      let unsent = try await failure { try await client.rawAccount(accountID: "") }
      #expect(unsent.nothingWasSent)
    }
    let body = Reply.envelope("\"\(String(repeating: "x", count: 70_000))\"")
    try await withClient(change: { $0.bodyLimit = 64 * 1024 }, script: { _, _ in [Reply.http(200, body)] }) {
      client, _ in
      let error = try await failure { try await client.rawAccount(accountID: "a1") }
      #expect(error.cause == .unreadable("it is larger than 64 KiB"))
    }
  }

  @Test("A total is exact only when it can be believed")
  func counts() throws {
    func count(_ items: Int, _ info: ResultInfo?, perPage: Int? = 5) throws -> CountedList<Int> {
      try CountedList(
        Envelope(success: true, result: ReadableList(Array(0..<items)), resultInfo: info), perPage: perPage)
    }
    #expect(try count(5, ResultInfo(totalCount: 12)).total == 12)
    #expect(try count(3, nil) == CountedList(total: 3, first: [0, 1, 2]))
    #expect(try count(0, nil) == CountedList(total: 0, first: []))
    #expect(try count(5, nil) == CountedList(total: 5, isExact: false, first: [0, 1, 2, 3, 4]))
    #expect(try count(5, ResultInfo(totalPages: 1)).isExact)
    #expect(try count(5, ResultInfo(totalPages: 3, count: 5, totalCount: 12)).isExact)
    for odd in [
      ResultInfo(totalCount: 0), ResultInfo(perPage: 20, totalCount: -1), ResultInfo(totalPages: 0),
      ResultInfo(count: 4, totalCount: 12), ResultInfo(totalPages: 3, totalCount: 5), ResultInfo(totalCount: 4),
    ] {
      #expect(try !count(5, odd).isExact, "\(odd)")
    }
    // Where the server knows no pages, a total beyond what it gives is nothing that could be read.
    let plans = try count(3, ResultInfo(totalCount: 12), perPage: nil)
    #expect(plans == CountedList(total: 3, isExact: false, first: [0, 1, 2]))
  }

  private static let noneIsSaid = [
    #","errors":[],"result":[],"result_info":{"page":1,"per_page":5,"total_pages":0,"count":0,"total_count":0}"#,
    #","result":[],"result_info":{"total_pages":1,"total_count":"0"}"#, #","errors":null,"result":[]"#,
    #","result":[],"result_info":null"#, #","result":[],"result_info":{"count":null}"#,
  ]

  @Test("Every list says none where everything agrees on that", arguments: noneIsSaid)
  func agreedNone(rest: String) async throws {
    try await withClient(script: { _, _ in [Reply.http(200, #"{"success":true\#(rest)}"#)] }) { client, _ in
      let zones = try await client.zones(accountID: "a", page: 1, perPage: 5, priority: .interactive)
      let members = try await client.members(accountID: "a", page: 1, perPage: 5, priority: .interactive)
      let plans = try await client.subscriptions(accountID: "a", priority: .interactive)
      let jobs = try await client.logpushJobs(accountID: "a", priority: .interactive)
      #expect(zones == CountedList(all: []) && members == CountedList(all: []))
      #expect(plans == CountedList(all: []) && jobs == CountedList(all: []))
    }
  }

  private static let contradictions: [(answer: String, reason: String)] = [
    (#","result":[],"result_info":{"count":5}"#, "it lists none and counts 5"),
    (#","result":[],"result_info":{"count":"5"}"#, "it lists none and counts 5"),
    (#","result":[],"result_info":{"count":0,"total_count":12}"#, "it lists none and counts 12 in all"),
    (#","result":[],"result_info":{"total_count":-1}"#, "it lists none and counts -1 in all"),
    (#","result":[],"result_info":{"count":0,"total_pages":3}"#, "it lists none and has 3 pages"),
    (#","result":[],"result_info":{"count":1e400}"#, "it lists none and its totals cannot be read"),
    (#","result":[],"result_info":7"#, "it lists none and its totals cannot be read"),
    (
      #","result":[],"errors":[{"code":10000,"message":"Partial"}]"#, "an error stands beside its result: Partial"
    ), (#","result":[],"errors":[7]"#, "an error stands beside its result"),
    (#","result":[],"errors":"boom""#, "an error stands beside its result: boom"),
    (#","result":[{"id":"z","name":"n"}],"errors":[{}]"#, "an error stands beside its result"),
    (#","result":null"#, "it holds no list"), ("", "it holds no list"), (#","result":{}"#, "result has another type"),
    (#","result":"none""#, "result has another type"), (#","result":0"#, "result has another type"),
  ]

  @Test("No list says none where anything contradicts it, and the reason is told", arguments: contradictions)
  func contradicted(answer: String, reason: String) async throws {
    try await withClient(script: { _, _ in [Reply.http(200, #"{"success":true\#(answer)}"#)] }) { client, _ in
      let errors = [
        try await failure { try await client.zones(accountID: "a", page: 1, perPage: 5, priority: .interactive) },
        try await failure { try await client.members(accountID: "a", page: 1, perPage: 5, priority: .interactive) },
        try await failure { try await client.subscriptions(accountID: "a", priority: .interactive) },
        try await failure { try await client.logpushJobs(accountID: "a", priority: .interactive) },
      ]
      #expect(errors.map(\.cause) == Array(repeating: .unreadable(reason), count: 4))
    }
  }

  @Test("A gateway or organisation that the API gives as null is none")
  func nullIsNone() async throws {
    try await withClient(script: { _, _ in [Reply.http(200, Reply.envelope("null"))] }) { client, _ in
      let gateway = try await client.gateway(accountID: "a", priority: .interactive)
      let access = try await client.accessOrganization(accountID: "a", priority: .interactive)
      #expect(gateway == nil && access == nil)
    }
  }

  @Test(
    "A gateway or organisation of which nothing is said could not be checked",
    arguments: [
      #"{"success":true}"#, #"{"success":true,"result":{}}"#, #"{"success":true,"result":{"gateway_tag":null}}"#,
      #"{"success":true,"result":[]}"#, #"{"success":true,"result":"none"}"#,
      #"{"success":true,"result":null,"errors":[{"code":1,"message":"x"}]}"#, #"{"success":true,"errors":[7]}"#, "",
    ])
  func nothingSaid(body: String) async throws {
    for status in body.isEmpty ? [200, 204, 205] : [200] {
      try await withClient(script: { _, _ in [Reply.http(status, body)] }) { client, _ in
        let gateway = try await failure { try await client.gateway(accountID: "a", priority: .interactive) }
        let access = try await failure { try await client.accessOrganization(accountID: "a", priority: .interactive) }
        for error in [gateway, access] {
          guard case .unreadable = error.cause else {
            Issue.record("\(error)")
            return
          }
        }
        if status > 200 {
          let zones = try await failure {
            try await client.zones(accountID: "a", page: 1, perPage: 5, priority: .interactive)
          }
          #expect(zones.cause == .unreadable("it holds no list"))
        }
      }
    }
  }

  @Test("Elements that cannot be read are counted with the others, and hide none of them")
  func oddElements() async throws {
    let elements = #"[null,{"id":"1","name":"a.example"},7,{"id":"2"},{"name":"x"}]"#
    let body = Reply.envelope(elements, info: #"{"count":5,"total_count":5}"#)
    try await withClient(script: { _, _ in [Reply.http(200, body)] }) { client, _ in
      let zones = try await client.zones(accountID: "a", page: 1, perPage: 50, priority: .interactive)
      #expect(zones.total == 5 && zones.isExact && zones.isComplete && zones.unreadable == 4)
      #expect(zones.first.map(\.name) == ["a.example"])
      let members = try await client.members(accountID: "a", page: 1, perPage: 50, priority: .interactive)
      #expect(members.first.map(\.id) == ["1", "2"] && members.unreadable == 3)
      let plans = try await client.subscriptions(accountID: "a", priority: .interactive)
      #expect(plans.total == 5 && plans.unreadable == 2)
      let jobs = try await client.logpushJobs(accountID: "a", priority: .interactive)
      #expect(jobs.total == 5 && jobs.first.count == 3)
    }
  }

  @Test("Further pages of zones and members are asked for by number, and counted on from where they stand")
  func furtherPages() async throws {
    let answers = [
      "/client/v4/zones?account.id=a1&page=2&per_page=50": Reply.envelope(
        #"[{"id":"z50","name":"z50.example"}]"#, info: #"{"total_count":51}"#),
      "/client/v4/accounts/a1/members?page=3&per_page=50": Reply.envelope(#"[{"id":"m100"}]"#),
    ]
    try await client(answers) { client, _ in
      let zones = try await client.zones(accountID: "a1", page: 2, perPage: 50, priority: .interactive)
      #expect(zones.total == 51 && zones.isExact)
      let members = try await client.members(accountID: "a1", page: 3, perPage: 50, priority: .interactive)
      #expect(members.total == 101 && members.isExact)
    }
  }

  @Test("A further page adds what is new to a list, and says when it brings nothing")
  func appending() {
    func zones(_ ids: [String], total: Int, isExact: Bool = true) -> CountedList<Zone> {
      CountedList(total: total, isExact: isExact, first: ids.map { Zone(id: $0, name: $0) })
    }
    var list = zones(["a", "b"], total: 2, isExact: false)
    #expect(!list.isComplete)
    var isNew = list.append(zones(["b", "c"], total: 4))
    #expect(isNew)
    #expect(list == zones(["a", "b", "c"], total: 4))
    isNew = list.append(zones(["c"], total: 4))
    #expect(!isNew)
    #expect(!list.isComplete)
    isNew = list.append(zones(["d"], total: 3))
    #expect(isNew)
    // More than the server says are here: the number is what is here.
    #expect(list.total == 4 && list.isComplete)
  }

  @Test("Who am I: user, token and tenants are read")
  func identity() async throws {
    let tenants = #"""
      [{"tenant_tag":"t1","tenant_name":"Northshore","tenant_status":"active",
        "tenant_units":[{"unit_tag":"u1","unit_name":"Main","unit_status":"active"}]},
       {"tenant":{"tenant_tag":"t2","tenant_name":"Inner"},"units":[{"unit_tag":"u2"}],"memberships":[]},
       {"id":"t3","name":"Organization","meta":{}}]
      """#
    let answers = [
      "/client/v4/user": Reply.envelope(
        #"{"id":"u","email":"a@b.example","suspended":false,"organizations":[{"id":"o"}]}"#),
      "/client/v4/user/tokens/verify":
        #"{"success":true,"messages":[{"code":10000,"message":"ok","type":null}],"result":{"id":"t","status":"active","expires_on":"2026-01-01T00:00:00Z"}}"#,
      "/client/v4/accounts/a1/tokens/verify": Reply.envelope(#"{"id":"t","status":"expired"}"#),
      "/client/v4/user/tenants": Reply.envelope(tenants),
      "/client/v4/tenants/t1/account_types": Reply.envelope(#"["standard","enterprise","new"]"#),
    ]
    try await client(answers) { client, _ in
      let user = try await client.user()
      #expect(user.email == "a@b.example" && user.isSuspended == false)
      let token = try await client.verifyUserToken()
      #expect(token.isActive && token.expiresOn == Date(timeIntervalSince1970: 1_767_225_600))
      let accountToken = try await client.verifyAccountToken(accountID: "a1")
      #expect(!accountToken.isActive)
      let tenants = try await client.tenants()
      #expect(
        tenants == [
          Tenant(
            id: "t1", name: "Northshore", status: "active", units: [.init(id: "u1", name: "Main", status: "active")]),
          Tenant(id: "t2", name: "Inner", units: [.init(id: "u2")]), Tenant(id: "t3", name: "Organization"),
        ])
      let types = try await client.accountTypes(tenantID: "t1")
      #expect(types == [.standard, .enterprise, AccountType(rawValue: "new")])
    }
  }

  @Test("What these types write, they read")
  func roundTrips() throws {
    func trip<Value: Codable & Equatable>(_ value: Value) throws {
      #expect(try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value)) == value)
    }
    try trip(Zone(id: "z", name: "n", status: "active", plan: .init(name: "Free"), account: .init(id: "a", name: "b")))
    try trip(
      Member(
        id: "m", status: "pending", user: .init(email: "e"), roles: [.init(name: "r")], invitedEmail: "i"))
    try trip(
      Subscription(
        id: "s", ratePlan: .init(id: "r", publicName: "p"), price: 1.5, currency: "EUR", frequency: "yearly",
        state: "Paid"))
    try trip(LogpushJob(id: 1, name: "n", dataset: "d", isEnabled: false))
    try trip(Gateway(tag: "g", providerName: "p"))
    try trip(AccessOrganization(name: "n", authDomain: "d"))
    try trip(User(id: "u", email: "e", isSuspended: true, hasTwoFactor: false))
    try trip(
      TokenVerification(
        id: "t", status: "active", notBefore: Date(timeIntervalSince1970: 0), expiresOn: Date(timeIntervalSince1970: 9))
    )
    try trip(Tenant(id: "t", name: "n", status: "s", units: [.init(id: "u", name: "n", status: "s")]))
    try trip(AccountChanges(name: "n", settings: AccountSettings(enforceTwoFactor: true)))
  }
}
