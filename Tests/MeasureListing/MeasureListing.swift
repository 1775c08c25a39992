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
    let reader = arguments.count == 6 ? ListReader(client, window: window) : ListReader(client)
    var paging = Paging(perPage: perPage)
    var pages = 0
    try await reader.read(&paging) { _, _ in pages += 1 }
    let duration = start.duration(to: .now)
    await client.shutdown()
    print(paging.count, pages, duration / .seconds(1))
  }
}
