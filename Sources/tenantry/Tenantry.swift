import ArgumentParser

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
    subcommands: [ConsoleCommand.self, SandboxCommand.self],
    defaultSubcommand: ConsoleCommand.self)
}
