import Testing

@testable import tenantry

@Suite("What is printed outside of the screen")
struct VisibleTextTests {
  @Test("lines stay lines, and nothing in them acts on the terminal")
  func lines() {
    #expect(VisibleText.printed("é …\u{1B}[31m\n  \u{9B}x\n", isUnicode: true) == "é …␛[31m\n  \u{FFFD}x\n")
    #expect(VisibleText.printed("", isUnicode: true) == "")
  }

  @Test("without UTF-8 everything is ASCII: the bytes of a mark could be a terminal's controls there")
  func ascii() {
    #expect(VisibleText.printed("é …\u{1B}\nb", isUnicode: false) == "<U+00E9> ...<U+241B>\nb")
  }
}
