/// An interactive bash in a terminal, in which programs are started, stopped and continued as a person does.
struct ShellSession: Sendable {
  let terminal: TmuxSession

  /// The prompt counts commands and shows the exit status of the last one, so that a wait cannot mistake an old prompt
  /// for a new one.
  private static let prompt = "shell"

  /// Types a command and Enter, without waiting for anything.
  func type(_ command: String) async throws {
    try await terminal.type(command)
    try await terminal.send("Enter")
  }

  /// Types a command, waits for the next prompt and returns the exit status shown there.
  @discardableResult
  func run(_ command: String, fileID: String = #fileID, line: Int = #line) async throws -> Int32 {
    let number = try await commandNumber()
    try await type(command)
    return try await status(after: number, fileID: fileID, line: line)
  }

  /// The number in the prompt that the shell shows now.
  func commandNumber() async throws -> Int {
    let screen = try await terminal.wait(until: "the shell shows its prompt") { Self.parse($0.lastRow) != nil }
    return Self.parse(screen.lastRow)?.number ?? 0
  }

  /// Waits for a prompt that comes after the one with this number.
  func status(after number: Int, fileID: String = #fileID, line: Int = #line) async throws -> Int32 {
    let screen = try await terminal.wait(until: "the shell is back", fileID: fileID, line: line) { screen in
      (Self.parse(screen.lastRow)?.number ?? number) > number
    }
    return Self.parse(screen.lastRow)?.status ?? -1
  }

  private static func parse(_ row: String) -> (number: Int, status: Int32)? {
    let parts = row.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == prompt, parts[2].hasSuffix(">"),
      let number = Int(parts[1]), let status = Int32(parts[2].dropLast())
    else { return nil }
    return (number, status)
  }

  /// Runs `body` with a shell in a terminal.
  static func with<Value>(
    width: Int = 120,
    height: Int = 32,
    environment: [String: String?] = [:],
    _ body: (ShellSession) async throws -> Value
  ) async throws -> Value {
    let settings = "PS1='\(prompt):\\#:$?> '; unset HISTFILE\n"
    return try await withTmux(
      ["sh", "-c", #"exec bash --noprofile --rcfile "$HOME/settings" -i"#],
      width: width,
      height: height,
      environment: environment,
      files: ["settings": settings]
    ) { terminal in
      try await body(ShellSession(terminal: terminal))
    }
  }
}
