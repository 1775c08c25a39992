/// The console in a terminal, with what a person reads off its screens.
struct ConsoleSession: Sendable {
  let terminal: TmuxSession

  /// Opens the console on a server and waits for nothing.
  static func with<Value>(
    environment: [String: String?],
    arguments: [String] = [],
    redirections: String = "",
    width: Int = 120,
    height: Int = 32,
    _ body: (ConsoleSession) async throws -> Value
  ) async throws -> Value {
    try await withTmux(
      [try BuiltBinary.path] + arguments,
      redirections: redirections,
      width: width,
      height: height,
      environment: environment
    ) { try await body(ConsoleSession(terminal: $0)) }
  }

  /// Starts a sandbox, opens the console on it, and waits until the first account is selected.
  static func onSandbox<Value: Sendable>(
    accounts: Int = 1204,
    width: Int = 120,
    height: Int = 32,
    arguments: [String] = [],
    environment: [String: String?] = [:],
    _ body: (ConsoleSession, SandboxClient) async throws -> Value
  ) async throws -> Value {
    try await SandboxProcess.with(accounts: accounts) { sandbox in
      let settings = sandbox.environment.merging(environment) { $1 }
      return try await with(environment: settings, arguments: arguments, width: width, height: height) { console in
        try await console.wait(forRow: 1, of: accounts)
        return try await body(console, sandbox.client)
      }
    }
  }

  /// The same with a server between the two that remembers what the console asks.
  static func onCountedSandbox<Value: Sendable>(
    accounts: Int, _ body: @escaping @Sendable (ConsoleSession, ScriptedServer, SandboxClient) async throws -> Value
  ) async throws -> Value {
    try await SandboxProcess.with(accounts: accounts) { sandbox in
      try await ScriptedServer.with(.answering(Relay(sandbox: sandbox).answer)) { server in
        try await with(environment: server.environment) { console in
          try await console.wait(forRow: 1, of: accounts)
          return try await body(console, server, sandbox.client)
        }
      }
    }
  }

  /// Leaves the list by `q`. A console with a write on its way only says so, which is a failure: when this returns, all
  /// that it ever sends has been sent, and every write has been answered.
  func leave() async throws {
    while true {
      // The key behind it is answered by a console that has not left.
      try await terminal.send("q", "?")
      try await terminal.wait(until: "the console has ended, or shows its keys") {
        terminal.home.exists("ended") || $0.contains("Keys: ")
      }
      guard !terminal.home.exists("ended") else { break }
      try await terminal.send("Escape")
      let screen = try await terminal.wait(forNo: "Keys: ")
      // An outcome that is still being kept is no write: after that it leaves.
      if screen.contains("A write is on its way") { throw HarnessFailure("the console still writes:\n\(screen)") }
    }
    let status = try await terminal.waitForExit()
    guard status == 0 else { throw HarnessFailure("the console ended with \(status)") }
  }

  // MARK: The list

  /// Waits until the list says that its cursor is on a row, counted from one.
  @discardableResult
  func wait(forRow row: Int, of count: Int, fileID: String = #fileID, line: Int = #line) async throws -> Screen {
    try await terminal.wait(for: " \(grouped(row)) of \(grouped(count)) ", fileID: fileID, line: line)
  }

  /// The row under the cursor, up to the line between list and detail pane.
  func selectedRow(of screen: Screen) -> String {
    let row = screen.rows.first { $0.hasPrefix(" >") } ?? ""
    return String(row.prefix { $0 != "│" })
  }

  /// Waits until the detail pane shows an account, by its whole identifier. In a narrow window, open it first.
  @discardableResult
  func wait(forDetailOf account: SandboxClient.Account, fileID: String = #fileID, line: Int = #line) async throws
    -> Screen
  {
    try await terminal.wait(for: Self.identifier(account.id), fileID: fileID, line: line)
  }

  /// An identifier as the console writes it: in groups of eight.
  static func identifier(_ id: String) -> String {
    stride(from: 0, to: id.count, by: 8).map { String(id.dropFirst($0).prefix(8)) }.joined(separator: " ")
  }

  /// A number as the console writes it: `1,204`.
  private func grouped(_ number: Int) -> String {
    number < 1000 ? "\(number)" : grouped(number / 1000) + "," + String("\(1000 + number % 1000)".dropFirst())
  }

  // MARK: The dialogs

  /// Opens the form for a new account, types a name and chooses the type, and brings the focus to its button.
  func fillCreate(name: String, enterprise: Bool = false) async throws {
    try await terminal.send("n")
    try await terminal.wait(for: "New account")
    try await terminal.type(name)
    try await terminal.send("Tab")
    if enterprise { try await terminal.send("Down") }
    try await terminal.send("BTab", "BTab")
    try await terminal.wait(for: ">[ Create ]<")
    try await terminal.wait(for: enterprise ? "(•) enterprise" : "(•) standard")
  }

  /// Opens the review of the selected account's deletion, and waits until everything has been read.
  @discardableResult
  func openReview() async throws -> Screen {
    try await terminal.send("D")
    return try await terminal.wait(for: "the review · complete")
  }

  /// Goes on from the review to the challenge.
  @discardableResult
  func goOnToChallenge() async throws -> Screen {
    try await terminal.send("Tab")
    try await terminal.wait(for: ">[ Go on ]<")
    try await terminal.send("Enter")
    return try await terminal.wait(for: "to unlock the button")
  }

  /// Reviews the deletion of the selected account, and waits until something is asked to be typed.
  @discardableResult
  func openDelete() async throws -> Screen {
    try await openReview()
    return try await goOnToChallenge()
  }

  /// Types what is asked for, and presses the button: the delay begins.
  func confirmDelete(typing text: String) async throws {
    try await typeSlowly(text)
    try await terminal.wait(for: "✓ It matches")
    try await terminal.send("Tab", "Tab")
    try await terminal.wait(for: ">[ Delete account ]<")
    try await terminal.send("Enter")
  }

  /// Goes round by Tab, from the field of the challenge to the field: the button that deletes must not be on the way.
  func goRoundLockedButton() async throws {
    try await terminal.send("Tab")
    try await terminal.wait(for: ">[ Cancel ]<")
    try await terminal.send("Tab")
    let screen = try await terminal.wait(forNo: ">[ Cancel ]<")
    if screen.contains(">[ ") { throw HarnessFailure("a button can be reached that should be locked:\n\(screen)") }
  }

  /// Waits for longer than the seconds before a deletion, by those that the console counts for an answer that the server
  /// holds back. No key is pressed meanwhile, as any would stop the deletion.
  func outlastDeletionDelay() async throws {
    var start: Int?
    try await terminal.wait(until: "a deletion would have left") { screen in
      guard let match = screen.text.firstMatch(of: #/waiting ([0-9]+) s/#), let seconds = Int(match.1) else {
        return false
      }
      start = start ?? seconds
      return seconds >= (start ?? seconds) + 8
    }
  }

  /// Types a few characters at a time, and waits for the cursor to have passed them: more of them at once would be
  /// taken for a paste.
  func typeSlowly(_ text: String) async throws {
    let start = try await terminal.cursor().column
    var rest = text[...]
    while !rest.isEmpty {
      try await terminal.type(String(rest.prefix(8)))
      rest = rest.dropFirst(8)
      let end = start + (try await terminal.columns(of: String(text[..<rest.startIndex])))
      let hasCome = try await poll(within: TmuxSession.patience) {
        try await terminal.cursor().column == end ? true : nil
      }
      guard hasCome == true else { throw HarnessFailure("“\(text)” was not typed:\n\(try await terminal.screen())") }
    }
  }
}
