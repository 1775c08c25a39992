import Terminal

/// What does not change while the console runs: where it works, and as whom.
public struct Session: Sendable, Equatable {
  public enum EndpointKind: Sendable, Equatable {
    /// Nothing there is real.
    case sandbox
    /// Cloudflare itself: everything there is.
    case production
    /// An endpoint that somebody named.
    case custom
  }

  /// Whether requests that write are sent.
  public enum WriteMode: Sendable, Equatable {
    case enabled
    /// The same screens, and nothing is sent.
    case dryRun
    /// Everything that writes is taken away.
    case readOnly
  }

  var endpointKind: EndpointKind
  /// Host, and port if it is not the scheme's own.
  var endpointHost: String
  /// Who is signed in, as far as it can be said without the secret: an e-mail address or the kind of token.
  var identity: String
  /// The name of the profile that says so; `nil` when there is none.
  var profile: String?
  /// What the place is drawn with instead of its kind's own colour.
  var color: PaletteColor?
  /// Where writes go and on whose behalf, as the journal keeps it.
  public var origin: WriteOrigin
  /// Rows asked for with each page, 5 to 50.
  var perPage: Int
  var writing: WriteMode
  /// The accounts that cannot be deleted here.
  var protected: ProtectedAccounts
  /// Whether the terminal tells of the mouse.
  public var usesMouse: Bool
  /// Whether the list is kept from one run to the next.
  public var keepsList: Bool
  /// Whether lines are taken instead of keys, as in plain mode. Each answers a question, so that it may be there before.
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

  /// The word that tells at a glance that nothing can be changed from here; `nil` where it can.
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
  /// How the word looks.
  var style: Style {
    switch self {
    case .sandbox: Style(.bold, foreground: .green)
    case .production: Style(.bold, foreground: .red)
    case .custom: Style(.bold, foreground: .magenta)
    }
  }

  /// The word that tells at a glance where everything takes place.
  var word: String {
    switch self {
    case .sandbox: "SANDBOX"
    case .production: "CLOUDFLARE"
    case .custom: "CUSTOM"
    }
  }
}
