import Cloudflare

extension CloudflareError {
  /// The reason for the failure in a few words, without a full stop.
  var shortReason: String {
    switch cause {
    case .unreachable: "no connection"
    case .interrupted: "the connection broke"
    case .timedOut: "no answer in time"
    case .cancelled: "cancelled"
    case .unreadable(let reason), .invalidRequest(let reason): Self.oneLine(reason, limit: 100)
    case .edge: "\(answeredBy) answered\(status.map { " \($0)" } ?? "")"
    case .refused where status == 429 && nothingWasSent: "no more requests for now"
    case .refused, .serverFault:
      // With the status of a success, the envelope says that the request was refused.
      "\(status.flatMap { $0 < 400 ? nil : "\($0) " } ?? "refused: ")\(firstWords ?? "no reason given")"
    }
  }

  /// The first message, or the error code if there is none.
  private var firstWords: String? {
    guard let error = errors.first else { return nil }
    let texts = ([error] + (error.errorChain ?? [])).lazy.map(\.message).filter { !$0.isEmpty }
    return texts.first.map { Self.oneLine($0, limit: 100) } ?? error.code.map { "code \($0)" }
  }
}
