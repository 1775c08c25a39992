import Testing

@Suite("Looks and the mouse")
struct LooksTests {
  @Test("clicks select, the wheel scrolls, no click deletes, and the terminal is given back without the mouse")
  func mouse() async throws {
    try await ConsoleSession.onSandbox(arguments: ["--mouse", "--theme", "high-contrast"]) { console, server in
      let terminal = console.terminal
      let flags = "#{mouse_any_flag} #{mouse_standard_flag} #{mouse_sgr_flag}"
      #expect(try await terminal.value(of: flags) == "1 1 1")
      #expect(try await terminal.styledScreen().contains("48;5;16"))
      try await terminal.send(bytes: "\u{1B}[<0;20;9M\u{1B}[<0;20;9m")
      try await console.wait(forRow: 6, of: 1204)
      try await console.wait(forDetailOf: try await server.account(at: 6))
      try await terminal.send(bytes: "\u{1B}[<65;20;9M")
      let screen = try await console.wait(forRow: 9, of: 1204)
      let hint = try #require(screen.lastRow.firstRange(of: "D delete"))
      let column = screen.lastRow.distance(from: screen.lastRow.startIndex, to: hint.lowerBound) + 1
      try await terminal.send(bytes: "\u{1B}[<0;\(column);32M")
      #expect(try await !terminal.wait(for: "D opens the deletion review").contains("Delete an account"))
      try await terminal.send("q")
      #expect(try await terminal.waitForExit() == 0)
      #expect(try await terminal.value(of: flags) == "0 0 0")
      let (before, after) = try await terminal.modes()
      #expect(before == after)
    }
  }

  @Test(
    "without UTF-8 and without colours, everything is ASCII, attributes and words",
    arguments: [(["NO_COLOR": "1"], []), ([:], ["--theme", "mono"])] as [([String: String], [String])])
  func plainest(environment: [String: String], arguments: [String]) async throws {
    let settings = environment.merging(["LC_ALL": "C"]) { $1 }.mapValues(Optional.some)
    try await ConsoleSession.onSandbox(arguments: arguments, environment: settings) { console, _ in
      let terminal = console.terminal
      var screen = try await terminal.screen()
      #expect(screen.text.utf8.allSatisfy { $0 < 0x80 })
      try await terminal.send("n")
      screen = try await terminal.wait(for: "New account")
      #expect(screen.text.utf8.allSatisfy { $0 < 0x80 })
      #expect(screen.contains("+- New account ---") && screen.contains("CUSTOM"))
      // Of the numbers that a style is set with, 30 and up are colours.
      let styled = try await terminal.styledScreen().text
      let numbers = styled.split(separator: "\u{1B}[").dropFirst().flatMap { part in
        part.prefix { $0 != "m" }.split(separator: ";").compactMap { Int($0) }
      }
      #expect(numbers.contains(7) && numbers.allSatisfy { $0 < 30 || $0 == 39 || $0 == 49 })
      // A key that comes right behind Escape is one with Alt.
      try await terminal.send("Escape")
      try await terminal.wait(forNo: "New account")
      try await terminal.send("?")
      screen = try await terminal.wait(for: "Keys: the list")
      #expect(screen.text.utf8.allSatisfy { $0 < 0x80 })
    }
  }
}
