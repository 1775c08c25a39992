/// A person with access to an account.
public struct Member: Sendable, Equatable, Identifiable, Codable {
  /// Of the membership, not of the person.
  public var id: String
  /// `accepted` or `pending` in the published schema.
  public var status: String?
  public var user: Person?
  public var roles: [Role]?
  /// The invited address; not every answer has it.
  public var invitedEmail: String?

  public init(
    id: String, status: String? = nil, user: Person? = nil, roles: [Role]? = nil, invitedEmail: String? = nil
  ) {
    self.id = id
    self.status = status
    self.user = user
    self.roles = roles
    self.invitedEmail = invitedEmail
  }

  /// The address of the person, wherever the answer has it.
  public var email: String? { user?.email ?? invitedEmail }
  public var isPending: Bool { status == "pending" }

  public struct Person: Sendable, Equatable, Codable {
    public var email: String?
    public var firstName: String?
    public var lastName: String?
    public var hasTwoFactor: Bool?

    public init(
      email: String?, firstName: String? = nil, lastName: String? = nil, hasTwoFactor: Bool? = nil
    ) {
      self.email = email
      self.firstName = firstName
      self.lastName = lastName
      self.hasTwoFactor = hasTwoFactor
    }

    enum CodingKeys: String, CodingKey {
      case email
      case firstName = "first_name"
      case lastName = "last_name"
      case hasTwoFactor = "two_factor_authentication_enabled"
    }

    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      email = container.lenient(String.self, .email)
      firstName = container.lenient(String.self, .firstName)
      lastName = container.lenient(String.self, .lastName)
      hasTwoFactor = container.lenient(Bool.self, .hasTwoFactor)
    }
  }

  public struct Role: Sendable, Equatable, Codable {
    public var name: String?

    public init(name: String?) {
      self.name = name
    }
  }

  enum CodingKeys: String, CodingKey {
    case id, status, user, roles
    case invitedEmail = "email"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    status = container.lenient(String.self, .status)
    user = container.lenient(Person.self, .user)
    roles = container.lenient([Role].self, .roles)
    invitedEmail = container.lenient(String.self, .invitedEmail)
  }
}
