/// The parts of an account's JSON that are the same for many, written once: a page of fifty accounts is mostly these.
struct AccountText: Sendable {
  private let identifiers: IdentifierScheme
  /// From the type to the two-factor requirement, by both.
  private let types: [[UInt8]]
  /// From the abuse contact to the date, by type.
  private let flags: [[UInt8]]
  /// The parent, by the number of the unit.
  private let parents: [[UInt8]]

  init(identifiers: IdentifierScheme, tenant: Tenant) {
    self.identifiers = identifiers
    types = [("standard", "false"), ("standard", "true"), ("enterprise", "false"), ("enterprise", "true")].map {
      type, isRequired in
      Array(
        #","type":"\#(type)","settings":{"enforce_twofactor":\#(isRequired),"api_access_enabled":null,"#.utf8
      ) + Array(#""access_approval_expiry":null,"abuse_contact_email":"#.utf8)
    }
    flags = [0, 25].map { quota in
      Array(
        #","default_nameservers":"cloudflare.standard","use_account_custom_ns_by_default":false},"legacy_flags":{"#.utf8
      )
        + Array(
          #""enterprise_zone_quota":{"maximum":\#(quota),"current":0,"available":\#(quota)}},"created_on":"#.utf8)
    }
    parents = tenant.units.map { unit in
      var text = JSONText()
      text.raw(#","managed_by":"#)
      text.value(["parent_org_id": .string(unit.id), "parent_org_name": .string(unit.name)])
      text.raw("}")
      return text.bytes
    }
  }

  /// Appends an account as live answers show it, with the members that the published schema leaves out.
  func write(_ account: AccountRecord, to text: inout JSONText) {
    text.raw(#"{"id":"#)
    text.string(identifiers.identifier(.account, account.position))
    text.raw(#","name":"#)
    text.string(account.name)
    text.raw(types[(account.isEnterprise ? 2 : 0) + (account.enforcesTwoFactor ? 1 : 0)])
    if let contact = account.abuseContact { text.string(contact) } else { text.raw("null") }
    text.raw(flags[account.isEnterprise ? 1 : 0])
    text.string(account.createdOn)
    if let unit = account.unit { text.raw(parents[unit]) } else { text.raw("}") }
  }
}
