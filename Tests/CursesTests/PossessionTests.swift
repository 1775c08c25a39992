import Glibc
import Terminal
import Testing

@testable import Curses

extension TerminalScreenTests {
  @MainActor
  @Suite("Taking the terminal and giving it back")
  struct PossessionTests {
    @Test("The terminal's modes are the same before and after")
    func modes() async throws {
      let terminal = try #require(PseudoTerminal(size: TerminalScreenTests.size))
      let before = terminal.modes
      let screen = try TerminalScreen(devicePath: terminal.path, environment: TerminalScreenTests.xterm)
      #expect(!terminal.isCooked)
      screen.show(TerminalScreenTests.frame("x"))
      let opened = await terminal.output()
      #expect(opened.contains("\u{1B}[?1049h") && opened.contains("\u{1B}[?2004h\u{1B}[?1004h"))
      screen.close()
      let closed = await terminal.output()
      for sequence in ["?1049l", "?1004l", "?2004l", "?25h"] { #expect(closed.contains("\u{1B}[\(sequence)")) }
      #expect(terminal.modes == before && terminal.isCooked)
      screen.close()
      screen.show(TerminalScreenTests.frame("y"))
      screen.redraw()
      #expect(screen.copyToClipboard("z") == false)
      #expect(await terminal.output() == "")
    }

    @Test("A terminal without an alternate screen is sent nothing that it could print", arguments: ["linux", "vt100"])
    func console(name: String) async throws {
      let terminal = try #require(PseudoTerminal(size: TerminalScreenTests.size))
      let environment = TerminalEnvironment(type: name, locale: "C.UTF-8")
      let screen = try TerminalScreen(devicePath: terminal.path, environment: environment)
      screen.show(TerminalScreenTests.frame("x"))
      screen.close()
      let output = await terminal.output()
      #expect(output.contains("x"))
      for mode in ["2004", "1004", "2026", "1000", "1006"] { #expect(!output.contains("\u{1B}[?\(mode)")) }
    }

    @Test("Signals are given back")
    func signalDispositions() async throws {
      func handlers() -> [Int] {
        [
          SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH, SIGPIPE, SIGSEGV, SIGILL, SIGTRAP, SIGABRT,
          SIGBUS, SIGFPE, SIGSYS,
        ].map { signal in
          var action = sigaction()
          sigaction(signal, nil, &action)
          return unsafeBitCast(action.__sigaction_handler, to: Int.self)
        }
      }
      let before = handlers()
      // What is ignored already stays so: network code of other tests in this process ignores SIGPIPE.
      let ignored = unsafeBitCast(SIG_IGN, to: Int.self)
      try await TerminalScreenTests.withScreen { _, _ in
        #expect(zip(before, handlers()).allSatisfy { $0 != $1 || $0 == ignored })
      }
      #expect(handlers() == before)
    }

    @Test("What is no terminal is told from what is not there")
    func noTerminal() {
      #expect(throws: TerminalError.notATerminal(path: "/dev/null")) { try TerminalScreen(devicePath: "/dev/null") }
      let error = #expect(throws: TerminalError.self) { try TerminalScreen(devicePath: "/dev/nowhere") }
      guard case .noTerminal("/dev/nowhere", let reason) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(reason == "No such file or directory")
    }

    @Test("A terminal that cannot place its cursor is refused, with its modes untouched")
    func incapable() throws {
      let terminal = try #require(PseudoTerminal(size: TerminalScreenTests.size))
      let before = terminal.modes
      #expect(throws: TerminalError.incapableType(name: "dumb")) {
        try TerminalScreen(devicePath: terminal.path, environment: TerminalEnvironment(type: "dumb"))
      }
      #expect(terminal.modes == before)
    }

    @Test("An unknown type, or none, is driven as an xterm, and that is said", arguments: ["no-such-terminal", nil])
    func fallback(name: String?) async throws {
      try await TerminalScreenTests.withScreen(TerminalEnvironment(type: name)) { screen, _ in
        #expect(screen.abilities == TerminalAbilities(name: "xterm-256color", colors: 256, isUnicode: false))
        #expect(screen.note?.contains(name ?? "not set") == true)
      }
      try await TerminalScreenTests.withScreen { screen, _ in
        #expect(screen.note == nil)
        #expect(screen.size == TerminalScreenTests.size)
      }
    }
  }
}
