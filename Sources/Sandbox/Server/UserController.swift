/// Answers the calls on the person who calls.
struct UserController: Sendable {
  let access: AccountAccess
  let options: SandboxOptions

  private var catalog: Catalog { access.store.catalog }

  func user(_ call: Call) throws(Refusal) -> Answer {
    let email: String
    switch call.caller {
    case .key(let own): email = own
    case .userToken: email = SandboxCredentials.email
    case .accountToken: throw .notAuthorized
    }
    let name = Catalog.administrator
    return Answer([
      "id": .string(catalog.identifiers.identifier(.user, 0)), "email": .string(email),
      "first_name": .string(name.firstName), "last_name": .string(name.lastName), "telephone": nil, "country": "DK",
      "zipcode": nil, "two_factor_authentication_enabled": true, "two_factor_authentication_locked": false,
      "has_pro_zones": true, "has_business_zones": true, "has_enterprise_zones": true, "suspended": false,
      "betas": [],
      "organizations": .array(
        catalog.tenant.units.map { unit in
          [
            "id": .string(unit.id), "name": .string(unit.name), "status": "member",
            "permissions": ["#organization:read", "#organization:edit"], "roles": ["Super Administrator"],
          ]
        }),
    ])
  }

  /// An account-owned token is unknown here.
  func verifyToken(_ call: Call) throws(Refusal) -> Answer {
    guard case .userToken(let token) = call.caller else { throw .invalidToken }
    return .verified(token, catalog)
  }

  /// The accounts that the person belongs to, one membership each.
  func memberships(_ call: Call) async throws(Refusal) -> Answer {
    guard !call.caller.isAccountToken else { throw .notAuthenticated }
    let query = call.query
    let wish = try PageInfo.Wish(query, outside: options.pageBounds)
    let direction = try query.direction()
    _ = try query.choice("order", of: ["id", "account.name", "status"])
    let status = try query.choice("status", of: ["accepted", "pending", "rejected"])
    var name = try query.nonEmpty("account.name")
    if name == nil { name = try query.nonEmpty("name") }
    // The administrator has accepted every one.
    let isEmpty = status != nil && status != "accepted"
    let slice =
      isEmpty
      ? AccountStore.Slice(accounts: [], total: 0, version: access.store.version)
      : await access.store.slice(wish.range, direction: direction, name: name)
    let info = PageInfo(wish, count: slice.accounts.count, total: slice.total)
    return Answer(page: info, capacity: 1_024 * (slice.accounts.count + 1)) { text in
      text.raw("[")
      for (offset, account) in slice.accounts.enumerated() {
        text.raw(offset > 0 ? #",{"id":"# : #"{"id":"#)
        text.string(catalog.identifiers.identifier(.membership, account.position))
        text.raw(#","status":"accepted","code":"","roles":["Super Administrator - All Privileges"],"account":"#)
        catalog.text.write(account, to: &text)
        text.raw(#","api_access_enabled":null,"permissions":"#)
        text.value(Role.superAdministrator.permissions)
        text.raw("}")
      }
      text.raw("]")
    }
  }

  /// The tenants that the person administers.
  func tenants(_ call: Call) throws(Refusal) -> Answer {
    guard !call.caller.isAccountToken else { throw .notAuthorized }
    return Answer(options.isTenant ? [catalog.tenantJSON] : [])
  }
}
