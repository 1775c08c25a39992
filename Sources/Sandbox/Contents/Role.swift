/// What a member may do in an account.
struct Role: Sendable, Equatable {
  var id: Identifier
  var name: String
  var description: String
  /// What may be read.
  var reads: Set<String>
  /// What may be changed.
  var writes: Set<String>

  var json: JSON {
    [
      "id": .string(id), "name": .string(name), "description": .string(description), "permissions": permissions,
    ]
  }

  var permissions: JSON {
    .object(
      Self.subjects.map { subject in
        JSON.Member(
          name: subject,
          value: ["read": .boolean(reads.contains(subject)), "write": .boolean(writes.contains(subject))])
      })
  }

  private static let subjects = [
    "analytics", "billing", "cache_purge", "dns", "dns_records", "lb", "logs", "organization", "ssl", "waf",
    "zone_settings", "zones",
  ]
}

/// The roles that every account offers. Those of the administrators have the identifiers that Cloudflare documents.
extension Role {
  static let superAdministrator = Role(
    id: Identifier(high: 0x3366_6b9c_79b9_a527, low: 0x3fc7_344f_f42f_953d),
    name: "Super Administrator - All Privileges",
    description: "Can edit any Cloudflare setting, make purchases, update billing, and manage memberships.",
    reads: Set(subjects), writes: Set(subjects))

  static let administrator = Role(
    id: Identifier(high: 0x0578_4afa_30c1_afe1, low: 0x440e_79d9_351c_7430), name: "Administrator",
    description: "Can access the full account, except for membership management and billing.",
    reads: Set(subjects), writes: Set(subjects).subtracting(["billing", "organization"]))

  static let billing = Role(
    id: Identifier(high: 0x4e90_ba11_7a2c_53d0, low: 0x9c1f_b6e2_03d8_a471), name: "Billing",
    description: "Can edit the account's billing profile and subscriptions.", reads: ["billing"], writes: ["billing"])

  static let all = [
    administrator,
    Role(
      id: Identifier(high: 0x1c55_04e8_9b6d_42f7, low: 0x8a30_d7c2_b94e_615f), name: "Administrator Read Only",
      description: "Can access the full account in read-only mode.", reads: Set(subjects), writes: []),
    Role(
      id: Identifier(high: 0x7d21_a0f3_5c8e_49b6, low: 0xb5e4_1f92_6d07_c83a), name: "Analytics",
      description: "Can read Analytics.", reads: ["analytics"], writes: []),
    billing,
    Role(
      id: Identifier(high: 0x92cc_f84b_17e5_4d03, low: 0x86ba_250e_f1d7_394c), name: "Cache Purge",
      description: "Can purge the edge cache.", reads: ["cache_purge"], writes: ["cache_purge"]),
    Role(
      id: Identifier(high: 0xa6f0_31d8_e2b7_4c95, low: 0x9e5d_7740_c8a1_b62e), name: "DNS",
      description: "Can edit DNS records.", reads: ["dns", "dns_records", "zones"], writes: ["dns_records"]),
    Role(
      id: Identifier(high: 0xc3b8_6e17_40fa_4d29, low: 0xaf18_9025_e6d3_7b5c), name: "Firewall",
      description: "Can edit WAF, IP Firewall, and Zone Lockdown settings.", reads: ["waf", "zones"], writes: ["waf"]),
    superAdministrator,
  ]
}
