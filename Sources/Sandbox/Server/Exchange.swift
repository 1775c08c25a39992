import Hummingbird
import HummingbirdCore
import NIOCore
import Synchronization

/// One request and its answer over HTTP: everything that is not the API's own business.
final class Exchange: Sendable {
  private let api: API
  private let latency: Duration
  private let requests = Atomic<UInt64>(0)

  init(api: API, latency: Duration) {
    self.api = api
    self.latency = latency
  }

  func respond(to request: Request, writer: consuming ResponseWriter, channel: any Channel) async throws {
    if latency > .zero { try await Task.sleep(for: latency) }
    let answer = await answer(to: request)
    let response = response(answer)
    try await writer.write(response: response.head, body: response.body)
  }

  private func answer(to request: Request) async -> Answer {
    let body: ByteBuffer
    do { body = try await request.body.collect(upTo: Self.bodyLimit) } catch { return Answer(.bodyTooLarge) }
    return await api.answer(
      to: API.Incoming(
        method: request.method.rawValue, target: request.head.path ?? "/",
        credentials: Authenticator.Headers(
          authorization: request.headers[.authorization], email: request.headers[Self.email],
          key: request.headers[Self.key]),
        idempotencyKey: request.headers[Self.idempotencyKey], body: Array(body.readableBytesView)))
  }

  private func response(_ answer: Answer) -> Response {
    var headers = HTTPFields()
    headers[.contentType] = "application/json"
    headers[.date] = Timestamp.now.httpDate
    headers[.cacheControl] = "no-store, no-cache, must-revalidate, post-check=0, pre-check=0"
    headers[Self.ray] = nextRay()
    if !answer.allowedMethods.isEmpty { headers[.allow] = answer.allowedMethods.joined(separator: ", ") }
    return Response(
      status: HTTPResponse.Status(code: answer.status), headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
  }

  /// Sixteen hexadecimal digits and where the request was answered, different for each request.
  private func nextRay() -> String {
    let number = requests.add(1, ordering: .relaxed).newValue
    let digits = String(RandomStream.mix(number), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits + "-SBX"
  }

  /// The most bytes of a request body; the greatest that makes sense is a few hundred.
  private static let bodyLimit = 1 << 20

  // These names are well-formed, so the initializer cannot fail.
  private static let email = HTTPFields.Element.Name("X-Auth-Email")!
  private static let key = HTTPFields.Element.Name("X-Auth-Key")!
  private static let idempotencyKey = HTTPFields.Element.Name("Idempotency-Key")!
  private static let ray = HTTPFields.Element.Name("cf-ray")!
}
