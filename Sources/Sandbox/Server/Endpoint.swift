/// A path of the API that the sandbox knows, and the methods that it takes there.
enum Endpoint: Sendable, Equatable {
  case accounts
  case account(String)

  static let prefix = ["client", "v4"]

  /// - Parameter path: of the request, still percent-encoded.
  /// - Returns: `nil` when there is no such path.
  init?(path: some StringProtocol) {
    let segments = path.utf8.split(separator: UInt8(ascii: "/")).map { PercentEncoding.decode($0) }
    guard segments.starts(with: Self.prefix) else { return nil }
    let rest = segments.dropFirst(Self.prefix.count)
    let first = rest.first
    let names = Array(rest.dropFirst(2))
    switch (first, rest.dropFirst().first, names) {
    case ("accounts", nil, _): self = .accounts
    case ("accounts", let id?, []): self = .account(id)
    default: return nil
    }
  }

  var methods: [String] {
    switch self {
    case .accounts: ["GET", "POST"]
    case .account: ["GET", "PUT", "DELETE"]
    }
  }
}
