/// Invents the names of businesses, each a pure function of the seed and the account's position.
///
/// Works on bytes and on tables made once, so that a million names take well under a second.
struct BusinessNames: Sendable {
  /// One way of forming a name: fixed text and words drawn from lists.
  private struct Pattern: Sendable {
    enum Part: Sendable {
      case text([UInt8])
      case word(from: Int)
    }

    var parts: [Part]
  }

  private let seed: UInt64
  private let lists: [[[UInt8]]]
  private let patterns: [Pattern]
  /// Pattern numbers, each as often as its weight, so that a draw is one look-up.
  private let draw: [UInt8]

  /// - Parameter folded: gives every name in lower case, for comparing.
  init(seed: UInt64, folded: Bool = false) {
    self.seed = seed
    let bytes = { (text: String) in Array((folded ? text.lowercased() : text).utf8) }
    let names = NameWords.lists.keys.sorted()
    lists = names.map { name in (NameWords.lists[name] ?? "").split(separator: "/").map { bytes(String($0)) } }
    patterns = NameWords.patterns.map { pattern in
      var parts: [Pattern.Part] = []
      // `{list}` stands for a word of that list, so every second piece between braces is a list's name.
      for (offset, piece) in pattern.form.split(
        omittingEmptySubsequences: false, whereSeparator: { $0 == "{" || $0 == "}" }
      ).enumerated() {
        if offset.isMultiple(of: 2) {
          if !piece.isEmpty { parts.append(.text(bytes(String(piece)))) }
        } else if let list = names.firstIndex(of: String(piece)) {
          parts.append(.word(from: list))
        } else {
          preconditionFailure("no list of words is called \(piece)")
        }
      }
      return Pattern(parts: parts)
    }
    draw = NameWords.patterns.enumerated().flatMap { number, pattern in
      [UInt8](repeating: UInt8(number), count: pattern.weight)
    }
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
    for part in patterns[Int(draw[stream.below(draw.count)])].parts {
      switch part {
      case .text(let text): bytes.append(contentsOf: text)
      case .word(let list): bytes.append(contentsOf: lists[list][stream.below(lists[list].count)])
      }
    }
    if stream.below(200) == 0 { bytes.append(0x20) }
  }
}
