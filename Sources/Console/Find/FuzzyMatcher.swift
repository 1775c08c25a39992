/// A query in the numbers of an alphabet: judges names, as fast as a list of a hundred thousand needs it.
struct FuzzyMatcher {
  /// How well a name fits, the best first. Names that fit alike keep the order of the list.
  enum Rank: UInt8, CaseIterable, Comparable {
    /// The name begins with it.
    case beginning
    /// A word of the name begins with it.
    case word
    /// It is somewhere in the name, or at an end of the identifier.
    case inside
    /// Its letters follow each other with others between them, the first at the beginning of a word.
    case scattered

    static func < (one: Rank, two: Rank) -> Bool { one.rawValue < two.rawValue }
  }

  private let words: [[UInt16]]
  private let alphabet: Alphabet
  private let isCaseSensitive: Bool
  /// Whether a letter is looked for that no name has.
  private let isHopeless: Bool
  private let signature: UInt64

  init(_ query: FuzzyQuery, _ alphabet: Alphabet) {
    let numbers = query.words.map { $0.map { alphabet.number(of: $0) } }
    words = numbers.map { $0.compactMap(\.self) }
    isHopeless = query.isEmpty || numbers.contains { $0.contains(nil) }
    isCaseSensitive = query.isCaseSensitive
    self.alphabet = alphabet
    signature = words.joined().reduce(0) { $0 | Self.bit(alphabet.folded[Int($1)]) }
  }

  /// Which characters a name has, coarsely: names that lack one of the query's are passed over at once.
  static func signature(of name: ArraySlice<UInt16>, _ alphabet: Alphabet) -> UInt64 {
    name.reduce(0) { $0 | bit(alphabet.folded[Int($1)]) | bit(alphabet.foldedPlain[Int($1)]) }
  }

  private static func bit(_ number: UInt16) -> UInt64 { 1 << UInt64(number & 63) }

  /// Hands on the names that fit, each with its rank.
  ///
  /// - Parameters:
  ///   - codes: the numbers of the names, one name after the other.
  ///   - ends: where each name ends.
  ///   - signatures: ``signature(of:_:)`` of each.
  func search(_ codes: [UInt16], ends: [Int], signatures: [UInt64], _ take: (Int, Rank) -> Void) {
    guard !isHopeless else { return }
    codes.withUnsafeBufferPointer { codes in
      withTables { tables in
        var start = 0
        for (index, end) in ends.enumerated() {
          defer { start = end }
          guard signatures[index] & signature == signature else { continue }
          if let rank = rank(UnsafeBufferPointer(rebasing: codes[start..<end]), tables) { take(index, rank) }
        }
      }
    }
  }

  /// The places in a name that the query's letters are found at, in ascending order.
  func places(in name: [UInt16]) -> [Int] {
    guard !isHopeless else { return [] }
    var places: Set<Int> = []
    name.withUnsafeBufferPointer { name in
      withTables { tables in
        for word in words {
          guard let (rank, start) = find(word, in: name, tables) else { continue }
          if rank != .scattered {
            places.formUnion(start..<start + word.count)
          } else {
            _ = follow(word, in: name, from: start, tables) { places.insert($0) }
          }
        }
      }
    }
    return places.sorted()
  }

  // MARK: One name

  /// What two characters are compared as.
  private struct Tables {
    var own: UnsafeBufferPointer<UInt16>
    var plain: UnsafeBufferPointer<UInt16>
    var isWordPart: UnsafeBufferPointer<Bool>

    @inline(__always)
    func fits(_ character: UInt16, _ wanted: UInt16) -> Bool {
      own[Int(character)] == wanted || plain[Int(character)] == wanted
    }

    @inline(__always)
    func beginsWord(_ name: UnsafeBufferPointer<UInt16>, _ place: Int) -> Bool {
      isWordPart[Int(name[place])] && (place == 0 || !isWordPart[Int(name[place - 1])])
    }
  }

  private func withTables(_ body: (Tables) -> Void) {
    let own = isCaseSensitive ? alphabet.same : alphabet.folded
    let plain = isCaseSensitive ? alphabet.plain : alphabet.foldedPlain
    own.withUnsafeBufferPointer { own in
      plain.withUnsafeBufferPointer { plain in
        alphabet.isWordPart.withUnsafeBufferPointer { isWordPart in
          body(Tables(own: own, plain: plain, isWordPart: isWordPart))
        }
      }
    }
  }

  /// The rank of the word that fits worst; `nil` when one does not fit at all.
  private func rank(_ name: UnsafeBufferPointer<UInt16>, _ tables: Tables) -> Rank? {
    var worst = Rank.beginning
    for word in words {
      guard let (rank, _) = find(word, in: name, tables) else { return nil }
      worst = max(worst, rank)
    }
    return worst
  }

  /// Where a word fits best, and how well.
  private func find(
    _ word: [UInt16], in name: UnsafeBufferPointer<UInt16>, _ tables: Tables
  ) -> (rank: Rank, start: Int)? {
    let first = word[0]
    var inside: Int?
    var scattered: Int?
    for place in 0..<name.count where tables.fits(name[place], first) {
      let beginsWord = place == 0 || tables.beginsWord(name, place)
      if isWhole(word, in: name, at: place, tables) {
        if place == 0 { return (.beginning, 0) }
        if beginsWord { return (.word, place) }
        if inside == nil { inside = place }
      } else if beginsWord, scattered == nil {
        scattered = place
      }
    }
    if let inside { return (.inside, inside) }
    // From a later beginning there is only less of the name to follow.
    guard let scattered, follow(word, in: name, from: scattered, tables, { _ in }) else { return nil }
    return (.scattered, scattered)
  }

  private func isWhole(
    _ word: [UInt16], in name: UnsafeBufferPointer<UInt16>, at place: Int, _ tables: Tables
  ) -> Bool {
    guard place + word.count <= name.count else { return false }
    for offset in 1..<max(1, word.count) where !tables.fits(name[place + offset], word[offset]) { return false }
    return true
  }

  /// Goes from letter to letter of a word.
  private func follow(
    _ word: [UInt16], in name: UnsafeBufferPointer<UInt16>, from start: Int, _ tables: Tables, _ take: (Int) -> Void
  ) -> Bool {
    var place = start
    for letter in word {
      while place < name.count, !tables.fits(name[place], letter) { place += 1 }
      guard place < name.count else { return false }
      take(place)
      place += 1
    }
    return true
  }
}
