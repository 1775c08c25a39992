import Cloudflare
import FoundationEssentials

/// How long a request may still act on the server, in seconds from the moment when its outcome was lost.
enum Flight {
  /// After a broken connection: the server can only act on what it has received already.
  static let afterBreak: TimeInterval = 60
  /// After a time-out, or after an answer from a proxy that gave up: another server may still be working on the request.
  /// Cloudflare's own edge waits 100 seconds for a server behind it.
  static let afterSilence: TimeInterval = 300
  /// From the intent on: the longest that a console holds a request, half a minute for the budget and half a minute for
  /// the answer, and room for a slow machine.
  static let longestCall: TimeInterval = 90

  /// After a write that ended with this error.
  static func time(after error: CloudflareError) -> TimeInterval {
    switch error.cause {
    case .timedOut, .serverFault, .edge: afterSilence
    case .refused: error.status == 408 || error.status == 499 ? afterSilence : 0
    case .unreachable, .interrupted, .cancelled, .unreadable, .invalidRequest: afterBreak
    }
  }
}
