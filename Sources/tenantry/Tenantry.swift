import ArgumentParser
import Cloudflare

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

  @Flag(help: "Rehearse: the same screens for creating, changing and deleting, and nothing is sent that writes.")
  var dryRun = false

  @Option(
    name: .customLong("log-file"),
    help: "Append a line for each request to this file. It holds no credentials and no contents.")
  var logPath: String?

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
      throw ValidationError("Options of the sandbox were given without a sandbox: add --sandbox.")
    }
    try ConsoleRun(
      baseURL: baseURL, perPage: perPage, isReadOnly: readOnly, isRehearsal: dryRun, logPath: logPath,
      sandbox: sandbox ? sandboxOptions.options(port: 0) : nil
    ).run()
  }
}
