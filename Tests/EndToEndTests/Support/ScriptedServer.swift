import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// A server on loopback that answers what a test tells it to, and remembers what it was asked.
final class ScriptedServer: Sendable {
  struct Answer: Sendable {
    var status = 200
    var contentType: String? = "application/json"
    var headers: [String: String] = [:]
    var body = ""

    /// An envelope that refuses, as Cloudflare writes it.
    static func refusal(_ status: Int, code: Int, message: String) -> Answer {
      Answer(
        status: status,
        body: #"{"success":false,"errors":[{"code":\#(code),"message":"\#(message)"}],"messages":[],"result":null}"#
      )
    }

    /// An envelope around a list that fits on one page.
    static func list(_ elements: [String]) -> Answer { page(elements, number: 1, of: elements.count) }

    /// An envelope around one page of a list.
    static func page(_ elements: [String], number: Int, of total: Int) -> Answer {
      let information = #"{"page":\#(number),"count":\#(elements.count),"total_count":\#(total)}"#
      return Answer(
        body: """
          {"success":true,"errors":[],"messages":[],"result":[\(elements.joined(separator: ","))],\
          "result_info":\(information)}
          """
      )
    }

    /// An envelope around one thing.
    static func result(_ result: String) -> Answer {
      Answer(body: #"{"success":true,"errors":[],"messages":[],"result":\#(result)}"#)
    }
  }

  /// One request that arrived: its method and its path with the query.
  struct Asked: Sendable, Equatable {
    let method: String
    let path: String
    let body: String
  }

  /// What the server does with each request.
  struct Script: Sendable {
    let answer: @Sendable (Asked) async throws -> Answer

    static func answering(_ answer: @escaping @Sendable (Asked) async throws -> Answer) -> Script {
      Script(answer: answer)
    }
  }

  /// With the version, as the console wants it.
  let baseURL: String
  private let log: RequestLog

  private init(port: Int, log: RequestLog) {
    baseURL = "http://127.0.0.1:\(port)/client/v4"
    self.log = log
  }

  /// Everything asked so far, in order of arrival.
  var requests: [Asked] { log.requests.withLock { $0 } }

  /// What makes a console sign in here.
  var environment: [String: String?] {
    ["CLOUDFLARE_BASE_URL": baseURL, "CLOUDFLARE_API_TOKEN": SandboxCredentials.userToken]
  }

  private final class RequestLog: Sendable {
    let requests = Mutex<[Asked]>([])
  }

  /// Runs `body` while the server listens on a free port.
  static func with<Value: Sendable>(
    _ script: Script,
    _ body: @escaping @Sendable (ScriptedServer) async throws -> Value
  ) async throws -> Value {
    let log = RequestLog()
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    var logger = Logger(label: "scripted server")
    logger.logLevel = .critical
    let application = Application(
      responder: CallbackResponder<BasicRequestContext> { request, _ in
        let bytes = try await request.body.collect(upTo: 1 << 20)
        let asked = Asked(method: request.method.rawValue, path: "\(request.uri)", body: String(buffer: bytes))
        log.requests.withLock { $0.append(asked) }
        let answer = try await script.answer(asked)
        var headers = HTTPFields()
        if let type = answer.contentType { headers[.contentType] = type }
        for (name, value) in answer.headers {
          guard let name = HTTPField.Name(name) else { throw HarnessFailure("\(name) is no header") }
          headers[name] = value
        }
        return Response(
          status: .init(code: answer.status), headers: headers,
          body: .init(byteBuffer: ByteBuffer(string: answer.body)))
      },
      configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { channel in
        port.yield(channel.localAddress?.port ?? 0)
        port.finish()
      },
      logger: logger
    )
    return try await withThrowingTaskGroup(of: Value?.self) { group in
      group.addTask {
        try await application.runService(gracefulShutdownSignals: [])
        return nil
      }
      group.addTask {
        guard let port = await ports.first(where: { _ in true }), port > 0 else {
          throw HarnessFailure("the scripted server has no port")
        }
        return try await body(ScriptedServer(port: port, log: log))
      }
      defer { group.cancelAll() }
      while let result = try await group.next() {
        if let value = result { return value }
      }
      throw HarnessFailure("the scripted server ended before the test")
    }
  }
}
