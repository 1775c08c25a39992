import Cloudflare

/// The names of all accounts that are loaded, laid out to be searched at each keystroke.
///
/// It is made when somebody begins to look for something, and follows the list from then on: only pages that have
/// changed are laid out anew.
struct SearchIndex: Sendable, Equatable {
  private var table = CharacterTable()
  private var segments: [Segment] = []
  private(set) var query = FuzzyQuery("")

  /// The accounts of one page, or any others that stand together.
  private struct Segment: Sendable, Equatable {
    let part: AccountList.Part
    var codes: [UInt16] = []
    var ends: [Int] = []
    var signatures: [UInt64] = []
    /// How well each account fits the query; ``none`` for those that do not.
    var ranks: [UInt8] = []
    var matches = 0
    static let none = UInt8.max
  }

  /// Takes in what has changed in the list.
  mutating func sync(_ list: AccountList) {
    sync(list.parts, of: list)
  }

  /// - Parameter parts: the list's accounts in the order of the rows, each part with a key of its own, ascending.
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

  /// The accounts that fit, the best first, and those that fit alike in the order of the list.
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

  /// The characters of a name that are what was looked for, by their places.
  func marks(in name: String) -> [Int] {
    FuzzyMatcher(query, table).places(in: name)
  }

  private mutating func segment(_ part: AccountList.Part, of list: AccountList) -> Segment {
    var segment = Segment(part: part)
    segment.ranks = Array(repeating: Segment.none, count: part.ids.count)
    for id in part.ids {
      let start = segment.codes.count
      table.append(list.account(id)?.name ?? "", to: &segment.codes)
      segment.ends.append(segment.codes.count)
      segment.signatures.append(FuzzyMatcher.signature(of: segment.codes[start...]))
    }
    return segment
  }

  private static func search(_ segment: inout Segment, _ query: FuzzyQuery, _ matcher: FuzzyMatcher) {
    // The room of the last search is used again.
    for index in segment.ranks.indices { segment.ranks[index] = Segment.none }
    var matches = 0
    func receive(_ index: Int, _ rank: FuzzyMatcher.Rank) {
      if segment.ranks[index] == Segment.none { matches += 1 }
      segment.ranks[index] = min(segment.ranks[index], rank.rawValue)
    }
    if query.identifier != nil {
      for (index, id) in segment.part.ids.enumerated() where query.matches(identifier: id) { receive(index, .inside) }
    }
    matcher.search(segment.codes, ends: segment.ends, signatures: segment.signatures, receive)
    segment.matches = matches
  }
}
