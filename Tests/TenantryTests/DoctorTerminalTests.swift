import Terminal
import Testing

@testable import Curses
@testable import tenantry

@Suite("What the doctor says of a terminal")
struct DoctorTerminalTests {
  private let good = TerminalReport(
    type: "xterm-256color", drivenType: "xterm-256color", knowledge: .usable, colors: 256, refusesColor: false,
    marksPastes: true,
    locale: "de_DE.UTF-8", isUnicode: true, size: Size(width: 120, height: 32))

  private func lines(_ report: TerminalReport, _ environment: [String: String] = [:]) -> [String] {
    DoctorTerminal(report) { environment[$0] }.findings.flatMap(\.lines)
  }

  @Test("all is well")
  func well() {
    #expect(
      lines(good, ["COLORTERM": "truecolor"]) == [
        "  ok  type          xterm-256color (TERM)",
        "  ok  colours       256; COLORTERM says truecolor, the palette is used",
        "  ok  locale        de_DE.UTF-8 with UTF-8",
        "  --  paste         told from keys (bracketed paste)",
        "  ok  size          120x32",
      ])
  }

  @Test("a type that is driven as another one is told with that")
  func driven() {
    var report = good
    report.type = "xterm"
    #expect(lines(report).first == "  ok  type          xterm (TERM), driven as xterm-256color")
  }

  @Test("what is missing is told with its remedy")
  func missing() {
    var report = good
    report.type = "foot\u{1B}"
    report.knowledge = .unknown
    report.marksPastes = false
    report.refusesColor = true
    report.locale = nil
    report.isUnicode = false
    report.size = Size(width: 59, height: 20)
    #expect(
      lines(report) == [
        "  --  type          foot␛ (TERM) is not known here; xterm-256color is used instead",
        "      -> Install its terminfo entry (ncurses-term has most), or set TERM to one that is known.",
        "  --  colours       none, by NO_COLOR",
        "  --  locale        not set without UTF-8: only ASCII is drawn",
        "      -> If the terminal shows UTF-8, say so: export LC_CTYPE=C.UTF-8",
        "  --  paste         not told from keys by this type",
        "  --  size          59x20",
        "      -> Make the window larger: 60x16 is the smallest.",
      ])
    report.knowledge = .incapable
    report.size = nil
    #expect(lines(report).contains("  !!  type          foot␛ (TERM) cannot place the cursor"))
    #expect(
      lines(report).last == "  --  size          no terminal here tells one; without a terminal, there is --plain")
    report.type = "dumb"
    #expect(
      lines(report).first == "  --  type          dumb (TERM) is good for lines only: the console is as with --plain")
  }
}
