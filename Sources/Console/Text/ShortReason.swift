import Cloudflare

extension CloudflareError {
  /// Why it failed, in a few words without an end.
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
      // A refusal with the status of a success is one by its envelope.
      "\(status.flatMap { $0 < 400 ? nil : "\($0) " } ?? "refused: ")\(firstWords ?? "no reason given")"
    }
  }

  /// The first message, or what it gives instead of one.
  private var firstWords: String? {
    guard let error = errors.first else { return nil }
    let texts = ([error] + (error.errorChain ?? [])).lazy.map(\.message).filter { !$0.isEmpty }
    return texts.first.map { Self.oneLine($0, limit: 100) } ?? error.code.map { "code \($0)" }
  }
}
