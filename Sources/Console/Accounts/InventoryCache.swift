import Cloudflare

/// The inventories of the accounts that were looked at last.
struct InventoryCache: Sendable, Equatable {
  /// Inventories that are kept at most.
  static let limit = 200

  private var inventories: [Account.ID: Inventory] = [:]
  /// Oldest first.
  private var order: [Account.ID] = []
  /// The account whose inventory is read if the selection stays on it for a moment.
  var debouncing: Account.ID?

  init() {}

  subscript(id: Account.ID) -> Inventory { inventories[id] ?? Inventory() }

  var count: Int { inventories.count }

  /// Changes an inventory, which becomes the newest.
  mutating func change<Value>(_ id: Account.ID, _ change: (inout Inventory) -> Value) -> Value {
    order.removeAll { $0 == id }
    order.append(id)
    if order.count > Self.limit { inventories[order.removeFirst()] = nil }
    return change(&inventories[id, default: Inventory()])
  }

  /// Whether there is something to read of an account, which is all of it for one that was never looked at.
  func hasUnreadParts(_ id: Account.ID) -> Bool {
    guard let inventory = inventories[id] else { return true }
    return !inventory.unreadParts.isEmpty
  }

  func contains(_ id: Account.ID) -> Bool { inventories[id] != nil }
}
