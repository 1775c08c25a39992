import Testing

@testable import Curses

@Suite("TerminalEnvironment")
struct TerminalEnvironmentTests {
  @Test(
    "The locale's name tells whether the terminal shows UTF-8",
    arguments: [
      ("de_DE.UTF-8", true), ("en_US.utf8", true), ("C.UTF-8", true), ("C", false), ("POSIX", false),
      ("de_DE.ISO-8859-1", false), (nil, false),
    ])
  func isUnicode(locale: String?, expected: Bool) {
    #expect(TerminalEnvironment(locale: locale).isUnicode == expected)
  }

  @Test(
    "Errors say what is wrong and what to do",
    arguments: [
      (.noTerminal(path: "/dev/tty", reason: "No such device"), ["/dev/tty", "No such device", "-t", "--plain"]),
      (.noSignals(reason: "Too many open files"), ["Too many open files", "ulimit -n"]),
      (.notATerminal(path: "/dev/null"), ["/dev/null", "--plain"]),
      (.unknownType(name: "foo"), ["\"foo\"", "xterm-256color", "ncurses-base"]),
      (.unknownType(name: nil), ["TERM is not set", "toe -a"]),
      (.incapableType(name: "dumb"), ["\"dumb\"", "TERM=xterm-256color"]),
    ] as [(TerminalError, [String])])
  func errors(error: TerminalError, parts: [String]) {
    for part in parts { #expect("\(error)".contains(part)) }
  }
}
