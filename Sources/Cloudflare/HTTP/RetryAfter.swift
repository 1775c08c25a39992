import NIOHTTP1

/// How long a server asks to wait (`Retry-After`, RFC 9110, section 10.2.3).
enum RetryAfter {
  /// Waits beyond this are taken for this: a day is for ever at a terminal, and sums of it cannot overflow.
  static let limit: Duration = .seconds(86_400)

  /// Reads whole seconds or an HTTP date; `nil` when the header is absent or unreadable.
  ///
  /// A date is compared with the answer's own `Date` where there is one, so that a wrong clock on this side does no
  /// harm. A date in the past is no wait.
  ///
  /// - Parameter now: the local time in seconds since 1970.
  static func read(_ headers: HTTPHeaders, now: Int64) -> Duration? {
    guard let text = headers.first(name: "retry-after") else { return nil }
    if !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
      // More digits than fit are a very long wait, not none.
      return Int64(text).map { min(.seconds($0), limit) } ?? limit
    }
    guard let then = HTTPDate.parse(text) else { return nil }
    let reference = headers.first(name: "date").flatMap { HTTPDate.parse($0) } ?? now
    return min(max(.seconds(then - reference), .zero), limit)
  }
}
