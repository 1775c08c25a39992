import Cloudflare

/// What the credentials may create, and where: read once, when it is first of use.
struct Tenancy: Sendable, Equatable {
  private(set) var isReading = false
  private(set) var answer: TenancyAnswer?

  /// A place that accounts can be created under.
  struct Unit: Sendable, Equatable {
    /// What ``NewAccount/unit`` takes.
    var id: String
    var name: String
    var tenantID: Tenant.ID
    var tenantName: String
  }

  /// Reads the tenants, unless they are known or on their way. A failed reading is repeated.
  mutating func read() -> [Effect] {
    if case .success? = answer?.tenants { return [] }
    guard !isReading else { return [] }
    isReading = true
    return [.readTenancy]
  }

  mutating func receive(_ answer: TenancyAnswer) { self = Tenancy(answer: answer) }

  /// The units there are; none while that is not known.
  var units: [Unit] {
    guard case .success(let tenants)? = answer?.tenants else { return [] }
    return tenants.flatMap { tenant in
      let name = tenant.name ?? Wording.short(id: tenant.id)
      // An organization without units is a unit itself.
      let units = tenant.units.isEmpty ? [Tenant.Unit(id: tenant.id, name: tenant.name)] : tenant.units
      return units.map { unit in
        Unit(id: unit.id, name: unit.name ?? Wording.short(id: unit.id), tenantID: tenant.id, tenantName: name)
      }
    }
  }

  /// Why there is no list of units to choose from; `nil` while it is not known, and when there is one.
  var missingUnits: String? {
    switch answer?.tenants {
    case .failure(let error): "The units could not be listed, so type one if you need it. \(error.explanation)"
    case .success(let tenants) where tenants.isEmpty:
      "No tenant is administered with these credentials: Cloudflare lets only tenant administrators create accounts."
    case .success, nil: nil
    }
  }

  /// The types that may be created.
  struct Types: Sendable, Equatable {
    var types: [AccountType]
    /// Why they are not what the server says; `nil` when they are, and while that is not known.
    var message: String?
  }

  /// - Parameter unit: the one chosen; `nil` when none is.
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

/// The server's answer about what may be created.
struct TenancyAnswer: Sendable, Equatable {
  var tenants: Result<[Tenant], CloudflareError>
  /// Of each tenant that was asked about.
  var types: [Tenant.ID: Result<[AccountType], CloudflareError>] = [:]
}

/// Asks the server what may be created.
struct TenancyReader {
  let identity: any IdentityService

  /// Most people administer one tenant; requests for hundreds would use up the request budget.
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
