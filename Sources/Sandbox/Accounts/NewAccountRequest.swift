import Cloudflare

/// What `POST /accounts` asks for, checked.
struct NewAccountRequest: Sendable, Equatable {
  var name: String
  var isEnterprise: Bool
  /// The number of the tenant's unit; `nil` when none was named.
  var unit: Int?
  /// A standalone account belongs to no unit.
  var isStandalone: Bool
  /// Facts about the customer's business, which are checked and kept out of every answer.
  var business: [String: String] = [:]

  init(name: String, isEnterprise: Bool, unit: Int?, isStandalone: Bool, business: [String: String]) {
    self.name = name
    self.isEnterprise = isEnterprise
    self.unit = unit
    self.isStandalone = isStandalone
    self.business = business
  }

  /// - Parameters:
  ///   - units: those of the tenant, which `unit.id` must name.
  ///   - allowsEnterprise: whether the tenant's agreement allows that type.
  init(_ body: JSON, units: [Tenant.Unit], allowsEnterprise: Bool) throws(Refusal) {
    name = try AccountRules.name(body["name"])
    isEnterprise = try AccountRules.isEnterprise(body["type"])
    if isEnterprise, !allowsEnterprise {
      throw .invalid("Account type not supported: this tenant may not create enterprise accounts", pointer: "/type")
    }
    switch body["standalone"] {
    case nil: isStandalone = false
    case .boolean(true): isStandalone = true
    default: throw .invalid("Invalid value for standalone: only true is allowed", pointer: "/standalone")
    }
    switch body["unit"] {
    case nil: unit = nil
    case .object(let members):
      guard let id = members.first(where: { $0.name == "id" })?.value else { break }
      guard let text = id.string, let number = units.firstIndex(where: { $0.id.text == text }) else {
        throw .invalid("Unknown tenant unit", pointer: "/unit/id")
      }
      unit = number
    default: throw .invalid("Invalid value for unit: must be an object", pointer: "/unit")
    }
    if isStandalone, unit != nil {
      throw .invalid("unit must not be given for a standalone account", pointer: "/unit")
    }
    for field in ["business_name", "business_address", "business_email", "business_phone", "external_metadata"] {
      guard let value = body[field] else { continue }
      guard let text = value.string, text.unicodeScalars.count <= 120 else {
        throw .invalid("Invalid value for \(field): must be a string of at most 120 characters", pointer: "/\(field)")
      }
      business[field] = text
    }
  }
}
