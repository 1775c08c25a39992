import Cloudflare

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
