import FoundationEssentials
import Glibc
import NIOCore
import NIOPosix
import NIOSSL

/// Hears what the HTTP stack keeps to itself of a connection that could not be made: the status of a proxy's refusal,
/// and the certificates that were not accepted.
///
/// It makes one more connection, sends nothing over it but the proxy's `CONNECT`, and never accepts a certificate.
struct ConnectionProbe: Sendable {
  enum Finding: Sendable {
    case proxyStatus(Int)
    /// The server's own certificate first.
    case certificates([NIOSSLCertificate])
  }

  private let endpoint: Endpoint
  private let options: ClientOptions
  private let proxy: Proxy?

  init(endpoint: Endpoint, options: ClientOptions) {
    self.endpoint = endpoint
    self.options = options
    proxy = endpoint.isLoopback ? nil : options.proxy
  }

  /// The failure with more of its obstacle, where more is to be known.
  static func explain(
    _ failure: CloudflareError, _ endpoint: Endpoint, _ options: ClientOptions, deadline: ContinuousClock.Instant
  ) async -> CloudflareError {
    let probe = ConnectionProbe(endpoint: endpoint, options: options)
    let obstacle: ConnectionObstacle
    switch failure.obstacle {
    case .certificate(.untrusted(let isOwnFile)):
      guard case .certificates(let chain) = await probe.run(deadline),
        let fault = CertificateFault(chain, at: .now, isOwnFile: isOwnFile)
      else { return failure }
      obstacle = .certificate(fault)
    case .proxyRefusesHost(let proxy, let host, nil):
      guard case .proxyStatus(let status) = await probe.run(deadline) else { return failure }
      obstacle =
        status >= 500
        ? .proxyCannotReach(proxy, host: host, status: status)
        : .proxyRefusesHost(proxy, host: host, status: status)
    default: return failure
    }
    var failure = failure
    failure.obstacle = obstacle
    failure.cause = .unreachable(obstacle.reason)
    return failure
  }

  /// - Returns: `nil` when nothing was found out until the deadline, or within the time for connecting.
  private func run(_ deadline: ContinuousClock.Instant) async -> Finding? {
    let loop = MultiThreadedEventLoopGroup.singleton.any()
    let found = loop.makePromise(of: Finding?.self)
    let limit = TimeAmount(min(options.connectTimeout, max(.zero, ContinuousClock.now.duration(to: deadline))))
    let timer = loop.scheduleTask(in: limit) { found.succeed(nil) }
    let connection = ClientBootstrap(group: loop)
      .connectTimeout(limit)
      .channelInitializer { [endpoint, proxy] channel in
        channel.closeFuture.whenComplete { _ in found.succeed(nil) }
        return channel.eventLoop.makeCompletedFuture {
          guard let proxy else { return try Self.addTLS(to: channel, endpoint, found) }
          try channel.pipeline.syncOperations.addHandler(
            ProxyHandler(endpoint, proxy, onTunnel: { try Self.addTLS(to: $0, endpoint, found) }, found))
        }
      }
      .connect(host: proxy?.host ?? endpoint.hostname, port: proxy?.port ?? endpoint.port)
    connection.whenFailure { _ in found.succeed(nil) }
    // It is never failed.
    let finding = (try? await found.futureResult.get()) ?? nil
    timer.cancel()
    connection.whenSuccess { $0.close(promise: nil) }
    return finding
  }

  private static func addTLS(to channel: any Channel, _ endpoint: Endpoint, _ found: EventLoopPromise<Finding?>) throws
  {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    let isAddress = (try? SocketAddress(ipAddress: endpoint.hostname, port: 0)) != nil
    let handler = try NIOSSLClientHandler(
      context: NIOSSLContext(configuration: configuration), serverHostname: isAddress ? nil : endpoint.hostname,
      customVerificationCallback: { certificates, verdict in
        found.succeed(.certificates(certificates))
        verdict.succeed(.failed)
      })
    try channel.pipeline.syncOperations.addHandler(handler)
  }

  /// Asks a proxy for a tunnel.
  private final class ProxyHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Far more than the head of any proxy's answer.
    private static let limit = 64 * 1024

    private let request: String
    private let onTunnel: (any Channel) throws -> Void
    private let found: EventLoopPromise<Finding?>
    private var received = ByteBuffer()

    init(
      _ endpoint: Endpoint, _ proxy: Proxy, onTunnel: @escaping (any Channel) throws -> Void,
      _ found: EventLoopPromise<Finding?>
    ) {
      let login = proxy.login.map { login in
        let text = Data("\(login.user):\(login.password.reveal())".utf8).base64EncodedString()
        return "Proxy-Authorization: Basic \(text)\r\n"
      }
      let target = "\(endpoint.hostname.contains(":") ? "[\(endpoint.hostname)]" : endpoint.hostname):\(endpoint.port)"
      request = "CONNECT \(target) HTTP/1.1\r\nHost: \(target)\r\n\(login ?? "")\r\n"
      self.onTunnel = onTunnel
      self.found = found
    }

    func channelActive(context: ChannelHandlerContext) {
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      var bytes = unwrapInboundIn(data)
      received.writeBuffer(&bytes)
      let head = String(buffer: received)
      guard head.contains("\r\n\r\n") else {
        if received.readableBytes > Self.limit { context.close(promise: nil) }
        return
      }
      let words = head.prefix { $0 != "\r\n" }.split(separator: " ")
      guard words.count > 1, let status = Int(words[1]), (200..<300).contains(status) else {
        found.succeed(words.count > 1 ? Int(words[1]).map { .proxyStatus($0) } : nil)
        return context.close(promise: nil)
      }
      let channel = context.channel
      context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
      do {
        try onTunnel(channel)
      } catch {
        channel.close(promise: nil)
      }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }
  }
}

extension CertificateFault {
  /// What is wrong with certificates that were not accepted; `nil` when there are none.
  ///
  /// - Parameter chain: as the server sent them, its own first.
  init?(_ chain: [NIOSSLCertificate], at now: Date, isOwnFile: Bool) {
    guard !chain.isEmpty else { return nil }
    func day(_ seconds: time_t) -> String {
      Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601.year().month().day())
    }
    let seconds = time_t(now.timeIntervalSince1970)
    if let certificate = chain.first(where: { $0.notValidAfter < seconds }) {
      self = .expired(on: day(certificate.notValidAfter))
      return
    }
    if let certificate = chain.first(where: { $0.notValidBefore > seconds }) {
      self = .notYetValid(before: day(certificate.notValidBefore))
      return
    }
    let names = chain.map { (try? $0.toDERBytes()).flatMap { CertificateNames($0) } }
    // Up from signer to signer, as far as the server sent them.
    var top = names.first ?? nil
    for _ in chain {
      guard let current = top, !current.isSelfSigned,
        let signer = names.lazy.compactMap(\.self).first(where: { $0.subject == current.issuer })
      else { break }
      top = signer
    }
    if chain.count == 1, let top, !top.isSelfSigned {
      self = .missingIssuer(top.issuerName, isOwnFile: isOwnFile)
    } else {
      self = .unknownAuthority(top?.issuerName, isOwnFile: isOwnFile)
    }
  }
}
