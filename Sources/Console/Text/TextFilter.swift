/// Searches a small number of texts, at each keystroke.
struct TextFilter {
  private let texts: [String]
  private var table = CharacterTable()
  private var names = FuzzyMatcher.Names()

  init(_ texts: [String]) {
    self.texts = texts
    for text in texts { names.append(text, &table) }
  }

  /// The indices and ranks of the texts that match, in their order. An empty query matches all texts.
  func matches(_ query: FuzzyQuery) -> [(place: Int, rank: FuzzyMatcher.Rank)] {
    guard !query.isEmpty else { return texts.indices.map { ($0, .beginning) } }
    var matches: [(place: Int, rank: FuzzyMatcher.Rank)] = []
    FuzzyMatcher(query, table).search(names) { matches.append(($0, $1)) }
    return matches
  }

  /// The indices of the characters of a text that match.
  func marks(_ query: FuzzyQuery, in text: Int) -> [Int] {
    FuzzyMatcher(query, table).places(in: texts[text])
  }
}
