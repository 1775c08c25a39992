import Testing

@testable import Cloudflare

@Suite("Rule 4: an update sends name and settings, never the type")
struct UpdateTests {
  @Test("PUT holds name and the given settings, and nothing else")
  func body() async throws {
    try await withClient(script: { _, _ in [Reply.http(200, Reply.envelope(Reply.account()))] }) { client, server in
      let changes = [
        AccountChanges(name: "New", settings: AccountSettings(enforceTwoFactor: true)),
        AccountChanges(name: "New", settings: AccountSettings()),
        AccountChanges(name: "New"),
      ]
      for change in changes { _ = try await client.update(id: Reply.accountID, changes: change) }
      let bodies = server.requests.map(\.body)
      #expect(bodies[0].contains(#""settings":{"enforce_twofactor":true}"#) && bodies[0].contains(#""name":"New""#))
      #expect(bodies[1] == #"{"name":"New"}"# && bodies[2] == bodies[1])
      #expect(bodies.allSatisfy { !$0.contains("type") && !$0.contains("null") })
      #expect(server.requests.allSatisfy { $0.method == "PUT" && $0.target.hasSuffix("/accounts/\(Reply.accountID)") })
    }
  }

  @Test("An update meets each fault with exactly one request", arguments: Fault.allCases)
  func once(fault: Fault) async throws {
    try await withClient(script: { _, _ in fault.steps }) { client, server in
      let error = try await failure { try await client.update(id: "x", changes: AccountChanges(name: "New")) }
      #expect(server.requests.count == 1)
      #expect(error.leavesOutcomeUnknown == (fault != .status429))
    }
  }

  @Test(
    "A name that goes along unchanged is sent as it is, however it came to be there",
    arguments: ["", " ", String(repeating: "a", count: 120)])
  func oddName(name: String) async throws {
    let body = Reply.envelope(Reply.account(name: name))
    try await withClient(script: { _, _ in [Reply.http(200, body)] }) { client, server in
      let changes = AccountChanges(name: name, settings: AccountSettings(enforceTwoFactor: true))
      let account = try await client.update(id: Reply.accountID, changes: changes).value
      #expect(account.name == name)
      #expect(server.requests.count == 1)
    }
  }

  @Test("An empty identifier is not sent, and an answer about another account not trusted")
  func refused() async throws {
    try await withClient(script: { _, _ in [Reply.http(200, Reply.envelope(Reply.account()))] }) { client, server in
      let unnamed = try await failure { try await client.update(id: "", changes: AccountChanges(name: "New")) }
      #expect(unnamed.nothingWasSent)
      #expect(server.connections == 0)
      let error = try await failure { try await client.update(id: "x", changes: AccountChanges(name: "New")) }
      #expect(error.cause == .unreadable("it is about another account than the one asked for"))
    }
  }
}
