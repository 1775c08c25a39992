/// Invents the names of businesses, each a pure function of the seed and the account's position.
///
/// Works on bytes and on flat tables made once, so that a million names take well under a second.
struct BusinessNames: Sendable {
  /// One piece of a name.
  private enum Part: Sendable {
    /// That range of ``text``.
    case fixed(Range<Int>)
    /// One of those ``words``.
    case word(Range<Int>)
  }

  private let seed: UInt64
  /// All fixed texts and words.
  private let text: [UInt8]
  /// Where each word lies in ``text``, those of a list together.
  private let words: [Range<Int>]
  /// The pieces of all patterns, those of a pattern together.
  private let parts: [Part]
  /// Where the pieces of a pattern lie, as often as its weight, so that a draw is one look-up.
  private let draw: [Range<Int>]

  /// - Parameter folded: gives every name in lower case, for comparing.
  init(seed: UInt64, folded: Bool = false) {
    self.seed = seed
    var text: [UInt8] = []
    var words: [Range<Int>] = []
    var parts: [Part] = []
    var draw: [Range<Int>] = []
    let store = { (piece: String) in
      let start = text.count
      text += (folded ? piece.lowercased() : piece).utf8
      return start..<text.count
    }
    let lists = NameWords.lists.mapValues { list in
      let start = words.count
      for word in list.split(separator: "/") { words.append(store(String(word))) }
      return start..<words.count
    }
    for pattern in NameWords.patterns {
      let start = parts.count
      let pieces = pattern.form.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "{" || $0 == "}" })
      // `{list}` stands for a word of that list, so every second piece between braces is a list's name.
      for (offset, piece) in pieces.enumerated() where !piece.isEmpty {
        if offset.isMultiple(of: 2) {
          parts.append(.fixed(store(String(piece))))
        } else if let list = lists[String(piece)] {
          parts.append(.word(list))
        } else {
          preconditionFailure("no list of words is called \(piece)")
        }
      }
      draw += repeatElement(start..<parts.count, count: pattern.weight)
    }
    self.text = text
    self.words = words
    self.parts = parts
    self.draw = draw
  }

  /// Appends the name of the account at that position.
  ///
  /// About one name in sixty repeats that of an older account, because real names are not unique, and about one in two
  /// hundred ends in a blank that nobody meant.
  func append(at position: Int, to bytes: inout [UInt8]) {
    var stream = RandomStream(seed: seed, purpose: .name, position: position)
    if position > 0, stream.below(60) == 0 {
      stream = RandomStream(seed: seed, purpose: .name, position: stream.below(position))
      // The older one's own draw: passed over, so that a repeat never leads to another.
      _ = stream.next()
    }
    for part in draw[stream.below(draw.count)] {
      switch parts[part] {
      case .fixed(let range): append(range, to: &bytes)
      case .word(let list): append(words[list.lowerBound + stream.below(list.count)], to: &bytes)
      }
    }
    if stream.below(200) == 0 { bytes.append(0x20) }
  }

  private func append(_ range: Range<Int>, to bytes: inout [UInt8]) {
    text.withUnsafeBufferPointer { bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
  }
}
