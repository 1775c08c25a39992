/// Answers the calls on the tenant, and on organizations, the newer layer over tenants.
struct TenantController: Sendable {
  let access: AccountAccess
  let options: SandboxOptions

  private var catalog: Catalog { access.store.catalog }

  func tenant(_ id: String, _ call: Call) throws(Refusal) -> Answer {
    try reach(id, call)
    return Answer(catalog.tenantJSON)
  }

  func accountTypes(_ id: String, _ call: Call) throws(Refusal) -> Answer {
    try reach(id, call)
    return Answer(options.allowsEnterprise ? ["standard", "enterprise"] : ["standard"])
  }

  func entitlements(_ id: String, _ call: Call) throws(Refusal) -> Answer {
    try reach(id, call)
    let allowed: JSON = ["type": "bool", "value": true]
    return Answer([
      "allow_add_subdomain": allowed, "allow_auto_accept_invites": ["type": "bool", "value": false],
      "cname_setup_allowed": allowed, "custom_entitlements": nil,
      "mhs_certificate_count": ["type": "max_count", "value": 0], "partial_setup_allowed": allowed,
    ])
  }

  func memberships(_ id: String, _ call: Call) throws(Refusal) -> Answer {
    try reach(id, call)
    let person = Catalog.administrator
    return Answer([
      [
        "user_tag": .string(catalog.identifiers.identifier(.user, 0)), "user_email": .string(person.email),
        "user_name": .string("\(person.firstName) \(person.lastName)"),
      ]
    ])
  }

  /// The tenant's own accounts. The documentation and clients in production know two shapes; each account has both.
  func accounts(_ id: String, _ call: Call) async throws(Refusal) -> Answer {
    try reach(id, call)
    let query = call.query
    let wish = try PageInfo.Wish(query, perPage: 1...50, outside: options.pageBounds)
    let isDescending = try query.choice("direction", of: ["0", "1", "asc", "desc"]).map { ["1", "desc"].contains($0) }
    let name = try query.nonEmpty("name")
    let slice = await access.store.slice(
      wish.range, direction: isDescending == true ? .descending : .ascending, name: name, isManaged: true)
    let accounts = slice.accounts.map { account -> JSON in
      let identifier = JSON.string(catalog.identifiers.identifier(.account, account.position))
      return [
        "id": identifier, "name": .string(account.name), "type": account.isEnterprise ? "enterprise" : "standard",
        "created_on": .string(account.createdOn),
        "settings": [
          "enforce_twofactor": .boolean(account.enforcesTwoFactor), "api_access_enabled": nil,
          "access_approval_expiry": nil, "abuse_contact_email": .optional(account.abuseContact),
          "default_nameservers": "cloudflare.standard", "use_account_custom_ns_by_default": false,
        ],
        "tags": [:], "account_tag": identifier, "account_pubname": .string(account.name),
      ]
    }
    return Answer(.array(accounts), page: PageInfo(wish, count: accounts.count, total: slice.total))
  }

  /// Each unit is an organization; the first is above the others.
  func organizations(_ call: Call) throws(Refusal) -> Answer {
    guard !call.caller.isAccountToken else { throw .notAuthorized }
    let query = call.query
    let size = try query.number("page_size", default: 10, in: 1...1_000, outside: options.pageBounds)
    let start = try query.number("page_token", default: 0, in: 0...Int.max)
    let matching = options.isTenant ? try catalog.tenant.units.indices.filter(conditions(query)) : []
    let page = matching.dropFirst(start).prefix(size)
    let info: JSON = [
      "total_size": .integer(matching.count),
      "next_page_token": .optional(start + page.count < matching.count ? String(start + page.count) : nil),
    ]
    return Answer(.array(page.map(catalog.organizationJSON)), info: info)
  }

  func organization(_ id: String, _ call: Call) throws(Refusal) -> Answer {
    guard options.isTenant, !call.caller.isAccountToken else { throw .notAuthorized }
    guard let number = catalog.tenant.units.firstIndex(where: { $0.id.text == id }) else {
      throw access.malformed(call)
    }
    return Answer(catalog.organizationJSON(number))
  }

  /// What `GET /organizations` was asked for, as a condition on the number of a unit.
  private func conditions(_ query: Query) throws(Refusal) -> (Int) -> Bool {
    let units = catalog.tenant.units
    let name = { (number: Int) in units[number].name.lowercased() }
    var conditions: [(Int) -> Bool] = []
    let identifiers = query.all("id")
    if !identifiers.isEmpty { conditions.append { identifiers.contains(units[$0].id.text) } }
    if let text = try query.nonEmpty("name.contains") { conditions.append { name($0).contains(text.lowercased()) } }
    if let text = try query.text("name.startsWith") { conditions.append { name($0).hasPrefix(text.lowercased()) } }
    if let text = try query.text("name.endsWith") { conditions.append { name($0).hasSuffix(text.lowercased()) } }
    if let id = try query.text("parent.id") { conditions.append { ($0 == 0 ? "null" : units[0].id.text) == id } }
    if let id = try query.text("containing.organization") { conditions.append { $0 == 0 || units[$0].id.text == id } }
    if let id = try query.text("containing.user") {
      let own = catalog.identifiers.identifier(.user, 0).text
      conditions.append { _ in own == id }
    }
    if let id = try query.text("containing.account") {
      let unit = Identifier(id).flatMap { access.store.account($0) }?.unit
      conditions.append { $0 == unit }
    }
    return { number in conditions.allSatisfy { $0(number) } }
  }

  /// - Throws: unless the caller administers the tenant of that identifier.
  private func reach(_ id: String, _ call: Call) throws(Refusal) {
    guard Identifier(id) != nil else { throw access.malformed(call) }
    guard options.isTenant, !call.caller.isAccountToken else { throw .notAuthorized }
    guard id == catalog.tenant.id.text else { throw access.absent(id, call) }
  }
}

extension Catalog {
  /// The tenant in the documented shape, with the members of an organization, as which the newest SDK types it.
  var tenantJSON: JSON {
    guard case .object(let organization) = organizationJSON(0) else { return .null }
    let own: JSON = [
      "id": .string(tenant.id), "tenant_tag": .string(tenant.id), "tenant_name": .string(tenant.name),
      "tenant_type": "partner", "tenant_status": "active", "tenant_labels": [], "tenant_network": [:],
      "tenant_metadata": ["dns": ["ns_pool": ["primary": "ns.cloudflare.com", "secondary": "ns.cloudflare.com"]]],
      "tenant_contacts": ["email": .string(Self.administrator.email), "website": "https://northshore.example"],
      "cdate": .string(Self.founded), "edate": .string(Self.founded), "customer_id": nil,
      "tenant_units": .array(
        tenant.units.map { unit in
          [
            "unit_tag": .string(unit.id), "unit_name": .string(unit.name), "unit_status": "active",
            "unit_metadata": [:], "unit_memberships": [],
          ]
        }),
    ]
    guard case .object(let members) = own else { return .null }
    return .object(members + organization.filter { $0.name != "id" })
  }

  func organizationJSON(_ number: Int) -> JSON {
    let unit = tenant.units[number]
    let flags = [
      "account_creation", "account_creation_applies_tenant_defaults", "account_deletion", "account_migration",
      "account_mobility", "enterprise_capability", "member_management", "sub_org_creation",
    ]
    let parent = tenant.units[0]
    return [
      "id": .string(unit.id), "name": .string(unit.name), "create_time": .string(Self.founded),
      "parent": number == 0 ? nil : ["id": .string(parent.id), "name": .string(parent.name)],
      "meta": ["tenant_flags": .object(flags.map { JSON.Member(name: $0, value: "enabled") })],
    ]
  }

  private static let founded = Timestamp(year: 2016, month: 2, day: 11)
}
