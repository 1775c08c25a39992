import Cloudflare

/// The units and types of account that the credentials can create. They are read once, when first needed.
struct Tenancy: Sendable, Equatable {
  private(set) var isReading = false
  private(set) var answer: TenancyAnswer?

  /// A unit that accounts can be created in.
  struct Unit: Sendable, Equatable {
    /// The value of ``NewAccount/unit``.
    var id: String
    var name: String
    var tenantID: Tenant.ID
    var tenantName: String
  }

  /// Reads the tenants, unless they are known or requested. A failed reading is repeated.
  mutating func read() -> [Effect] {
    if case .success? = answer?.tenants { return [] }
    guard !isReading else { return [] }
    isReading = true
    return [.readTenancy]
  }

  mutating func receive(_ answer: TenancyAnswer) { self = Tenancy(answer: answer) }

  /// The units; empty while they are not known.
  var units: [Unit] {
    guard case .success(let tenants)? = answer?.tenants else { return [] }
    return tenants.flatMap { tenant in
      let name = tenant.name ?? Wording.short(id: tenant.id)
      // A tenant without units is a unit itself.
      let units = tenant.units.isEmpty ? [Tenant.Unit(id: tenant.id, name: tenant.name)] : tenant.units
      return units.map { unit in
        Unit(id: unit.id, name: unit.name ?? Wording.short(id: unit.id), tenantID: tenant.id, tenantName: name)
      }
    }
  }

  /// Why there are no units to choose from; `nil` if there are, or while they are not known.
  var missingUnits: String? {
    switch answer?.tenants {
    case .failure(let error): "The units could not be listed, so type one if you need it. \(error.explanation)"
    case .success(let tenants) where tenants.isEmpty:
      "No tenant is administered with these credentials: Cloudflare lets only tenant administrators create accounts."
    case .success, nil: nil
    }
  }

  struct Types: Sendable, Equatable {
    var types: [AccountType]
    /// Why the types are not the server's; `nil` if they are, or while that is not known.
    var message: String?
  }

  /// - Parameter unit: the chosen unit; `nil` for none.
  func types(for unit: String?) -> Types {
    let usual = [AccountType.standard, .enterprise]
    guard let answer, case .success(let tenants) = answer.tenants, !tenants.isEmpty else { return Types(types: usual) }
    let owner = unit.flatMap { id in units.first { $0.id == id }?.tenantID }
    var allowed: [AccountType] = []
    for tenant in tenants where owner == nil || tenant.id == owner {
      switch answer.types[tenant.id] {
      case .success(let types): allowed += types.filter { !allowed.contains($0) }
      case .failure(let error):
        return Types(
          types: usual, message: "Which types your tenant may create could not be read. \(error.explanation)")
      case nil: return Types(types: usual, message: "Which types your tenant may create was not read.")
      }
    }
    guard !allowed.isEmpty else { return Types(types: usual, message: "Your tenant names no type that it may create.") }
    return Types(types: usual.filter(allowed.contains) + allowed.filter { !usual.contains($0) })
  }
}

struct TenancyAnswer: Sendable, Equatable {
  var tenants: Result<[Tenant], CloudflareError>
  /// The types of each tenant that was read.
  var types: [Tenant.ID: Result<[AccountType], CloudflareError>] = [:]
}

/// Reads the tenancy from the server.
struct TenancyReader {
  let identity: any IdentityService

  /// The most tenants whose types are read. Requests for hundreds would use up the request budget.
  static let mostTenants = 8

  func read() async -> TenancyAnswer {
    let identity = identity
    let tenants = await attempt { () throws(CloudflareError) in try await identity.tenants() }
    guard case .success(let found) = tenants else { return TenancyAnswer(tenants: tenants) }
    var types: [Tenant.ID: Result<[AccountType], CloudflareError>] = [:]
    for tenant in found.prefix(Self.mostTenants) {
      types[tenant.id] = await attempt { () throws(CloudflareError) in
        try await identity.accountTypes(tenantID: tenant.id)
      }
    }
    return TenancyAnswer(tenants: tenants, types: types)
  }
}
