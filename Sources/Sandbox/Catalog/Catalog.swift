/// The accounts that exist from the beginning: each a pure function of the seed and its position, made when asked for.
struct Catalog: Sendable {
  let seed: UInt64
  /// How many accounts there are.
  let count: Int
  let identifiers: IdentifierScheme
  let tenant: Tenant
  /// Writes accounts of this catalogue.
  let text: AccountText
  private let names: BusinessNames

  init(seed: UInt64, count: Int) {
    self.seed = seed
    self.count = count
    identifiers = IdentifierScheme(seed: seed)
    tenant = Tenant(identifiers: identifiers)
    text = AccountText(identifiers: identifiers, tenant: tenant)
    names = BusinessNames(seed: seed)
  }

  /// The account at a position below ``count``.
  ///
  /// The first is the tenant's own: older than the others, and managed by nobody.
  func account(at position: Int) -> AccountRecord {
    guard position > 0 else {
      return AccountRecord(
        position: 0, name: tenant.name, isEnterprise: true, enforcesTwoFactor: true,
        abuseContact: "abuse@northshore.example", createdOn: Timestamp(year: 2016, month: 2, day: 11), unit: nil)
    }
    var stream = RandomStream(seed: seed, purpose: .account, position: position)
    var name: [UInt8] = []
    name.reserveCapacity(64)
    names.append(at: position, to: &name)
    let isEnterprise = stream.chance(0.12)
    return AccountRecord(
      position: position, name: String(decoding: name, as: UTF8.self), isEnterprise: isEnterprise,
      enforcesTwoFactor: stream.chance(isEnterprise ? 0.7 : 0.25),
      abuseContact: stream.chance(0.15) ? "abuse@customer-\(position).example" : nil,
      createdOn: createdOn(position, &stream), unit: isManaged(position) ? tenant.drawUnit(&stream) : nil)
  }

  /// Whether the tenant manages the account at that position: all but one in 37.
  func isManaged(_ position: Int) -> Bool { !position.isMultiple(of: 37) }

  /// Later for each position: the years are cut into as many equal slices as there are accounts, one account in each.
  private func createdOn(_ position: Int, _ stream: inout RandomStream) -> Timestamp {
    let slice = (Self.last.microseconds - Self.first.microseconds) / Int64(count)
    let start = Self.first.microseconds + slice * Int64(position)
    return Timestamp(microseconds: start + Int64(stream.below(Int(slice))))
  }

  private static let first = Timestamp(year: 2017, month: 3, day: 6)
  /// Nothing of the catalogue is younger.
  static let last = Timestamp(year: 2026, month: 9, day: 30)
}
