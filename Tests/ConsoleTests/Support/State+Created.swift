import Cloudflare
import FoundationEssentials

@testable import Console

extension State {
  /// Ends a creation as the server's answer does.
  mutating func finishCreate(_ account: Account, asked type: AccountType) -> [Effect] {
    var form = CreateState()
    form.type = type
    return handle(form, created: account, in: Environment(date: Date(timeIntervalSince1970: 0), freshID: "unused"))
  }
}
