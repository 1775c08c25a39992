import ArgumentParser
import Cloudflare
import Console
import Curses
import FoundationEssentials
import Sandbox
import Terminal

@main
struct Tenantry: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tenantry",
    abstract: "A terminal console for people who run other people's Cloudflare accounts.",
    discussion: """
      Signs in with CLOUDFLARE_API_TOKEN, or with CLOUDFLARE_EMAIL and CLOUDFLARE_API_KEY, from the environment; never \
      from arguments, which everyone on the machine can read. Without credentials, --sandbox opens the console on a \
      local server where nothing is real.
      """,
    version: "0.1.0",
    subcommands: [SandboxCommand.self])

  @Option(
    help: "The API to work on (https, or http to this machine) instead of CLOUDFLARE_BASE_URL or Cloudflare's own.")
  var baseURL: String?

  @Option(help: "Accounts to ask for with each page, 5 to 50.")
  var perPage = 50

  @Flag(help: "Take away everything that creates, changes or deletes.")
  var readOnly = false

  @Flag(help: "Work on a sandbox inside this program: nothing is real, and no credentials are needed.")
  var sandbox = false

  @OptionGroup(title: "Sandbox")
  var sandboxOptions: SandboxOptionGroup

  func validate() throws {
    guard ListQuery.perPageBounds.contains(perPage) else { throw ValidationError("--per-page goes from 5 to 50.") }
    if sandbox, baseURL != nil { throw ValidationError("--sandbox brings its own API: leave --base-url out.") }
  }

  func run() throws {
    if !sandbox, sandboxOptions.isGiven {
      throw ValidationError("--accounts, --seed and --latency are about the sandbox: add --sandbox.")
    }
    let signIn: SignIn
    let server: SandboxServer?
    if sandbox {
      let options = sandboxOptions.options(port: 0)
      let started = try waitFor { try await SandboxServer.start(options) }
      server = started
      signIn = SignIn(
        endpoint: try Endpoint(started.baseURL),
        credentials: .key(email: SandboxCredentials.email, key: Secret(SandboxCredentials.key)))
    } else {
      server = nil
      do {
        signIn = try SignIn(environment: ProcessInfo.processInfo.environment, baseURL: baseURL)
      } catch {
        report(error.text)
        throw ExitStatus.configuration
      }
    }
    // The real main thread is the main actor's: nothing asynchronous has been entered on the way here.
    try MainActor.assumeIsolated { try openConsole(signIn) }
    withExtendedLifetime(server) {}
  }

  @MainActor
  private func openConsole(_ signIn: SignIn) throws {
    let screen: TerminalScreen
    do {
      screen = try TerminalScreen()
    } catch {
      report(error.description)
      throw ExitStatus.noTerminal
    }
    defer { screen.close() }
    let session = Session(
      endpointKind: sandbox ? .sandbox : signIn.endpoint == .production ? .production : .custom,
      endpointHost: signIn.endpoint.host, identity: signIn.identity, perPage: perPage, isReadOnly: readOnly)
    let client = AccountsClient(endpoint: signIn.endpoint, credentials: signIn.credentials)
    let terminal = ScreenControl(screen)
    let store = Store(session: session, service: client, terminal: terminal)
    store.send(.start(screen.size))
    screen.run(handle: store.handle) {
      if let frame = store.takeFrame() { screen.show(frame) }
    }
  }
}

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
  func stop() { screen.stop() }
}
