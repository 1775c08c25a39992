import Cloudflare
import Testing

@testable import Sandbox

@Suite("Switches for what is not documented")
struct UndocumentedTests {
  @Test("page bounds can be clamped instead of refused")
  func clamp() async throws {
    try await TestSandbox.run(.with { $0.pageBounds = .clamp }) { sandbox async throws in
      let high = try await sandbox.get("/accounts?per_page=1000").info()
      #expect(high.count == 50)
      let low = try await sandbox.get("/accounts?per_page=1&page=0").info()
      #expect(low == ResultInfo(page: 1, perPage: 5, totalPages: 24, count: 5, totalCount: 120))
      #expect(try await sandbox.get("/accounts?per_page=x").status == 400)
    }
  }

  @Test("total_count can leave the name out of account")
  func totalCount() async throws {
    try await TestSandbox.run(.with { $0.totalCount = .all }) { sandbox async throws in
      let info = try await sandbox.get("/accounts?name=northshore").info()
      #expect(info.count == 1 && info.totalCount == 120 && info.totalPages == 1)
    }
  }

  @Test(
    "an unknown identifier can get each of the answers that were seen; deleted and malformed ones get 7003",
    arguments: [
      (SandboxOptions.UnknownAccount.notFound, 404, 7003, 404), (.badRequest, 400, 7003, 400),
      (.unauthorized, 403, 9109, 404), (.unauthenticated, 403, 10000, 404),
    ])
  func unknown(choice: SandboxOptions.UnknownAccount, status: Int, code: Int, goneStatus: Int) async throws {
    try await TestSandbox.run(.with { $0.unknownAccount = choice }) { sandbox async throws in
      let account = try await sandbox.account(3)
      _ = try await sandbox.send("DELETE", "/accounts/\(account.id)")
      for method in ["GET", "PUT", "DELETE"] {
        let unknown = try await sandbox.send(method, "/accounts/1b16db169c9cb7853009857198fae1b9", #"{"name": "x"}"#)
        #expect(unknown.status == status)
        #expect(try unknown.codes() == [code])
        let deleted = try await sandbox.send(method, "/accounts/\(account.id)", #"{"name": "x"}"#)
        #expect(deleted.status == goneStatus)
        #expect(try deleted.codes() == [7003])
      }
      #expect(try await sandbox.get("/accounts/xyz").status == goneStatus)
    }
  }
}
