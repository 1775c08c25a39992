import Cloudflare
import FoundationEssentials
import Terminal

/// One deletion, from its review to its receipt. It is about the account captured when it opened, whatever happens to
/// the list.
struct DeleteState: Screen {
  enum Field: Sendable {
    case challenge, cancel, goOn, delete
  }

  enum Phase: Sendable, Equatable {
    /// The account is being read again; nothing can be done before.
    case reading
    /// What was read is what the row showed. What it holds is told, as far as it has been read.
    case review
    case challenge
    /// Nothing has been sent yet, and any key keeps it from being sent.
    case countdown(Countdown)
    /// Deletion is not offered; only leaving is.
    case blocked(Blocker)
    /// How the one request stands, as long as the server has not confirmed it.
    case write(WriteProgress)
    /// The server has confirmed; the account is read to see that it is gone.
    case verifying
    /// The server confirmed, and a read says that the account is gone.
    case deleted
    /// The server confirmed, and the account is still there for now, or could not be read; deletion is asynchronous.
    case accepted(CloudflareError?)
    /// All of it was walked through, and nothing was sent.
    case dryRun(WriteIntent)
  }

  /// The seconds before the one request leaves.
  struct Countdown: Sendable, Equatable {
    var secondsLeft = Self.seconds
    /// When the second that is being waited for is over.
    var due: Date
    /// Whether the last reading of the account has not come. Nothing is sent without it.
    var isLookPending = true

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

  /// Whether other accounts have the same name.
  enum DuplicateNames: Sendable, Equatable {
    /// The server is being asked: the rows that are here may be only a part.
    case asking
    case known(others: Set<Account.ID>)
    /// The server's answer leaves it open.
    case unsure
  }

  static let kind = ScreenKind.modal

  /// The account as the row showed it.
  let captured: Account
  /// The same account as it was read again; as the row showed it until then.
  var account: Account
  /// Whether it has been read, so that it is the review's version of it.
  var isRead = false
  /// When what is known of the account began to be read.
  var openedOn = Date.distantPast
  /// Whether the list holds no other account.
  let isOnlyOne: Bool
  var duplicateNames: DuplicateNames
  var field = TextField()
  var focus = Field.cancel
  var phase = Phase.reading
  /// Lines above the first visible one.
  var scroll = 0
  /// What happened to what was typed, when something did.
  var message: String?
  /// The write that was sent.
  var intent: WriteIntent?

  init(account: Account, isOnlyOne: Bool = false) {
    captured = account
    self.account = account
    self.isOnlyOne = isOnlyOne
    // A blank name is not what will have to be typed.
    duplicateNames = account.name.allSatisfy(\.isWhitespace) ? .known(others: []) : .asking
  }

  /// Seconds after which a review has to be made again before anything is sent: what it showed may be so no longer.
  static let reviewLife: TimeInterval = 600

  static let bindings: [KeyMap.Binding] =
    KeyMap.scrolling([.review, .receipt]) + [
      bind(.nextField, [.tab, .right], [.review], "the next button", hint: ("Tab", "next")),
      bind(.previousField, [.backTab, .left], [.review], "the previous button"),
      bind(.accept, [.enter, .character(" ")], [.review], "press the button", hint: ("⏎", "press")),
      bind(
        .cancel, [.escape, .character("q"), .control("c")], [.review], "leave, with nothing sent",
        hint: ("Esc", "cancel")),
      bind(
        .cancel, [.escape, .enter, .character(" "), .character("q"), .control("c")], [.countdown],
        "stop, with nothing sent", hint: ("Esc", "stop")),
      bind(
        .cancel, [.escape, .enter, .character("q"), .control("c")], [.receipt], "dismiss", hint: ("Esc", "close")),
      KeyMap.help([.review, .receipt]), KeyMap.refresh([.review]),
    ] + KeyMap.copying([.review]) + [KeyMap.copyReceipt([.receipt]), KeyMap.palette([.review, .receipt])]

  // MARK: What others see of it

  func inputContext(in context: Context) -> InputContext {
    switch phase {
    case .reading, .review: isReviewed(in: context) ? .review : .waiting
    case .challenge: focus == .challenge ? .field : .button
    case .countdown: .countdown
    case .write(.sending): .busy
    case .write where unresolvedWrite != nil: .unknownOutcome
    case .blocked, .write, .verifying, .deleted, .accepted, .dryRun: .receipt
    }
  }

  func awaited(in context: Context) -> [EffectID] {
    var review = context.accounts.inventory.awaited(of: account.id)
    if duplicateNames == .asking { review.append(.duplicateNames(.deletion)) }
    return switch phase {
    case .reading: [.account(.deletion)] + review
    case .review: review
    case .write(let progress): progress.awaited(in: context.writes)
    case .verifying: [.account(.deletionCheck)]
    case .challenge, .countdown, .blocked, .deleted, .accepted, .dryRun: []
    }
  }

  func subject(in context: Context) -> Account? { account }

  private var progress: WriteProgress? {
    guard case .write(let progress) = phase else { return nil }
    return progress
  }

  var sending: WriteIntent.ID? { progress?.sending }
  var unresolvedWrite: WriteIntent.ID? { progress?.unresolvedWrite }
  func receipt(in context: Context) -> WriteIntent.ID? { unresolvedWrite ?? intent?.id }
  func meaning(in context: Context) -> FieldMeaning? { phase == .challenge ? focus.meaning : nil }

  /// Nothing in it is to be clicked.
  func clickable(_ command: Command) -> Command? { nil }

  // MARK: Steps

  var isUnderReview: Bool { phase == .reading || phase == .review }

  /// Whether everything that the review waits for has come, or is known not to come.
  func isReviewed(in context: Context) -> Bool {
    phase == .review && duplicateNames != .asking && context.accounts.inventory[account.id].isFinished
  }

  /// Whether what was typed is exactly what is asked for, and nothing else stands against the deletion.
  ///
  /// Swift compares strings by canonical equivalence, which is what comparing after NFC on both sides gives.
  var isUnlocked: Bool { phase == .challenge && !field.text.isEmpty && field.text == challenge.expected }

  var isCountingDown: Bool { if case .countdown = phase { true } else { false } }

  /// Whether there is a text that may be longer than the window.
  var isText: Bool {
    switch phase {
    case .challenge, .countdown, .write(.sending), .verifying: false
    case .reading, .review, .blocked, .write, .deleted, .accepted, .dryRun: true
    }
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

// MARK: Two versions of an account

extension DeleteState {
  /// What two versions of an account are compared in, by its label.
  enum Aspect: String, CaseIterable {
    case name = "Name"
    case type = "Type"
    case parent = "Parent"
    case created = "Created"
    case twoFactor = "2FA"
    case abuse = "Abuse"
  }

  /// Whether a fresh reading is not what was shown last. Rows of a list may leave out all but the name, so only what
  /// they show can differ; two readings were asked for in the same way, so what only one of them says differs.
  func differs(_ aspect: Aspect, in fresh: Account) -> Bool {
    switch aspect {
    // Swift takes names that are composed differently for the same.
    case .name: !fresh.name.unicodeScalars.elementsEqual(account.name.unicodeScalars)
    case .type: (isRead || account.type != nil && fresh.type != nil) && fresh.type != account.type
    case .parent where isRead: fresh.managedBy != account.managedBy
    case .parent: account.managedBy != nil && fresh.managedBy?.id != account.managedBy?.id
    case .created: isRead && fresh.createdOn != account.createdOn
    case .twoFactor: isRead && fresh.requiresTwoFactor != account.requiresTwoFactor
    case .abuse: isRead && fresh.abuseContact != account.abuseContact
    }
  }
}

extension DeleteState.DuplicateNames {
  /// What the server's answer says of other accounts of exactly this name, together with the rows that are here.
  ///
  /// How the server matches names is not documented. An answer that leaves the account itself out, or that does not
  /// hold all matches for sure, does not say that there are no others.
  init(_ result: Result<AccountPage, CloudflareError>, of account: Account, in list: AccountList) {
    var others = Set(list.loaded(named: account.name).map(\.id))
    var isSure = false
    if case .success(let page) = result {
      let shown = Set(page.accounts.filter { $0.isNamed(account.name) }.map(\.id))
      isSure = shown.contains(account.id) && page.holdsAllMatches(of: account.name, listTotal: list.total)
      others.formUnion(shown)
    }
    others.remove(account.id)
    self = others.isEmpty && !isSure ? .unsure : .known(others: others)
  }
}

// MARK: What has to be typed

extension DeleteState {
  /// What has to be typed.
  enum Challenge: Sendable, Equatable {
    case name(String)
    /// The end of the identifier, because the name will not do for the reason given.
    case idTail(String, reason: String)

    var expected: String {
      switch self {
      case .name(let name): name
      case .idTail(let tail, _): tail
      }
    }

    /// What has to be typed, and why it is not the name.
    var request: String {
      switch self {
      case .name: "Type the name of the account, exactly as it is."
      case .idTail(let tail, let reason): "\(Self.request(for: tail)), because \(reason)"
      }
    }

    /// The same above a field and its button.
    var requestToUnlock: String {
      switch self {
      case .name: "Type the name of the account to unlock the button:"
      case .idTail(let tail, let reason): "\(Self.request(for: tail)) to unlock the button, because \(reason):"
      }
    }

    private static func request(for tail: String) -> String {
      "Type the last \(Wording.count(tail.count, "character", "characters")) of the ID"
    }
  }

  /// Columns up to which a name can be typed without losing one's place.
  static let longestTypedName = 40
  static let tailLength = 8

  /// The name, unless it cannot surely be typed or does not tell the account from another.
  var challenge: Challenge {
    guard let reason = ownershipWarning ?? nameWarning else { return .name(account.name) }
    return .idTail(String(account.id.suffix(Self.tailLength)), reason: reason)
  }

  /// What speaks for the account being the person's own rather than a customer's; `nil` when nothing does.
  var ownershipWarning: String? {
    let parent = account.managedBy
    let isManaged = [parent?.id, parent?.name].contains { $0?.isEmpty == false }
    if !isManaged { return "no tenant or organisation manages it" }
    return isOnlyOne ? "it is the only account in the list" : nil
  }

  /// Dashes, curved quotation marks, bullets and ellipses: no keyboard types them surely, and their plain relatives
  /// look the same.
  private static let lookalikes: ClosedRange<Unicode.Scalar> = "\u{2010}"..."\u{2027}"

  private var nameWarning: String? {
    let name = account.name
    if name.allSatisfy(\.isWhitespace) { return "the name is empty" }
    if case .known(let others) = duplicateNames, !others.isEmpty {
      return "\(Wording.number(others.count + 1)) accounts have this name"
    }
    let text = SafeText(name)
    if text.width > Self.longestTypedName { return "the name is long" }
    if !text.isExactly(name) { return "the name has characters that are not shown as they are" }
    if name.first == " " || name.last == " " || name.contains("  ") || name.contains(where: \.isUnusualBlank) {
      return "the name has blanks that cannot be told by eye"
    }
    if name.unicodeScalars.contains(where: Self.lookalikes.contains) {
      return "the name has dashes, quotation marks or points that cannot be told by eye"
    }
    return duplicateNames == .unsure ? "it could not be checked whether others have this name" : nil
  }
}

extension Character {
  /// Whether it is drawn as a blank and is none that the space bar types.
  fileprivate var isUnusualBlank: Bool { isWhitespace && self != " " }
}

extension DeleteState.Field {
  /// What it is for in the challenge; `nil` where the challenge has none of it.
  fileprivate var meaning: FieldMeaning? {
    switch self {
    case .challenge:
      FieldMeaning(
        "What has to be typed",
        "Typing it, exactly, shows that this very account is meant. Pasting is refused, and what is typed is cleared "
          + "when something comes between you and the screen. It unlocks the button, and deletes nothing.")
    case .cancel: FieldMeaning("Cancel", "Leaves, with nothing sent.")
    case .goOn: nil
    case .delete:
      FieldMeaning(
        "Delete account",
        "Begins to count down; any key stops that, with nothing sent. Then one request deletes the account, for good. "
          + "It is never repeated by itself.")
    }
  }
}
