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
  /// Whether writes are walked through and not sent.
  var isDryRun = false
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

  /// Where the console works, and as whom.
  private struct Workplace {
    var signIn: SignIn
    var options: ClientOptions
    /// The sandbox inside this program, which is there as long as somebody holds it.
    var server: SandboxServer?
  }

  /// - Throws: `ExitCode`, when what went wrong has been said.
  func run() throws {
    let environment = ProcessEnvironment.variable
    let file: ConfigurationFile?
    let profile: Profile?
    let workplace: Workplace?
    do throws(Problem) {
      file = try ConfigurationFile.load(environment)
      if sandbox == nil {
        let choice = try ProfileChoice.choose(self.profile, in: file, environment)
        let signIn = try SignIn(baseURL: baseURL, profile: choice, environment: environment, tell: report)
        workplace = Workplace(
          signIn: signIn,
          options: try Connection.options(for: signIn.endpoint.value, logPath: logPath, environment))
        profile = choice?.profile
      } else {
        (profile, workplace) = (nil, nil)
      }
    } catch {
      throw Self.failure(error)
    }
    // The real main thread is the main actor's: nothing asynchronous has been entered on the way here.
    try MainActor.assumeIsolated {
      if isPlain || LineTerminal.isOnlyForLines(type: environment("TERM")) {
        try openPlainConsole(try workplace ?? startSandbox(), profile, file)
      } else {
        // Reading a data file may take long: that is waited for in front of a terminal that takes Ctrl-C.
        try openConsole(try sandbox?.dataFile == nil ? workplace : startSandbox(), profile, file)
      }
    }
  }

  private static func failure(_ problem: Problem) -> ExitCode {
    report(problem.text)
    return ExitStatus.configuration
  }

  /// Where writes are noted down. Those to a sandbox inside this program are practice, and its address is another one at
  /// each start, even with a data file: nobody could look up later what became of them.
  private var journal: JournalPlace {
    if sandbox != nil { return .memory }
    return JournalLocation.path(ProcessEnvironment.variable).map(JournalPlace.file) ?? .missing
  }

  /// - Parameter workplace: `nil` while the sandbox is not there yet: then its address is not known to the last digit.
  private func session(_ workplace: Workplace?, _ profile: Profile?, _ file: ConfigurationFile?) -> Session {
    guard let workplace else {
      return Session(
        endpointKind: .sandbox, endpointHost: SandboxServer.host, identity: SandboxCredentials.email,
        origin: WriteOrigin(endpoint: "", identity: ""), writing: writing(profile))
    }
    let signIn = workplace.signIn
    let endpoint = signIn.endpoint.value
    return Session(
      endpointKind: sandbox != nil ? .sandbox : endpoint == .production ? .production : .custom,
      endpointHost: endpoint.host, identity: signIn.identity, profile: profile?.name, color: profile?.color?.value,
      origin: WriteOrigin(endpoint: endpoint.description, identity: signIn.credentials.value.fingerprint),
      perPage: perPage ?? profile?.perPage?.value ?? 50,
      writing: writing(profile),
      protected: ProtectedAccounts(patterns: profile?.protected?.value ?? []),
      usesMouse: terminal.options(file).reportsMouse,
      // A sandbox inside this program is another one at each start.
      keepsList: keepsList && file?.cache?.value != false && sandbox == nil)
  }

  private func writing(_ profile: Profile?) -> Session.WriteMode {
    isReadOnly || profile?.isReadOnly?.value == true ? .readOnly : isDryRun ? .dryRun : .enabled
  }

  /// - Parameter giveUp: gives the terminal back before anything is said of what went wrong.
  @MainActor
  private func startSandbox(giveUp: () -> Void = {}) throws -> Workplace {
    let problem: String
    do {
      let sandbox = sandbox ?? SandboxOptions()
      let server = try waitFor { try await SandboxServer.start(sandbox) }
      let signIn = try SignIn(sandbox: server)
      return Workplace(
        signIn: signIn,
        options: try Connection.options(for: signIn.endpoint.value, logPath: logPath, ProcessEnvironment.variable),
        server: server)
    } catch let error as Problem {
      giveUp()
      throw Self.failure(error)
    } catch {
      problem = "\(error)"
    }
    giveUp()
    report(problem)
    throw ExitStatus.unavailable
  }

  @MainActor
  private func openConsole(_ settled: Workplace?, _ profile: Profile?, _ file: ConfigurationFile?) throws {
    let screen: TerminalScreen
    do {
      screen = try TerminalScreen(options: terminal.options(file))
    } catch {
      report(error.description)
      throw ExitStatus.noTerminal
    }
    defer { screen.close() }
    let keyMap = file?.keyMap ?? .builtIn
    // There to be seen before anything else is made ready: whoever starts the program looks at this.
    screen.show(Store.openingFrame(session: session(settled, profile, file), size: screen.size, keyMap: keyMap))
    let workplace = try settled ?? startSandbox(giveUp: screen.close)
    let session = session(workplace, profile, file)
    let client = client(workplace)
    let terminal = ScreenControl(screen)
    let desktop = SystemDesktop(ProcessEnvironment.variable)
    let store = Store(
      session: session, client: client, journal: journal,
      cacheDirectory: session.keepsList ? CacheLocation.directory(ProcessEnvironment.variable) : nil,
      clipboard: desktop, browser: desktop, terminal: terminal, keyMap: keyMap)
    store.start(size: screen.size, note: screen.note)
    screen.run { event in
      store.handle(event, willAct: screen.beginUpdate)
    } settle: {
      if let frame = store.takeFrame() { screen.show(frame) }
    }
    withExtendedLifetime(workplace) {}
  }

  private func client(_ workplace: Workplace) -> AccountsClient {
    AccountsClient(
      endpoint: workplace.signIn.endpoint.value, credentials: workplace.signIn.credentials.value,
      options: workplace.options)
  }

  @MainActor
  private func openPlainConsole(_ workplace: Workplace, _ profile: Profile?, _ file: ConfigurationFile?) throws {
    let terminal: LineTerminal
    do {
      terminal = try LineTerminal(isASCII: self.terminal.options(file).isASCII)
    } catch {
      report(error.description)
      throw ExitStatus.noTerminal
    }
    defer { terminal.close() }
    let console = PlainConsole(
      session: session(workplace, profile, file), client: client(workplace), journal: journal, device: terminal)
    console.start()
    terminal.run { event in
      switch event {
      case .interrupt: console.interrupt()
      case .terminate: console.end()
      case .suspend: console.suspend()
      case .resumed: console.resume()
      }
    } settle: {
      console.advance()
    }
    withExtendedLifetime(workplace) {}
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
