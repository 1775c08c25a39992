import Cloudflare
import FoundationEssentials
import Terminal

/// One deletion, from its review to its receipt. It is about the account captured when it opened, whatever happens to
/// the list.
struct DeleteState: Sendable, Equatable {
  enum Field: Sendable {
    case challenge, cancel, goOn, delete
  }

  enum Phase: Sendable, Equatable {
    /// The account is being read again; nothing can be done before.
    case reading(RequestToken)
    /// What was read is what the row showed. What it holds is told, as far as it has been read.
    case review
    case challenge
    /// Nothing has been sent yet, and any key keeps it from being sent.
    case countdown(Countdown)
    /// Deletion is not offered; only leaving is.
    case blocked(Blocker)
    case sending(RequestToken)
    /// The server has confirmed; the account is read to see that it is gone.
    case verifying(RequestToken)
    case finished(Outcome)
  }

  /// The seconds before the one request leaves.
  struct Countdown: Sendable, Equatable {
    var secondsLeft = Self.seconds
    /// The second that is being waited for; each has its own, so that none counts twice.
    var token: RequestToken
    /// When that second is over.
    var due: Date
    /// The last reading of the account, while it has not come. Nothing is sent without it.
    var lastLook: RequestToken?

    static let seconds = 5
    /// How late a second may be over, in seconds. Later, the program has stood still, and nobody could have stopped it.
    static let tolerance: TimeInterval = 5
  }

  /// Why the account is not offered for deletion.
  enum Blocker: Sendable, Equatable {
    case unreadable(CloudflareError)
    case gone(CloudflareError)
    /// The account is not what the row showed, or later what the review showed.
    case changed(Account)
  }

  enum Outcome: Sendable, Equatable {
    /// The server confirmed, and a read says that the account is gone.
    case deleted
    /// The server confirmed, and the account is still there for now, or could not be read; deletion is asynchronous.
    case accepted(CloudflareError?)
    case refused(CloudflareError)
    /// No answer that can be trusted came.
    case unknown(CloudflareError)
    /// Nothing was sent, because of the journal or what it tells.
    case notSent(JournalProblem)
    /// What a look-up has found of a request, or what the console that sent it has written down.
    case lookedUp(WriteOutcome.Kind)
    /// All of it was walked through, and nothing was sent.
    case dryRun(WriteIntent)
  }

  /// Whether other accounts have the same name.
  enum DuplicateNames: Sendable, Equatable {
    /// The server is being asked: the rows that are here may be only a part.
    case asking(RequestToken)
    case known(others: Set<Account.ID>)
    /// The server's answer leaves it open.
    case unsure
  }

  /// The account as the row showed it.
  let captured: Account
  /// The same account as it was read again; as the row showed it until then.
  var account: Account
  /// Whether it has been read, so that it is the review's version of it.
  var isRead = false
  /// When what is known of the account began to be read.
  let openedOn: Date
  /// Whether the list holds no other account.
  let isOnlyOne: Bool
  var duplicateNames: DuplicateNames
  var field = TextField()
  var focus = Field.cancel
  var phase: Phase
  /// Lines above the first visible one.
  var scroll = 0
  /// What happened to what was typed, when something did.
  var message: String?
  /// The write that was sent.
  var intent: WriteIntent?

  init(account: Account, isOnlyOne: Bool, duplicateNames: DuplicateNames, openedOn: Date, phase: Phase) {
    captured = account
    self.account = account
    self.isOnlyOne = isOnlyOne
    self.duplicateNames = duplicateNames
    self.openedOn = openedOn
    self.phase = phase
  }

  /// Seconds after which a review has to be made again before anything is sent: what it showed may be so no longer.
  static let reviewLife: TimeInterval = 600

  /// Whether what was typed is exactly what is asked for, and nothing else stands against the deletion.
  ///
  /// Swift compares strings by canonical equivalence, which is what comparing after NFC on both sides gives.
  var isUnlocked: Bool { phase == .challenge && !field.text.isEmpty && field.text == challenge.expected }

  var isCountingDown: Bool {
    if case .countdown = phase { return true }
    return false
  }

  /// Whether there is a text that may be longer than the window.
  var isText: Bool {
    switch phase {
    case .reading, .review, .blocked, .finished: true
    case .challenge, .countdown, .sending, .verifying: false
    }
  }

  var inputContext: InputContext {
    switch phase {
    case .reading, .review: .review
    case .challenge: focus == .challenge ? .field : .button
    case .countdown: .countdown
    case .sending: .busy
    case .verifying: .receipt
    case .blocked, .finished: unresolvedWrite == nil ? .receipt : .unknownOutcome
    }
  }

  /// The write that has to be looked up for this to come to an end.
  var unresolvedWrite: WriteIntent.ID? {
    switch phase {
    case .finished(.unknown): intent?.id
    case .finished(.notSent(.repeats(let intent))): intent.id
    default: nil
    }
  }

  mutating func edit(_ edit: TextEdit) {
    guard phase == .challenge, focus == .challenge else { return }
    message = nil
    field.apply(edit)
  }

  /// Takes back what was typed, and asks for it anew.
  mutating func disarm(saying message: String?) {
    phase = .challenge
    focus = .challenge
    field = TextField()
    self.message = message
  }

  /// Where what was typed first differs, counted from 1; `nil` while it is a beginning of what is asked for.
  var firstWrongPosition: Int? {
    let expected = Array(challenge.expected)
    for (index, character) in field.text.enumerated() where index >= expected.count || character != expected[index] {
      return index + 1
    }
    return nil
  }
}
