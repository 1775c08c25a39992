import Cloudflare

/// One thing that is not the same in two versions of an account, in words for people.
struct AccountDifference: Equatable {
  var label: String
  var before: String
  var after: String

  /// What a form that changes accounts can see to be different. A type or parent that one version leaves out is not.
  static func between(_ before: Account, _ after: Account) -> [AccountDifference] {
    var found: [AccountDifference] = []
    func compare(_ label: String, _ one: String, _ two: String) {
      if !one.utf8.elementsEqual(two.utf8) { found.append(AccountDifference(label: label, before: one, after: two)) }
    }
    compare("Name", before.name, after.name)
    if let one = before.type, let two = after.type { compare("Type", one.rawValue, two.rawValue) }
    compare("Two-factor", word(before.requiresTwoFactor), word(after.requiresTwoFactor))
    compare("Abuse", word(before.abuseContact), word(after.abuseContact))
    if let one = before.managedBy, let two = after.managedBy, one.id != two.id {
      compare("Parent", one.name ?? one.id ?? "not said", two.name ?? two.id ?? "not said")
    }
    return found
  }

  /// What a wish makes of an account.
  static func between(_ account: Account, _ wish: EditState.Wish) -> [AccountDifference] {
    var wanted = account
    wanted.name = wish.name ?? account.name
    wanted.settings = AccountSettings(
      enforceTwoFactor: wish.requiresTwoFactor ?? account.settings?.enforceTwoFactor,
      abuseContactEmail: wish.contact ?? account.settings?.abuseContactEmail)
    return between(account, wanted)
  }

  private static func word(_ isRequired: Bool) -> String { isRequired ? "required" : "not required" }

  private static func word(_ contact: String) -> String { contact.isEmpty ? "none" : contact }
}
