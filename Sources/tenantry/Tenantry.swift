import ArgumentParser
import Cloudflare

struct Tenantry: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tenantry",
    abstract: "A terminal console for people who run other people's Cloudflare accounts.",
    discussion: """
      Signs in with CLOUDFLARE_API_TOKEN, or with CLOUDFLARE_EMAIL and CLOUDFLARE_API_KEY, from the environment, or with \
      a profile of the configuration file, $XDG_CONFIG_HOME/tenantry/config.yaml; never from arguments, which everyone \
      on the machine can read. Without credentials, --sandbox opens the console on a local server where nothing is real.
      """,
    version: "0.1.0",
    subcommands: [SandboxCommand.self, DoctorCommand.self])

  @OptionGroup
  var profileOptions: ProfileOptionGroup

  @Option(help: "Accounts to ask for with each page, 5 to 50; the profile's or 50 unless told.")
  var perPage: Int?

  @Flag(help: "Take away everything that creates, changes or deletes.")
  var readOnly = false

  @Flag(help: "A dry run: the same screens for creating, changing and deleting, and nothing is sent that writes.")
  var dryRun = false

  @Flag(
    help: """
      Talk in numbered lines and questions instead of a screen, on standard input and output: for screen readers, slow \
      links and scripts. By itself where TERM is dumb.
      """)
  var plain = false

  @Option(
    name: .customLong("log-file"),
    help: "Append a line for each request to this file. It holds no credentials and no contents.")
  var logPath: String?

  @Flag(help: "Neither show the list as it was last known, nor keep it for the next start.")
  var noCache = false

  @Flag(help: "Work on a sandbox inside this program: nothing is real, and no credentials are needed.")
  var sandbox = false

  @OptionGroup(title: "Terminal")
  var terminalOptions: TerminalOptionGroup

  @OptionGroup(title: "Sandbox")
  var sandboxOptions: SandboxOptionGroup

  func validate() throws {
    if let perPage, !ListQuery.perPageBounds.contains(perPage) {
      throw ValidationError("--per-page goes from 5 to 50.")
    }
    if sandbox, profileOptions.baseURL != nil {
      throw ValidationError("--sandbox brings its own API: leave --base-url out.")
    }
    if sandbox, profileOptions.profile != nil {
      throw ValidationError("--sandbox brings its own credentials: leave --profile out.")
    }
  }

  func run() throws {
    if !sandbox, sandboxOptions.isGiven {
      throw ValidationError("Options of the sandbox were given without a sandbox: add --sandbox.")
    }
    try consoleRun.run()
  }

  /// What the arguments ask for.
  var consoleRun: ConsoleRun {
    ConsoleRun(
      baseURL: profileOptions.baseURL, profile: profileOptions.wish, perPage: perPage, isReadOnly: readOnly,
      isDryRun: dryRun, keepsList: !noCache, isPlain: plain, logPath: logPath,
      terminal: terminalOptions.wish, sandbox: sandbox ? sandboxOptions.options(port: 0) : nil)
  }
}
