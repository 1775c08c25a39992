import Logging

/// Writes one structured line for each time a request was sent.
///
/// Method, path, page, status, duration, ray and attempt are in it: never a header, a body, a name that was searched
/// for, or any other value of the query.
struct RequestLog: Sendable {
  var logger: Logger?

  func answered(_ request: APIRequest, attempt: Int, duration: Duration, answer: Answer) {
    guard let logger else { return }
    var metadata = metadata(request, attempt: attempt, duration: duration)
    metadata["status"] = "\(answer.status)"
    metadata["cf_ray"] = answer.ray.map { "\($0)" }
    logger.info("answered", metadata: metadata)
  }

  func failed(_ request: APIRequest, attempt: Int, duration: Duration, error: CloudflareError) {
    guard let logger else { return }
    var metadata = metadata(request, attempt: attempt, duration: duration)
    metadata["status"] = error.status.map { "\($0)" }
    metadata["cf_ray"] = error.ray.map { "\($0)" }
    metadata["cause"] = "\(error.cause.label)"
    let codes = error.codes.sorted().map(String.init).joined(separator: ",")
    if !codes.isEmpty { metadata["codes"] = "\(codes)" }
    logger.warning("failed", metadata: metadata)
  }

  private func metadata(_ request: APIRequest, attempt: Int, duration: Duration) -> Logger.Metadata {
    var metadata: Logger.Metadata = [
      "method": "\(request.method.rawValue)",
      "path": "\(request.encodedPath)",
      "attempt": "\(attempt)",
      "duration_ms": "\(duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000)",
    ]
    for (name, value) in request.query where name == "page" || name == "per_page" { metadata[name] = "\(value)" }
    return metadata
  }
}

extension CloudflareError.Cause {
  /// One word, without the texts, which may repeat what a server sent.
  var label: String {
    switch self {
    case .unreachable: "unreachable"
    case .interrupted: "interrupted"
    case .timedOut: "timed_out"
    case .cancelled: "cancelled"
    case .refused: "refused"
    case .serverFault: "server_fault"
    case .edge: "edge"
    case .unreadable: "unreadable"
    case .invalidRequest: "invalid_request"
    }
  }
}
