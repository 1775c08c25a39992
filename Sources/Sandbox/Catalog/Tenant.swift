/// The hosting partner whose accounts these are: one tenant with a few units, one of which manages each account.
struct Tenant: Sendable {
  /// A part of the tenant that accounts are created under; on the wire its identifier is the parent organization's.
  struct Unit: Sendable, Equatable {
    var id: Identifier
    var name: String
  }

  let id: Identifier
  let name = "Northshore Hosting"
  /// The first is where accounts go when the request names none.
  let units: [Unit]

  init(identifiers: IdentifierScheme) {
    id = identifiers.identifier(.tenant, 0)
    units = ["Northshore Hosting", "Northshore Agencies", "Northshore Enterprise Desk"].enumerated().map {
      number, name in
      Unit(id: identifiers.identifier(.unit, number), name: name)
    }
  }

  /// Most accounts belong to the first unit.
  func drawUnit(_ stream: inout RandomStream) -> Int {
    let draw = stream.below(10)
    return draw < 7 ? 0 : draw < 9 ? 1 : 2
  }
}
