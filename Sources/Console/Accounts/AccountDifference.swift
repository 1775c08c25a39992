import Cloudflare

/// One difference between two versions of an account, in words for people.
struct AccountDifference: Equatable {
  var label: String
  /// The label as a sentence uses it.
  var name: String
  var before: String
  var after: String

  /// Whether the label is one of the account's settings. A server's answer may leave out all settings.
  var isSetting: Bool { label == Self.twoFactor || label == Self.abuse }

  private static let twoFactor = "Two-factor"
  private static let abuse = "Abuse"

  /// What a form that changes accounts can see to be different. A type or parent that one version leaves out is not.
  static func between(_ before: Account, _ after: Account) -> [AccountDifference] {
    var found: [AccountDifference] = []
    func compare(_ label: String, _ name: String, _ one: String, _ two: String) {
      guard !one.utf8.elementsEqual(two.utf8) else { return }
      found.append(AccountDifference(label: label, name: name, before: one, after: two))
    }
    compare("Name", "name", before.name, after.name)
    if let one = before.type, let two = after.type { compare("Type", "type", one.rawValue, two.rawValue) }
    compare(twoFactor, "two-factor", word(before.requiresTwoFactor), word(after.requiresTwoFactor))
    compare(abuse, "abuse contact", word(before.abuseContact), word(after.abuseContact))
    if let one = before.managedBy, let two = after.managedBy, one.id != two.id {
      // Two parents may have the same name.
      let (before, after) =
        one.name == two.name ? (one.id, two.id) : (Wording.parent(of: before), Wording.parent(of: after))
      compare("Parent", "parent", before ?? "not said", after ?? "not said")
    }
    return found
  }

  /// The differences that edits make to an account.
  static func between(_ account: Account, _ edits: AccountEdits) -> [AccountDifference] {
    var wanted = account
    wanted.name = edits.name ?? account.name
    wanted.settings = AccountSettings(
      enforceTwoFactor: edits.requiresTwoFactor ?? account.settings?.enforceTwoFactor,
      abuseContactEmail: edits.contact ?? account.settings?.abuseContactEmail)
    return between(account, wanted)
  }

  private static func word(_ isRequired: Bool) -> String { isRequired ? "required" : "not required" }

  private static func word(_ contact: String) -> String { contact.isEmpty ? "none" : contact }
}

/// The changes that a person wants to an account; `nil` leaves the field as it is.
struct AccountEdits: Sendable, Equatable {
  var name: String?
  var requiresTwoFactor: Bool?
  /// Empty takes the contact away.
  var contact: String?

  var isEmpty: Bool { self == AccountEdits() }
}

extension Account {
  /// A missing setting counts as not required.
  var requiresTwoFactor: Bool { settings?.enforceTwoFactor == true }

  /// Empty when there is none.
  var abuseContact: String { settings?.abuseContactEmail ?? "" }

  /// The newer answer, completed with this account's values where the answer leaves fields out.
  func completing(_ answer: Account) -> Account {
    var account = answer
    account.type = answer.type ?? type
    account.settings = answer.settings ?? settings
    account.createdOn = answer.createdOn ?? createdOn
    account.managedBy = answer.managedBy ?? managedBy
    return account
  }
}
