/// A zone of an account: one domain. Zones are what a deletion of their account visibly destroys.
public struct Zone: Sendable, Equatable, Identifiable, Codable {
  public var id: String
  /// The domain.
  public var name: String
  /// `initializing`, `pending`, `active` or `moved` in the published schema.
  public var status: String?
  public var plan: Plan?
  public var account: Owner?

  public init(id: String, name: String, status: String? = nil, plan: Plan? = nil, account: Owner? = nil) {
    self.id = id
    self.name = name
    self.status = status
    self.plan = plan
    self.account = account
  }

  public struct Plan: Sendable, Equatable, Codable {
    public var name: String?

    public init(name: String?) {
      self.name = name
    }
  }

  /// The account that the zone belongs to.
  public struct Owner: Sendable, Equatable, Codable {
    public var id: String?
    public var name: String?

    public init(id: String?, name: String? = nil) {
      self.id = id
      self.name = name
    }

    enum CodingKeys: String, CodingKey {
      case id, name
    }

    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      id = container.lenient(String.self, .id)
      name = container.lenient(String.self, .name)
    }
  }

  enum CodingKeys: String, CodingKey {
    case id, name, status, plan, account
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    name = try container.decode(String.self, forKey: .name)
    status = container.lenient(String.self, .status)
    plan = container.lenient(Plan.self, .plan)
    account = container.lenient(Owner.self, .account)
  }
}
