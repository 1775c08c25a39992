import Cloudflare

/// One read of one part of an account's inventory.
struct InventoryRequest: Sendable, Equatable {
  var accountID: Account.ID
  var part: InventoryPart
  /// From 1; for the parts that come in pages.
  var page = 1
  var priority: RequestPriority
  var token: RequestToken

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
