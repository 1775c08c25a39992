import Cloudflare
import FoundationEssentials

/// What became of a write, as far as it is known.
struct WriteOutcome: Sendable, Equatable {
  enum Kind: String, Sendable, Codable, CaseIterable {
    /// It happened: the server said so, or a read showed it.
    case confirmed
    /// The server said no, or nothing was sent.
    case refused
    /// No answer that can be trusted came.
    case unknown
    /// When the request could act no more, a read showed nothing of it. A later one may show it all the same.
    case notDone = "not-done"
    /// A person has looked elsewhere, and wants it to be blocked no longer. What happened is not known.
    case dismissed = "settled"
  }

  var kind: Kind
  var date: Date
  /// The account that was written to or came to be; `nil` when none is known.
  var accountID: Account.ID?
  /// The HTTP status of the write's own answer.
  var httpStatus: Int?
  /// `cf-ray` of the write's own answer.
  var ray: String?
  /// What happened, for people: the server's words among it, which are not safe to draw as they are.
  var message: String?
  /// Of an unknown outcome: until when the request may still act on the server.
  var mayActUntil: Date?
  /// Whether a person has decided to leave what was still to do after it.
  var leavesRest = false

  init(
    _ kind: Kind, date: Date, accountID: Account.ID? = nil, httpStatus: Int? = nil, ray: String? = nil,
    message: String? = nil, mayActUntil: Date? = nil
  ) {
    self.mayActUntil = mayActUntil
    self.kind = kind
    self.date = date
    self.accountID = accountID
    self.httpStatus = httpStatus
    self.ray = ray
    self.message = message.map { String($0.prefix(Self.longestMessage)) }
  }

  /// Characters; the server may say as much as it likes.
  static let longestMessage = 600

  /// Whether no look-up is needed any more.
  var isConclusive: Bool { kind != .unknown }

  /// What a successful answer means.
  init<Value>(_ confirmation: Confirmed<Value>, accountID: Account.ID?, date: Date) {
    self.init(.confirmed, date: date, accountID: accountID, httpStatus: confirmation.status, ray: confirmation.ray)
  }

  /// What a failed call means for this operation.
  init(_ error: CloudflareError, of operation: WriteOperation, date: Date) {
    let isUnknown = error.leavesUnknown(operation.kind)
    self.init(
      isUnknown ? .unknown : .refused, date: date, accountID: operation.accountID, httpStatus: error.status,
      ray: error.ray,
      message: error.explanation, mayActUntil: isUnknown ? date + Flight.time(after: error) : nil)
  }
}

extension CloudflareError {
  /// Whether only reading can tell what became of a write that ended so.
  ///
  /// A deletion is answered by "not there" if the account is gone already, and also where the endpoint knows no
  /// deletions: then it lives on.
  func leavesUnknown(_ kind: WriteOperation.Kind) -> Bool { leavesOutcomeUnknown || kind == .delete && saysNotThere }
}
