import NIOCore
import NIOHTTP1
import Synchronization

/// Watches one pooled connection, and gives it up when it brings no answer to what is sent over it again.
///
/// A connection that was idle may be dead without anybody having heard of it: the network has changed, or something on
/// the way has forgotten it. The others that are idle then are dead as well, as like as not, and are closed with it. A
/// new connection is known to live, however slow its server is.
final class ReuseGuard: ChannelDuplexHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundIn = HTTPClientRequestPart

  /// The connection was used again, and brought nothing within the time allowed.
  struct Silence: Error {}

  private let limit: TimeAmount
  private let idle: IdleConnections
  private var requests = 0
  private var isAwaiting = false
  private var timer: Scheduled<Void>?

  /// - Parameter limit: from a request to the head of its answer, on a connection that has answered before.
  init(limit: TimeAmount, idle: IdleConnections) {
    self.limit = limit
    self.idle = idle
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .head = unwrapOutboundIn(data) {
      idle.remove(context.channel)
      requests += 1
      isAwaiting = true
      if requests > 1 {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: limit) {
          context.fireErrorCaught(Silence())
          context.close(promise: nil)
        }
      }
    }
    context.write(data, promise: promise)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head:
      isAwaiting = false
      timer?.cancel()
    case .body: break
    case .end: idle.add(context.channel)
    }
    context.fireChannelRead(data)
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    idle.remove(context.channel)
    if requests > 1, isAwaiting { idle.closeAll() }
    context.fireChannelInactive()
  }
}

/// The pooled connections that nothing is sent over at the moment.
final class IdleConnections: Sendable {
  private let channels = Mutex<[ObjectIdentifier: any Channel]>([:])

  func add(_ channel: any Channel) { channels.withLock { $0[ObjectIdentifier(channel)] = channel } }

  func remove(_ channel: any Channel) { channels.withLock { $0[ObjectIdentifier(channel)] = nil } }

  func closeAll() {
    let all = channels.withLock { channels in
      defer { channels = [:] }
      return channels
    }
    // Whoever takes one of them just now loses it, and tries again.
    for channel in all.values { channel.close(promise: nil) }
  }
}
