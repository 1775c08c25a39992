/// The path that a fault applies to, below `/client/v4`.
struct PathPattern: Sendable, Equatable {
  /// `*` fits any one segment.
  private let segments: [String]
  /// Whether anything may follow.
  private let isOpen: Bool

  /// - Returns: `nil` when the text is no path.
  init?(_ text: String) {
    var segments = text.split(separator: "/").map(String.init)
    isOpen = text == "*" || segments.last == "**"
    if isOpen { segments.removeLast() }
    guard text == "*" || text.hasPrefix("/"), !segments.contains("**") else { return nil }
    self.segments = segments
  }

  /// - Parameter path: of a request, percent-encoded, without the query.
  func matches(_ path: Substring) -> Bool {
    let names = path.utf8.split(separator: UInt8(ascii: "/")).map { PercentEncoding.decode($0) }
    guard names.starts(with: ["client", "v4"]) else { return isOpen && segments.isEmpty }
    let rest = names.dropFirst(2)
    guard isOpen ? rest.count >= segments.count : rest.count == segments.count else { return false }
    return zip(segments, rest).allSatisfy { $0 == "*" || $0 == $1 }
  }
}
