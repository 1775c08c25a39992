import FoundationEssentials
import NIOCore
import NIOHTTP1

/// Judges an answer: its status first, then its content type, then its body. So HTML from the edge never becomes a
/// parse error, and a body never outvotes a status.
enum AnswerReader {
  /// What the status and the content type make of the answer; `nil` for a success whose body is worth reading.
  ///
  /// - Parameter now: the local time in seconds since 1970, for `Retry-After` dates.
  static func failure(of answer: Answer, now: Int64) -> CloudflareError? {
    var error = CloudflareError(
      .edge, status: answer.status, ray: answer.ray,
      retryAfter: RetryAfter.read(answer.headers, now: now))
    // Only Cloudflare's edge names the request; what stands before it, or before another server, does not.
    error.otherServer = answer.ray == nil ? answer.endpoint.host : nil
    let isSuccess = (200..<300).contains(answer.status)
    if isSuccess, answer.page == nil, answer.kind != .other || answer.isWithoutContent { return nil }
    if answer.status >= 400, answer.kind != .other,
      let envelope = try? decode(Envelope<Ignored>.self, from: answer.body),
      // Without `success` it takes a code, or that it comes by Cloudflare: any gateway has an `error`.
      envelope.success != nil || envelope.errors.contains(where: { $0.code != nil || answer.ray != nil })
    {
      error.cause = answer.status >= 500 ? .serverFault : .refused
      error.errors = envelope.reasons
      error.otherServer = answer.otherServer
      return error
    }
    let isChallenge = answer.headers.first(name: "cf-mitigated")?.lowercased() == "challenge"
    error.edge = .init(
      contentType: Answer.mediaType(answer.headers),
      redirectsTo: (300..<400).contains(answer.status)
        ? answer.headers.first(name: "location").map(origin(of:)) : nil,
      isChallenge: isChallenge)
    error.edge?.software = answer.headers.first(name: "server") ?? answer.headers.first(name: "via")
    error.edge?.words = answer.page ?? message(of: answer)
    return error
  }

  /// The words of a gateway's JSON, which has no envelope: `{"message":"no Route matched with those values"}`.
  private static func message(of answer: Answer) -> String? {
    let members = (try? decode([String: GatewayText].self, from: answer.body)) ?? [:]
    let texts = ["message", "error_description", "detail", "error", "title", "reason", "msg"].lazy.compactMap {
      members[$0]?.text
    }
    return texts.first { !$0.isEmpty }.map { CloudflareError.oneLine($0, limit: 200) }
  }

  /// A text, an object with one as its message, or anything else.
  private struct GatewayText: Decodable {
    var text: String?

    init(from decoder: any Decoder) throws {
      if let text = try? decoder.singleValueContainer().decode(String.self) {
        self.text = text
      } else {
        text = try? decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .message)
      }
    }

    private enum CodingKeys: String, CodingKey { case message }
  }

  /// Reads the body of a success.
  ///
  /// - Throws: ``CloudflareError/Cause/refused`` when the envelope says `success: false`, and
  ///   ``CloudflareError/Cause/unreadable(_:)`` for anything that is no envelope.
  static func envelope<Result: Decodable & Sendable>(
    of answer: Answer, as type: Result.Type
  ) throws(CloudflareError) -> Envelope<Result> {
    if answer.isWithoutContent { return Envelope(success: true) }
    var error = CloudflareError(.refused).of(answer.origin)
    guard answer.body.readableBytes > 0 else {
      error.cause = .unreadable("it is empty")
      throw error
    }
    var envelope: Envelope<Result>
    do {
      envelope = try quickly(type, answer.body) ?? decode(Envelope<Result>.self, from: answer.body)
    } catch let problem as DecodingError {
      error.cause = .unreadable(reason(problem))
      throw error
    } catch let problem {
      error.cause = .unreadable("reading it failed with \(Swift.type(of: problem))")
      throw error
    }
    guard let success = envelope.success else {
      error.cause = .unreadable("it does not say whether the request succeeded")
      throw error
    }
    guard success else {
      error.errors = envelope.reasons
      throw error
    }
    envelope.answer = answer.origin
    return envelope
  }

  /// Pages of accounts come by the thousand, and most are as usual.
  private static func quickly<Result>(_ type: Result.Type, _ body: ByteBuffer) -> Envelope<Result>? {
    guard type == ReadableList<Account>.self, let quick = QuickAccountList.read(body) else { return nil }
    let envelope = Envelope(
      success: quick.success, result: quick.result.map(ReadableList.init), resultInfo: quick.resultInfo)
    return envelope as? Envelope<Result>
  }

  private static func decode<Value: Decodable>(_ type: Value.Type, from body: ByteBuffer) throws -> Value {
    try decoder.decode(type, from: Data(body.readableBytesView))
  }

  private static let decoder = JSONDecoder()

  /// Names the place, never the value: an answer's contents belong in no error text.
  private static func reason(_ error: DecodingError) -> String {
    func place(_ path: [any CodingKey], _ last: (any CodingKey)? = nil) -> String {
      let keys = path + (last.map { [$0] } ?? [])
      return keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
    switch error {
    case .keyNotFound(let key, let context): return "\(place(context.codingPath, key)) is missing"
    case .valueNotFound(_, let context): return "\(place(context.codingPath)) is null"
    case .typeMismatch(_, let context):
      return context.codingPath.isEmpty ? "it is no JSON object" : "\(place(context.codingPath)) has another type"
    case .dataCorrupted(let context):
      return context.codingPath.isEmpty ? "it is no valid JSON" : "\(place(context.codingPath)) is not valid"
    @unknown default: return "it has another form than expected"
    }
  }

  /// The origin of an address: what may be shown of it, since path and query could hold a secret.
  private static func origin(of location: String) -> String {
    guard let mark = location.firstRange(of: "://") else { return "another path" }
    let authority = location[mark.upperBound...].prefix { !"/?#".contains($0) }
    let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
    return String(location[..<mark.upperBound] + host)
  }

  /// Takes the place of a `result` that nobody looks at.
  private struct Ignored: Decodable, Sendable {
    init(from decoder: any Decoder) {}
  }
}

extension CloudflareError {
  /// The same error, with what is known of the answer that it was read from.
  func of(_ answer: Answer.Origin) -> CloudflareError {
    var error = self
    error.status = answer.status
    error.ray = answer.ray
    error.attempts = answer.attempts
    error.otherServer = answer.otherServer
    return error
  }
}

extension Answer {
  /// What an error tells of the answer that it was read from.
  struct Origin: Sendable {
    var status = 200
    var ray: String?
    var attempts = 1
    var otherServer: String?
  }

  var origin: Origin { Origin(status: status, ray: ray, attempts: attempts, otherServer: otherServer) }

  /// The host that answered with the API's own envelope, unless that was Cloudflare.
  var otherServer: String? { ray == nil && endpoint != .production ? endpoint.host : nil }

  /// Whether the status says that there is no body: a success that says nothing more.
  var isWithoutContent: Bool { status == 204 || status == 205 }
}
