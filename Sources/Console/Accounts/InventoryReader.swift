import Cloudflare

/// A kind of resource of an account. Each part is read separately, so that a failure does not affect the others.
enum InventoryPart: Sendable, Hashable, CaseIterable {
  case zones
  case members
  case subscriptions
  case logpushJobs
  case gateway
  case accessOrganization
}

/// The reading of one page of one part of an inventory.
struct InventoryRequest: Sendable, Equatable {
  var accountID: Account.ID
  var part: InventoryPart
  /// From 1, for parts with pages.
  var page = 1
  var priority: RequestPriority

  /// Elements per page: few in the background, the most that the server allows if a person waits.
  var perPage: Int {
    switch priority {
    case .background: ListQuery.perPageBounds.lowerBound
    case .interactive, .byHand: ListQuery.perPageBounds.upperBound
    }
  }
}

/// The answer to a reading of a part.
enum InventoryAnswer: Sendable, Equatable {
  case zones(Result<CountedList<Zone>, CloudflareError>)
  case members(Result<CountedList<Member>, CloudflareError>)
  case subscriptions(Result<CountedList<Subscription>, CloudflareError>)
  case logpushJobs(Result<CountedList<LogpushJob>, CloudflareError>)
  case gateway(Result<Gateway?, CloudflareError>)
  case accessOrganization(Result<AccessOrganization?, CloudflareError>)
}

/// Reads parts of an inventory from the server.
struct InventoryReader {
  let inventory: any AccountInventory

  func answer(to request: InventoryRequest) async -> InventoryAnswer {
    let inventory = inventory
    let (id, priority) = (request.accountID, request.priority)
    switch request.part {
    case .zones:
      return .zones(
        await attempt { () throws(CloudflareError) in
          try await inventory.zones(accountID: id, page: request.page, perPage: request.perPage, priority: priority)
        })
    case .members:
      return .members(
        await attempt { () throws(CloudflareError) in
          try await inventory.members(accountID: id, page: request.page, perPage: request.perPage, priority: priority)
        })
    case .subscriptions:
      return .subscriptions(
        await attempt { () throws(CloudflareError) in
          try await inventory.subscriptions(accountID: id, priority: priority)
        })
    case .logpushJobs:
      return .logpushJobs(
        await attempt { () throws(CloudflareError) in
          try await inventory.logpushJobs(accountID: id, priority: priority)
        })
    case .gateway:
      return .gateway(
        await attempt { () throws(CloudflareError) in try await inventory.gateway(accountID: id, priority: priority) })
    case .accessOrganization:
      return .accessOrganization(
        await attempt { () throws(CloudflareError) in
          try await inventory.accessOrganization(accountID: id, priority: priority)
        })
    }
  }
}
