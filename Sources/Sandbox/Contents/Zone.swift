/// A domain in an account.
struct Zone: Sendable {
  enum Status: String, Sendable {
    case initializing, pending, active, moved
  }

  enum Kind: String, Sendable {
    case full, partial, secondary, `internal`
  }

  enum Plan: String, Sendable {
    case free, pro, business, enterprise

    var name: String {
      self == .free ? "Free Website" : "\(rawValue.prefix(1).uppercased())\(rawValue.dropFirst()) Website"
    }

    /// US dollars a month.
    var price: Int {
      switch self {
      case .free, .enterprise: 0
      case .pro: 20
      case .business: 200
      }
    }
  }

  var id: Identifier
  var name: String
  var status: Status
  var kind: Kind
  var plan: Plan
  var isPaused: Bool
  var createdOn: Timestamp
  var nameServers: [String]

  func json(in account: AccountRecord, of catalog: Catalog) -> JSON {
    let identifiers = catalog.identifiers
    let activated: JSON = status == .active ? .string(createdOn.advanced(by: .seconds(5_400))) : .null
    var json: JSON = [
      "id": .string(id), "name": .string(name), "status": .string(status.rawValue), "paused": .boolean(isPaused),
      "type": .string(kind.rawValue), "development_mode": 0,
      "name_servers": .strings(nameServers),
      "original_name_servers": .strings(["ns1.registrar.example", "ns2.registrar.example"]),
      "original_registrar": "Registrar Example (id: 9999)", "original_dnshost": nil,
      "modified_on": .string(createdOn.advanced(by: .seconds(7_200))), "created_on": .string(createdOn),
      "activated_on": activated, "vanity_name_servers": [],
      "meta": [
        "step": 4, "custom_certificate_quota": 0, "page_rule_quota": .integer(plan == .free ? 3 : 20),
        "phishing_detected": false, "cdn_only": false, "dns_only": false, "foundation_dns": false,
      ],
      "owner": ["id": .string(catalog.tenant.id), "type": "organization", "name": .string(catalog.tenant.name)],
      "account": [
        "id": .string(identifiers.identifier(.account, account.position)), "name": .string(account.name),
      ],
      "permissions": ["#zone:read", "#zone:edit"],
      "plan": [
        "id": .string(planID(identifiers)), "name": .string(plan.name),
        "price": .integer(plan.price), "currency": "USD", "frequency": plan.price > 0 ? "monthly" : "",
        "is_subscribed": .boolean(plan != .free), "can_subscribe": false, "legacy_id": .string(plan.rawValue),
        "legacy_discount": false, "externally_managed": .boolean(account.unit != nil),
      ],
    ]
    if let unit = account.unit {
      json.append("tenant", ["id": .string(catalog.tenant.id), "name": .string(catalog.tenant.name)])
      json.append("tenant_unit", ["id": .string(catalog.tenant.units[unit].id)])
    }
    return json
  }

  func planID(_ identifiers: IdentifierScheme) -> Identifier {
    identifiers.identifier(.ratePlan, plan.price, ordinal: plan == .enterprise ? 1 : 0)
  }
}
