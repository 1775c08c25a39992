/// A person with access to an account.
struct Member: Sendable {
  var id: Identifier
  var userID: Identifier
  var firstName: String
  var lastName: String
  var email: String
  var isPending: Bool
  var hasTwoFactor: Bool
  var roles: [Role]

  func json(in account: AccountRecord, of catalog: Catalog) -> JSON {
    let identifiers = catalog.identifiers
    let accountID = identifiers.identifier(.account, account.position)
    return [
      "id": .string(id), "email": .string(email), "status": isPending ? "pending" : "accepted",
      "user": [
        "id": .string(userID), "first_name": isPending ? nil : .string(firstName),
        "last_name": isPending ? nil : .string(lastName), "email": .string(email),
        "two_factor_authentication_enabled": .boolean(hasTwoFactor),
      ],
      "roles": .array(roles.map(\.json)),
      "policies": .array(
        roles.enumerated().map { number, role in
          [
            "id": .string(
              identifiers.identifier(.policy, account.position, ordinal: Int(id.low & 0xFFFF) << 4 | number)),
            "access": "allow",
            "permission_groups": [["id": .string(role.id), "name": .string(role.name), "meta": [:]]],
            "resource_groups": [
              [
                "id": .string(identifiers.identifier(.group, account.position)),
                "name": .string("com.cloudflare.api.account.\(accountID.text)"), "meta": ["editable": "false"],
                "scope": [
                  [
                    "key": .string("com.cloudflare.api.account.\(accountID.text)"), "objects": [["key": "*"]],
                  ]
                ],
              ]
            ],
          ]
        }),
    ]
  }
}
