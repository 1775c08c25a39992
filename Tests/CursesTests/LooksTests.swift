import Terminal
import Testing

@testable import Curses

extension TerminalScreenTests {
  @MainActor
  @Suite("Looks")
  struct LooksTests {
    /// What a terminal is sent for three styles.
    private func output(
      type: String = "xterm-256color", scheme: ColorScheme = .standard, refusesColor: Bool = false,
      hasManyColors: Bool = false
    ) async throws -> String {
      let environment = TerminalEnvironment(
        type: type, refusesColor: refusesColor, hasManyColors: hasManyColors, locale: "C.UTF-8")
      var output = ""
      try await TerminalScreenTests.withScreen(environment, options: TerminalOptions(scheme: scheme)) {
        screen, terminal in
        var frame = TerminalScreenTests.frame("plain", "warning", "profile")
        frame.restyle(Rectangle(column: 0, row: 1, width: 7, height: 1)) { _ in Style(foreground: .yellow) }
        frame.restyle(Rectangle(column: 0, row: 2, width: 7, height: 1)) { _ in
          Style(.bold, foreground: PaletteColor(index: 208))
        }
        screen.show(frame)
        output = await terminal.output()
      }
      return output
    }

    @Test("The usual scheme keeps to the terminal's palette and ground")
    func standard() async throws {
      let output = try await output()
      #expect(output.contains("\u{1B}[33m") && output.contains("\u{1B}[38;5;208m"))
      #expect(!output.contains("48;5;"))
    }

    @Test("High contrast draws every cell in white or bright colours on black")
    func highContrast() async throws {
      let output = try await output(scheme: .highContrast)
      #expect(output.contains("38;5;231") && output.contains("48;5;16") && output.contains("38;5;226"))
      let few = try await self.output(type: "xterm", scheme: .highContrast)
      #expect(few.contains("\u{1B}[37m") && few.contains("\u{1B}[40m") && few.contains("\u{1B}[33m"))
    }

    @Test("Mono and NO_COLOR send no colour at all, whatever else is asked for")
    func mono() async throws {
      for output in [
        try await output(scheme: .mono), try await output(refusesColor: true),
        try await output(scheme: .highContrast, refusesColor: true),
      ] {
        #expect(output.contains("warning") && output.contains("1mprofile"))
        #expect(
          !output.contains("38;5") && !output.contains("48;5") && !output.contains("[33m") && !output.contains("[7m"))
      }
    }

    @Test("A terminal that says it has more colours than its type is driven as one that has")
    func manyColors() async throws {
      for type in ["xterm", "screen", "tmux"] {
        #expect(try await output(type: type, hasManyColors: true).contains("38;5;208"), "\(type)")
        #expect(try await !output(type: type).contains("38;5;208"), "\(type)")
      }
      let environment = TerminalEnvironment(type: "vt100", hasManyColors: true)
      try await TerminalScreenTests.withScreen(environment) { screen, _ in #expect(screen.abilities.name == "vt100") }
    }

    @Test("ASCII can be asked for where the terminal shows more")
    func ascii() async throws {
      try await TerminalScreenTests.withScreen(options: TerminalOptions(isASCII: true)) { screen, terminal in
        #expect(!screen.abilities.isUnicode)
        screen.show(TerminalScreenTests.frame("┌─ é 東 … ✓"))
        let output = await terminal.output()
        #expect(output.contains("+- ? ?? . +") && output.utf8.allSatisfy { $0 < 0x80 })
      }
    }

    @Test("The mouse is asked for only where it is wanted, and a report of it otherwise is nothing")
    func mouse() async throws {
      let report = "\u{1B}[<0;12;4M\u{1B}[<0;12;4m\u{1B}[<65;300;9M\u{1B}[M !!q"
      try await TerminalScreenTests.withScreen { screen, terminal in
        #expect(await !terminal.output().contains("\u{1B}[?1000h"))
        terminal.type(report)
        #expect(await screen.events(1) == [.key(.character("q"))])
      }
      for type in ["xterm-256color", "tmux-256color", "screen"] {
        let environment = TerminalEnvironment(type: type, locale: "C.UTF-8")
        let options = TerminalOptions(reportsMouse: true)
        try await TerminalScreenTests.withScreen(environment, options: options) { screen, terminal in
          let opened = await terminal.output()
          #expect(opened.contains("\u{1B}[?1000h") && opened.contains("\u{1B}[?1006h"))
          terminal.type(report)
          #expect(
            await screen.events(3) == [
              .mouse(MouseEvent(.press, at: Position(column: 11, row: 3))),
              .mouse(MouseEvent(.wheelDown, at: Position(column: 299, row: 8))), .key(.character("q")),
            ], "\(type)")
          screen.close()
          let closed = await terminal.output()
          #expect(closed.contains("\u{1B}[?1000l") && closed.contains("\u{1B}[?1006l"))
        }
      }
    }

    @Test(
      "Releases, other buttons and reports that make no sense are no events",
      arguments: [
        "<0;1;1m", "<1;1;1M", "<2;1;1M", "<4;1;1M", "<32;1;1M", "<66;1;1M", "<0;0;1M", "<0;1M", "<0;a;1M", "0;1;1M",
        "<;;M",
      ])
    func otherReports(report: String) {
      let bytes = Array(report.utf8)
      #expect(MouseEvent(Array(bytes.dropLast()), final: bytes[bytes.count - 1]) == nil)
    }
  }
}
