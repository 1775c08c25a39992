import Cloudflare
import FoundationEssentials
import Terminal

/// A deletion, from its review to its receipt. The account is captured when the dialog opens; the list cannot change
/// it.
struct DeleteState: Screen {
  enum Field: Sendable {
    case challenge, cancel, goOn, delete
  }

  enum Phase: Sendable, Equatable {
    /// The account is being read again.
    case reading
    /// The account is as the row showed it. Its inventory may still be loading.
    case review
    case challenge
    /// Nothing has been sent. Any key stops the countdown.
    case countdown(Countdown)
    /// The deletion is not possible.
    case blocked(Blocker)
    /// The request, until the server confirms it.
    case write(WriteProgress)
    /// The server confirmed, and the account is read to check that it is gone.
    case verifying
    /// The server confirmed, and a read says that the account is gone.
    case deleted
    /// The server confirmed, but the account still exists or could not be read. Deletion is asynchronous.
    case accepted(CloudflareError?)
    /// A dry run has ended. Nothing was sent.
    case dryRun(WriteIntent)
  }

  /// The seconds before the one request leaves.
  struct Countdown: Sendable, Equatable {
    var secondsLeft = Self.seconds
    /// When the current second ends.
    var due: Date
    /// Whether the last reading of the account is still under way. Nothing is sent without it.
    var isLookPending = true

    static let seconds = 5
    /// How late a second may end, in seconds. After a longer pause of the program, nobody could have stopped it.
    static let tolerance: TimeInterval = 5
  }

  /// Why the account cannot be deleted.
  enum Blocker: Sendable, Equatable {
    case unreadable(CloudflareError)
    case gone(CloudflareError)
    /// The account differs from the row, or later from the review.
    case changed(Account)
  }

  /// Whether other accounts have the same name.
  enum DuplicateNames: Sendable, Equatable {
    /// The server is being asked, because the list may not be complete.
    case asking
    case known(others: Set<Account.ID>)
    /// The server's answer does not tell.
    case unsure
  }

  static let kind = ScreenKind.modal

  /// The account as the row showed it.
  let captured: Account
  /// The account as of its last reading; at first as the row showed it.
  var account: Account
  /// Whether the account has been read for the review.
  var isRead = false
  /// When the readings for the review began.
  var openedOn = Date.distantPast
  /// Whether the list has no other account.
  let isOnlyOne: Bool
  var duplicateNames: DuplicateNames
  var field = TextField()
  var focus = Field.cancel
  var phase = Phase.reading
  /// Lines above the first visible one.
  var scroll = 0
  /// A message about the typed text or the countdown; `nil` for none.
  var message: String?
  /// The write that was sent.
  var intent: WriteIntent?

  init(account: Account, isOnlyOne: Bool = false) {
    captured = account
    self.account = account
    self.isOnlyOne = isOnlyOne
    // A blank name is never the text to type, so others with it do not matter.
    duplicateNames = account.name.allSatisfy(\.isWhitespace) ? .known(others: []) : .asking
  }

  /// Seconds after which a review is repeated before anything is sent, because the account may have changed.
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

  // MARK: Screen

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

  /// Clicks do nothing in a deletion.
  func clickable(_ command: Command) -> Command? { nil }

  // MARK: Steps

  var isUnderReview: Bool { phase == .reading || phase == .review }

  /// Whether every reading for the review has ended.
  func isReviewed(in context: Context) -> Bool {
    phase == .review && duplicateNames != .asking && context.accounts.inventory[account.id].isFinished
  }

  /// Whether the typed text is exactly the requested one.
  ///
  /// Swift compares strings by canonical equivalence, like a comparison after NFC normalization.
  var isUnlocked: Bool { phase == .challenge && !field.text.isEmpty && field.text == challenge.expected }

  var isCountingDown: Bool { if case .countdown = phase { true } else { false } }

  /// Whether the text may be longer than the window and can be scrolled.
  var isText: Bool {
    switch phase {
    case .challenge, .countdown, .write(.sending), .verifying: false
    case .reading, .review, .blocked, .write, .deleted, .accepted, .dryRun: true
    }
  }

  /// The first position where the typed text differs, from 1; `nil` while it is a beginning of the requested text.
  var firstWrongPosition: Int? {
    let matching = zip(field.text, challenge.expected).prefix { $0 == $1 }.count
    return matching < field.text.count ? matching + 1 : nil
  }
}

// MARK: Two versions of an account

extension DeleteState {
  /// A compared property of an account. The raw value is its label.
  enum Aspect: String, CaseIterable {
    case name = "Name"
    case type = "Type"
    case parent = "Parent"
    case created = "Created"
    case twoFactor = "2FA"
    case abuse = "Abuse"
  }

  /// Whether a new reading differs from what was shown. Rows of a list may leave out all but the name, so a value that
  /// is missing in the row is no difference. Between two readings of the account, it is one.
  func differs(_ aspect: Aspect, in fresh: Account) -> Bool {
    switch aspect {
    // Swift treats composed and decomposed names as equal.
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
  /// The other accounts with exactly this name, from the server's answer and the loaded rows.
  ///
  /// How the server matches names is not documented. If the answer lacks the account itself or may lack matches, it
  /// does not prove that there are no others.
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

// MARK: The text to type

extension DeleteState {
  /// The text that a person has to type.
  enum Challenge: Sendable, Equatable {
    case name(String)
    /// The end of the ID, because the name is unsuitable for this reason.
    case idTail(String, reason: String)

    var expected: String {
      switch self {
      case .name(let name): name
      case .idTail(let tail, _): tail
      }
    }

    /// The request, with the reason if it is not for the name.
    var request: String {
      switch self {
      case .name: "Type the name of the account, exactly as it is."
      case .idTail(let tail, let reason): "\(Self.request(for: tail)), because \(reason)"
      }
    }

    /// The request as it stands above the field and the button.
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

  /// The most columns of a name that can be typed without losing one's place.
  static let longestTypedName = 40
  static let tailLength = 8

  /// The name, unless it may be impossible to type or does not identify the account.
  var challenge: Challenge {
    guard let reason = ownershipWarning ?? nameWarning else { return .name(account.name) }
    return .idTail(String(account.id.suffix(Self.tailLength)), reason: reason)
  }

  /// Why the account may be the person's own rather than a customer's; `nil` if nothing suggests it.
  var ownershipWarning: String? {
    let parent = account.managedBy
    let isManaged = [parent?.id, parent?.name].contains { $0?.isEmpty == false }
    if !isManaged { return "no tenant or organisation manages it" }
    return isOnlyOne ? "it is the only account in the list" : nil
  }

  /// Dashes, curved quotation marks, bullets and ellipses. Not every keyboard can type them, and plain characters look
  /// the same.
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
    // The space bar types only one kind of blank.
    let hasOtherBlanks = name.contains { $0.isWhitespace && $0 != " " }
    if name.first == " " || name.last == " " || name.contains("  ") || hasOtherBlanks {
      return "the name has blanks that cannot be told by eye"
    }
    if name.unicodeScalars.contains(where: Self.lookalikes.contains) {
      return "the name has dashes, quotation marks or points that cannot be told by eye"
    }
    return duplicateNames == .unsure ? "it could not be checked whether others have this name" : nil
  }
}

extension DeleteState.Field {
  /// The meaning of the field in the challenge; `nil` if the challenge does not have it.
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
