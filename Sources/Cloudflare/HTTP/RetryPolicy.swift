/// When a request is sent again, and after how long. Writes never are: a lost reply to a creation that is sent again
/// makes two accounts.
struct RetryPolicy: Sendable {
  var tries: Int
  var base: Duration
  var limit: Duration
  var longestWait: Duration

  init(_ options: ClientOptions) {
    tries = options.tries
    base = options.backoffBase
    limit = options.backoffLimit
    longestWait = options.longestRetryWait
  }

  /// The wait before the next try, or `nil` when the failure is final.
  ///
  /// - Parameters:
  ///   - attempt: how many tries there were, from 1.
  ///   - timeLeft: until the call's deadline: a wait beyond it is not waited out, since nothing could follow it.
  ///   - jitter: 0 to 1, the part of the longest wait that is waited (full jitter).
  func wait(
    after error: CloudflareError, method: APIRequest.Method, attempt: Int, timeLeft: Duration, jitter: Double
  ) -> Duration? {
    guard method == .get, attempt < tries, Self.isPassing(error) else { return nil }
    var ceiling = base
    for _ in 1..<max(attempt, 1) where ceiling < limit { ceiling = ceiling * 2 }
    let backoff = min(ceiling, limit) * min(max(jitter, 0), 1)
    let wait = max(backoff, error.retryAfter ?? .zero)
    return wait <= longestWait && wait < timeLeft ? wait : nil
  }

  /// Whether the failure may be gone a moment later: 408, 429, 5xx, or no whole answer because of the connection,
  /// unless what stands in its way will stand there the next time.
  static func isPassing(_ error: CloudflareError) -> Bool {
    switch error.cause {
    case .unreachable: return error.obstacle?.isPassing ?? true
    case .interrupted: return true
    case .timedOut, .cancelled, .unreadable, .invalidRequest: return false
    case .refused, .serverFault, .edge:
      guard let status = error.status else { return false }
      return status == 408 || status == 429 || (500..<600).contains(status)
    }
  }
}
