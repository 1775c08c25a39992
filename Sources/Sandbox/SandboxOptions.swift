/// How a sandbox behaves. Every option has a default that behaves as Cloudflare does, as far as that is known.
public struct SandboxOptions: Sendable {
  /// The TCP port on 127.0.0.1, within ``portBounds``; 0 takes a free one.
  public var port = 0
  /// How many accounts there are at the beginning, within ``accountBounds``.
  public var accounts = 1_204
  /// Everything that is invented follows from it: the same seed gives the same accounts with the same identifiers.
  public var seed: UInt64 = 1
  /// How long each answer is held back, within ``latencyBounds``. Requests wait at the same time, not one after the other.
  public var latency: Duration = .zero
  /// How `name` in `GET /accounts` is matched; Cloudflare does not document it.
  public var nameMatch = NameMatch.substring
  /// How long a deleted account stays in the list, within ``deletionDelayBounds``. It answers 7003 at once.
  public var deletionDelay: Duration = .zero
  /// Whether the person may create and delete accounts; without that, creating is refused with 1002.
  public var isTenant = true

  public init() {}

  /// How a `name` in the query is compared with the names of accounts.
  public enum NameMatch: String, Sendable, CaseIterable {
    /// The whole name, letter for letter.
    case exact
    /// Any part of the name, without regard to case.
    case substring
  }

  public static let portBounds = 0...65_535
  public static let accountBounds = 0...1_000_000
  public static let latencyBounds = Duration.zero ... .seconds(60)
  public static let deletionDelayBounds = Duration.zero ... .seconds(3_600)

  /// - Throws: ``SandboxError/invalidOption(_:)`` naming the first option that is out of bounds.
  func check() throws(SandboxError) {
    let complaints = [
      (Self.portBounds.contains(port), "port must be between 0 and 65535"),
      (Self.accountBounds.contains(accounts), "accounts must be between 0 and 1000000"),
      (Self.latencyBounds.contains(latency), "latency must be between 0 and 60000 milliseconds"),
      (Self.deletionDelayBounds.contains(deletionDelay), "deletion delay must be between 0 and 3600 seconds"),
    ]
    for (isMet, complaint) in complaints where !isMet { throw .invalidOption(complaint) }
  }
}
