import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on loopback that answers each request with raw bytes from a script, however wrong they are.
final class ScriptedServer: Sendable {
  /// One request as it arrived.
  struct Request: Sendable, Equatable {
    var method: String
    var target: String
    /// Names in lower case, in their order.
    var headers: [(name: String, value: String)]
    var body: String
    /// How many requests came before it on the same connection.
    var place = 0

    subscript(name: String) -> String? { headers.first { $0.name == name }?.value }

    static func == (one: Self, other: Self) -> Bool {
      one.method == other.method && one.target == other.target && one.body == other.body
        && one.headers.elementsEqual(other.headers, by: ==)
    }
  }

  /// What the server does, one after the other.
  enum Step: Sendable {
    case send(String)
    case sendBytes([UInt8])
    /// Sends the bytes again and again until the client goes away, or this many were sent.
    case flood([UInt8], total: Int)
    /// One byte at a time.
    case trickle(String, every: TimeAmount)
    /// Waits until the condition holds.
    case hold(until: @Sendable () -> Bool)
    /// Speaks TLS from here on, as ``TestCertificate``.
    case startTLS
    /// Speaks TLS from here on with another certificate or an old version: see ``TestCertificate``.
    case startOtherTLS(String, upTo: TLSVersion? = nil)
    case close
    /// Closes with a TCP reset.
    case reset
    /// Never does anything again on this connection.
    case silence
  }

  /// Gives the steps for a request; the number counts all requests from 0.
  typealias Script = @Sendable (_ number: Int, _ request: Request) -> [Step]

  private struct Log {
    var requests: [Request] = []
    var connections = 0
    var open: [ObjectIdentifier: [String]] = [:]
  }

  let port: Int
  private let channel: any Channel
  private let record: Record

  final class Record: Sendable {
    private let log = Mutex(Log())
    func accept(_ connection: ObjectIdentifier) {
      log.withLock {
        $0.connections += 1
        $0.open[connection] = []
      }
    }
    func leave(_ connection: ObjectIdentifier) { log.withLock { $0.open[connection] = nil } }
    func add(_ request: Request, of connection: ObjectIdentifier) -> Int {
      log.withLock { log in
        log.requests.append(request)
        log.open[connection]?.append("\(request.method) \(request.target)")
        return log.requests.count - 1
      }
    }
    var requests: [Request] { log.withLock { $0.requests } }
    var connections: Int { log.withLock { $0.connections } }
    var open: [[String]] { log.withLock { Array($0.open.values) } }
  }

  /// - Parameter onConnection: done as soon as a connection is there, before a byte is read.
  init(onConnection: [Step] = [], script: @escaping Script) async throws {
    let record = Record()
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            ScriptHandler(record: record, onConnection: onConnection, script: script))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    guard let port = channel.localAddress?.port else { throw ChannelError.unknownLocalAddress }
    self.port = port
    self.record = record
  }

  var requests: [Request] { record.requests }
  var connections: Int { record.connections }
  /// What was asked for on each of the connections that are open.
  var openConnections: [[String]] { record.open }

  func stop() async {
    // Closed already is as good.
    try? await channel.close()
  }
}

private final class ScriptHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let record: ScriptedServer.Record
  private let onConnection: [ScriptedServer.Step]
  private let script: ScriptedServer.Script
  private var received = ByteBuffer()
  private var isBusy = false
  private var count = 0

  init(
    record: ScriptedServer.Record, onConnection: [ScriptedServer.Step], script: @escaping ScriptedServer.Script
  ) {
    self.record = record
    self.onConnection = onConnection
    self.script = script
  }

  func channelActive(context: ChannelHandlerContext) {
    record.accept(ObjectIdentifier(self))
    if !onConnection.isEmpty { perform(onConnection[...], context: context) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    record.leave(ObjectIdentifier(self))
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    received.writeBuffer(&bytes)
    answerNext(context: context)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func answerNext(context: ChannelHandlerContext) {
    guard !isBusy, let request = takeRequest() else { return }
    perform(script(record.add(request, of: ObjectIdentifier(self)), request)[...], context: context)
  }

  private func takeRequest() -> ScriptedServer.Request? {
    let text = String(buffer: received)
    guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
    let lines = text[..<end.lowerBound].split(separator: "\r\n")
    let start = lines[0].split(separator: " ").map(String.init)
    let headers = lines.dropFirst().map { line in
      let name = line.prefix { $0 != ":" }
      return (name: name.lowercased(), value: String(line[name.endIndex...].dropFirst().drop { $0 == " " }))
    }
    let length = headers.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
    let headLength = text[..<end.upperBound].utf8.count
    guard received.readableBytes >= headLength + length else { return nil }
    received.moveReaderIndex(forwardBy: headLength)
    let body = received.readString(length: length) ?? ""
    defer { count += 1 }
    return .init(method: start[0], target: start[1], headers: headers, body: body, place: count)
  }

  private func perform(_ steps: ArraySlice<ScriptedServer.Step>, context: ChannelHandlerContext) {
    guard let step = steps.first else {
      isBusy = false
      return answerNext(context: context)
    }
    isBusy = true
    let rest = steps.dropFirst()
    switch step {
    case .send(let text): send(Array(text.utf8), then: rest, context: context)
    case .sendBytes(let bytes): send(bytes, then: rest, context: context)
    case .flood(let bytes, let total):
      // Large writes: a busy machine has time for few of them.
      let block = Array(repeatElement(bytes, count: max(1, min(total, 65_536) / bytes.count)).joined())
      flood(block, total: total, then: rest, context: context)
    case .trickle(let text, let pause): trickle(Array(text.utf8)[...], every: pause, then: rest, context: context)
    case .hold(let condition):
      guard !condition() else { return perform(rest, context: context) }
      context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(5)) { self.perform(steps, context: context) }
    case .startTLS: startTLS(TestCertificate.certificate, nil, then: rest, context: context)
    case .startOtherTLS(let chain, let version): startTLS(chain, version, then: rest, context: context)
    case .close: context.close(promise: nil)
    case .reset:
      if let socket = context.channel as? any SocketOptionProvider {
        socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).assumeIsolated().whenComplete { _ in
          context.close(promise: nil)
        }
      }
    case .silence: break
    }
  }

  private func startTLS(
    _ chain: String, _ version: TLSVersion?, then rest: ArraySlice<ScriptedServer.Step>, context: ChannelHandlerContext
  ) {
    do {
      let handler = NIOSSLServerHandler(context: try TestCertificate.serverContext(chain, upTo: version))
      try context.pipeline.syncOperations.addHandler(handler, position: .first)
      perform(rest, context: context)
    } catch {
      context.fireErrorCaught(error)
    }
  }

  private func send(_ bytes: [UInt8], then rest: ArraySlice<ScriptedServer.Step>, context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes))).assumeIsolated().whenSuccess {
      self.perform(rest, context: context)
    }
  }

  private func flood(
    _ bytes: [UInt8], total: Int, then rest: ArraySlice<ScriptedServer.Step>, context: ChannelHandlerContext
  ) {
    guard total > 0 else { return perform(rest, context: context) }
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes))).assumeIsolated().whenSuccess {
      // Not at once: a write that is over by now would call this one from within itself, as deep as there are writes.
      context.eventLoop.assumeIsolated().execute {
        self.flood(bytes, total: total - bytes.count, then: rest, context: context)
      }
    }
  }

  private func trickle(
    _ bytes: ArraySlice<UInt8>, every pause: TimeAmount, then rest: ArraySlice<ScriptedServer.Step>,
    context: ChannelHandlerContext
  ) {
    guard let byte = bytes.first, context.channel.isActive else { return perform(rest, context: context) }
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: [byte])), promise: nil)
    context.eventLoop.assumeIsolated().scheduleTask(in: pause) {
      self.trickle(bytes.dropFirst(), every: pause, then: rest, context: context)
    }
  }
}
