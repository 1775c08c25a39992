extension Catalog {
  /// The paid plans and add-ons of an account, a pure function of the seed and its position; none in accounts made
  /// since the beginning.
  func subscriptions(of account: AccountRecord) -> [JSON] {
    guard account.position < count else { return [] }
    var stream = RandomStream(seed: seed, purpose: .subscriptions, position: account.position)
    var plans: [SubscriptionPlan] = account.isEnterprise ? [.enterprise] : []
    plans += SubscriptionPlan.addOns.filter { _ in stream.chance(account.isEnterprise ? 0.35 : 0.12) }
    return plans.enumerated().map { ordinal, plan in
      let start = min(account.createdOn.advanced(by: .seconds(stream.below(20_000_000))), Self.last)
      let states = ["Paid", "Paid", "Paid", "Paid", "Provisioned", "Trial", "AwaitingPayment", "Cancelled"]
      return [
        "id": .string(identifiers.identifier(.subscription, account.position, ordinal: ordinal)),
        "currency": "USD", "price": .integer(plan.price), "frequency": .string(plan.frequency),
        "state": .string(plan == .enterprise ? "Paid" : states[stream.below(states.count)]),
        "current_period_start": .string(start),
        "current_period_end": .string(
          start.advanced(by: .seconds(86_400 * (plan.frequency == "yearly" ? 365 : 30)))),
        "rate_plan": [
          "id": .string(plan.id), "public_name": .string(plan.name), "currency": "USD", "scope": "account",
          "sets": [], "is_contract": .boolean(plan == .enterprise),
          "externally_managed": .boolean(account.unit != nil),
        ],
      ]
    }
  }
}

private struct SubscriptionPlan: Equatable {
  var id: String
  var name: String
  /// US dollars a period.
  var price: Int
  var frequency: String

  static let enterprise = SubscriptionPlan(
    id: "enterprise", name: "Enterprise", price: 24_000, frequency: "yearly")

  static let addOns = [
    SubscriptionPlan(id: "workers_paid", name: "Workers Paid", price: 5, frequency: "monthly"),
    SubscriptionPlan(id: "images_basic", name: "Cloudflare Images", price: 5, frequency: "monthly"),
    SubscriptionPlan(id: "teams_standard", name: "Zero Trust Standard", price: 70, frequency: "monthly"),
    SubscriptionPlan(id: "load_balancing", name: "Load Balancing", price: 15, frequency: "quarterly"),
  ]
}
