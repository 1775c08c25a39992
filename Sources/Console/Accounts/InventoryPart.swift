/// What an account can hold. Each part is read for itself: one that fails or is forbidden never spoils the others.
enum InventoryPart: Sendable, Hashable, CaseIterable {
  case zones
  case members
  case subscriptions
  case logpushJobs
  case gateway
  case accessOrganization
}
