import Cloudflare
import FoundationEssentials

/// The reading of every page that is not here yet, behind what a person waits for.
struct LoadAll: Sendable, Equatable {
  /// Pages asked for at once.
  static let window = 4
  /// Arrivals that the rate is taken from.
  static let measured = 40

  /// The pages before this one are here, on their way, or were asked for.
  var next = 1
  /// Those on their way for this alone.
  var pages: Set<Int> = []
  /// When it began, and then when the last pages came, oldest first.
  private(set) var arrivals: [Date]

  init(at date: Date) {
    arrivals = [date]
  }

  /// A page has come.
  mutating func noteArrival(of page: Int, at date: Date) {
    pages.remove(page)
    arrivals.append(date)
    if arrivals.count > Self.measured { arrivals.removeFirst() }
  }

  /// Goes on after a wait, with the pages from this one on.
  mutating func goOn(from page: Int) {
    next = min(next, page)
    // How fast pages come is not a matter of how long none was asked for.
    arrivals = []
  }

  /// Pages a second; `nil` until there is something to take it from.
  var rate: Double? {
    guard arrivals.count > 2, let first = arrivals.first, let last = arrivals.last, last > first else { return nil }
    return Double(arrivals.count - 1) / last.timeIntervalSince(first)
  }
}
