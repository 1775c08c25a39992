import Glibc
import Testing

@Suite("Leaving")
struct LeavingTests {
  enum Way: Sendable, CustomTestStringConvertible {
    case key(String)
    case signal(Int32)

    var testDescription: String {
      switch self {
      case .key(let key): "key \(key)"
      case .signal(let number): "signal \(number)"
      }
    }
  }

  @Test(
    "the terminal is given back as it was",
    arguments: [
      Way.key("q"), .key("C-c"), .signal(SIGINT), .signal(SIGTERM), .signal(SIGHUP), .signal(SIGQUIT),
      .signal(SIGSEGV), .signal(SIGABRT), .signal(SIGBUS), .signal(SIGILL),
    ])
  func givenBack(way: Way) async throws {
    try await ConsoleSession.onSandbox(accounts: 10) { console, _ in
      let terminal = console.terminal
      #expect(try await terminal.value(of: "#{alternate_on} #{keypad_cursor_flag}") == "1 1")
      switch way {
      case .key(let key): try await terminal.send(key)
      case .signal(let number): try await terminal.signal(number)
      }
      let status = try await terminal.waitForExit()
      switch way {
      case .signal(let number) where [SIGSEGV, SIGABRT, SIGBUS, SIGILL].contains(number):
        #expect(status == 128 + number)
      // Whoever asks it to end gets what was asked for.
      case .key, .signal: #expect(status == 0)
      }
      let (before, after) = try await terminal.modes()
      #expect(before == after)
      try await expectPlainTerminal(terminal)
    }
  }

  /// Neither another screen, nor a hidden cursor, nor keys in another form, nor marked pastes, nor the mouse.
  private func expectPlainTerminal(_ terminal: TmuxSession) async throws {
    let flags = try await terminal.value(
      of: "#{alternate_on} #{cursor_flag} #{keypad_cursor_flag} #{keypad_flag} #{mouse_any_flag} #{insert_flag}")
    #expect(flags == "0 1 0 0 0 0")
    try await terminal.paste("pasted ")
    try await terminal.send("Up", "Enter")
    let screen = try await terminal.wait(for: "pasted ^[[A")
    #expect(!screen.contains("^[[200~"))
    #expect(!screen.contains("tenantry   "))
  }

  @Test("Ctrl-Z gives the terminal to the shell, and fg takes it again, twice, at another size as well")
  func suspension() async throws {
    try await SandboxProcess.with(accounts: 1204) { sandbox in
      try await ShellSession.with(environment: sandbox.environment) { shell in
        let console = ConsoleSession(terminal: shell.terminal)
        let terminal = shell.terminal
        // In this form the modes come without the size, which tmux may still be about to change.
        try await shell.run(#"stty -g > "$HOME/first""#)
        var number = try await shell.commandNumber()
        try await shell.type(try BuiltBinary.path)
        try await console.wait(forRow: 1, of: 1204)
        try await terminal.send("Down", "Down")
        try await console.wait(forRow: 3, of: 1204)
        for (width, height) in [(120, 32), (90, 28)] {
          try await terminal.send("C-z")
          #expect(try await shell.status(after: number) == 128 + SIGTSTP)
          #expect(try await terminal.value(of: "#{alternate_on} #{cursor_flag} #{keypad_cursor_flag}") == "0 1 0")
          try await terminal.resize(width: width, height: height)
          try await shell.run(#"stty -g > "$HOME/stopped""#)
          #expect(try terminal.home.text(of: "stopped") == terminal.home.text(of: "first"))
          number = try await shell.commandNumber()
          try await shell.type("fg")
          let screen = try await console.wait(forRow: 3, of: 1204)
          #expect(screen.rows.count == height)
        }
        try await terminal.send("q")
        #expect(try await shell.status(after: number) == 0)
        try await shell.run(#"stty -g > "$HOME/last""#)
        let first = try terminal.home.text(of: "first")
        #expect(first?.isEmpty == false)
        #expect(try terminal.home.text(of: "last") == first)
      }
    }
  }

  @Test("every screen is suspended and comes back as it was")
  func suspensionEverywhere() async throws {
    try await SandboxProcess.with(accounts: 10) { sandbox in
      try await ShellSession.with(environment: sandbox.environment) { shell in
        let terminal = shell.terminal
        try await shell.type(try BuiltBinary.path)
        try await ConsoleSession(terminal: terminal).wait(forRow: 1, of: 10)
        for (key, mark) in [
          ("Enter", "Esc back"), ("/", "⏎ keep"), ("?", "Keys: the list"), ("J", "GET /accounts/"),
          ("n", "New account"), ("e", "[ Review ]"), (":", "Commands for the list"),
          ("@", "Nothing has been written"), ("D", "1 of 3, the review"),
        ] {
          try await terminal.send(key)
          try await terminal.wait(for: mark)
          try await terminal.send("C-z")
          let number = try await shell.commandNumber()
          try await shell.type("fg")
          try await terminal.wait(until: "\(mark) is shown again") {
            $0.contains(mark) && !$0.contains("shell:\(number)")
          }
          try await terminal.send("Escape")
          try await terminal.wait(until: "the list is back") { !$0.contains(mark) && $0.lastRow.contains("q quit") }
        }
        // What was typed before it was stopped is not there any more: somebody else may sit here now.
        try await ConsoleSession(terminal: terminal).openDelete()
        try await terminal.type("zzzz")
        try await terminal.wait(for: "zzzz")
        try await terminal.send("C-z")
        _ = try await shell.commandNumber()
        try await shell.type("fg")
        try await terminal.wait(until: "the challenge is back, cleared") {
          $0.contains("to unlock the button") && !$0.contains("zzzz")
        }
        try await terminal.send("Escape")
        try await terminal.wait(until: "the list is back") { $0.lastRow.contains("q quit") }
        try await terminal.send("q")
        try await terminal.wait(until: "the shell is back") { $0.lastRow.hasPrefix("shell:") }
      }
    }
  }

  @Test("continued in the background it stops again, and told to end there it leaves the shell's screen alone")
  func background() async throws {
    try await SandboxProcess.with(accounts: 10) { sandbox in
      try await ShellSession.with(environment: sandbox.environment) { shell in
        let terminal = shell.terminal
        try await shell.type(try BuiltBinary.path)
        try await ConsoleSession(terminal: terminal).wait(forRow: 1, of: 10)
        try await terminal.send("C-z")
        try await shell.run(#"stty -g > "$HOME/modes"; jobs -p > "$HOME/console""#)
        let console = try process(in: terminal.home.text(of: "console"))
        try await shell.run("bg")
        let hasStopped = try await poll(within: TmuxSession.patience) {
          try await shell.run(#"jobs -s > "$HOME/stopped""#)
          return try terminal.home.text(of: "stopped")?.contains("Stopped") == true ? true : nil
        }
        #expect(hasStopped == true)
        try await shell.run("kill %1")
        let hasEnded = try await poll(within: TmuxSession.patience) { try isRunning(console) ? nil : true }
        #expect(hasEnded == true)
        #expect(try await terminal.value(of: "#{alternate_on} #{cursor_flag} #{keypad_cursor_flag}") == "0 1 0")
        try await shell.run(#"stty -g > "$HOME/last""#)
        #expect(try terminal.home.text(of: "last") == terminal.home.text(of: "modes"))
        #expect(try await terminal.screen().contains("kill %1"))
      }
    }
  }

  @Test("in the background of a shell that does not know it any more it ends by itself")
  func orphaned() async throws {
    try await SandboxProcess.with(accounts: 10) { sandbox in
      try await ShellSession.with(environment: sandbox.environment) { shell in
        let terminal = shell.terminal
        let path = try BuiltBinary.path
        try await shell.type(#"sh -c 'echo $$ > "$HOME/parent"; sh -c "echo \$\$ > \$HOME/console; exec \#(path)"; :'"#)
        try await ConsoleSession(terminal: terminal).wait(forRow: 1, of: 10)
        let console = try process(in: terminal.home.text(of: "console"))
        #expect(kill(try process(in: terminal.home.text(of: "parent")), SIGKILL) == 0)
        // Each key wakes both, and the shell may be the quicker one.
        let hasEnded = try await poll(within: TmuxSession.patience) {
          try await terminal.send("Enter")
          return try isRunning(console) ? nil : true
        }
        #expect(hasEnded == true)
      }
    }
  }

  private func process(in text: String?) throws -> Int32 {
    guard let text, let number = Int32(text.filter(\.isNumber)) else {
      throw HarnessFailure("no process in \(text ?? "")")
    }
    return number
  }

  @Test("stopped and continued from outside, it draws itself again")
  func continued() async throws {
    try await ConsoleSession.onSandbox { console, _ in
      let terminal = console.terminal
      try await terminal.signal(SIGSTOP)
      try await terminal.resize(width: 100, height: 30)
      try await terminal.signal(SIGCONT)
      try await terminal.wait(until: "the list fills the new size") { screen in
        screen.rows.count == 30 && screen.contains(" 1 of 1,204 ") && screen.rows[29].contains("quit")
      }
    }
  }

  @Test("Ctrl-C in a form leaves the form, not the program")
  func interruptedForm() async throws {
    try await ConsoleSession.onSandbox(accounts: 10) { console, _ in
      try await console.terminal.send("n")
      try await console.terminal.wait(for: "New account")
      try await console.terminal.send("C-c")
      try await console.terminal.wait(forNo: "New account")
      try await console.wait(forRow: 1, of: 10)
    }
  }

  @Test("the sandbox alone ends with status 0 on SIGINT too")
  func sandbox() async throws {
    try await withTmux([try BuiltBinary.path, "sandbox", "--accounts", "10"]) { terminal in
      try await terminal.wait(for: "Listening on http://127.0.0.1:")
      try await terminal.signal(SIGINT)
      #expect(try await terminal.waitForExit() == 0)
    }
  }
}
