import Cloudflare

/// What the API allows in an account. Length and the fact of refusing some characters are known; which characters is
/// not published, so the sandbox refuses angle brackets and control characters.
enum AccountRules {
  static func name(_ value: JSON?) throws(Refusal) -> String {
    guard let value, value != .null else { throw .invalid("Missing required parameter: name", pointer: "/name") }
    guard let name = value.string else { throw .invalid("Invalid account name: must be a string", pointer: "/name") }
    let scalars = name.unicodeScalars
    guard !scalars.allSatisfy(\.properties.isWhitespace) else {
      throw .invalid("Missing required parameter: name", pointer: "/name")
    }
    guard scalars.count <= NewAccount.nameLimit else {
      throw .invalid("Account name is too long: at most \(NewAccount.nameLimit) characters", pointer: "/name")
    }
    guard !scalars.contains(where: { $0 == "<" || $0 == ">" || $0.properties.generalCategory == .control }) else {
      throw .invalid("Account name contains an invalid character", pointer: "/name")
    }
    return name
  }

  static func isEnterprise(_ value: JSON?) throws(Refusal) -> Bool {
    switch value {
    case nil, .string(AccountType.standard.rawValue): false
    case .string(AccountType.enterprise.rawValue): true
    default: throw .invalid("Account type not supported: must be standard or enterprise", pointer: "/type")
    }
  }

  /// Takes over what `PUT` may change: name, two-factor requirement and abuse contact. What is left out stays.
  static func update(_ account: inout AccountRecord, id: Identifier, from body: JSON) throws(Refusal) {
    guard case .object = body else { throw .invalid("Invalid request body: must be an object", pointer: "") }
    guard body["type"] == nil else {
      throw .invalid("updating account type is not supported from client api", pointer: "/type")
    }
    if let value = body["id"], value.string != id.text {
      throw .invalid("The account identifier does not match the path", pointer: "/id")
    }
    if let value = body["name"] { account.name = try name(value) }
    switch body["settings"] {
    case nil: break
    case .object(let members):
      for member in members { try updateSetting(&account, member) }
    default: throw .invalid("Invalid value for settings: must be an object", pointer: "/settings")
    }
  }

  private static func updateSetting(_ account: inout AccountRecord, _ member: JSON.Member) throws(Refusal) {
    switch (member.name, member.value) {
    case ("enforce_twofactor", .boolean(let value)): account.enforcesTwoFactor = value
    case ("enforce_twofactor", _):
      throw .invalid("Invalid value for enforce_twofactor: must be a boolean", pointer: "/settings/enforce_twofactor")
    case ("abuse_contact_email", .null): account.abuseContact = nil
    case ("abuse_contact_email", .string(let text)) where text.isEmpty || CredentialShape.isEmail(text):
      account.abuseContact = text.isEmpty ? nil : text
    case ("abuse_contact_email", _):
      throw .invalid(
        "Invalid value for abuse_contact_email: must be an e-mail address", pointer: "/settings/abuse_contact_email")
    // Read-only and unknown settings are ignored.
    default: break
    }
  }
}
