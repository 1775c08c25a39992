/// Who a request comes from, as far as the API tells callers apart.
enum Caller: Sendable, Equatable {
  /// The person, by e-mail and Global API Key.
  case key(email: String)
  /// The person, by an API token of theirs.
  case userToken
  /// A token that belongs to an account and reaches nothing else.
  case accountToken
}
