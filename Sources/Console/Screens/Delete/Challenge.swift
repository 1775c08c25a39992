import Cloudflare
import Terminal

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
    if duplicateNames == .unsure { return "it could not be checked whether others have this name" }
    return nil
  }
}

extension Character {
  /// Whether it is drawn as a blank and is none that the space bar types.
  fileprivate var isUnusualBlank: Bool { isWhitespace && self != " " }
}

extension DeleteState.DuplicateNames {
  /// What the server's answer says of other accounts of exactly this name.
  ///
  /// How the server matches names is not documented. An answer that leaves the account itself out, or that does not hold
  /// all matches for sure, does not say that there are no others.
  ///
  /// - Parameters:
  ///   - loaded: accounts of this name that the list shows.
  ///   - listTotal: the accounts that there are, as the server counted them for the list; `nil` where it did not.
  init(
    _ result: Result<AccountPage, CloudflareError>, of account: Account, loaded: Set<Account.ID>, listTotal: Int?
  ) {
    guard case .success(let page) = result else {
      self = loaded.isEmpty ? .unsure : .known(others: loaded)
      return
    }
    let shown = Set(page.accounts.filter { $0.isNamed(account.name) }.map(\.id))
    let others = shown.union(loaded).subtracting([account.id])
    let isSure = shown.contains(account.id) && page.holdsAllMatches(of: account.name, listTotal: listTotal)
    self = others.isEmpty && !isSure ? .unsure : .known(others: others)
  }
}
