/// Facts about a customer's business, which a new account may carry; some tenants demand them.
///
/// They are members of the body of `POST /accounts` itself, next to the name. Cloudflare's tenant documentation has
/// them, the published schema does not. No answer shows them again.
public struct BusinessDetails: Sendable, Equatable, Codable {
  public var name: String?
  public var address: String?
  public var email: String?
  public var phone: String?
  /// Whatever the tenant knows the customer by.
  public var externalMetadata: String?

  public init(
    name: String? = nil, address: String? = nil, email: String? = nil, phone: String? = nil,
    externalMetadata: String? = nil
  ) {
    self.name = name
    self.address = address
    self.email = email
    self.phone = phone
    self.externalMetadata = externalMetadata
  }

  enum CodingKeys: String, CodingKey {
    case name = "business_name"
    case address = "business_address"
    case email = "business_email"
    case phone = "business_phone"
    case externalMetadata = "external_metadata"
  }

  /// The most characters that each may have, counted by ``NewAccount/nameLength(_:)``.
  public static let limit = 120

  public var isEmpty: Bool { self == BusinessDetails() }

  /// All texts, in the order of the members.
  public var texts: [String?] { [name, address, email, phone, externalMetadata] }
}
