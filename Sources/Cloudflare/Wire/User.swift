/// The person whom the credentials belong to (`GET /user`).
public struct User: Sendable, Equatable, Identifiable, Codable {
  public var id: String
  public var email: String?
  public var isSuspended: Bool?
  public var hasTwoFactor: Bool?

  public init(id: String, email: String? = nil, isSuspended: Bool? = nil, hasTwoFactor: Bool? = nil) {
    self.id = id
    self.email = email
    self.isSuspended = isSuspended
    self.hasTwoFactor = hasTwoFactor
  }

  enum CodingKeys: String, CodingKey {
    case id, email
    case isSuspended = "suspended"
    case hasTwoFactor = "two_factor_authentication_enabled"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    email = container.lenient(String.self, .email)
    isSuspended = container.lenient(Bool.self, .isSuspended)
    hasTwoFactor = container.lenient(Bool.self, .hasTwoFactor)
  }
}
