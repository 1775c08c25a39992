import Cloudflare
import FoundationEssentials
import Terminal

extension State {
  /// How long the selection has to stay on an account before its inventory is read: longer than between two key presses
  /// of a person on the way elsewhere.
  static let debounceTime: Duration = .milliseconds(300)

  /// The account whose details are on screen.
  var detailSubject: Account.ID? {
    guard size.width >= Layout.wideWidth || browse.pane == .detail, !isTooSmall,
      case .account(let id) = browse.selection, !browse.list.deleted.contains(id), browse.list.contains(id)
    else { return nil }
    return id
  }

  /// Gives up reading for details that have left the screen, and waits for the selection to rest on new ones.
  mutating func syncDetail(from before: Account.ID?) -> [Effect] {
    let subject = detailSubject
    guard subject != before else { return [] }
    // Whoever decides about an account needs to know what it holds, wherever else it is on screen.
    var effects = before.map { $0 == reviewedAccount ? [] : giveUpInventory(of: $0) } ?? []
    if let subject, inventory.hasUnreadParts(subject) {
      inventory.debouncing = subject
      effects.append(.wait(.inventoryDebounce, for: Self.debounceTime, then: .inventory(.debounced(subject))))
    } else {
      effects += stopDebouncing()
    }
    return effects
  }

  mutating func reduce(_ action: InventoryAction, in environment: Environment) -> [Effect] {
    switch action {
    case .debounced(let id):
      guard inventory.debouncing == id else { return [] }
      inventory.debouncing = nil
      return readInventory(
        of: id, parts: inventory[id].unreadParts, priority: browse.pane == .detail ? .interactive : .background)
    case .answered(let request, let answer):
      let (id, part) = (request.accountID, request.part)
      guard inventory.contains(id) else { return [] }
      let failure = inventory.change(id) { $0.receive(answer, to: request, at: environment.date) }
      if let failure {
        notice = Notice(
          .failure, "The rest did not come: \(failure.explanation)",
          nextStep: failure.nextStep ?? hint(.loadRest, "tries again", in: .detail))
      }
      guard inventory[id].isCompleting(part), !inventory[id].loadingParts.contains(part) else { return [] }
      return [read(part, of: id, page: request.page + 1, priority: .interactive)]
    }
  }

  /// Reads what a person who opens the account wants to see, unless it is fresh.
  mutating func openInventory(in environment: Environment) -> [Effect] {
    guard let id = detailSubject else { return [] }
    let parts = inventory[id].partsToOpen(at: environment.date)
    return stopDebouncing() + readInventory(of: id, parts: parts, priority: .interactive)
  }

  /// Reads everything anew.
  mutating func refreshInventory() -> [Effect] {
    guard let id = detailSubject else { return [] }
    return stopDebouncing() + readInventory(of: id, parts: InventoryPart.allCases, priority: .interactive)
  }

  /// Reads the lists of which only the beginning is here to their ends.
  mutating func completeInventory() -> [Effect] {
    guard let id = detailSubject else { return [] }
    let inventory = inventory[id]
    let parts = inventory.incompleteParts.filter { !inventory.loadingParts.contains($0) }
    if parts.isEmpty {
      notice =
        if !inventory.loadingParts.isEmpty {
          Notice(.note, "The rest is on its way")
        } else if inventory.unreadParts.isEmpty {
          Notice(.note, "Everything that could be read is here")
        } else {
          Notice(.note, "What it holds has not been read", nextStep: hint(.refresh, "reads it", in: .detail))
        }
    }
    return parts.map { part in
      let page = self.inventory.change(id) { $0.beginCompleting(part) }
      return read(part, of: id, page: page, priority: .interactive)
    }
  }

  mutating func readInventory(of id: Account.ID, parts: [InventoryPart], priority: RequestPriority) -> [Effect] {
    parts.map { read($0, of: id, page: 1, priority: priority) }
  }

  private mutating func read(
    _ part: InventoryPart, of id: Account.ID, page: Int, priority: RequestPriority
  ) -> Effect {
    let request = InventoryRequest(
      accountID: id, part: part, page: page, priority: priority, token: nextToken())
    inventory.change(id) { $0.begin(request) }
    return .loadInventory(request)
  }

  mutating func giveUpInventory(of id: Account.ID) -> [Effect] {
    let parts = inventory[id].loadingParts
    guard !parts.isEmpty else { return [] }
    inventory.change(id) { $0.giveUp() }
    return parts.map { .cancel(.inventory(id, $0)) }
  }

  mutating func stopDebouncing() -> [Effect] {
    guard inventory.debouncing != nil else { return [] }
    inventory.debouncing = nil
    return [.cancel(.inventoryDebounce)]
  }
}
