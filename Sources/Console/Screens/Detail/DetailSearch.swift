/// A search in the detail pane.
struct DetailSearch: Sendable, Equatable {
  var field = TextField()
  /// Whether keys go to the field; otherwise they go to the pane.
  var isEditing = true
  /// The line of the current match.
  var line: Int?

  /// Whether a line or its label contains the text.
  func matches(_ line: Line) -> Bool {
    !matches(in: line.text).isEmpty || line.label.map { !matches(in: $0).isEmpty } == true
  }

  /// The matches in a text, without regard to case and accents.
  func matches(in text: String) -> [Range<String.Index>] {
    let wanted = field.text.flatMap { Folding.fold($0) }
    guard !wanted.isEmpty else { return [] }
    var matches: [Range<String.Index>] = []
    var start = text.startIndex
    while start < text.endIndex {
      if let end = end(of: wanted, in: text, from: start) {
        matches.append(start..<end)
        start = end
      } else {
        start = text.index(after: start)
      }
    }
    return matches
  }

  private func end(of wanted: [Character], in text: String, from start: String.Index) -> String.Index? {
    var rest = wanted[...]
    var place = start
    while !rest.isEmpty {
      guard place < text.endIndex else { return nil }
      // A character can fold to several letters. If only the first ones match, the whole character is marked.
      for letter in Folding.fold(text[place]) where !rest.isEmpty {
        guard rest.removeFirst() == letter else { return nil }
      }
      place = text.index(after: place)
    }
    return place
  }
}
