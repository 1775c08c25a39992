/// Who a request comes from, as far as the API tells callers apart.
enum Caller: Sendable, Equatable {
  /// A person, by e-mail and Global API Key.
  case key(email: String)
  /// The person, by an API token of theirs.
  case userToken(String)
  /// A token that belongs to an account and reaches nothing else.
  case accountToken(String, account: Identifier)

  var isAccountToken: Bool {
    if case .accountToken = self { true } else { false }
  }

  /// What shares one request budget: all credentials of a person do, each account-owned token has its own.
  var budget: String {
    switch self {
    case .key(let email): email
    case .userToken: SandboxCredentials.email
    case .accountToken(let token, _): token
    }
  }
}
