import Cloudflare
import FoundationEssentials

/// The loading of all pages, with lower priority than the pages a person waits for.
struct LoadAll: Sendable, Equatable {
  /// Pages requested at once.
  static let window = 4
  /// The most arrivals for the rate.
  static let measured = 40

  /// The next page to request.
  var next = 1
  /// Pages requested only for this.
  var pages: Set<Int> = []
  /// The start, then the times of the last pages, oldest first.
  private(set) var arrivals: [Date]

  init(at date: Date) {
    arrivals = [date]
  }

  mutating func noteArrival(of page: Int, at date: Date) {
    pages.remove(page)
    arrivals.append(date)
    if arrivals.count > Self.measured { arrivals.removeFirst() }
  }

  /// Continues after a wait, from this page on.
  mutating func goOn(from page: Int) {
    next = min(next, page)
    // The wait must not count in the rate.
    arrivals = []
  }

  /// Pages per second; `nil` until enough pages have come.
  var rate: Double? {
    guard arrivals.count > 2, let first = arrivals.first, let last = arrivals.last, last > first else { return nil }
    return Double(arrivals.count - 1) / last.timeIntervalSince(first)
  }
}
