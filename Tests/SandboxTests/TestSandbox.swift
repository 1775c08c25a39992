import AsyncHTTPClient
import Cloudflare
import FoundationEssentials
import NIOCore
import NIOHTTP1
import Testing

@testable import Sandbox

/// A sandbox to test against, and plain HTTP requests to it.
struct TestSandbox: Sendable {
  let server: SandboxServer

  /// Runs the body against a sandbox of its own, and stops the sandbox in any case.
  @discardableResult
  static func run<Value: Sendable>(
    _ options: SandboxOptions = .with { _ in }, _ body: (TestSandbox) async throws -> Value
  ) async throws -> Value {
    let server = try await SandboxServer.start(options)
    do {
      let value = try await body(TestSandbox(server: server))
      await server.stop()
      return value
    } catch {
      await server.stop()
      throw error
    }
  }

  struct Reply: Sendable {
    var status: Int
    var headers: [String: String]
    var body: [UInt8]

    func json() throws -> JSON { try JSON(parsing: body) }

    /// The envelope as the console's client reads it.
    func envelope<Result: Decodable & Sendable>(_: Result.Type) throws -> Envelope<Result> {
      try JSONDecoder().decode(Envelope<Result>.self, from: Data(body))
    }

    func accounts() throws -> [Account] {
      let envelope = try envelope([Account].self)
      try #require(envelope.success == true)
      return try #require(envelope.result)
    }

    func account() throws -> Account {
      let envelope = try envelope(Account.self)
      try #require(envelope.success == true, "\(envelope.errors)")
      return try #require(envelope.result)
    }

    func info() throws -> ResultInfo { try #require(try envelope(Ignored.self).resultInfo) }

    /// The codes of the errors, in order.
    func codes() throws -> [Int?] {
      let envelope = try envelope(Account.self)
      #expect(envelope.success == false)
      return envelope.errors.map(\.code)
    }
  }

  static let keyHeaders = [
    "X-Auth-Email": SandboxCredentials.email, "X-Auth-Key": SandboxCredentials.key,
  ]
  static let userToken = ["Authorization": "Bearer \(SandboxCredentials.userToken)"]
  static let accountToken = ["Authorization": "Bearer \(SandboxCredentials.accountToken)"]

  /// - Parameter path: below `/client/v4`, with its query.
  func send(
    _ method: String, _ path: String, _ body: String? = nil, headers: [String: String] = keyHeaders,
    adding more: [String: String] = [:]
  ) async throws -> Reply {
    var request = HTTPClientRequest(url: server.baseURL + path)
    request.method = HTTPMethod(rawValue: method)
    for (name, value) in headers.merging(more, uniquingKeysWith: { $1 }) {
      request.headers.add(name: name, value: value)
    }
    if let body {
      request.headers.add(name: "Content-Type", value: "application/json")
      request.body = .bytes(ByteBuffer(string: body))
    }
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
    let buffer = try await response.body.collect(upTo: 1 << 24)
    return Reply(
      status: Int(response.status.code),
      headers: Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $1 }),
      body: Array(buffer.readableBytesView))
  }

  func get(_ path: String) async throws -> Reply { try await send("GET", path) }

  /// The `result` of a success.
  func result(_ path: String, headers: [String: String] = keyHeaders) async throws -> JSON {
    let reply = try await send("GET", path, headers: headers)
    #expect(reply.status == 200, "\(path): \(String(decoding: reply.body, as: UTF8.self))")
    return try #require(try reply.json()["result"])
  }

  /// The `result` of a success that is a list.
  func list(_ path: String, headers: [String: String] = keyHeaders) async throws -> [JSON] {
    try #require(try await result(path, headers: headers).array)
  }

  /// The first account that fulfils a condition, of those on the first page.
  func account(where isWanted: (Account) async throws -> Bool) async throws -> Account {
    for account in try await get("/accounts?per_page=50").accounts() where try await isWanted(account) {
      return account
    }
    throw NotFound()
  }

  struct NotFound: Error {}

  /// A result of any shape, not looked at.
  private struct Ignored: Decodable {
    init(from _: any Decoder) {}
  }

  /// The account at a place of the list, from 0.
  func account(_ place: Int) async throws -> Account {
    let page = try await get("/accounts?per_page=5&page=\(place / 5 + 1)").accounts()
    try #require(place % 5 < page.count)
    return page[place % 5]
  }
}

extension SandboxOptions {
  /// Options with a few accounts, so that a test sees all of them in a page or three.
  static func with(_ configure: (inout SandboxOptions) -> Void) -> SandboxOptions {
    var options = SandboxOptions()
    options.accounts = 120
    options.deletionDelay = .zero
    configure(&options)
    return options
  }
}

extension JSON {
  var array: [JSON]? {
    if case .array(let values) = self { values } else { nil }
  }

  /// The number, whole or not.
  var double: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }
}
