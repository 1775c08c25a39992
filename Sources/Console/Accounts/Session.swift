import Terminal

/// The settings that do not change while the console runs.
public struct Session: Sendable, Equatable {
  public enum EndpointKind: Sendable, Equatable {
    /// A sandbox, without real accounts.
    case sandbox
    /// Cloudflare itself.
    case production
    /// Another endpoint.
    case custom
  }

  public enum WriteMode: Sendable, Equatable {
    case enabled
    /// The screens work, but writes are not sent.
    case dryRun
    /// No writes are offered.
    case readOnly
  }

  var endpointKind: EndpointKind
  /// The host, and the port if it is not the scheme's default.
  var endpointHost: String
  /// An e-mail address or the kind of token, without the secret.
  var identity: String
  /// The name of the profile; `nil` for none.
  var profile: String?
  /// The colour of the endpoint's word; `nil` for the colour of its kind.
  var color: PaletteColor?
  /// The endpoint and the identity of writes, for the journal.
  public var origin: WriteOrigin
  /// Rows requested with each page, 5 to 50.
  var perPage: Int
  var writing: WriteMode
  var protected: ProtectedAccounts
  /// Whether the terminal reports the mouse.
  public var usesMouse: Bool
  /// Whether the list is cached for the next run.
  public var keepsList: Bool
  /// Whether the input is lines instead of keys, as in plain mode. Lines may be typed ahead.
  var takesLines = false

  public init(
    endpointKind: EndpointKind, endpointHost: String, identity: String, profile: String? = nil,
    color: PaletteColor? = nil, origin: WriteOrigin, perPage: Int = 50, writing: WriteMode = .enabled,
    protected: ProtectedAccounts = ProtectedAccounts(patterns: []), usesMouse: Bool = false,
    keepsList: Bool = false
  ) {
    self.profile = profile
    self.color = color
    self.origin = origin
    self.endpointKind = endpointKind
    self.endpointHost = endpointHost
    self.identity = identity
    self.perPage = perPage
    self.writing = writing
    self.protected = protected
    self.usesMouse = usesMouse
    self.keepsList = keepsList
  }
}

extension Session {
  static let readOnlyReason = "This console was started read-only: it changes nothing"

  /// The mark of a mode without writes; `nil` if writes are enabled.
  var writingWord: String? {
    switch writing {
    case .enabled: nil
    case .dryRun: "DRY RUN"
    case .readOnly: "READ-ONLY"
    }
  }

  /// `, by the profile acme`; empty without one.
  var profileWords: String { profile.map { ", by the profile \($0)" } ?? "" }
}

extension Session.EndpointKind {
  var style: Style {
    switch self {
    case .sandbox: Style(.bold, foreground: .green)
    case .production: Style(.bold, foreground: .red)
    case .custom: Style(.bold, foreground: .magenta)
    }
  }

  var word: String {
    switch self {
    case .sandbox: "SANDBOX"
    case .production: "CLOUDFLARE"
    case .custom: "CUSTOM"
    }
  }
}
