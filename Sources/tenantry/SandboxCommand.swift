import ArgumentParser
import Glibc
import Sandbox

struct SandboxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox",
    abstract: "Run a local server that behaves as Cloudflare's accounts API, for other clients and scripts.",
    discussion: """
      Prints the address when it can be reached, and the credentials it accepts on the lines after. It listens on this \
      machine only, and ends with SIGINT or SIGTERM.

      Faults, to rehearse a bad day:

      \(Fault.help)
      """)

  @Option(help: "The port to listen on; 0 takes a free one.")
  var port = 0

  @OptionGroup(title: "Sandbox")
  var sandboxOptions: SandboxOptionGroup

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port goes from 0 to 65535.") }
  }

  func run() throws {
    // Blocked before there is any other thread, so that every thread inherits it and the signal waits to be asked for.
    var endings = sigset_t()
    sigemptyset(&endings)
    sigaddset(&endings, SIGINT)
    sigaddset(&endings, SIGTERM)
    pthread_sigmask(SIG_BLOCK, &endings, nil)

    let options = sandboxOptions.options(port: port)
    let server: SandboxServer
    do {
      server = try waitFor { try await SandboxServer.start(options) }
    } catch {
      report("\(error)")
      throw ExitStatus.unavailable
    }
    print("Listening on \(server.baseURL)")
    print("E-mail \(SandboxCredentials.email) with key \(SandboxCredentials.key)")
    print("User token \(SandboxCredentials.userToken)")
    print("Account-owned token \(SandboxCredentials.accountToken)")
    // Into a pipe, too, at once.
    fflush(nil)
    var signal: Int32 = 0
    sigwait(&endings, &signal)
    try waitFor { await server.stop() }
  }
}
