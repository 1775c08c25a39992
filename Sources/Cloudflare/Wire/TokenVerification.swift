import FoundationEssentials

/// What the server says about the API token that a request was signed with.
public struct TokenVerification: Sendable, Equatable, Identifiable, Codable {
  /// Names the token without being it: safe to show.
  public var id: String
  /// `active`, `disabled` or `expired` in the published schema.
  public var status: String
  public var notBefore: Date?
  public var expiresOn: Date?

  public init(id: String, status: String, notBefore: Date? = nil, expiresOn: Date? = nil) {
    self.id = id
    self.status = status
    self.notBefore = notBefore
    self.expiresOn = expiresOn
  }

  public var isActive: Bool { status == "active" }

  enum CodingKeys: String, CodingKey {
    case id, status
    case notBefore = "not_before"
    case expiresOn = "expires_on"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    status = try container.decode(String.self, forKey: .status)
    notBefore = container.lenientDate(.notBefore)
    expiresOn = container.lenientDate(.expiresOn)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(status, forKey: .status)
    try container.encodeIfPresent(notBefore.map(WireDate.format), forKey: .notBefore)
    try container.encodeIfPresent(expiresOn.map(WireDate.format), forKey: .expiresOn)
  }
}
