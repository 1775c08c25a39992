import Cloudflare

/// A request that the API says no to: a status, and the errors of the envelope.
struct Refusal: Error, Sendable, Equatable {
  var status: Int
  var errors: [APIMessage]
  /// The methods that the path would have taken, for `Allow`.
  var allowedMethods: [String] = []
  /// Seconds, for `Retry-After`.
  var retryAfter: Int?

  init(_ status: Int, _ code: Int, _ message: String, pointer: String? = nil, chain: [APIMessage]? = nil) {
    self.status = status
    errors = [
      APIMessage(
        code: code, message: message, source: pointer.map { APIMessage.Source(pointer: $0) }, errorChain: chain)
    ]
  }
}

/// The refusals that the API is known for. Statuses that were never seen live are marked as chosen.
extension Refusal {
  static func malformedHeaders(_ headers: [(code: Int, header: String)]) -> Refusal {
    Refusal(
      400, 6003, "Invalid request headers",
      chain: headers.map { APIMessage(code: $0.code, message: "Invalid format for \($0.header) header") })
  }

  static let missingCredentials = Refusal(
    400, 9106, "Missing X-Auth-Key, X-Auth-Email or Authorization headers")

  /// Status chosen.
  static let unknownKey = Refusal(403, 9103, "Unknown X-Auth-Key or X-Auth-Email")

  static let notAuthenticated = Refusal(403, 10000, "Authentication error")

  /// Status chosen.
  static let missingToken = Refusal(401, 1001, "Missing authentication token")

  static let invalidToken = Refusal(401, 1000, "Invalid API Token")

  /// Status chosen.
  static let notAuthorized = Refusal(403, 9109, "Unauthorized to access requested resource")

  static let creationNotAllowed = Refusal(403, 1002, "Account creation is not allowed for this user")

  /// A parameter of the query or the body is not as it must be.
  static func invalid(_ message: String, pointer: String? = nil) -> Refusal {
    Refusal(400, 1001, message, pointer: pointer)
  }

  /// - Parameter status: 400 in 2019, not seen since.
  static func noSuchObject(_ path: String, status: Int = 404) -> Refusal {
    Refusal(status, 7003, "Could not route to \(path), perhaps your object identifier is invalid?")
  }

  /// Status chosen.
  static let noRoute = Refusal(404, 7000, "No route for that URI")

  /// Status chosen.
  static func methodNotAllowed(_ method: String, allowed: [String]) -> Refusal {
    var refusal = Refusal(405, 7001, "Method \(method) not available for that URI.")
    refusal.allowedMethods = allowed
    return refusal
  }

  /// The code and words of 2026; code and status were others before.
  static let throttled = Refusal(429, 971, "Please wait and consider throttling your request speed")

  static func throttled(seconds: Int) -> Refusal {
    var refusal = throttled
    refusal.retryAfter = seconds
    return refusal
  }

  /// The data file could not be written.
  static let cannotKeep = Refusal(500, 10013, "An unknown error has occurred")

  static let bodyTooLarge = Refusal(413, 1001, "The request body is too large")
}
