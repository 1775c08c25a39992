/// The body of `POST /accounts`.
///
/// `settings` is left out by design: the server ignores it here, so it takes an update afterwards.
public struct NewAccount: Sendable, Equatable, Codable {
  /// Required, 1 to 100 characters (the published schema's bound).
  public var name: String
  public var type: AccountType
  /// The tenant unit; only people who administer several tenants need to name one.
  public var unit: Unit?
  /// Only what is set is sent.
  public var business: BusinessDetails

  public init(
    name: String, type: AccountType, unitID: String? = nil, business: BusinessDetails = BusinessDetails()
  ) {
    self.name = name
    self.type = type
    self.unit = unitID.map(Unit.init(id:))
    self.business = business
  }

  enum CodingKeys: String, CodingKey {
    case name, type, unit
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    type = try container.decode(AccountType.self, forKey: .type)
    unit = try container.decodeIfPresent(Unit.self, forKey: .unit)
    business = try BusinessDetails(from: decoder)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(type, forKey: .type)
    try container.encodeIfPresent(unit, forKey: .unit)
    try business.encode(to: encoder)
  }

  public struct Unit: Sendable, Equatable, Codable {
    public var id: String

    public init(id: String) {
      self.id = id
    }
  }

  /// The most characters a name may have (the published schema), counted by ``nameLength(_:)``.
  public static let nameLimit = 100

  /// How many characters a name has for the API: a JSON schema's `maxLength` counts Unicode code points, so that a flag
  /// or an accent typed apart counts as two.
  public static func nameLength(_ name: String) -> Int { name.unicodeScalars.count }
}

/// The `result` of `DELETE /accounts/{id}`.
public struct DeletedAccount: Sendable, Equatable, Codable {
  public var id: String

  public init(id: String) {
    self.id = id
  }
}
