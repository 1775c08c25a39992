import Glibc
import NIOCore
import Testing

@testable import Cloudflare

@Suite("What is known of a broken connection")
struct TransportFailureTests {
  private func failure(_ error: any Error, connected: Bool?) -> CloudflareError {
    TransportFailure.error(error, connected: connected, bodyLimit: 1024)
  }

  private struct Unknown: Error {}

  @Test("Before a connection stands, whatever happens leaves nothing sent")
  func before() {
    let errors: [any Error] = [
      IOError(errnoCode: ECONNRESET, reason: ""), IOError(errnoCode: EHOSTUNREACH, reason: ""),
      ChannelError.connectTimeout(.seconds(5)), ChannelError.ioOnClosedChannel, Unknown(), CancellationError(),
    ]
    for error in errors {
      let failure = failure(error, connected: false)
      #expect(failure.nothingWasSent && !failure.leavesOutcomeUnknown)
      if case .interrupted = failure.cause { Issue.record("\(error) became \(failure)") }
    }
  }

  @Test("Once a connection stood, nothing is claimed to be unsent, even when the system speaks of no way to the host")
  func after() {
    let errors: [any Error] = [
      IOError(errnoCode: ECONNRESET, reason: ""), IOError(errnoCode: EHOSTUNREACH, reason: ""),
      IOError(errnoCode: ENETUNREACH, reason: ""), IOError(errnoCode: ECONNREFUSED, reason: ""), Unknown(),
      ChannelError.ioOnClosedChannel, CancellationError(),
    ]
    for error in errors {
      let failure = failure(error, connected: true)
      #expect(!failure.nothingWasSent && failure.leavesOutcomeUnknown)
      if case .unreachable = failure.cause { Issue.record("\(error) became \(failure)") }
    }
  }

  @Test("Reasons are words, and an error that is not known shows no more than its name")
  func words() {
    #expect(
      failure(IOError(errnoCode: ECONNREFUSED, reason: ""), connected: nil).cause == .unreachable("connection refused"))
    #expect(failure(IOError(errnoCode: EPIPE, reason: ""), connected: nil).cause == .interrupted("it was reset"))
    #expect(
      failure(IOError(errnoCode: 9999, reason: "secret"), connected: nil).cause == .interrupted("system error 9999"))
    #expect(failure(Unknown(), connected: nil).cause == .interrupted("failed with Unknown"))
    #expect(
      failure(NIOTooManyBytesError(maxBytes: 1024), connected: nil).cause == .unreadable("it is larger than 1 KiB"))
  }
}
