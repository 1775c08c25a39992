import Cloudflare

/// All accounts of a list in another order. After a change of the list, only changed pages are sorted and merged in.
struct SortedAccounts: Sendable, Equatable {
  let order: AccountOrder
  private(set) var ids: [Account.ID] = []
  /// The revision of the list that the order is made from.
  private(set) var revision = -1
  private(set) var handRevision = -1
  private var entries: [AccountOrder.Entry] = []
  private var parts: [Int: AccountList.Part] = [:]

  init(_ order: AccountOrder) {
    self.order = order
  }

  mutating func sync(_ list: AccountList) {
    guard revision != list.revision else { return }
    let current = Dictionary(
      uniqueKeysWithValues: list.parts.filter { $0.key != AccountList.foundKey }.map { ($0.key, $0) })
    var gone: Set<Account.ID> = []
    for (key, part) in parts where current[key] != part { gone.formUnion(part.ids) }
    let changed = current.values.filter { parts[$0.key] != $0 }.flatMap(\.ids).compactMap(list.account)
    let fresh = order.entries(of: changed).sorted(by: order.precedes)
    entries = merged(gone.isEmpty ? entries : entries.filter { !gone.contains($0.id) }, fresh)
    ids = entries.map(\.id)
    parts = current
    revision = list.revision
    handRevision = list.handRevision
  }

  private func merged(_ kept: [AccountOrder.Entry], _ fresh: [AccountOrder.Entry]) -> [AccountOrder.Entry] {
    guard !kept.isEmpty else { return fresh }
    var result: [AccountOrder.Entry] = []
    result.reserveCapacity(kept.count + fresh.count)
    var rest = kept[...]
    for entry in fresh {
      let place = rest.partitioningIndex { order.precedes(entry, $0) }
      result += rest[..<place]
      result.append(entry)
      rest = rest[place...]
    }
    return result + rest
  }
}

extension ArraySlice {
  /// The first index from which all elements meet the condition.
  fileprivate func partitioningIndex(where belongs: (Element) -> Bool) -> Index {
    var range = startIndex..<endIndex
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      range = belongs(self[middle]) ? range.lowerBound..<middle : middle + 1..<range.upperBound
    }
    return range.lowerBound
  }
}
