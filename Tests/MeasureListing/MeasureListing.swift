import Cloudflare
import Glibc

/// Reads the whole list of accounts once, with no budget, and prints how many accounts and pages came and the seconds
/// that took: `measure-listing BASE-URL E-MAIL KEY PER-PAGE [WINDOW]`. `Tests/Measure/listing` compares it with others.
@main
struct MeasureListing {
  nonisolated static func main() async throws {
    let arguments = CommandLine.arguments
    guard 5...6 ~= arguments.count, let perPage = Int(arguments[4]), let window = Int(arguments.last ?? "") else {
      print("usage: measure-listing BASE-URL E-MAIL KEY PER-PAGE [WINDOW]")
      exit(64)
    }
    var options = ClientOptions()
    options.budget = nil
    let client = AccountsClient(
      endpoint: try Endpoint(arguments[1]), credentials: .key(email: arguments[2], key: Secret(arguments[3])),
      options: options)
    let start = ContinuousClock.now
    let (paging, pages) = try await read(client, perPage: perPage, window: arguments.count == 6 ? window : 4)
    let duration = start.duration(to: .now)
    await client.shutdown()
    print(paging.count, pages, duration / .seconds(1))
  }

  /// Reads a list as the console loads all of it: with up to so many pages on their way at once, as soon as the first
  /// has told how many there are.
  private nonisolated static func read(
    _ client: AccountsClient, perPage: Int, window: Int
  ) async throws -> (paging: Paging, pages: Int) {
    try await withThrowingTaskGroup(of: (number: Int, page: AccountPage).self) { group in
      defer { group.cancelAll() }
      var paging = Paging(perPage: perPage)
      var (pages, asked, last) = (0, 0, 1)
      var waiting: [Int: AccountPage] = [:]
      while let next = paging.nextPage {
        while asked < max(next, min(last, next + window - 1)) {
          asked += 1
          let query = ListQuery(page: asked, perPage: perPage)
          group.addTask { (query.page, try await client.list(query, priority: .background)) }
        }
        if let page = waiting.removeValue(forKey: next) {
          last = page.info?.lastPage(size: perPage) ?? last
          _ = paging.take(page)
          pages += 1
        } else if let answer = try await group.next() {
          waiting[answer.number] = answer.page
        }
      }
      return (paging, pages)
    }
  }
}
