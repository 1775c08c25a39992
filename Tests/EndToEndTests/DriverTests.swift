import Glibc
import Testing

/// The tools of these tests, tried on programs that are known: what they cannot see, no test here could fail for.
@Suite("The terminal driver")
struct DriverTests {
  /// Shows what arrives from the terminal, byte for byte, and asks for marked pastes.
  private static let echo = ["bash", "-c", #"stty -icanon -echo; printf '\e[?2004hready\n'; exec cat -v"#]

  @Test("keys, text and pastes arrive as a terminal sends them")
  func input() async throws {
    try await withTmux(Self.echo) { terminal in
      try await terminal.wait(for: "ready")
      try await terminal.send("Up", "Enter")
      try await terminal.wait(for: "^[[A")
      try await terminal.type("Enter;é;")
      try await terminal.wait(for: "Enter;M-CM-);")
      try await terminal.paste("two\nrows;")
      // A terminal sends the end of a row as Enter, which `cat` shows as a new row.
      let screen = try await terminal.wait(for: "^[[201~")
      #expect(screen.contains("^[[200~two"))
      #expect(screen.contains("rows;^[[201~"))
    }
  }

  @Test("a resize reaches the program, and the screen has the new size")
  func resize() async throws {
    let script = #"trap 'stty size' WINCH; echo ready; while :; do read -r -t 0.05 _; done"#
    try await withTmux(["bash", "-c", script]) { terminal in
      #expect(try await terminal.wait(for: "ready").rows.count == 32)
      try await terminal.resize(width: 80, height: 24)
      #expect(try await terminal.wait(for: "24 80").rows.count == 24)
    }
  }

  @Test("the exit status and the last screen are there after the end", arguments: [(7, 7), (143, 128 + SIGTERM)])
  func exit(status: Int, expected: Int32) async throws {
    let end = status == 7 ? "exit 7" : "kill -TERM $$"
    try await withTmux(["bash", "-c", "echo last words; \(end)"]) { terminal in
      let ended = try await terminal.waitForExit()
      let screen = try await terminal.screen()
      #expect(ended == expected)
      #expect(screen.contains("last words"))
    }
  }

  @Test("a wait in vain tells what it waited for and shows the last screen")
  func failure() async throws {
    let error = await #expect(throws: HarnessFailure.self) {
      try await withTmux(Self.echo) { terminal in
        try await terminal.wait(for: "ready")
        try await terminal.wait(for: "never shown", within: .milliseconds(50))
      }
    }
    let text = error?.description ?? ""
    #expect(text.contains("“never shown”"))
    #expect(text.contains("|ready"))
  }

  @Test("a test that fails leaves no program and no file behind")
  func cleaning() async throws {
    var home: TemporaryDirectory?
    var process: Int32 = 0
    await #expect(throws: CancellationError.self) {
      try await withTmux(["sleep", "1000"]) { terminal in
        home = terminal.home
        process = try await terminal.processID()
        #expect(try isRunning(process))
        throw CancellationError()
      }
    }
    let isLeft = try isRunning(process)
    #expect(!isLeft)
    #expect(home?.exists("") == false)
  }

  @Test("a program that leaves the terminal changed is found out")
  func modes() async throws {
    try await withTmux(["bash", "-c", #"stty -echo; printf '\e[?2004h\e[?1049h'; exit 3"#]) { terminal in
      #expect(try await terminal.waitForExit() == 3)
      let (before, after) = try await terminal.modes()
      #expect(before.contains(" echo "))
      #expect(before != after)
      #expect(try await terminal.value(of: "#{alternate_on}") == "1")
      try await terminal.paste("pasted")
      try await terminal.send("Enter")
      try await terminal.wait(for: "^[[200~pasted")
    }
  }

  @Test("a shell runs, stops and continues programs, and tells their status")
  func shell() async throws {
    try await ShellSession.with { shell in
      #expect(try await shell.run("(exit 5)") == 5)
      let number = try await shell.commandNumber()
      // What is typed before the program reads may be lost to the shell's own line editing.
      try await shell.type("sh -c 'echo reading; exec cat'")
      try await shell.terminal.wait(until: "cat reads") { $0.rows.contains("reading") }
      try await shell.terminal.type("to cat\n")
      try await shell.terminal.wait(until: "cat has echoed") { $0.count(of: "to cat") == 2 }
      try await shell.terminal.send("C-z")
      #expect(try await shell.status(after: number) == 128 + SIGTSTP)
      try await shell.run("sh -c 'kill -STOP $$; exit 9'")
      #expect(try await shell.run("fg") == 9)
    }
  }
}
