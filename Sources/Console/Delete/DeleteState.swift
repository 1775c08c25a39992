import Cloudflare
import Terminal

/// The dialog for one deletion. It is about the account captured when it opened, whatever happens to the list.
public struct DeleteState: Sendable, Equatable {
  public enum Field: Sendable, CaseIterable {
    case challenge, cancel, delete
  }

  public enum Phase: Sendable, Equatable {
    /// The account is being read again; nothing can be deleted before.
    case reading(RequestToken)
    /// What was read is what the row showed: the challenge decides.
    case challenge
    /// Deletion is not offered; only leaving is.
    case barred(Bar)
    case sending(RequestToken)
    /// The server has confirmed; the account is read to see that it is gone.
    case verifying(RequestToken)
    case finished(Outcome)
  }

  /// Why the account is not offered for deletion.
  public enum Bar: Sendable, Equatable {
    case unreadable(CloudflareError)
    case gone(CloudflareError)
    /// Name, type or parent are not what the row showed.
    case changed(Account)
  }

  public enum Outcome: Sendable, Equatable {
    /// The server confirmed, and a read says that the account is gone.
    case deleted
    /// The server confirmed, and the account is still there for now, or could not be read; deletion is asynchronous.
    case accepted(CloudflareError?)
    case refused(CloudflareError)
    /// No answer that can be trusted came.
    case unknown(CloudflareError)
    /// Nothing was sent, because of the journal or what it tells.
    case notSent(JournalProblem)
    /// A read has shown that the account is still there, and that nothing more will come of the request.
    case notDone
    /// All of it was walked through, and nothing was sent.
    case rehearsed(WriteIntent)
  }

  /// What has to be typed.
  public enum Challenge: Sendable, Equatable {
    case name(String)
    /// The end of the identifier, because the name will not do for the reason given.
    case idTail(String, reason: String)

    var expected: String {
      switch self {
      case .name(let name): name
      case .idTail(let tail, _): tail
      }
    }
  }

  public let account: Account
  public let challenge: Challenge
  public internal(set) var field = TextField()
  public internal(set) var focus = Field.challenge
  public internal(set) var phase: Phase
  /// What happened to what was typed, when something did.
  public internal(set) var remark: String?
  /// The write that was sent.
  var intentID: WriteIntent.ID?

  init(account: Account, challenge: Challenge, phase: Phase) {
    self.account = account
    self.challenge = challenge
    self.phase = phase
  }

  /// Whether what was typed is exactly what is asked for, and nothing else stands against the deletion.
  ///
  /// Swift compares strings by canonical equivalence, which is what comparing after NFC on both sides gives.
  var isUnlocked: Bool { phase == .challenge && !field.text.isEmpty && field.text == challenge.expected }

  var isBusy: Bool {
    switch phase {
    case .sending, .verifying: true
    case .reading, .challenge, .barred, .finished: false
    }
  }

  var inputContext: InputContext {
    switch phase {
    case .challenge: focus == .challenge ? .field : .button
    case .reading, .sending, .verifying: .button
    case .barred, .finished: doubtfulWrite == nil ? .receipt : .doubt
    }
  }

  /// The write that has to be looked up for this to come to an end.
  var doubtfulWrite: WriteIntent.ID? {
    switch phase {
    case .finished(.unknown): intentID
    case .finished(.notSent(.repeats(let intent))): intent.id
    default: nil
    }
  }

  mutating func edit(_ edit: TextEdit) {
    guard phase == .challenge, focus == .challenge else { return }
    remark = nil
    field.apply(edit)
  }

  mutating func refusePaste() {
    remark = "Pasting is refused here: typing is what shows that this account is meant"
  }

  /// Where what was typed first differs, counted from 1; `nil` while it is a beginning of what is asked for.
  var firstWrongPosition: Int? {
    let expected = Array(challenge.expected)
    for (index, character) in field.text.enumerated() where index >= expected.count || character != expected[index] {
      return index + 1
    }
    return nil
  }

  /// Columns up to which a name can be typed without losing one's place.
  static let longestTypedName = 40
  static let tailLength = 8

  /// The name, unless it cannot surely be typed or does not tell the account from another.
  static func challenge(for account: Account, namesakes: Int) -> Challenge {
    let name = SafeText(account.name)
    let reason: String? =
      if account.name.allSatisfy(\.isWhitespace) {
        "the name is empty"
      } else if namesakes > 1 {
        "\(Wording.number(namesakes)) accounts have this name"
      } else if name.width > longestTypedName {
        "the name is long"
      } else if !name.isExactly(account.name) {
        "the name has characters that are not shown as they are"
      } else if account.name.first?.isWhitespace == true || account.name.last?.isWhitespace == true
        || account.name.contains("  ")
      {
        "the name has blanks that cannot be told by eye"
      } else {
        nil
      }
    guard let reason else { return .name(account.name) }
    return .idTail(String(account.id.suffix(tailLength)), reason: reason)
  }
}
