/// A rule by which the sandbox misbehaves, so that a bad day can be rehearsed.
public struct Fault: Sendable, Equatable {
  enum Action: Sendable, Equatable {
    /// Closes the connection without an answer.
    case drop
    /// Resets the connection (TCP RST) without an answer.
    case reset
    /// Never answers; ends when the client gives up.
    case hang
    /// Answers as always, later.
    case slow(Duration)
    case answer(status: Int, FaultBody, retryAfter: Int?)
    /// Answers 200 with nothing in it.
    case empty
    /// Stops in the middle of the answer and closes the connection.
    case truncate
    /// Answers with the identifier of something else.
    case wrongIdentifier
  }

  /// `nil` for any.
  let method: String?
  let path: PathPattern
  let action: Action
  /// Whether a request takes effect although its answer goes wrong.
  let isApplied: Bool
  /// How many fitting requests are let pass at first.
  let skip: Int
  /// How many requests are hit at most; `nil` for all.
  let times: Int?
  /// The share of fitting requests that is hit, 0…1.
  let probability: Double

  /// What ``init(parsing:)`` takes.
  public static let help = """
    A rule is METHOD PATH: ACTION [NAME=VALUE …], as in 'POST /accounts: drop-after times=1'.
    METHOD may be *; in PATH, * stands for one segment, and ** at its end for any rest.

    drop-before   close the connection, the request having no effect
    drop-after    let the request take effect, then close the connection without an answer
    reset         reset the connection (TCP RST)
    hang          never answer
    slow=MS       answer after MS milliseconds
    502-html      answer with any status, 200 to 599, and a body: -html as from the edge, -json (the default), -empty
    empty         let the request take effect, then answer 200 with nothing
    truncate      let the request take effect, then stop in the middle of the answer
    wrong-id      let the request take effect, then answer with another identifier

    times=N         hit N requests, then stop
    skip=N          let N requests pass first
    probability=P   hit this share, 0 to 1
    retry-after=N   send Retry-After with a status
    applied=yes     let the request take effect first, with a status, reset or hang
    """
}

/// What comes with the status of a fault.
enum FaultBody: String, Sendable {
  case json, html, empty
}
