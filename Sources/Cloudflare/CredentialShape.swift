extension Credentials {
  /// What is wrong with the shape of the credentials, for people; `nil` when nothing is for certain.
  ///
  /// The text never contains a secret. Only certain mistakes are named: the shapes are those of Cloudflare's
  /// documentation on token formats (Global API Keys are 37 to 45 lowercase hexadecimal digits or start with `cfk_`,
  /// tokens are 40 characters or start with `cfut_` or `cfat_`), and the server judges whatever remains.
  public var shapeProblem: String? {
    switch self {
    case .token(let token):
      let text = token.reveal()
      if text.lowercased().hasPrefix("bearer ") {
        return "The API token starts with the word Bearer: give the token alone."
      }
      if let problem = Self.problem(of: text, called: "The API token") { return problem }
      if text.hasPrefix("cfk_") || (Self.isKeyOfOldShape(text) && text.utf8.count != 40) {
        return "The API token is a Global API Key: give it as the key, together with its e-mail address."
      }
      return nil
    case .key(let email, let key):
      if let problem = Self.problem(of: email, called: "The e-mail address") { return problem }
      guard email.contains("@") else { return "The e-mail address has no @ in it." }
      let text = key.reveal()
      if let problem = Self.problem(of: text, called: "The Global API Key") { return problem }
      let isToken =
        text.hasPrefix("cfut_") || text.hasPrefix("cfat_")
        || (text.utf8.count == 40 && !text.hasPrefix("cfk_") && !Self.isKeyOfOldShape(text))
      if isToken {
        return "The Global API Key is an API token: give it as the token, without an e-mail address."
      }
      return nil
    }
  }

  private static func problem(of text: String, called name: String) -> String? {
    if text.isEmpty { return "\(name) is empty." }
    if text.unicodeScalars.contains(where: { $0.properties.isWhitespace }) {
      return "\(name) holds a blank or a line break."
    }
    if text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
      return "\(name) holds a control character."
    }
    if !text.utf8.allSatisfy({ $0 < 0x80 }) {
      return "\(name) holds a character outside ASCII."
    }
    return nil
  }

  private static func isKeyOfOldShape(_ text: String) -> Bool {
    (37...45).contains(text.utf8.count) && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
  }
}
