/// The Zero Trust Gateway of an account (`GET /accounts/{id}/gateway`). It survives the deletion of its account.
public struct Gateway: Sendable, Equatable, Codable {
  /// The gateway's own identifier.
  public var tag: String?
  public var providerName: String?

  public init(tag: String? = nil, providerName: String? = nil) {
    self.tag = tag
    self.providerName = providerName
  }

  enum CodingKeys: String, CodingKey {
    case tag = "gateway_tag"
    case providerName = "provider_name"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    tag = container.lenient(String.self, .tag)
    providerName = container.lenient(String.self, .providerName)
  }
}

/// The Zero Trust Access organisation of an account (`GET /accounts/{id}/access/organizations`): to be removed before
/// the account is.
public struct AccessOrganization: Sendable, Equatable, Codable {
  public var name: String?
  /// Where its people sign in, such as `team.cloudflareaccess.com`.
  public var authDomain: String?

  public init(name: String? = nil, authDomain: String? = nil) {
    self.name = name
    self.authDomain = authDomain
  }

  enum CodingKeys: String, CodingKey {
    case name
    case authDomain = "auth_domain"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = container.lenient(String.self, .name)
    authDomain = container.lenient(String.self, .authDomain)
  }
}
