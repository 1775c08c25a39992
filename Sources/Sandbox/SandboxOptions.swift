/// How a sandbox behaves. Every option has a default that behaves as Cloudflare does, as far as that is known; where it
/// is not, the option says so, so that a client can be tried against each way.
public struct SandboxOptions: Sendable {
  // What there is

  /// The TCP port on 127.0.0.1, within ``portBounds``; 0 takes a free one.
  public var port = 0
  /// How many accounts there are at the beginning, within ``accountBounds``. `nil` takes what the data file was made
  /// with, or ``defaultAccounts``.
  public var accounts: Int?
  /// Everything that is invented follows from it: the same seed gives the same accounts with the same identifiers.
  /// `nil` takes what the data file was made with, or ``defaultSeed``.
  public var seed: UInt64?
  /// The path of a file that keeps everything that is written, so that it outlives the process. It is made when there
  /// is none.
  public var dataFile: String?

  // Who may do what

  /// What is accepted besides ``SandboxCredentials``.
  public var credentials: [SandboxCredential] = []
  /// Whether the person administers a tenant. Without one, creating is refused with 1002, and deleting with 9109.
  public var isTenant = true
  /// Whether the tenant's agreement allows accounts of type enterprise.
  public var allowsEnterprise = true

  // How it answers

  /// How long each answer is held back, within ``latencyBounds``. Requests wait at the same time, not one after the
  /// other.
  public var latency: Duration = .zero
  /// How many requests each caller may send in ``rateLimitWindow``, within ``rateLimitBounds``; 0 sets no limit. One
  /// more is answered with 429, and so is everything until the window's length has passed.
  public var rateLimit = 1_200
  /// Within ``rateLimitWindowBounds``, in whole seconds.
  public var rateLimitWindow: Duration = .seconds(300)
  /// How long a deleted account stays in the list, within ``deletionDelayBounds``; it answers 7003 at once. That
  /// deletion is not immediate is known, how long it takes is not.
  public var deletionDelay: Duration = .seconds(1)
  /// What goes wrong on purpose. Of the rules that fit a request the first one that still has turns left is followed.
  public var faults: [Fault] = []

  // What Cloudflare does not document

  public var nameMatch = NameMatch.substring
  public var pageBounds = PageBounds.refuse
  public var totalCount = TotalCount.filtered
  public var unknownAccount = UnknownAccount.notFound

  public init() {}

  /// How a `name` in the query is compared with the names of accounts.
  public enum NameMatch: String, Sendable, CaseIterable {
    /// The whole name, letter for letter.
    case exact
    /// Any part of the name, without regard to case.
    case substring
  }

  /// What happens to a `page` or `per_page` outside its bounds.
  public enum PageBounds: String, Sendable, CaseIterable {
    /// 400 with 1001.
    case refuse
    /// The nearest value inside is taken.
    case clamp
  }

  /// What `total_count` counts when accounts are listed by name.
  public enum TotalCount: String, Sendable, CaseIterable {
    /// The accounts of that name.
    case filtered
    /// All accounts. `total_pages` counts those of that name all the same.
    case all
  }

  /// What a well-formed identifier of no account gets. Malformed and deleted ones always get 7003.
  public enum UnknownAccount: String, Sendable, CaseIterable {
    /// 404 with 7003.
    case notFound = "404-7003"
    /// 400 with 7003, as in 2019; then malformed and deleted ones get 400 as well.
    case badRequest = "400-7003"
    /// 403 with 9109.
    case unauthorized = "403-9109"
    /// 403 with 10000.
    case unauthenticated = "403-10000"
  }

  public static let defaultAccounts = 1_204
  public static let defaultSeed: UInt64 = 1
  public static let portBounds = 0...65_535
  public static let accountBounds = 0...1_000_000
  public static let latencyBounds = Duration.zero ... .seconds(60)
  public static let rateLimitBounds = 0...1_000_000
  public static let rateLimitWindowBounds = Duration.seconds(1) ... .seconds(3_600)
  public static let deletionDelayBounds = Duration.zero ... .seconds(3_600)

  /// - Throws: ``SandboxError/invalidOption(_:)`` naming the first option that is out of bounds.
  func check() throws(SandboxError) {
    let complaints = [
      (Self.portBounds.contains(port), "port must be between 0 and 65535"),
      (accounts.map(Self.accountBounds.contains) ?? true, "accounts must be between 0 and 1000000"),
      (Self.latencyBounds.contains(latency), "latency must be between 0 and 60000 milliseconds"),
      (Self.rateLimitBounds.contains(rateLimit), "rate limit must be between 0 and 1000000"),
      (Self.rateLimitWindowBounds.contains(rateLimitWindow), "rate limit window must be between 1 and 3600 seconds"),
      (Self.deletionDelayBounds.contains(deletionDelay), "deletion delay must be between 0 and 3600 seconds"),
    ]
    for (isMet, complaint) in complaints where !isMet { throw .invalidOption(complaint) }
  }
}
