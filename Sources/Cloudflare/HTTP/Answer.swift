import FoundationEssentials
import NIOCore
import NIOHTTP1

/// One whole answer as it came over the wire, but for the credentials in it: see ``CredentialMask``.
struct Answer: Sendable {
  var status: Int
  var headers: HTTPHeaders
  /// Decompressed. Empty when ``kind`` says that it is of no use.
  var body: ByteBuffer
  /// The words of a body that is a page instead of JSON.
  var page: String?
  /// Where it was asked for.
  var endpoint = Endpoint.production
  /// How often the request was sent, until this answer.
  var attempts = 1

  /// `cf-ray`, when there is one.
  var ray: String? { headers.first(name: "cf-ray") }

  /// The server's clock (`Date`); `nil` when it is absent or unreadable.
  var date: Date? {
    headers.first(name: "date").flatMap { HTTPDate.parse($0) }.map { Date(timeIntervalSince1970: Double($0)) }
  }

  /// What the content type makes of the body.
  enum Kind: Sendable, Equatable {
    case json
    /// No content type was given: the body may be JSON all the same.
    case unnamed
    case other
  }

  var kind: Kind { Self.kind(headers) }

  static func kind(_ headers: HTTPHeaders) -> Kind {
    guard let type = mediaType(headers) else { return .unnamed }
    return type == "application/json" || type == "text/json" || type.hasSuffix("+json") ? .json : .other
  }

  /// The content type in lower case without parameters; `nil` when absent or empty.
  static func mediaType(_ headers: HTTPHeaders) -> String? {
    guard let text = headers.first(name: "content-type") else { return nil }
    let type = text.prefix { $0 != ";" && $0 != "," }.filter { !$0.isWhitespace }.lowercased()
    return type.isEmpty ? nil : type
  }
}
