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
