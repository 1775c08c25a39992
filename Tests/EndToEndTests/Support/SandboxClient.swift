import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOFoundationEssentialsCompat
import NIOHTTP1

/// What the server itself says of its accounts, asked beside the console, as a person would with `curl`.
///
/// It shares no code with the client under test.
struct SandboxClient: Sendable {
  /// With the version, without a slash at the end: `http://127.0.0.1:PORT/client/v4`.
  let baseURL: String

  struct Account: Decodable, Equatable, Sendable {
    let id: String
    let name: String
    let type: String?
    let settings: Settings?
    let parent: Parent?

    enum CodingKeys: String, CodingKey {
      case id, name, type, settings
      case parent = "managed_by"
    }
  }

  struct Settings: Decodable, Equatable, Sendable {
    let enforceTwoFactor: Bool?
    let abuseContactEmail: String?

    enum CodingKeys: String, CodingKey {
      case enforceTwoFactor = "enforce_twofactor"
      case abuseContactEmail = "abuse_contact_email"
    }
  }

  struct Parent: Decodable, Equatable, Sendable {
    let name: String?

    enum CodingKeys: String, CodingKey { case name = "parent_org_name" }
  }

  private struct Envelope<Result: Decodable>: Decodable {
    struct Information: Decodable {
      let totalCount: Int?

      enum CodingKeys: String, CodingKey { case totalCount = "total_count" }
    }
    struct Problem: Decodable { let code: Int, message: String }
    let success: Bool
    let result: Result?
    let information: Information?
    let errors: [Problem]?

    enum CodingKeys: String, CodingKey {
      case success, result, errors
      case information = "result_info"
    }
  }

  /// One page in the server's own order.
  func list(page: Int = 1, perPage: Int = 50) async throws -> [Account] {
    try await envelope("/accounts?page=\(page)&per_page=\(perPage)", as: [Account].self).result ?? []
  }

  /// How many accounts there are.
  func count() async throws -> Int {
    let answer = try await envelope("/accounts?per_page=5", as: [Account].self)
    guard let count = answer.information?.totalCount else { throw HarnessFailure("the sandbox gives no total_count") }
    return count
  }

  /// The account at a position in the server's own order, counted from one.
  func account(at position: Int) async throws -> Account {
    let page = try await list(page: (position - 1) / 50 + 1)
    let index = (position - 1) % 50
    guard page.indices.contains(index) else { throw HarnessFailure("the sandbox has no account number \(position)") }
    return page[index]
  }

  /// The account with this id, or nil if there is none (error 7003).
  func account(id: String) async throws -> Account? {
    let answer = try await envelope("/accounts/\(id)", as: Account.self)
    if let account = answer.result, answer.success { return account }
    guard answer.errors?.contains(where: { $0.code == 7003 }) == true else {
      throw HarnessFailure("the sandbox answered \(answer.errors ?? []) for account \(id)")
    }
    return nil
  }

  /// All accounts with exactly this name, byte for byte.
  func accounts(named name: String) async throws -> [Account] {
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
    let query = name.utf8.map { byte in
      if plain.contains(byte) { return String(UnicodeScalar(byte)) }
      return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
    let found = try await envelope("/accounts?per_page=50&name=\(query)", as: [Account].self).result ?? []
    return found.filter { $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// Changes an account behind the console's back.
  func change(_ id: String, _ body: String) async throws {
    let answer = try await envelope("/accounts/\(id)", as: Account.self, method: .PUT, body: body)
    guard answer.success else { throw HarnessFailure("the sandbox answered \(answer.errors ?? []) to \(body)") }
  }

  private func envelope<Result: Decodable>(
    _ path: String, as _: Result.Type, method: HTTPMethod = .GET, body: String? = nil
  ) async throws -> Envelope<Result> {
    var request = HTTPClientRequest(url: baseURL + path)
    request.method = method
    if let body { request.body = .bytes(ByteBuffer(string: body)) }
    request.headers.add(name: "Authorization", value: "Bearer \(SandboxCredentials.userToken)")
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
    let body = try await response.body.collect(upTo: 4 << 20)
    return try JSONDecoder().decode(Envelope<Result>.self, from: Data(body.readableBytesView))
  }
}
