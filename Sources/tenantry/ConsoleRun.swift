import ArgumentParser
import Cloudflare
import Console
import Curses
import Sandbox
import Terminal

/// Opens the console, and stays until it is left.
struct ConsoleRun {
  /// The API to work on; `nil` for the environment's, or Cloudflare's own.
  var baseURL: String?
  /// Which profile of the configuration file the arguments ask for.
  var profile = ProfileChoice.Wish.none
  /// 5 to 50; `nil` for the profile's, or 50.
  var perPage: Int?
  /// Whether the arguments ask for it. A profile can ask for it, too, and nothing takes it back.
  var isReadOnly = false
  /// Whether writes are only rehearsed.
  var isRehearsal = false
  /// Whether the list is shown as it was last known, and kept for the next start.
  var keepsList = true
  /// Whether the arguments ask for lines and questions instead of a screen.
  var isPlain = false
  /// Where a line for each request goes; `nil` for nowhere.
  var logPath: String?
  /// How the arguments want the terminal to be used.
  var terminal = TerminalWish()
  /// A sandbox to start inside this program and to work on, instead of any other API.
  var sandbox: SandboxOptions?

  /// - Throws: `ExitCode`, when what went wrong has been said.
  func run() throws {
    let environment = ProcessEnvironment.variable
    let file: ConfigurationFile?
    let profile: ProfileChoice?
    do throws(Problem) {
      file = try ConfigurationFile.load(environment)
      profile = sandbox == nil ? try ProfileChoice.choose(self.profile, in: file, environment) : nil
    } catch {
      throw Self.failure(error)
    }
    let server = try sandbox.map(startSandbox)
    let signIn: SignIn
    let options: ClientOptions
    do throws(Problem) {
      if let server {
        signIn = try SignIn(sandbox: server)
      } else {
        signIn = try SignIn(baseURL: baseURL, profile: profile, environment: environment, tell: report)
      }
      options = try Connection.options(for: signIn.endpoint.value, logPath: logPath)
    } catch {
      throw Self.failure(error)
    }
    // The real main thread is the main actor's: nothing asynchronous has been entered on the way here.
    let terminalOptions = terminal.options(file)
    try MainActor.assumeIsolated {
      if isPlain || LineTerminal.isOnlyForLines(type: environment("TERM")) {
        try openPlainConsole(signIn, profile?.profile, options, terminalOptions)
      } else {
        try openConsole(signIn, profile?.profile, options, terminalOptions, file?.keyMap ?? .standard)
      }
    }
    withExtendedLifetime(server) {}
  }

  private static func failure(_ problem: Problem) -> ExitCode {
    report(problem.text)
    return ExitStatus.configuration
  }

  /// Where writes are noted down. Those to a sandbox inside this program end with it, and so does their journal.
  private var journal: any WriteJournal {
    if sandbox != nil { return MemoryJournal() }
    let path = JournalLocation.path(ProcessEnvironment.variable)
    return path.map { FileJournal(path: $0) } ?? MissingJournal()
  }

  private func session(_ signIn: SignIn, _ profile: Profile?, usesMouse: Bool) -> Session {
    let endpoint = signIn.endpoint.value
    return Session(
      endpointKind: sandbox != nil ? .sandbox : endpoint == .production ? .production : .custom,
      endpointHost: endpoint.host, identity: signIn.identity, profile: profile?.name, color: profile?.color?.value,
      origin: WriteOrigin(endpoint: endpoint.description, identity: signIn.credentials.value.fingerprint),
      perPage: perPage ?? profile?.perPage?.value ?? 50,
      isReadOnly: isReadOnly || profile?.isReadOnly?.value == true, isRehearsal: isRehearsal,
      protected: ProtectedAccounts(patterns: profile?.protected?.value ?? []), usesMouse: usesMouse,
      // A sandbox inside this program is another one at each start.
      keepsList: keepsList && sandbox == nil)
  }

  private func startSandbox(_ options: SandboxOptions) throws -> SandboxServer {
    do {
      return try waitFor { try await SandboxServer.start(options) }
    } catch {
      report("\(error)")
      throw ExitStatus.unavailable
    }
  }

  @MainActor
  private func openConsole(
    _ signIn: SignIn, _ profile: Profile?, _ options: ClientOptions, _ terminalOptions: TerminalOptions,
    _ keyMap: KeyMap
  ) throws {
    let screen: TerminalScreen
    do {
      screen = try TerminalScreen(options: terminalOptions)
    } catch {
      report(error.description)
      throw ExitStatus.noTerminal
    }
    defer { screen.close() }
    let session = session(signIn, profile, usesMouse: terminalOptions.reportsMouse)
    // There to be seen before anything else is made ready: whoever starts the program looks at this.
    screen.show(Store.openingFrame(session: session, size: screen.size, keyMap: keyMap))
    let client = AccountsClient(
      endpoint: signIn.endpoint.value, credentials: signIn.credentials.value, options: options)
    let terminal = ScreenControl(screen)
    let budget = client.budget.map { budget in { @Sendable in await budget.states() } }
    let cache = session.keepsList ? CacheLocation.directory(ProcessEnvironment.variable) : nil
    let store = Store(
      session: session, service: client, inventory: client, journal: journal,
      cache: cache.map { FileListCache(directory: $0, origin: session.origin) }, budget: budget,
      desktop: SystemDesktop(ProcessEnvironment.variable), terminal: terminal, keyMap: keyMap)
    store.send(.start(screen.size, note: screen.note))
    screen.run { event in
      store.handle(event, willChange: screen.beginUpdate)
    } settle: {
      if let frame = store.takeFrame() { screen.show(frame) }
    }
  }

  @MainActor
  private func openPlainConsole(
    _ signIn: SignIn, _ profile: Profile?, _ options: ClientOptions, _ terminalOptions: TerminalOptions
  ) throws {
    let terminal: LineTerminal
    do {
      terminal = try LineTerminal(isASCII: terminalOptions.isASCII)
    } catch {
      report(error.description)
      throw ExitStatus.noTerminal
    }
    defer { terminal.close() }
    let client = AccountsClient(
      endpoint: signIn.endpoint.value, credentials: signIn.credentials.value, options: options)
    var session = session(signIn, profile, usesMouse: false)
    // What is told once stays told: only what the server says now is.
    session.keepsList = false
    let console = PlainConsole(
      session: session, service: client, inventory: client, journal: journal,
      budget: client.budget.map { budget in { @Sendable in await budget.states() } }, device: terminal)
    console.start()
    terminal.run { event in
      switch event {
      case .interrupt: console.interrupt()
      case .terminate: console.terminate()
      case .suspend: console.suspend()
      case .resumed: console.resume()
      }
    } settle: {
      console.settle()
    }
  }
}

extension LineTerminal: LineDevice {}

/// Passes the console's wishes on to the terminal.
@MainActor
private final class ScreenControl: TerminalControl {
  private let screen: TerminalScreen

  init(_ screen: TerminalScreen) {
    self.screen = screen
  }

  func discardTypedAhead() { screen.discardTypedAhead() }
  func redraw() { screen.redraw() }
  func suspend() { screen.suspend() }
  func copy(_ text: String) -> Bool { screen.copyToClipboard(text) }
  func stop() { screen.stop() }
}
