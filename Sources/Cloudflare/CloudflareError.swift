/// Why a call did not end well: everything that is needed to say what happened and what to do next.
public struct CloudflareError: Error, Sendable, Equatable {
  public enum Cause: Sendable, Equatable {
    /// No connection could be made, so nothing was sent. The text is the reason, for people.
    case unreachable(String)
    /// The connection broke after the request may have left. The text is the reason, for people.
    case interrupted(String)
    /// The deadline passed.
    case timedOut
    /// The caller cancelled.
    case cancelled
    /// The server said no, in the API's own envelope or with a 4xx status.
    case refused
    /// A 5xx in the API's own envelope.
    case serverFault
    /// An answer that does not come from the API: HTML or nothing, as the edge in front of it gives, or as a proxy or
    /// another server does.
    case edge
    /// A success whose body could not be read. The text is the reason, for people.
    case unreadable(String)
    /// Not sent: the request itself is wrong. The text is the reason, for people.
    case invalidRequest(String)
  }

  public var cause: Cause
  /// The HTTP status, when an answer came.
  public var status: Int?
  /// The server's own words, in its order.
  public var errors: [APIMessage]
  /// `cf-ray`: names the request when asking Cloudflare's support.
  public var ray: String?
  /// How long the server asked to wait, from `Retry-After`.
  public var retryAfter: Duration?
  /// What is known of an answer that is not the API's own.
  public var edge: EdgeAnswer?
  /// The host that answered, when that was not Cloudflare.
  public var otherServer: String?
  /// What keeps the connection from being made, where it is known.
  public internal(set) var obstacle: ConnectionObstacle?
  /// How often the request was sent, or tried to be.
  public var attempts: Int
  /// Whether it is certain that no byte of the request left, whatever the cause.
  public var nothingWasSent: Bool

  public init(
    _ cause: Cause, status: Int? = nil, errors: [APIMessage] = [], ray: String? = nil, retryAfter: Duration? = nil,
    edge: EdgeAnswer? = nil, attempts: Int = 1, nothingWasSent: Bool = false
  ) {
    self.cause = cause
    self.status = status
    self.errors = errors
    self.ray = ray
    self.retryAfter = retryAfter
    self.edge = edge
    self.attempts = attempts
    self.nothingWasSent = nothingWasSent
  }

  /// What is known of an answer that is not the API's own.
  public struct EdgeAnswer: Sendable, Equatable {
    /// The `content-type` without its parameters, when there is one.
    public var contentType: String?
    /// The origin that a redirect points to; redirects are never followed.
    public var redirectsTo: String?
    /// Whether it is a challenge for browsers (`cf-mitigated: challenge`).
    public var isChallenge: Bool
    /// What the server calls itself (`server`, `via`), when it does.
    public var software: String?
    /// What its page or its own kind of JSON says, in one line.
    public var words: String?

    public init(contentType: String? = nil, redirectsTo: String? = nil, isChallenge: Bool = false) {
      self.contentType = contentType
      self.redirectsTo = redirectsTo
      self.isChallenge = isChallenge
    }
  }

  /// Whether a write that ended so may have taken effect all the same.
  ///
  /// A 4xx is an answer: the server did not do it. Anything lost, late, from the edge or unreadable is not, and nor are
  /// 408 and 499, which say that somebody on the way gave up waiting.
  public var leavesOutcomeUnknown: Bool {
    if nothingWasSent { return false }
    switch cause {
    case .unreachable, .invalidRequest: return false
    case .interrupted, .timedOut, .cancelled, .serverFault, .unreadable: return true
    case .refused: return status == 408 || status == 499
    case .edge: return !(400..<500).contains(status ?? 0) || status == 408 || status == 499
    }
  }

  /// Whether the API itself says that there is no such account, or none that these credentials reach: its code 7003,
  /// which a deleted or deletion-pending account answers.
  ///
  /// A 404 alone may come from a gateway, or mean that the path is unknown.
  public var saysGone: Bool { cause == .refused && errors.contains { $0.code == 7003 } }

  /// Whether somebody says that the thing is not there: the API, or whoever answered 404 or 410 in its place.
  public var saysNotThere: Bool { cause == .refused && (status == 404 || status == 410) || saysGone }

  /// The codes of ``errors`` and of what they were caused by.
  var codes: Set<Int> {
    var codes: Set<Int> = []
    var rest = errors
    while let message = rest.popLast() {
      if let code = message.code { codes.insert(code) }
      rest += message.errorChain ?? []
    }
    return codes
  }
}
