/// Decides from the headers who is calling, and refuses as the API does.
struct Authenticator: Sendable {
  /// The credential headers of a request, as they came.
  struct Headers: Sendable, Equatable {
    var authorization: String?
    var email: String?
    var key: String?
  }

  private var keys: [String: String] = [SandboxCredentials.email: SandboxCredentials.key]
  private var tokens: [String: Caller] = [:]

  /// - Parameter firstAccount: the one that account-owned tokens belong to unless they name another.
  init(adding credentials: [SandboxCredential] = [], firstAccount: Identifier) {
    let fixed: [SandboxCredential.Kind] = [
      .userToken(SandboxCredentials.userToken), .accountToken(SandboxCredentials.accountToken, account: nil),
    ]
    for kind in fixed + credentials.map(\.kind) {
      switch kind {
      case .key(let email, let key): keys[email] = key
      case .userToken(let token): tokens[token] = .userToken(token)
      case .accountToken(let token, let account):
        tokens[token] = .accountToken(token, account: account ?? firstAccount)
      }
    }
  }

  /// The shape is judged before the credential is looked up, so a mistyped one gets 6003 with a chain that names the
  /// header. With both kinds sent, e-mail and key count: Cloudflare's documentation does not say which would.
  func caller(of headers: Headers) throws(Refusal) -> Caller {
    let token = try shaped(headers)
    if let email = headers.email, let key = headers.key {
      guard keys[email] == key else { throw .unknownKey }
      return .key(email: email)
    }
    guard let token else { throw .missingCredentials }
    guard let caller = tokens[token] else { throw .notAuthenticated }
    return caller
  }

  /// As ``caller(of:)`` for the two endpoints that verify tokens: only a token counts there, and an unknown one gets
  /// 401 with 1000.
  func verifiedToken(of headers: Headers) throws(Refusal) -> Caller {
    guard let token = try shaped(headers) else { throw .missingToken }
    guard let caller = tokens[token] else { throw .invalidToken }
    return caller
  }

  /// The token of the headers, if there is one; all headers have the right shape then.
  private func shaped(_ headers: Headers) throws(Refusal) -> String? {
    var malformed: [(code: Int, header: String)] = []
    if let email = headers.email, !CredentialShape.isEmail(email) { malformed.append((6102, "X-Auth-Email")) }
    if let key = headers.key, !CredentialShape.isKey(key) { malformed.append((6103, "X-Auth-Key")) }
    let token = headers.authorization.flatMap(CredentialShape.bearerToken)
    if headers.authorization != nil, token == nil { malformed.append((6111, "Authorization")) }
    guard malformed.isEmpty else { throw .malformedHeaders(malformed) }
    return token
  }
}
