/// A credential that a sandbox accepts besides ``SandboxCredentials``.
public struct SandboxCredential: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    case key(email: String, key: String)
    case userToken(String)
    /// - Parameter account: the identifier of the account that it belongs to; `nil` for the first one.
    case accountToken(String, account: Identifier?)
  }

  let kind: Kind

  init(_ kind: Kind) {
    self.kind = kind
  }

  /// Why a text names no credential.
  public struct ParsingError: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String
  }

  /// What ``init(parsing:)`` takes, one form a line.
  public static let help = """
    key:EMAIL:KEY                 an e-mail address and its Global API Key
    user-token:TOKEN              a user's API token
    account-token:TOKEN[:ID]      a token of the account ID, or of the first account
    """

  /// Reads one of the forms of ``help``.
  ///
  /// - Throws: ``ParsingError``, which says what is wrong.
  public init(parsing text: String) throws(ParsingError) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    switch (parts[0], parts.count) {
    case ("key", 3):
      guard CredentialShape.isEmail(parts[1]) else {
        throw ParsingError(description: "\(parts[1]) is no e-mail address")
      }
      guard CredentialShape.isKey(parts[2]) else {
        throw ParsingError(description: "a key has 37 to 45 lowercase hexadecimal digits, or begins with cfk_")
      }
      kind = .key(email: parts[1], key: parts[2])
    case ("user-token", 2):
      kind = .userToken(try Self.token(parts[1]))
    case ("account-token", 2...3):
      var account: Identifier?
      if parts.count == 3 {
        account = Identifier(parts[2])
        if account == nil { throw ParsingError(description: "\(parts[2]) is no account identifier") }
      }
      kind = .accountToken(try Self.token(parts[1]), account: account)
    default:
      throw ParsingError(description: "write key:EMAIL:KEY, user-token:TOKEN or account-token:TOKEN[:ID]")
    }
  }

  private static func token(_ text: String) throws(ParsingError) -> String {
    guard let token = CredentialShape.bearerToken("Bearer \(text)") else {
      throw ParsingError(
        description: "a token has 40 letters, digits, hyphens and underscores, or begins with cfut_, cfat_ or cfoat_")
    }
    return token
  }
}
