/// What signs a request. Its text never appears in a description, so it cannot reach a log by interpolation.
public enum Credentials: Sendable, Equatable {
  /// `Authorization: Bearer`.
  case token(Secret)
  /// `X-Auth-Email` with `X-Auth-Key`.
  case key(email: String, key: Secret)

  /// The part that must not be shown.
  var secret: Secret {
    switch self {
    case .token(let secret), .key(_, let secret): secret
    }
  }
}

/// A text that must not be shown. ``reveal()`` is the only way to it, so that each use can be found.
public struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let text: String

  public init(_ text: String) {
    self.text = text
  }

  public func reveal() -> String { text }

  public var description: String { "(hidden)" }
  public var debugDescription: String { "(hidden)" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
