import Cloudflare
import Testing

@testable import Console

@Suite("Protected accounts")
struct ProtectedAccountsTests {
  @Test(
    "A pattern matches a whole name or identifier",
    arguments: [
      ("Home Office", "home office", true), ("Home*", "Home Office", true), ("*Office", "Home Office", true),
      ("H?me*", "Home", true), ("Home", "Home Office", false), ("*", "", true), ("", "Home", false),
      ("*a*b*c", "xaxbxbc", true), ("*a*b*c", "xaxbxcb", false), ("Zu\u{308}rich*", "Z\u{fc}rich Nord", true),
    ])
  func matching(pattern: String, name: String, isProtected: Bool) {
    let account = Account(id: "0123456789abcdef0123456789abcdef", name: name)
    #expect((ProtectedAccounts(patterns: [pattern]).pattern(matching: account) != nil) == isProtected)
  }

  @Test("Identifiers are protected as well, and the first pattern that matches is told")
  func identifiers() {
    let account = Account(id: "0123456789abcdef0123456789abcdef", name: "Anything")
    let protected = ProtectedAccounts(patterns: ["Other", "0123*", "*"])
    #expect(protected.pattern(matching: account) == "0123*")
  }
}
