/// A tenant that the credentials administer (`GET /user/tenants`): the right to create and delete accounts.
///
/// The shape of this answer is changing. Documented are `tenant_tag`, `tenant_name` and `tenant_units`, at the top or
/// within `tenant`; newer clients know it as an organization with `id` and `name`. All of them decode.
public struct Tenant: Sendable, Equatable, Identifiable, Codable {
  public var id: String
  public var name: String?
  public var status: String?
  /// Needed for creating accounts when several tenants are administered.
  public var units: [Unit]

  public init(id: String, name: String? = nil, status: String? = nil, units: [Unit] = []) {
    self.id = id
    self.name = name
    self.status = status
    self.units = units
  }

  public struct Unit: Sendable, Equatable, Identifiable, Codable {
    /// What ``NewAccount/unit`` takes.
    public var id: String
    public var name: String?
    public var status: String?

    public init(id: String, name: String? = nil, status: String? = nil) {
      self.id = id
      self.name = name
      self.status = status
    }

    enum CodingKeys: String, CodingKey {
      case id = "unit_tag"
      case name = "unit_name"
      case status = "unit_status"
    }

    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      id = try container.decode(String.self, forKey: .id)
      name = container.lenient(String.self, .name)
      status = container.lenient(String.self, .status)
    }
  }

  enum CodingKeys: String, CodingKey {
    case id = "tenant_tag"
    case name = "tenant_name"
    case status = "tenant_status"
    case units = "tenant_units"
  }

  /// The other names and places of the same things.
  private enum OtherKeys: String, CodingKey {
    case id, name, tenant
    case units
  }

  public init(from decoder: any Decoder) throws {
    let outer = try decoder.container(keyedBy: OtherKeys.self)
    let top = try decoder.container(keyedBy: CodingKeys.self)
    let inner = (try? outer.nestedContainer(keyedBy: CodingKeys.self, forKey: .tenant)) ?? top
    guard let id = inner.lenient(String.self, .id) ?? outer.lenient(String.self, .id) else {
      throw DecodingError.keyNotFound(
        CodingKeys.id, .init(codingPath: decoder.codingPath, debugDescription: "A tenant without an identifier"))
    }
    self.id = id
    name = inner.lenient(String.self, .name) ?? outer.lenient(String.self, .name)
    status = inner.lenient(String.self, .status)
    units =
      inner.lenientList(of: Unit.self, .units) ?? top.lenientList(of: Unit.self, .units)
      ?? outer.lenientList(of: Unit.self, .units) ?? []
  }
}
