import Testing

@testable import Cloudflare

@Suite("Lists over the wire")
struct ListingTests {
  /// Reads all pages, as a caller does.
  private func readAll(_ client: AccountsClient, perPage: Int) async throws -> (ids: [String], paging: Paging) {
    var paging = Paging(perPage: perPage)
    var ids: [String] = []
    while let page = paging.nextPage {
      ids += paging.take(try await client.list(ListQuery(page: page, perPage: perPage))).map(\.id)
    }
    return (ids, paging)
  }

  private static func page(_ ids: [Int], info: String? = nil) -> [ScriptedServer.Step] {
    [Reply.http(200, Reply.envelope("[\(ids.map { Reply.account(id: "\($0)") }.joined(separator: ","))]", info: info))]
  }

  @Test("A server that ignores the page is read twice at most")
  func ignored() async throws {
    try await withClient(script: { _, _ in Self.page([1, 2, 3, 4, 5]) }) { client, server in
      let (ids, paging) = try await readAll(client, perPage: 5)
      #expect(ids == ["1", "2", "3", "4", "5"] && paging.end == .nothingNew)
      #expect(server.requests.count == 2)
    }
  }

  @Test("Credentials of one account, whose every page is page 1 of 1, are read once")
  func accountOwned() async throws {
    let info = #"{"page":1,"per_page":20,"total_pages":1,"count":1,"total_count":1}"#
    try await withClient(script: { _, _ in Self.page([1], info: info) }) { client, server in
      let (ids, paging) = try await readAll(client, perPage: 5)
      #expect(ids == ["1"] && paging.end == .lastPage && server.requests.count == 1)
    }
  }

  @Test("Accounts that move between pages while they are read come once, and the difference is told")
  func moving() async throws {
    let pages = [
      Self.page([1, 2, 3, 4, 5], info: #"{"total_count":11}"#),
      Self.page([5, 6, 7, 8, 9], info: #"{"total_count":12}"#), Self.page([11], info: #"{"total_count":12}"#),
      Self.page([]),
    ]
    try await withClient(script: { number, _ in pages[number] }) { client, server in
      let (ids, paging) = try await readAll(client, perPage: 5)
      #expect(ids == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "11"])
      #expect(paging.end == .emptyPage)
      #expect(server.requests.count == 4)
    }
  }
}
