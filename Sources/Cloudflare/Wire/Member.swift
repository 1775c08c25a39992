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

    public init(email: String?) {
      self.email = email
    }

    enum CodingKeys: String, CodingKey {
      case email
    }

    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      email = container.lenient(String.self, .email)
    }
  }

  public struct Role: Sendable, Equatable, Codable {
    public var name: String?

    public init(name: String?) {
      self.name = name
    }

    enum CodingKeys: String, CodingKey {
      case name
    }

    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      name = container.lenient(String.self, .name)
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
    roles = container.lenientList(of: Role.self, .roles)
    invitedEmail = container.lenient(String.self, .invitedEmail)
  }
}
