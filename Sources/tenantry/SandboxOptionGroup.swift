import ArgumentParser
import Sandbox

/// What the sandbox holds and how it behaves; the same for the server alone and for the console on it.
struct SandboxOptionGroup: ParsableArguments {
  @Option(help: "Accounts in the sandbox, 0 to 1000000 (1204 unless told).")
  var accounts: Int?

  @Option(help: "The same seed gives the same accounts (1 unless told).")
  var seed: UInt64?

  @Option(help: "Milliseconds that every answer takes longer, 0 to 60000 (0 unless told).")
  var latency: Int?

  func validate() throws {
    if let accounts, !(0...1_000_000).contains(accounts) {
      throw ValidationError("--accounts goes from 0 to 1000000.")
    }
    if let latency, !(0...60_000).contains(latency) { throw ValidationError("--latency goes from 0 to 60000.") }
  }

  /// Whether anything was asked of the sandbox.
  var isGiven: Bool { accounts != nil || seed != nil || latency != nil }

  func options(port: Int) -> SandboxOptions {
    var options = SandboxOptions()
    options.port = port
    if let accounts { options.accounts = accounts }
    if let seed { options.seed = seed }
    if let latency { options.latency = .milliseconds(latency) }
    return options
  }
}
