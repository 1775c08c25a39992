/// One request, before it has an address and a signature.
struct APIRequest: Sendable {
  enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"
  }

  var method: Method
  /// The parts of the path between the slashes, not encoded.
  var path: [String]
  /// In the order in which they are sent, not encoded.
  var query: [(name: String, value: String)] = []
  /// JSON, sent with POST and PUT only.
  var body: [UInt8]?
  var idempotencyKey: String?
  var priority = RequestPriority.interactive

  var isWrite: Bool { method != .get }

  /// The encoded path, with a leading slash.
  var encodedPath: String { path.map { "/" + PercentEncoding.encode($0) }.joined() }

  /// The encoded path and query.
  var target: String {
    guard !query.isEmpty else { return encodedPath }
    let pairs = query.map { PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value) }
    return encodedPath + "?" + pairs.joined(separator: "&")
  }

  /// Refuses what would ask for something else than is meant.
  ///
  /// An empty segment, `.` or `..` survives no path normalisation on the way: `DELETE /accounts/` is not
  /// `DELETE /accounts/ID`.
  func validate() throws(CloudflareError) {
    for segment in path where segment.isEmpty || segment == "." || segment == ".." {
      throw CloudflareError(
        .invalidRequest(segment.isEmpty ? "The identifier is empty." : "The identifier \"\(segment)\" is none."),
        attempts: 0, nothingWasSent: true)
    }
    if let key = idempotencyKey, key.isEmpty || !key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
      throw CloudflareError(
        .invalidRequest("The idempotency key must be visible ASCII characters."), attempts: 0, nothingWasSent: true)
    }
  }
}
