import Glibc
import Subprocess

/// A program in a terminal of its own: a tmux server with one pane, shared with nothing else.
///
/// A plain `sh` runs the program and notes in its home: the process, the exit status, and the modes of the terminal
/// before and after, as `stty -a` prints them. (An interactive shell would put the modes right itself after a program
/// that was ended by a signal.) When the program has ended, its last screen stays, and `cat -v` shows what the terminal
/// still sends, with marks for what cannot be seen.
///
/// Get one by ``withTmux(_:redirections:width:height:environment:files:_:)``, which always takes it down again.
struct TmuxSession: Sendable {
  /// The home of the program, with the tmux socket in it.
  let home: TemporaryDirectory
  /// Whether the program is one that shows its credentials on purpose: the sandbox.
  private let mayShowSecrets: Bool

  /// How long a wait lasts unless it says otherwise. Long, since it is only ever used up by a failure.
  static let patience: Duration = .seconds(60)

  /// Core files of programs that a test crashes on purpose would be left behind. The traps keep `sh` alive when keys
  /// interrupt a program that leaves them to the terminal; the program itself is not touched by them.
  private static func script(redirections: String) -> String {
    """
    ulimit -c 0
    trap : INT QUIT
    stty -a > "$HOME/modes-before"
    sh -c 'echo $$ > "$HOME/process"; exec "$@"' sh "$@" \(redirections)
    echo $? > "$HOME/status"
    stty -a > "$HOME/modes-after"
    touch "$HOME/ended"
    exec cat -v
    """
  }

  init(
    running command: [String],
    redirections: String,
    width: Int,
    height: Int,
    home: TemporaryDirectory,
    environment: [String: String]
  ) async throws {
    self.home = home
    mayShowSecrets = command.contains("sandbox")
    // `env` sets exactly this environment.
    let program =
      ["/usr/bin/env", "-i"] + environment.map { "\($0.key)=\($0.value)" }.sorted()
      + ["sh", "-c", Self.script(redirections: redirections), "sh"] + command
    try await Self.tmux(
      ["start-server"],
      ["set-option", "-g", "default-terminal", "tmux-256color"],
      ["set-option", "-g", "status", "off"],
      ["set-option", "-s", "escape-time", "0"],
      ["new-session", "-d", "-x", "\(width)", "-y", "\(height)", "--"] + program,
      home: home
    )
  }

  // MARK: What a person does

  /// Presses keys, named as tmux names them: `Enter`, `Escape`, `Down`, `C-z`, `BTab`, or a single character.
  func send(_ keys: String...) async throws {
    try await command(["send-keys", "--"] + keys)
  }

  /// Presses one key several times.
  func send(_ key: String, times: Int) async throws {
    try await command(["send-keys", "-N", "\(times)", "--", key])
  }

  /// Types text as it is, with no name of a key in it.
  func type(_ text: String) async throws {
    try await command(["send-keys", "-l", "--", text])
  }

  /// Has the terminal send bytes as they are: what it tells of itself, of its mouse, or of a paste without marks.
  func send(bytes: String) async throws {
    try await command(["send-keys", "-H"] + bytes.utf8.map { String($0, radix: 16) })
  }

  /// Pastes as a terminal does: marked as a paste if the program has asked for that (bracketed paste), bare if not.
  func paste(_ text: String) async throws {
    try home.write(text, to: "paste")
    try await command(["load-buffer", home.path(of: "paste")])
    try await command(["paste-buffer", "-p", "-d"])
  }

  func resize(width: Int, height: Int) async throws {
    try await command(["resize-window", "-x", "\(width)", "-y", "\(height)"])
  }

  /// Has tmux take what programs offer for the clipboard.
  func allowCopying() async throws {
    try await command(["set-option", "-s", "set-clipboard", "on"])
  }

  /// What was copied last; `nil` when nothing was.
  func clipboard() async throws -> String? {
    let names = try await command(["list-buffers", "-F", "#{buffer_name}"])
    return names.isEmpty ? nil : try await command(["show-buffer"])
  }

  // MARK: What a person sees

  func screen() async throws -> Screen {
    let text = try await command(["capture-pane", "-p"])
    if !mayShowSecrets { try SecretSearch.expectNone(in: text, of: "a screen") }
    return Screen(captured: text)
  }

  /// The screen with the escape sequences of its colours and attributes.
  func styledScreen() async throws -> Screen {
    Screen(captured: try await command(["capture-pane", "-p", "-e"]))
  }

  /// A tmux format, as its manual lists them, filled in for the pane.
  func value(of format: String) async throws -> String {
    var answer = try await command(["display-message", "-p", format])
    if answer.last == "\n" { answer.removeLast() }
    return answer
  }

  /// How many columns the terminal takes for a text.
  func columns(of text: String) async throws -> Int {
    try await command(["set-option", "-g", "@text", text])
    let answer = try await value(of: "#{w:@text}")
    guard let columns = Int(answer) else { throw HarnessFailure("tmux answered \(answer) for the width of \(text)") }
    return columns
  }

  /// Where the cursor is, counted from zero, and whether it is shown.
  func cursor() async throws -> (column: Int, row: Int, isVisible: Bool) {
    let words = try await value(of: "#{cursor_x} #{cursor_y} #{cursor_flag}").split(separator: " ")
    guard words.count == 3, let column = Int(words[0]), let row = Int(words[1]) else {
      throw HarnessFailure("tmux does not say where the cursor is")
    }
    return (column, row, words[2] == "1")
  }

  /// Waits until the screen fulfils a condition.
  ///
  /// - Parameter expectation: what is waited for, in words; it stands in the failure with the last screen.
  /// - Returns: the screen that fulfilled it.
  @discardableResult
  func wait(
    until expectation: String,
    within limit: Duration = patience,
    fileID: String = #fileID,
    line: Int = #line,
    _ condition: (Screen) throws -> Bool
  ) async throws -> Screen {
    var last = try await screen()
    let found = try await poll(within: limit) { () -> Screen? in
      last = try await screen()
      return try condition(last) ? last : nil
    }
    guard let found else {
      throw HarnessFailure("\(fileID):\(line): waited \(limit) until \(expectation). The last screen:\n\(last)")
    }
    return found
  }

  /// Waits until a text is on the screen.
  @discardableResult
  func wait(
    for text: String,
    within limit: Duration = patience,
    fileID: String = #fileID,
    line: Int = #line
  ) async throws -> Screen {
    try await wait(until: "“\(text)” is shown", within: limit, fileID: fileID, line: line) { $0.contains(text) }
  }

  /// Waits until a text is no longer on the screen.
  @discardableResult
  func wait(
    forNo text: String,
    within limit: Duration = patience,
    fileID: String = #fileID,
    line: Int = #line
  ) async throws -> Screen {
    try await wait(until: "“\(text)” is gone", within: limit, fileID: fileID, line: line) { !$0.contains(text) }
  }

  // MARK: How it ends

  /// The process of the program.
  func processID() async throws -> Int32 {
    let found = try await poll(within: Self.patience) { () -> Int32? in
      guard let text = try home.text(of: "process"), text.last == "\n" else { return nil }
      return Int32(text.dropLast())
    }
    guard let found else { throw HarnessFailure("the program was never started:\n\(try await screen())") }
    return found
  }

  /// Sends a signal to the program.
  func signal(_ number: Int32) async throws {
    guard kill(try await processID(), number) == 0 else {
      throw HarnessFailure("signal \(number) could not be sent: \(String(cString: strerror(errno)))")
    }
  }

  /// Waits until the program has ended.
  ///
  /// - Returns: its exit status; 128 and the number of the signal if one ended it, as shells count.
  @discardableResult
  func waitForExit(
    within limit: Duration = patience,
    fileID: String = #fileID,
    line: Int = #line
  ) async throws -> Int32 {
    let ended = try await poll(within: limit) { home.exists("ended") ? true : nil }
    guard ended == true, let status = try home.text(of: "status"), let number = Int32(status.dropLast()) else {
      throw HarnessFailure("\(fileID):\(line): the program did not end in \(limit). Its screen:\n\(try await screen())")
    }
    return number
  }

  /// The modes of the terminal before the program and after it has ended.
  func modes() async throws -> (before: String, after: String) {
    try await waitForExit()
    guard let before = try home.text(of: "modes-before"), let after = try home.text(of: "modes-after") else {
      throw HarnessFailure("the modes of the terminal were not noted")
    }
    return (before, after)
  }

  /// Takes the server and the program down. A program that is still there some time after is killed, and that is a
  /// failure: closing its terminal hangs it up, and it has to leave by itself. What it leaves behind is searched for
  /// credentials.
  func close() async throws {
    let process = home.exists("ended") ? nil : try await processID()
    if let process { try SecretSearch.expectNone(inArgumentsOf: process) }
    try await command(["kill-server"])
    guard let process else {
      _ = try SecretSearch.expectNone(inFilesOf: home.path)
      return
    }
    let gone = try await poll(within: .seconds(5)) { try isRunning(process) ? nil : true }
    if gone == nil {
      kill(process, SIGKILL)
      throw HarnessFailure("process \(process) was still running 5 seconds after its terminal was closed")
    }
    try SecretSearch.expectNone(inFilesOf: home.path)
  }

  // MARK: tmux

  @discardableResult
  private func command(_ words: [String]) async throws -> String {
    try await Self.tmux(words, home: home)
  }

  /// Runs tmux commands in one go and returns what they print.
  @discardableResult
  private static func tmux(_ commands: [String]..., home: TemporaryDirectory) async throws -> String {
    // A lone semicolon separates commands; a semicolon at the end of a word would as well, unless escaped.
    let words = commands.map { command in
      command.map { $0.hasSuffix(";") ? $0.dropLast() + "\\;" : $0 }
    }
    let result = try await run(
      .name("tmux"),
      arguments: Arguments(["-S", home.path(of: "tmux"), "-f", "/dev/null"] + words.joined(separator: [";"])),
      environment: .custom(
        ProgramEnvironment.make(home: home).reduce(into: [:]) { $0[Environment.Key(stringLiteral: $1.key)] = $1.value }
      ),
      output: .string(limit: 1 << 20),
      error: .string(limit: 1 << 16)
    )
    guard result.terminationStatus.isSuccess else {
      throw HarnessFailure("tmux \(commands.map { $0.prefix(4) }): \(result.standardError)")
    }
    return result.standardOutput
  }
}
