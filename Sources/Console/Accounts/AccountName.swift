import Cloudflare
import Terminal

/// The local checks of a new account name.
struct AccountName {
  let text: String

  /// The length as the API counts it.
  var characterCount: Int { NewAccount.nameLength(text) }

  /// Why the name cannot be sent; `nil` if it can.
  var problem: String? {
    if text.isEmpty { return "A name is needed" }
    if text.allSatisfy(\.isWhitespace) { return "A name of blanks only would be unreadable everywhere" }
    if characterCount > NewAccount.nameLimit {
      return "\(characterCount - NewAccount.nameLimit) too many: a name has at most \(NewAccount.nameLimit) characters"
    }
    return nil
  }

  /// Something that is allowed but probably a mistake.
  var warning: String? {
    if text.first?.isWhitespace == true || text.last?.isWhitespace == true {
      return "The name begins or ends with a blank"
    }
    return SafeText(text).isExactly(text) ? nil : "The name has characters that terminals do not show as they are"
  }
}
