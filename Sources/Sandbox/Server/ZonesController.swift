/// Answers `GET /zones`.
struct ZonesController: Sendable {
  let access: AccountAccess
  let options: SandboxOptions

  private typealias Entry = (zone: Zone, account: AccountRecord)

  func list(_ call: Call) async throws(Refusal) -> Answer {
    let query = call.query
    // The schema says 5 at least; one at a time is in use to count, and works.
    let wish = try PageInfo.Wish(query, perPage: 1...50, outside: options.pageBounds)
    let direction = try query.direction()
    let order = try query.choice("order", of: ["name", "status", "account.id", "account.name", "plan.id"]) ?? "name"
    let conditions = try conditions(query)
    let matchesAny = try query.choice("match", of: ["any", "all"]) == "any"
    let kinds = try kinds(query)
    let catalog = access.store.catalog

    var entries: [Entry] = []
    for account in try await accounts(query, call) {
      for zone in catalog.zones(of: account) where kinds.contains(zone.kind) { entries.append((zone, account)) }
    }
    if !conditions.isEmpty {
      entries.removeAll { entry in
        !(matchesAny ? conditions.contains { $0(entry) } : conditions.allSatisfy { $0(entry) })
      }
    }
    let key = { (entry: Entry) in
      switch order {
      case "status": entry.zone.status.rawValue
      case "account.id": catalog.id(entry.account)
      case "account.name": entry.account.name
      case "plan.id": entry.zone.planID(catalog.identifiers).text
      default: entry.zone.name
      }
    }
    entries.sort { (key($0), $0.zone.name) < (key($1), $1.zone.name) }
    if direction == .descending { entries.reverse() }
    return Answer.page(entries, wish) { $0.zone.json(in: $0.account, of: catalog) }
  }

  private func conditions(_ query: Query) throws(Refusal) -> [(Entry) -> Bool] {
    var conditions: [(Entry) -> Bool] = []
    if let filter = try filter("name", query) { conditions.append { filter.matches($0.zone.name) } }
    if let filter = try filter("account.name", query) { conditions.append { filter.matches($0.account.name) } }
    if let status = try query.choice("status", of: ["initializing", "pending", "active", "moved"]) {
      conditions.append { $0.zone.status.rawValue == status }
    }
    return conditions
  }

  /// A text to look for; 253 characters, as long as a domain may be, are the most by the schema.
  private func filter(_ name: String, _ query: Query) throws(Refusal) -> TextFilter? {
    guard let text = try query.text(name) else { return nil }
    guard text.unicodeScalars.count <= 253 else {
      throw .invalid("Invalid value for parameter \(name): must have at most 253 characters")
    }
    return TextFilter(text)
  }

  /// Internal zones are left out unless they are asked for.
  private func kinds(_ query: Query) throws(Refusal) -> [Zone.Kind] {
    guard let text = try query.nonEmpty("type") else { return [.full, .partial, .secondary] }
    var kinds: [Zone.Kind] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let kind = Zone.Kind(rawValue: String(part)) else {
        throw .invalid("Invalid value for parameter type: must be of full, partial, secondary, internal")
      }
      kinds.append(kind)
    }
    return kinds
  }

  /// The accounts whose zones are to be looked at; more than 500 are refused, as the API does.
  ///
  /// `account.id` leaves one, whatever `match` says about the other conditions.
  private func accounts(_ query: Query, _ call: Call) async throws(Refusal) -> [AccountRecord] {
    let wanted = try query.text("account.id")
    if case .accountToken(_, let own) = call.caller {
      return wanted == nil || wanted == own.text ? access.store.account(own).map { [$0] } ?? [] : []
    }
    if let wanted { return Identifier(wanted).flatMap { access.store.account($0) }.map { [$0] } ?? [] }
    guard access.store.read({ $0.listed }) <= Self.accountLimit else {
      throw .invalid("Listing zones across more than \(Self.accountLimit) accounts is currently not allowed")
    }
    return access.store.slice(0..<Self.accountLimit, direction: .ascending).accounts
  }

  private static let accountLimit = 500
}

extension Catalog {
  /// The identifier of an account, as text.
  func id(_ account: AccountRecord) -> String { identifiers.identifier(.account, account.position).text }
}
