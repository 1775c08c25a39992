import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes
import Synchronization

/// A connection handler that keeps hold of accepted connections until they are handled.
///
/// A server that stops drops those that it has accepted and not handed over yet, and NIO ends the whole program when one
/// is dropped unclosed.
struct HeldChannel: ServerChildChannel {
  let wrapped: HTTP1Channel
  let arrivals: Arrivals

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
    wrapped.setup(channel: channel, logger: logger).map { [arrivals] value in
      arrivals.hold(value)
      return value
    }
  }

  func handle(value: HTTP1Channel.Value, logger: Logger) async {
    arrivals.release(value)
    await wrapped.handle(value: value, logger: logger)
  }
}

/// The accepted connections that nobody handles yet.
final class Arrivals: Sendable {
  private struct State {
    var held: [ObjectIdentifier: HTTP1Channel.Value] = [:]
    var isOver = false
  }

  private let state = Mutex(State())

  func hold(_ value: HTTP1Channel.Value) {
    let isOver = state.withLock { state in
      state.held[ObjectIdentifier(value.channel)] = value
      return state.isOver
    }
    // Accepted just before the end, and ready only after it.
    if isOver { Task { await close(value) } }
  }

  func release(_ value: HTTP1Channel.Value) {
    state.withLock { $0.held[ObjectIdentifier(value.channel)] = nil }
  }

  /// Closes those that nobody will ever handle, now and from now on.
  func closeAll() async {
    let held = state.withLock { state in
      state.isOver = true
      return Array(state.held.values)
    }
    for value in held { await close(value) }
  }

  private func close(_ value: HTTP1Channel.Value) async {
    value.channel.close(promise: nil)
    try? await value.executeThenClose { _, _ in }
    release(value)
  }
}
