import ArgumentParser
import Dispatch
import Glibc
import Sandbox

struct SandboxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox",
    abstract: "Run a local server that behaves as Cloudflare's accounts API, for other clients and scripts.",
    discussion: """
      Prints the address when it can be reached, and the credentials it accepts on the lines after. It listens on this \
      machine only, and ends with SIGINT or SIGTERM.
      """)

  @Option(help: "The port to listen on; 0 takes a free one.")
  var port = 0

  @OptionGroup(title: "Sandbox")
  var sandboxOptions: SandboxOptionGroup

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port goes from 0 to 65535.") }
  }

  func run() throws {
    let options = sandboxOptions.options(port: port)
    let server: SandboxServer
    do {
      server = try waitFor { try await SandboxServer.start(options) }
    } catch {
      report("\(error)")
      throw ExitStatus.unavailable
    }
    let ended = DispatchSemaphore(value: 0)
    let sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { ended.signal() }
      source.activate()
      return source
    }
    say("Listening on \(server.baseURL)")
    say("E-mail \(SandboxCredentials.email) with key \(SandboxCredentials.key)")
    say("User token \(SandboxCredentials.userToken)")
    say("Account-owned token \(SandboxCredentials.accountToken)")
    ended.wait()
    withExtendedLifetime(sources) {}
    try waitFor { await server.stop() }
  }

  /// Prints a line at once, also into a pipe.
  private func say(_ line: String) {
    print(line)
    fflush(nil)
  }
}
