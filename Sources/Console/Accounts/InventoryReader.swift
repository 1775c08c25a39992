import Cloudflare

/// What an account can hold. Each part is read for itself: one that fails or is forbidden never spoils the others.
enum InventoryPart: Sendable, Hashable, CaseIterable {
  case zones
  case members
  case subscriptions
  case logpushJobs
  case gateway
  case accessOrganization
}

/// One read of one part of an account's inventory.
struct InventoryRequest: Sendable, Equatable {
  var accountID: Account.ID
  var part: InventoryPart
  /// From 1; for the parts that come in pages.
  var page = 1
  var priority: RequestPriority

  /// Elements asked for with a page: a few in passing, as many as the server gives when a person waits for the list.
  var perPage: Int {
    switch priority {
    case .background: ListQuery.perPageBounds.lowerBound
    case .interactive, .byHand: ListQuery.perPageBounds.upperBound
    }
  }
}

/// What a read of a part brought.
enum InventoryAnswer: Sendable, Equatable {
  case zones(Result<CountedList<Zone>, CloudflareError>)
  case members(Result<CountedList<Member>, CloudflareError>)
  case subscriptions(Result<CountedList<Subscription>, CloudflareError>)
  case logpushJobs(Result<CountedList<LogpushJob>, CloudflareError>)
  case gateway(Result<Gateway?, CloudflareError>)
  case accessOrganization(Result<AccessOrganization?, CloudflareError>)
}

/// Asks the server for parts of an inventory.
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
