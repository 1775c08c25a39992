import Cloudflare
import FoundationEssentials

/// The inventories of the accounts that were shown last, and their reading.
struct InventoryCache: Sendable, Equatable {
  /// The most inventories.
  static let limit = 200
  /// The time that an account has to stay selected before its inventory is read. It is longer than the time between two
  /// key presses of a person who moves on.
  static let debounceTime: Duration = .milliseconds(300)

  private var inventories: [Account.ID: Inventory] = [:]
  /// Oldest first.
  private var order: [Account.ID] = []
  /// The account whose inventory is read if it stays selected.
  private(set) var debouncing: Account.ID?

  subscript(id: Account.ID) -> Inventory { inventories[id] ?? Inventory() }

  var count: Int { inventories.count }

  /// The readings of an account's inventory that a person waits for.
  func awaited(of id: Account.ID) -> [EffectID] { self[id].awaitedParts.map { .inventory(id, $0) } }

  /// Changes an inventory, which becomes the newest.
  private mutating func change<Value>(_ id: Account.ID, _ change: (inout Inventory) -> Value) -> Value {
    order.removeAll { $0 == id }
    order.append(id)
    if order.count > Self.limit { inventories[order.removeFirst()] = nil }
    return change(&inventories[id, default: Inventory()])
  }

  /// Cancels the readings of an account that left the screen, and waits for the new one to stay selected.
  ///
  /// - Parameter kept: the account under review for deletion, whose readings go on.
  mutating func sync(showing subject: Account.ID?, before: Account.ID?, keeping kept: Account.ID?) -> [Effect] {
    guard subject != before else { return [] }
    let effects = before.map { $0 == kept ? [] : giveUp($0) } ?? []
    guard let subject, !self[subject].unreadParts.isEmpty else { return effects + stopDebouncing() }
    debouncing = subject
    return effects + [.wait(.inventoryDebounce, for: Self.debounceTime)]
  }

  /// Reads the inventory of the account that stayed selected.
  ///
  /// - Parameter isOpen: whether a person has opened the account.
  mutating func readDebounced(isOpen: Bool) -> [Effect] {
    guard let id = debouncing else { return [] }
    debouncing = nil
    return read(id, self[id].unreadParts, priority: isOpen ? .interactive : .background)
  }

  mutating func receive(
    _ answer: InventoryAnswer, to request: InventoryRequest, at date: Date, _ hints: KeyHints
  ) -> Outcome {
    let (id, part) = (request.accountID, request.part)
    guard inventories[id] != nil else { return .none }
    var outcome = Outcome.none
    if let failure = change(id, { $0.receive(answer, to: request, at: date) }) {
      outcome = .notice(
        .failure, "The rest did not come: \(failure.explanation)",
        nextStep: failure.nextStep ?? hints(.loadRest, "tries again", in: .detail))
    }
    guard self[id].isCompleting(part), !self[id].loadingParts.contains(part) else { return outcome }
    return outcome + .effects(read(part, of: id, page: request.page + 1, priority: .interactive))
  }

  mutating func read(_ id: Account.ID, _ need: InventoryNeed, at date: Date, _ hints: KeyHints) -> Outcome {
    switch need {
    case .fresh:
      return Outcome(effects: stopDebouncing() + read(id, self[id].partsToOpen(at: date)))
    case .all: return Outcome(effects: stopDebouncing() + read(id, InventoryPart.allCases))
    case .nothingKept:
      let effects = stopDebouncing() + giveUp(id)
      change(id) { $0 = Inventory() }
      return Outcome(effects: effects + read(id, InventoryPart.allCases))
    case .rest: return readRest(of: id, hints)
    case .none: return Outcome(effects: giveUp(id))
    }
  }

  /// Repeats the readings that failed with status 429.
  mutating func readBlocked(of id: Account.ID) -> [Effect] {
    read(id, InventoryPart.allCases.filter { self[id].failure(of: $0)?.status == 429 })
  }

  /// Reads incomplete lists to their ends.
  private mutating func readRest(of id: Account.ID, _ hints: KeyHints) -> Outcome {
    let inventory = self[id]
    let parts = inventory.incompleteParts.filter { !inventory.loadingParts.contains($0) }
    guard parts.isEmpty else {
      return Outcome(
        effects: parts.map { part in
          let page = change(id) { $0.beginCompleting(part) }
          return read(part, of: id, page: page, priority: .interactive)
        })
    }
    if !inventory.loadingParts.isEmpty { return .notice(.note, "The rest is on its way") }
    return inventory.unreadParts.isEmpty
      ? .notice(.note, "Everything that could be read is here")
      : .notice(
        .note, "What it holds has not been read", nextStep: hints(.refresh, "reads it", in: .detail))
  }

  private mutating func read(
    _ id: Account.ID, _ parts: [InventoryPart], priority: RequestPriority = .interactive
  ) -> [Effect] {
    parts.map { read($0, of: id, page: 1, priority: priority) }
  }

  private mutating func read(
    _ part: InventoryPart, of id: Account.ID, page: Int, priority: RequestPriority
  ) -> Effect {
    let request = InventoryRequest(accountID: id, part: part, page: page, priority: priority)
    change(id) { $0.begin(request) }
    return .readInventory(request)
  }

  mutating func giveUp(_ id: Account.ID) -> [Effect] {
    let parts = self[id].loadingParts
    guard !parts.isEmpty else { return [] }
    change(id) { $0.giveUp() }
    return parts.map { .cancel(.inventory(id, $0)) }
  }

  private mutating func stopDebouncing() -> [Effect] {
    guard debouncing != nil else { return [] }
    debouncing = nil
    return [.cancel(.inventoryDebounce)]
  }
}

/// The parts of an inventory to read.
enum InventoryNeed: Sendable, Equatable {
  /// All parts that are not fresh, for a person who opens the account.
  case fresh
  case all
  /// All parts. Earlier readings are dropped.
  case nothingKept
  /// Incomplete lists, to their ends.
  case rest
  /// Nothing. Requests are cancelled.
  case none
}
