/// Decides from the headers who is calling, and refuses as the API does.
struct Authenticator: Sendable {
  /// The credential headers of a request, as they came.
  struct Headers: Sendable, Equatable {
    var authorization: String?
    var email: String?
    var key: String?
  }

  /// The shape is judged before the credential is looked up, so a mistyped one gets 6003 with a chain that names the
  /// header. With both kinds sent, e-mail and key count: Cloudflare's documentation does not say which would.
  ///
  /// - Parameter isTokenVerification: the two endpoints that verify tokens answer 401 with 1000 for an unknown one.
  func caller(of headers: Headers, isTokenVerification: Bool = false) throws(Refusal) -> Caller {
    var malformed: [(code: Int, header: String)] = []
    if let email = headers.email, !CredentialShape.isEmail(email) { malformed.append((6102, "X-Auth-Email")) }
    if let key = headers.key, !CredentialShape.isKey(key) { malformed.append((6103, "X-Auth-Key")) }
    let token = headers.authorization.map(CredentialShape.bearerToken)
    if case .some(.none) = token { malformed.append((6111, "Authorization")) }
    guard malformed.isEmpty else { throw .malformedHeaders(malformed) }

    if let email = headers.email, let key = headers.key {
      guard email == SandboxCredentials.email, key == SandboxCredentials.key else { throw .unknownKey }
      return .key(email: email)
    }
    guard case .some(.some(let token)) = token else { throw .missingCredentials }
    switch token {
    case SandboxCredentials.userToken: return .userToken
    case SandboxCredentials.accountToken: return .accountToken
    default: throw isTokenVerification ? .invalidToken : .notAuthenticated
    }
  }
}
