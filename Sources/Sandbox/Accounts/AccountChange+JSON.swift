/// How changes are written in a data file.
extension AccountChange {
  var json: JSON {
    switch self {
    case .created(let account, let creation):
      ["created": account.json, "key": .optional(creation.key), "request": creation.request.json]
    case .updated(let account): ["updated": account.json]
    case .deleted(let position, let moment):
      ["deleted": .integer(position), "at": .integer(Int(moment.microseconds))]
    case .survivorRemoved(let position, .gateway): ["removed": "gateway", "of": .integer(position)]
    case .survivorRemoved(let position, .accessOrganization): ["removed": "access", "of": .integer(position)]
    case .survivorRemoved(let position, .logpushJob(let job)): ["removed": .integer(job), "of": .integer(position)]
    }
  }

  /// Reads what ``json`` gives; anything else is no change.
  init?(_ json: JSON) {
    if let account = json["created"] {
      guard let account = AccountRecord(account), let request = json["request"].flatMap(NewAccountRequest.init(kept:))
      else { return nil }
      self = .created(account, Creation(key: json["key"]?.string, request: request))
    } else if let account = json["updated"] {
      guard let account = AccountRecord(account) else { return nil }
      self = .updated(account)
    } else if let position = json["deleted"]?.integer, let moment = json["at"]?.integer {
      self = .deleted(position: position, at: Timestamp(microseconds: Int64(moment)))
    } else if let position = json["of"]?.integer {
      switch json["removed"] {
      case .string("gateway"): self = .survivorRemoved(position: position, .gateway)
      case .string("access"): self = .survivorRemoved(position: position, .accessOrganization)
      case .integer(let job): self = .survivorRemoved(position: position, .logpushJob(job))
      default: return nil
      }
    } else {
      return nil
    }
  }
}

extension AccountRecord {
  fileprivate var json: JSON {
    [
      "position": .integer(position), "name": .string(name), "enterprise": .boolean(isEnterprise),
      "two_factor": .boolean(enforcesTwoFactor), "abuse_contact": .optional(abuseContact),
      "created_on": .integer(Int(createdOn.microseconds)), "unit": unit.map(JSON.integer) ?? .null,
    ]
  }

  fileprivate init?(_ json: JSON) {
    guard let position = json["position"]?.integer, let name = json["name"]?.string,
      let isEnterprise = json["enterprise"]?.boolean, let enforcesTwoFactor = json["two_factor"]?.boolean,
      let createdOn = json["created_on"]?.integer
    else { return nil }
    self.init(
      position: position, name: name, isEnterprise: isEnterprise, enforcesTwoFactor: enforcesTwoFactor,
      abuseContact: json["abuse_contact"]?.string, createdOn: Timestamp(microseconds: Int64(createdOn)),
      unit: json["unit"]?.integer)
  }
}

extension NewAccountRequest {
  fileprivate var json: JSON {
    [
      "name": .string(name), "enterprise": .boolean(isEnterprise), "unit": unit.map(JSON.integer) ?? .null,
      "standalone": .boolean(isStandalone),
      "business": .object(business.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: .string($0.value)) }),
    ]
  }

  fileprivate init?(kept json: JSON) {
    guard let name = json["name"]?.string, let isEnterprise = json["enterprise"]?.boolean,
      let isStandalone = json["standalone"]?.boolean, case .object(let members)? = json["business"]
    else { return nil }
    self.init(
      name: name, isEnterprise: isEnterprise, unit: json["unit"]?.integer, isStandalone: isStandalone,
      business: Dictionary(members.map { ($0.name, $0.value.string ?? "") }, uniquingKeysWith: { first, _ in first }))
  }
}
