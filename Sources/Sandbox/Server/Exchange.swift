import Glibc
import Hummingbird
import HummingbirdCore
import NIOCore
import Synchronization

/// One request and its answer over HTTP: everything that is not the API's own business.
final class Exchange: Sendable {
  private let api: API
  private let latency: Duration
  private let faults: FaultInjector?
  private let requests = Atomic<UInt64>(0)
  private let lastDate = Mutex<(second: Int64, text: String)>((0, ""))

  private typealias Field = HTTPFields.Element

  init(api: API, latency: Duration, faults: FaultInjector? = nil) {
    self.api = api
    self.latency = latency
    self.faults = faults
  }

  func respond(to request: Request, writer: consuming ResponseWriter, channel: any Channel) async throws {
    if latency > .zero { try await Task.sleep(for: latency) }
    let path = (request.head.path ?? "/").prefix { $0 != "?" }
    guard let fault = faults?.fault(method: request.method.rawValue, path: path) else {
      return try await write(await answer(to: request), request, writer)
    }
    let applied = fault.isApplied ? await answer(to: request) : nil
    switch fault.action {
    case .drop:
      try await channel.close()
    case .reset:
      try await reset(channel)
    case .hang:
      try await hang(channel)
    case .slow(let delay):
      try await Task.sleep(for: delay)
      if let applied { try await write(applied, request, writer) }
    case .answer(let status, let body, let retryAfter):
      try await write(Answer(status: status, body, retryAfter: retryAfter), request, writer)
    case .empty:
      try await write(Answer(status: 200, contentType: nil), request, writer)
    case .truncate:
      if let applied { try await writeHalf(applied, writer, channel) }
    case .wrongIdentifier:
      if let applied { try await write(applied.withWrongIdentifier, request, writer) }
    }
  }

  private func answer(to request: Request) async -> Answer {
    var body = ByteBuffer()
    // Of the other methods nobody looks at the body.
    if request.method == .post || request.method == .put {
      do { body = try await request.body.collect(upTo: Self.bodyLimit) } catch { return Answer(.bodyTooLarge) }
    }
    return await api.answer(
      to: API.Incoming(
        method: request.method.rawValue, target: request.head.path ?? "/",
        credentials: Authenticator.Headers(
          authorization: request.headers[.authorization], email: request.headers[Self.email],
          key: request.headers[Self.key]),
        idempotencyKey: request.headers[Self.idempotencyKey], body: Array(body.readableBytesView)))
  }

  /// Answers to HEAD announce a body and have none (RFC 9110).
  private func write(_ answer: Answer, _ request: Request, _ writer: consuming ResponseWriter) async throws {
    let response = Response(
      status: HTTPResponse.Status(code: answer.status), headers: headers(answer),
      body: ResponseBody(byteBuffer: answer.body))
    try await writer.write(response: response.head, body: request.method == .head ? ResponseBody() : response.body)
  }

  /// The length that is announced is that of the whole body.
  private func writeHalf(_ answer: Answer, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws {
    var whole = answer.body
    let half = whole.readSlice(length: whole.readableBytes / 2) ?? ByteBuffer()
    let body = ResponseBody(contentLength: answer.body.readableBytes) { writer in
      try await writer.write(half)
      try await channel.close()
    }
    let response = Response(status: HTTPResponse.Status(code: answer.status), headers: headers(answer), body: body)
    try await writer.write(response: response.head, body: response.body)
  }

  private func headers(_ answer: Answer) -> HTTPFields {
    var headers = HTTPFields()
    if let type = answer.contentType { headers.append(Field(name: .contentType, value: type)) }
    headers.append(Field(name: .date, value: date()))
    headers.append(
      Field(name: .cacheControl, value: "no-store, no-cache, must-revalidate, post-check=0, pre-check=0"))
    headers.append(Field(name: Self.ray, value: nextRay()))
    for (name, value) in answer.headers {
      if let name = Field.Name(name) { headers.append(Field(name: name, value: value)) }
    }
    return headers
  }

  /// Now, to the second; written once for all answers of that second.
  private func date() -> String {
    let now = Timestamp.now
    let second = now.microseconds / 1_000_000
    return lastDate.withLock { last in
      if last.second != second { last = (second, now.httpDate) }
      return last.text
    }
  }

  /// Closing a socket that must not linger makes the system send a reset.
  private func reset(_ channel: any Channel) async throws {
    if let options = channel as? any SocketOptionProvider {
      try await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
    }
    try await channel.close()
  }

  /// Waits until the client gives up or the server stops.
  private func hang(_ channel: any Channel) async throws {
    try await withTaskCancellationHandler {
      try await channel.closeFuture.get()
    } onCancel: {
      channel.close(promise: nil)
    }
  }

  /// Sixteen hexadecimal digits and where the request was answered, different for each request.
  private func nextRay() -> String {
    Hexadecimal.text(RandomStream.mix(requests.add(1, ordering: .relaxed).newValue)) + "-SBX"
  }

  /// The most bytes of a request body; the greatest that makes sense is a few hundred.
  private static let bodyLimit = 1 << 20

  // These names are well-formed, so the initializer cannot fail.
  private static let email = Field.Name("X-Auth-Email")!
  private static let key = Field.Name("X-Auth-Key")!
  private static let idempotencyKey = Field.Name("Idempotency-Key")!
  private static let ray = Field.Name("cf-ray")!
}
