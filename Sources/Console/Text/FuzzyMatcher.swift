/// Ranks names against a query. It compares numbers, to be fast enough for a hundred thousand names.
struct FuzzyMatcher {
  /// How well a name matches, the best first. Names of equal rank keep the order of the list.
  enum Rank: UInt8, CaseIterable, Comparable {
    /// The name begins with the query.
    case beginning
    /// A word of the name begins with the query.
    case word
    /// The query is elsewhere in the name, or at an end of the identifier.
    case inside
    /// The query's letters occur in order with others between them, the first at the beginning of a word.
    case scattered

    static func < (one: Rank, two: Rank) -> Bool { one.rawValue < two.rawValue }
  }

  /// Many names as numbers, to be searched together.
  struct Names: Sendable, Equatable {
    /// The numbers of the names, one name after the other.
    fileprivate var codes: [UInt16] = []
    /// The end of each name in ``codes``.
    fileprivate var ends: [Int] = []
    fileprivate var signatures: [UInt64] = []

    mutating func append(_ name: String, _ table: inout CharacterTable) {
      let start = codes.count
      table.append(name, to: &codes)
      ends.append(codes.count)
      signatures.append(FuzzyMatcher.signature(of: codes[start...]))
    }
  }

  private let words: [[UInt16]]
  private let table: CharacterTable
  /// Whether nothing can match: the query is empty, or no name has one of its letters.
  private let isHopeless: Bool
  private let signature: UInt64

  init(_ query: FuzzyQuery, _ table: CharacterTable) {
    let numbers = query.words.map { $0.map { table.numbers(of: $0) } }
    words = numbers.map { $0.compactMap(\.self).flatMap(\.self) }
    isHopeless = query.isEmpty || numbers.contains { $0.contains(nil) }
    self.table = table
    signature = Self.signature(of: words.joined())
  }

  /// A bit set of a name's letters. A name without all bits of the query cannot match.
  private static func signature(of codes: some Sequence<UInt16>) -> UInt64 {
    codes.reduce(0) { $0 | 1 << UInt64($1 & 63) }
  }

  /// Passes each matching name to `receive`, by its index, with its rank.
  func search(_ names: Names, _ receive: (Int, Rank) -> Void) {
    guard !isHopeless else { return }
    names.codes.withUnsafeBufferPointer { codes in
      withTables { tables in
        var start = 0
        for (index, end) in names.ends.enumerated() {
          defer { start = end }
          guard names.signatures[index] & signature == signature else { continue }
          if let rank = rank(UnsafeBufferPointer(rebasing: codes[start..<end]), tables) { receive(index, rank) }
        }
      }
    }
  }

  /// The indices of a name's characters that match the query, ascending.
  func places(in name: String) -> [Int] {
    guard !isHopeless else { return [] }
    var codes: [UInt16] = []
    // A character can fold to several letters.
    var characters: [Int] = []
    for (place, character) in name.enumerated() {
      let numbers = table.numbers(of: character) ?? [CharacterTable.unknown]
      codes += numbers
      characters += numbers.map { _ in place }
    }
    var places: Set<Int> = []
    codes.withUnsafeBufferPointer { codes in
      withTables { tables in
        for word in words {
          guard let (rank, start) = find(word, in: codes, tables) else { continue }
          if rank != .scattered {
            places.formUnion(characters[start..<start + word.count])
          } else {
            _ = follow(word, in: codes, from: start) { places.insert(characters[$0]) }
          }
        }
      }
    }
    return places.sorted()
  }

  // MARK: One name

  private struct Tables {
    var isWordPart: UnsafeBufferPointer<Bool>

    @inline(__always)
    func beginsWord(_ name: UnsafeBufferPointer<UInt16>, _ place: Int) -> Bool {
      isWordPart[Int(name[place])] && (place == 0 || !isWordPart[Int(name[place - 1])])
    }
  }

  private func withTables(_ body: (Tables) -> Void) {
    table.isWordPart.withUnsafeBufferPointer { body(Tables(isWordPart: $0)) }
  }

  /// The rank of the worst word; `nil` if a word does not match.
  private func rank(_ name: UnsafeBufferPointer<UInt16>, _ tables: Tables) -> Rank? {
    var worst = Rank.beginning
    for word in words {
      guard let (rank, _) = find(word, in: name, tables) else { return nil }
      worst = max(worst, rank)
    }
    return worst
  }

  /// The best match of a word: its rank and the place of its first letter.
  private func find(
    _ word: [UInt16], in name: UnsafeBufferPointer<UInt16>, _ tables: Tables
  ) -> (rank: Rank, start: Int)? {
    let first = word[0]
    var inside: Int?
    var scattered: Int?
    for place in 0..<name.count where name[place] == first {
      let beginsWord = place == 0 || tables.beginsWord(name, place)
      if stands(word, in: name, at: place) {
        if place == 0 { return (.beginning, 0) }
        if beginsWord { return (.word, place) }
        if inside == nil { inside = place }
      } else if beginsWord, scattered == nil {
        scattered = place
      }
    }
    if let inside { return (.inside, inside) }
    // A later start leaves less of the name, so the first one decides.
    guard let scattered, follow(word, in: name, from: scattered, { _ in }) else { return nil }
    return (.scattered, scattered)
  }

  private func stands(_ word: [UInt16], in name: UnsafeBufferPointer<UInt16>, at place: Int) -> Bool {
    guard place + word.count <= name.count else { return false }
    for offset in 1..<max(1, word.count) where name[place + offset] != word[offset] { return false }
    return true
  }

  /// Passes the places of a word's letters to `receive`.
  ///
  /// - Returns: whether all letters occur in order.
  private func follow(
    _ word: [UInt16], in name: UnsafeBufferPointer<UInt16>, from start: Int, _ receive: (Int) -> Void
  ) -> Bool {
    var place = start
    for letter in word {
      while place < name.count, name[place] != letter { place += 1 }
      guard place < name.count else { return false }
      receive(place)
      place += 1
    }
    return true
  }
}
