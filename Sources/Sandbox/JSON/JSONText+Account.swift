extension JSONText {
  /// Appends an account as live answers show it, with the members that the published schema leaves out.
  mutating func account(_ account: AccountRecord, in catalog: Catalog) {
    raw(#"{"id":"#)
    string(catalog.identifiers.identifier(.account, account.position))
    raw(#","name":"#)
    string(account.name)
    raw(account.isEnterprise ? #","type":"enterprise","# : #","type":"standard","#)
    raw(#""settings":{"enforce_twofactor":"#)
    boolean(account.enforcesTwoFactor)
    raw(#","api_access_enabled":null,"access_approval_expiry":null,"abuse_contact_email":"#)
    if let contact = account.abuseContact { string(contact) } else { raw("null") }
    raw(#","default_nameservers":"cloudflare.standard","use_account_custom_ns_by_default":false},"#)
    raw(#""legacy_flags":{"enterprise_zone_quota":{"maximum":"#)
    raw(account.isEnterprise ? #"25,"current":0,"available":25}},"# : #"0,"current":0,"available":0}},"#)
    raw(#""created_on":"#)
    string(account.createdOn)
    if let unit = account.unit {
      raw(#","managed_by":{"parent_org_id":"#)
      string(catalog.tenant.units[unit].id)
      raw(#","parent_org_name":"#)
      string(catalog.tenant.units[unit].name)
      raw("}")
    }
    raw("}")
  }
}
