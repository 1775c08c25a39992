import Terminal
import Testing

@testable import Curses

extension TerminalScreenTests {
  @MainActor
  @Suite("Showing frames")
  struct ShowingTests {
    @Test("Of the rows only those that differ are sent, all of them within the marks of one update")
    func changedRows() async throws {
      let (begin, end) = ("\u{1B}[?2026h", "\u{1B}[?2026l")
      try await TerminalScreenTests.withScreen { screen, terminal in
        screen.show(TerminalScreenTests.frame("alpha", "beta", "gamma", "delta"))
        let first = await terminal.output()
        #expect(["alpha", "beta", "gamma", "delta"].allSatisfy(first.contains))
        screen.show(TerminalScreenTests.frame("alpha", "beta", "gamma", "delta"))
        #expect(await terminal.output() == "")
        screen.show(TerminalScreenTests.frame("alpha", "BETA", "gamma", "DELTA"))
        let second = await terminal.output()
        #expect(second.hasPrefix(begin) && second.hasSuffix(end))
        #expect(second.ranges(of: begin).count == 1 && second.ranges(of: end).count == 1)
        #expect(second.contains("BETA") && second.contains("DELTA"))
        #expect(!second.contains("alpha") && !second.contains("gamma"))
        #expect(second.utf8.count < 60)
      }
    }

    @Test("A frame can be told of before it is made, and the terminal is never left waiting for it")
    func announcedFrame() async throws {
      let (begin, end) = ("\u{1B}[?2026h", "\u{1B}[?2026l")
      try await TerminalScreenTests.withScreen { screen, terminal in
        screen.show(TerminalScreenTests.frame("alpha"))
        _ = await terminal.output()
        screen.beginUpdate()
        screen.beginUpdate()
        #expect(await terminal.output() == begin)
        screen.show(TerminalScreenTests.frame("beta"))
        let frame = await terminal.output()
        #expect(frame.contains("beta") && frame.hasSuffix(end) && !frame.contains(begin))
        screen.beginUpdate()
        screen.show(TerminalScreenTests.frame("beta"))
        #expect(await terminal.output() == begin + end)
        // Nothing is shown at all: the loop takes it back before it waits.
        terminal.type("a")
        await TerminalScreenTests.wait { screen.unreadBytes == 1 }
        var settled = 0
        screen.run { _ in
          screen.beginUpdate()
        } settle: {
          settled += 1
          if settled == 2 { screen.stop() }
        }
        #expect(await terminal.output() == begin + end)
        screen.beginUpdate()
        screen.close()
        #expect(await terminal.output().hasPrefix(begin + end))
      }
      try await TerminalScreenTests.withScreen(TerminalEnvironment(type: "linux")) { screen, terminal in
        screen.show(TerminalScreenTests.frame("alpha"))
        screen.beginUpdate()
        #expect(await !terminal.output().contains("2026"))
      }
    }

    @Test("A redraw writes everything again")
    func redraw() async throws {
      try await TerminalScreenTests.withScreen { screen, terminal in
        screen.show(TerminalScreenTests.frame("alpha", "beta"))
        _ = await terminal.output()
        screen.redraw()
        let again = await terminal.output()
        #expect(again.contains("alpha") && again.contains("beta") && again.contains("\u{1B}[H\u{1B}[2J"))
      }
    }

    @Test("Text from the network cannot act on the terminal")
    func hostileText() async throws {
      try await TerminalScreenTests.withScreen { screen, terminal in
        screen.show(TerminalScreenTests.frame(" "))
        _ = await terminal.output()
        screen.show(TerminalScreenTests.frame("\u{1B}]0;owned\u{7}\u{1B}[31m\u{9B}2J\u{202E}\u{200B}\u{E}"))
        let output = await terminal.output()
        #expect(output.contains("␛]0;owned␇␛[31m\u{FFFD}2J⇄·␎"))
        let acting = output.unicodeScalars.filter { HostileScalar.isOne($0) }
        #expect(acting.isEmpty)
        #expect(
          output.split(separator: "\u{1B}", omittingEmptySubsequences: false).dropFirst().allSatisfy {
            $0.hasPrefix("[")
          })
      }
    }

    @Test("Wide graphemes and marks are sent whole, and cut ones not at all")
    func wideText() async throws {
      try await TerminalScreenTests.withScreen { screen, terminal in
        var larger = Frame(size: Size(width: 44, height: 12))
        larger.put(SafeText("e\u{301}東"), column: 0, row: 0)
        larger.put(SafeText("京"), column: 39, row: 1)
        larger.put("below", column: 0, row: 10)
        screen.show(larger)
        let output = await terminal.output()
        #expect(output.unicodeScalars.contains("\u{301}") && output.contains("東"))
        #expect(!output.contains("京") && !output.contains("below"))
        screen.show(TerminalScreenTests.frame("small", size: Size(width: 6, height: 1)))
        #expect(await terminal.output().contains("small"))
      }
    }

    @Test("The cursor stands where the frame has it, and is hidden without")
    func cursor() async throws {
      try await TerminalScreenTests.withScreen { screen, terminal in
        var shown = TerminalScreenTests.frame("field")
        screen.show(shown)
        _ = await terminal.output()
        shown.cursor = Position(column: 30, row: 6)
        screen.show(shown)
        let visible = await terminal.output()
        #expect(visible.contains("\u{1B}[?25h") && visible.contains("\u{1B}[7;31H"), "\(visible.debugDescription)")
        shown.cursor = nil
        screen.show(shown)
        #expect(await terminal.output().contains("\u{1B}[?25l"))
        shown.cursor = Position(column: 40, row: 0)
        screen.show(shown)
        #expect(await !terminal.output().contains("\u{1B}[?25h"))
      }
    }

    @Test("Colours are the palette's, fewer where there are fewer, none where none are wanted")
    func colors() async throws {
      let style = Style(foreground: PaletteColor(index: 208), background: PaletteColor(index: 236))
      func output(_ environment: TerminalEnvironment) async throws -> String {
        var output = ""
        try await TerminalScreenTests.withScreen(environment) { screen, terminal in
          screen.show(TerminalScreenTests.frame("x", style: style))
          output = await terminal.output()
        }
        return output
      }
      #expect(try await output(TerminalScreenTests.xterm).contains("\u{1B}[38;5;208m\u{1B}[48;5;236m"))
      let eight = try await output(TerminalEnvironment(type: "xterm", locale: "C.UTF-8"))
      #expect(!eight.contains("38;5") && eight.contains("\u{1B}[33m"))
      let none = try await output(TerminalEnvironment(type: "xterm-256color", refusesColor: true, locale: "C.UTF-8"))
      #expect(!none.contains("38;5") && none.contains("\u{1B}[0;7m"), "\(none.debugDescription)")
      let old = try await output(TerminalEnvironment(type: "vt100", locale: "C.UTF-8"))
      #expect(
        !old.contains("[3") && old.contains("\u{1B}[0;7m") && !old.contains("2026") && !old.contains("2004"),
        "\(old.debugDescription)")
    }

    @Test("Where there is no UTF-8, only ASCII is sent, and keys are understood")
    func asciiLocale() async throws {
      try await TerminalScreenTests.withScreen(TerminalEnvironment(type: "xterm-256color", locale: "C")) {
        screen, terminal in
        screen.show(TerminalScreenTests.frame("┌─ Café 東京 ─┐"))
        let output = await terminal.output()
        #expect(output.contains("+- Caf? ???? -+"))
        #expect(output.utf8.allSatisfy { $0 < 0x80 })
        terminal.type("é")
        #expect(await screen.events(1) == [.key(.character("é"))])
      }
    }

    @Test("A text is offered for the clipboard in base 64")
    func clipboard() async throws {
      try await TerminalScreenTests.withScreen { screen, terminal in
        _ = await terminal.output()
        #expect(screen.copyToClipboard("Café\u{1B}"))
        #expect(await terminal.output() == "\u{1B}]52;c;Q2Fmw6kb\u{7}")
        #expect(!screen.copyToClipboard(String(repeating: "x", count: 56_245)))
        #expect(await terminal.output() == "")
      }
      try await TerminalScreenTests.withScreen(TerminalEnvironment(type: "linux")) { screen, _ in
        #expect(!screen.copyToClipboard("x"))
      }
    }

    @Test(
      "Base 64",
      arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy"),
      ])
    func base64(text: String, encoded: String) {
      // The vectors of RFC 4648.
      #expect(ClipboardSequence.base64(text.utf8) == encoded)
    }
  }
}

/// Scalars that may not be among what is sent for a text.
private enum HostileScalar {
  static func isOne(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x07, 0x0E, 0x0F, 0x80...0x9F, 0x200B, 0x202E: true
    default: false
    }
  }
}
