import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// Sends single requests. It never sends one twice, and never follows a redirect.
///
/// Reads share a pool of connections. A write gets a connection of its own: a pooled one may be closed by the server at
/// the very moment of sending, and then nobody could tell whether the write arrived. With its own connection it is also
/// known for certain when nothing was sent. A read that lost its pooled connection gets one of its own, too.
final class Transport: Sendable {
  private struct State {
    /// Shared by all reads; made for the first.
    var pool: HTTPClient?
    /// Those of requests that have a connection of their own.
    var clients: [ObjectIdentifier: HTTPClient] = [:]
    /// What ends the waits for a next try or for the budget.
    var waits: [UInt64: @Sendable () -> Void] = [:]
    var waitCount: UInt64 = 0
    var isShutDown = false
  }

  private let endpoint: Endpoint
  private let options: ClientOptions
  private let headers: HTTPHeaders
  private let mask: CredentialMask
  private let state = Mutex(State())
  private let idle = IdleConnections()

  /// Opens nothing: the first request does.
  init(endpoint: Endpoint, credentials: Credentials, options: ClientOptions) {
    self.endpoint = endpoint
    self.options = options
    var headers: HTTPHeaders = [
      "accept": "application/json", "accept-encoding": "gzip", "user-agent": options.userAgent,
    ]
    switch credentials {
    case .token(let token):
      headers.add(name: "authorization", value: "Bearer " + token.reveal())
    case .key(let email, let key):
      headers.add(name: "x-auth-email", value: email)
      headers.add(name: "x-auth-key", value: key.reveal())
    }
    self.headers = headers
    mask = CredentialMask(credentials, proxy: options.proxy)
  }

  deinit {
    // An HTTP client must not go away without being shut down; whoever waits for that calls ``shutdown()``.
    if let pool = state.withLock({ $0.pool }) { Self.close(pool) }
  }

  /// Closes all connections; requests under way, and waits between them, end as cancelled. No request can be sent
  /// afterwards.
  func shutdown() async {
    let (clients, waits) = state.withLock { state in
      defer {
        state = State()
        state.isShutDown = true
      }
      return (Array(state.clients.values) + (state.pool.map { [$0] } ?? []), state.waits.values)
    }
    for endWait in waits { endWait() }
    await withTaskGroup { group in
      // The only error is that it is shut down already.
      for client in clients { group.addTask { try? await client.shutdown() } }
    }
  }

  /// Waits, for a next try or for the budget.
  ///
  /// - Throws: whatever the wait does when it is cancelled, by the task or by ``shutdown()``.
  func wait<Value: Sendable>(_ operation: @escaping @Sendable () async throws -> Value) async throws -> Value {
    let task = Task { try await operation() }
    let number = state.withLock { state in
      state.waitCount += 1
      if state.isShutDown { task.cancel() } else { state.waits[state.waitCount] = { task.cancel() } }
      return state.waitCount
    }
    defer { state.withLock { $0.waits[number] = nil } }
    return try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
  }

  /// Sends the request once and reads the whole answer, whatever it says.
  ///
  /// - Parameters:
  ///   - deadline: for everything, from the connection to the last byte of the body.
  ///   - onNewConnection: whether a read, too, is sent over a connection of its own.
  func send(
    _ request: APIRequest, deadline: ContinuousClock.Instant, onNewConnection: Bool = false
  ) async throws(CloudflareError) -> Answer {
    // The HTTP client hears of a cancellation only after it has begun, when a write may be on its way.
    guard !Task.isCancelled else { throw CloudflareError(.cancelled, nothingWasSent: true) }
    guard request.isWrite || onNewConnection else {
      let client = try pooledClient()
      return try await exchange(message(request), over: client, deadline: deadline) { nil }
    }
    let connection = Mark()
    let client = makeClient { _ in connection.set() }
    defer {
      state.withLock { $0.clients[ObjectIdentifier(client)] = nil }
      Self.close(client)
    }
    let isRefused = state.withLock { state in
      if !state.isShutDown { state.clients[ObjectIdentifier(client)] = client }
      return state.isShutDown
    }
    if isRefused { throw Self.isShutDown }
    var message = message(request)
    message.headers.add(name: "connection", value: "close")
    return try await exchange(message, over: client, deadline: deadline) { connection.isSet }
  }

  private func exchange(
    _ message: HTTPClientRequest, over client: HTTPClient, deadline: ContinuousClock.Instant,
    isConnected: () -> Bool?
  ) async throws(CloudflareError) -> Answer {
    do {
      let timeLeft = ContinuousClock.now.duration(to: deadline)
      let response = try await client.execute(message, deadline: .now() + TimeAmount(timeLeft))
      return try await answer(response, deadline: deadline, on: client.eventLoopGroup.any())
    } catch {
      let failure = TransportFailure.error(
        Task.isCancelled ? CancellationError() : error, connected: isConnected(), bodyLimit: options.bodyLimit,
        route: .init(endpoint, options))
      throw await ConnectionProbe.explain(failure, endpoint, options, deadline: deadline)
    }
  }

  private func message(_ request: APIRequest) -> HTTPClientRequest {
    var message = HTTPClientRequest(url: endpoint.description + request.target)
    message.method = HTTPMethod(rawValue: request.method.rawValue)
    message.headers = headers
    if let key = request.idempotencyKey { message.headers.add(name: "idempotency-key", value: key) }
    if let body = request.body {
      message.headers.add(name: "content-type", value: "application/json")
      message.body = .bytes(ByteBuffer(bytes: body))
    }
    return message
  }

  private func answer(
    _ response: HTTPClientResponse, deadline: ContinuousClock.Instant, on loop: any EventLoop
  ) async throws -> Answer {
    var answer = Answer(status: Int(response.status.code), headers: mask.clear(response.headers), body: ByteBuffer())
    answer.endpoint = endpoint
    guard !answer.isWithoutContent else { return answer }
    guard answer.kind != .other else {
      // Of a page a few words are shown: reading no more of it bounds what a hostile one can cost.
      if PageText.isReadable(Answer.mediaType(answer.headers) ?? "") {
        answer.page = await words(of: response.body, deadline: deadline, on: loop)
        try Task.checkCancellation()
      }
      return answer
    }
    do {
      let body = try await withDeadline(deadline, on: loop) { [limit = options.bodyLimit] in
        try await response.body.collect(upTo: limit)
      }
      if answer.kind == .unnamed, body.readableBytesView.first == UInt8(ascii: "<") {
        answer.page = PageText.words(in: body.readableBytesView.prefix(PageText.limit)).map(mask.clear)
      } else {
        answer.body = mask.clear(body)
      }
    } catch {
      // The status counts for more than a body: a 4xx or 5xx stays one even when its body never comes.
      guard answer.status >= 400, !Task.isCancelled else { throw error }
    }
    return answer
  }

  /// What has come of a page within the time that a page is worth.
  private func words(
    of body: HTTPClientResponse.Body, deadline: ContinuousClock.Instant, on loop: any EventLoop
  ) async -> String? {
    let page = Mutex(ByteBuffer())
    // Whether it ends well makes no difference to what has come.
    try? await withDeadline(min(deadline, .now + .seconds(2)), on: loop) {
      for try await var chunk in body {
        let isEnough = page.withLock { page in
          page.writeBuffer(&chunk)
          return page.readableBytes >= PageText.limit
        }
        if isEnough { return }
      }
    }
    return PageText.words(in: page.withLock { $0 }.readableBytesView.prefix(PageText.limit)).map(mask.clear)
  }

  private func pooledClient() throws(CloudflareError) -> HTTPClient {
    let client: HTTPClient? = state.withLock { state in
      guard !state.isShutDown else { return nil }
      if let pool = state.pool { return pool }
      let pool = makeClient { [idle, limit = TimeAmount(options.silenceLimit)] channel in
        let pipeline = channel.pipeline.syncOperations
        let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
        try pipeline.addHandler(ReuseGuard(limit: limit, idle: idle), position: .after(decoder))
      }
      state.pool = pool
      return pool
    }
    guard let client else { throw Self.isShutDown }
    return client
  }

  /// - Parameter onConnection: called when a connection stands and nothing was sent over it yet.
  private func makeClient(onConnection: @escaping @Sendable (any Channel) throws -> Void) -> HTTPClient {
    var configuration = Self.configuration(options, endpoint: endpoint)
    let identity = endpoint.isSecure ? ServerIdentity(hostname: endpoint.hostname) : nil
    configuration.http1_1ConnectionDebugInitializer = { channel in
      do {
        try identity?.check(channel)
        try onConnection(channel)
        return channel.eventLoop.makeSucceededVoidFuture()
      } catch {
        // Only when the pool has heard of the failure may the connection go away under it.
        channel.eventLoop.execute { channel.close(promise: nil) }
        return channel.eventLoop.makeFailedFuture(error)
      }
    }
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// Closes in the background: a polite goodbye over TLS may take seconds, and no answer should wait for it.
  private static func close(_ client: HTTPClient) {
    // The only error is that it is shut down already.
    Task { try? await client.shutdown() }
  }

  private static var isShutDown: CloudflareError {
    CloudflareError(.invalidRequest("The client is shut down."), attempts: 0, nothingWasSent: true)
  }
}

/// Remembers that something happened.
private final class Mark: Sendable {
  private let mark = Atomic(false)

  var isSet: Bool { mark.load(ordering: .acquiring) }

  func set() { mark.store(true, ordering: .releasing) }
}

/// Cancels the operation when the deadline passes.
///
/// The deadline is kept by the event loop: a sleeping task would cost more than reading a short answer does.
///
/// - Throws: `HTTPClientError.deadlineExceeded`, or what the operation throws.
private func withDeadline<Value: Sendable>(
  _ deadline: ContinuousClock.Instant, on loop: any EventLoop, _ operation: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  let hasPassed = Mark()
  let task = Task { try await operation() }
  let timer = loop.scheduleTask(in: TimeAmount(ContinuousClock.now.duration(to: deadline))) {
    hasPassed.set()
    task.cancel()
  }
  defer { timer.cancel() }
  let result = await withTaskCancellationHandler {
    await task.result
  } onCancel: {
    task.cancel()
  }
  // What a cancelled operation comes back with may be a part only, even when it comes back well.
  try Task.checkCancellation()
  if hasPassed.isSet { throw HTTPClientError.deadlineExceeded }
  return try result.get()
}
