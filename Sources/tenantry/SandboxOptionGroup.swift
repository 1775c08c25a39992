import ArgumentParser
import Sandbox

/// What the sandbox holds and how it behaves; the same for the server alone and for the console on it.
struct SandboxOptionGroup: ParsableArguments {
  @Option(help: "Accounts at the beginning, 0 to 1000000; 1204 unless told.")
  var accounts: Int?

  @Option(help: "The same seed gives the same accounts; 1 unless told.")
  var seed: UInt64?

  @Option(
    name: .customLong("data"), help: "Keep everything that is written in this file, so that it outlives the server.")
  var dataFile: String?

  @Option(help: "Milliseconds that every answer takes longer, 0 to 60000.")
  var latency: Int?

  @Option(help: "Requests that each caller may send in 5 minutes before 429; 1200 unless told, 0 for no limit.")
  var rateLimit: Int?

  @Option(help: "How the name in a list is matched.")
  var nameMatch: SandboxOptions.NameMatch?

  @Option(help: "What a page or a page size out of bounds gets.")
  var pageBounds: SandboxOptions.PageBounds?

  @Option(help: "What total_count counts when a list is asked for by name.")
  var totalCount: SandboxOptions.TotalCount?

  @Option(help: "The status and code for an identifier of no account.")
  var unknownAccount: SandboxOptions.UnknownAccount?

  @Option(help: "Seconds that a deleted account stays in the list, 0 to 3600; 1 unless told.")
  var deletionDelay: Int?

  @Flag(help: "The person administers no tenant: creating is refused with 1002.")
  var notATenant = false

  @Flag(help: "The tenant may not create accounts of type enterprise.")
  var noEnterprise = false

  @Option(
    name: .customLong("credential"), parsing: .singleValue,
    help:
      "Accept another credential: key:E-MAIL:KEY, user-token:TOKEN or account-token:TOKEN[:ACCOUNT]. May be repeated.",
    transform: { try SandboxOptionGroup.parse($0, SandboxCredential.init(parsing:)) })
  var credentials: [SandboxCredential] = []

  @Option(
    name: .customLong("fault"), parsing: .singleValue,
    help: "Let something go wrong, as in 'POST /accounts: drop-after times=1'. May be repeated.",
    transform: { try SandboxOptionGroup.parse($0, Fault.init(parsing:)) })
  var faults: [Fault] = []

  /// Reads one value, with the reason for people when it cannot be read.
  private static func parse<Value>(_ text: String, _ read: (String) throws -> Value) throws -> Value {
    do {
      return try read(text)
    } catch {
      throw ValidationError("\(error)")
    }
  }

  func validate() throws {
    if let accounts, !SandboxOptions.accountBounds.contains(accounts) {
      throw ValidationError("--accounts goes from 0 to 1000000.")
    }
    if let latency, !(0...60_000).contains(latency) { throw ValidationError("--latency goes from 0 to 60000.") }
    if let rateLimit, !SandboxOptions.rateLimitBounds.contains(rateLimit) {
      throw ValidationError("--rate-limit goes from 0 to 1000000.")
    }
    if let deletionDelay, !(0...3_600).contains(deletionDelay) {
      throw ValidationError("--deletion-delay goes from 0 to 3600.")
    }
  }

  /// Whether anything was asked of the sandbox.
  var isGiven: Bool {
    accounts != nil || seed != nil || dataFile != nil || latency != nil || rateLimit != nil || nameMatch != nil
      || pageBounds != nil || totalCount != nil || unknownAccount != nil || deletionDelay != nil || notATenant
      || noEnterprise || !credentials.isEmpty || !faults.isEmpty
  }

  func options(port: Int) -> SandboxOptions {
    var options = SandboxOptions()
    options.port = port
    options.accounts = accounts
    options.seed = seed
    options.dataFile = dataFile
    options.latency = latency.map { .milliseconds($0) } ?? options.latency
    options.rateLimit = rateLimit ?? options.rateLimit
    options.nameMatch = nameMatch ?? options.nameMatch
    options.pageBounds = pageBounds ?? options.pageBounds
    options.totalCount = totalCount ?? options.totalCount
    options.unknownAccount = unknownAccount ?? options.unknownAccount
    options.deletionDelay = deletionDelay.map { .seconds($0) } ?? options.deletionDelay
    options.isTenant = !notATenant
    options.allowsEnterprise = !noEnterprise
    options.credentials = credentials
    options.faults = faults
    return options
  }
}

extension SandboxOptions.NameMatch: ExpressibleByArgument {}
extension SandboxOptions.PageBounds: ExpressibleByArgument {}
extension SandboxOptions.TotalCount: ExpressibleByArgument {}
extension SandboxOptions.UnknownAccount: ExpressibleByArgument {}
