import Curses
import Testing

@testable import tenantry

@Suite("How the terminal is to be used")
struct TerminalWishTests {
  @Test("arguments go before the configuration file, which goes before the defaults, each by itself")
  func order() throws {
    let file = try ConfigurationDirectory.read("theme: mono\nascii: true\nmouse: true").get()
    #expect(TerminalWish().options(nil) == TerminalOptions())
    #expect(TerminalWish().options(file) == TerminalOptions(scheme: .mono, isASCII: true, reportsMouse: true))
    #expect(
      TerminalWish(theme: .highContrast).options(file)
        == TerminalOptions(scheme: .highContrast, isASCII: true, reportsMouse: true))
    #expect(
      TerminalWish(isASCII: false, reportsMouse: false).options(file)
        == TerminalOptions(scheme: .mono, isASCII: false, reportsMouse: false))
  }

  @Test("each option can be taken back")
  func parsing() throws {
    #expect(try Tenantry.parse([]).terminalOptions.wish == TerminalWish())
    #expect(
      try Tenantry.parse(["--no-mouse", "--ascii", "--theme", "mono"]).terminalOptions.wish
        == TerminalWish(theme: .mono, isASCII: true, reportsMouse: false))
  }
}
