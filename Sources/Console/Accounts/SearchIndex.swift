import Cloudflare

/// An index of the names of all loaded accounts, to search them at each keystroke.
///
/// It is built when a search begins. Afterwards only changed pages are indexed again.
struct SearchIndex: Sendable, Equatable {
  private var table = CharacterTable()
  private var segments: [Segment] = []
  private(set) var query = FuzzyQuery("")

  /// The index of one part of the list.
  private struct Segment: Sendable, Equatable {
    let part: AccountList.Part
    var names = FuzzyMatcher.Names()
    /// The rank of each account; ``none`` if it does not match.
    var ranks: [UInt8] = []
    var matches = 0
    static let none = UInt8.max
  }

  mutating func sync(_ list: AccountList) {
    sync(list.parts, of: list)
  }

  /// - Parameter parts: the list's accounts in the order of the rows, by ascending and unique keys.
  mutating func sync(_ parts: [AccountList.Part], of list: AccountList) {
    var kept = segments[...]
    var fresh: [Int] = []
    var result: [Segment] = []
    result.reserveCapacity(parts.count)
    for part in parts {
      while let first = kept.first, first.part.key < part.key { kept.removeFirst() }
      if let first = kept.first, first.part == part {
        result.append(first)
      } else {
        fresh.append(result.count)
        result.append(segment(part, of: list))
      }
    }
    segments = result
    let matcher = FuzzyMatcher(query, table)
    for index in fresh { Self.search(&segments[index], query, matcher) }
  }

  mutating func search(_ query: FuzzyQuery) {
    self.query = query
    let matcher = FuzzyMatcher(query, table)
    for index in segments.indices { Self.search(&segments[index], query, matcher) }
  }

  /// The accounts that match, the best first, then in the order of the list.
  var matches: [Account.ID] {
    var rows: [Account.ID] = []
    rows.reserveCapacity(segments.reduce(0) { $0 + $1.matches })
    for rank in FuzzyMatcher.Rank.allCases.map(\.rawValue) {
      for segment in segments where segment.matches > 0 {
        segment.ranks.withUnsafeBufferPointer { ranks in
          for index in ranks.indices where ranks[index] == rank { rows.append(segment.part.ids[index]) }
        }
      }
    }
    return rows
  }

  /// The indices of the matching characters of a name.
  func marks(in name: String) -> [Int] {
    FuzzyMatcher(query, table).places(in: name)
  }

  private mutating func segment(_ part: AccountList.Part, of list: AccountList) -> Segment {
    var segment = Segment(part: part)
    segment.ranks = Array(repeating: Segment.none, count: part.ids.count)
    for id in part.ids { segment.names.append(list.account(id)?.name ?? "", &table) }
    return segment
  }

  private static func search(_ segment: inout Segment, _ query: FuzzyQuery, _ matcher: FuzzyMatcher) {
    // Reuses the memory of the last search.
    for index in segment.ranks.indices { segment.ranks[index] = Segment.none }
    var matches = 0
    func receive(_ index: Int, _ rank: FuzzyMatcher.Rank) {
      if segment.ranks[index] == Segment.none { matches += 1 }
      segment.ranks[index] = min(segment.ranks[index], rank.rawValue)
    }
    if query.identifier != nil {
      for (index, id) in segment.part.ids.enumerated() where query.matches(identifier: id) { receive(index, .inside) }
    }
    matcher.search(segment.names, receive)
    segment.matches = matches
  }
}
