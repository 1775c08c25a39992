import Terminal

/// Text that is looked for in the detail pane.
struct DetailSearch: Sendable, Equatable {
  var field = TextField()
  /// Whether keys go to the field; otherwise they go to the pane.
  var isEditing = true
  /// The line of the pane with the match that was gone to last.
  var line: Int?

  /// Whether the text stands in a line or its label.
  func matches(_ line: Line) -> Bool {
    !matches(in: line.text).isEmpty || line.label.map { !matches(in: $0).isEmpty } == true
  }

  /// Where the text stands in another, without regard to case and accents.
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
      // A character may have more letters than what is looked for has left: half of it is found, and all of it marked.
      for letter in Folding.fold(text[place]) where !rest.isEmpty {
        guard rest.removeFirst() == letter else { return nil }
      }
      place = text.index(after: place)
    }
    return place
  }
}

extension State {
  var isSearchingDetail: Bool { browse.detailSearch?.isEditing == true && browse.pane == .detail }

  mutating func openDetailSearch() -> [Effect] {
    notice = nil
    browse.detailSearch = DetailSearch()
    return []
  }

  mutating func reduceDetailSearch(_ command: Command) -> [Effect] {
    switch command {
    case .cancel:
      browse.detailSearch = nil
      notice = nil
    case .accept:
      if browse.detailSearch?.field.text.isEmpty == true { browse.detailSearch = nil }
      browse.detailSearch?.isEditing = false
    default: scrollDetail(command)
    }
    return []
  }

  mutating func editDetailSearch(_ edit: TextEdit) -> [Effect] {
    browse.detailSearch?.field.apply(edit)
    goToDetailMatch(from: browse.detailSearch?.line ?? browse.detailScroll, step: 1)
    return []
  }

  /// Goes to the next line with a match, or the one before, around the ends of the pane.
  mutating func moveToDetailMatch(step: Int) -> [Effect] {
    guard let search = browse.detailSearch else {
      let key = keyMap.label(of: .find, in: .detail)
      notice = Notice(.note, "Nothing is looked for here", nextStep: key.map { "\($0) finds text in it" })
      return []
    }
    let start = search.line.map { $0 + step } ?? browse.detailScroll
    goToDetailMatch(from: start, step: step)
    showDetailMatch()
    return []
  }

  private mutating func goToDetailMatch(from start: Int, step: Int) {
    guard let search = browse.detailSearch else { return }
    let lines = detailLines(width: layout.detail.width)
    guard !lines.isEmpty else { return }
    browse.detailSearch?.line = nil
    for offset in 0..<lines.count {
      let line = ((start + step * offset) % lines.count + lines.count) % lines.count
      guard search.matches(lines[line]) else { continue }
      browse.detailSearch?.line = line
      let rows = detailRows
      if line < browse.detailScroll || line >= browse.detailScroll + rows {
        browse.detailScroll = max(0, min(line - rows / 3, lines.count - rows))
      }
      return
    }
  }

  private mutating func showDetailMatch() {
    guard let search = browse.detailSearch else { return }
    notice = Notice(.note, "“\(search.field.text)” · \(place(of: search))")
  }

  /// `2 of 5 lines`.
  func place(of search: DetailSearch) -> String {
    let found = detailLines(width: layout.detail.width).enumerated()
      .filter { search.matches($0.element) }
    guard let line = search.line, let index = found.firstIndex(where: { $0.offset == line }) else {
      return search.field.text.isEmpty ? "" : "no line here has it"
    }
    return "\(Wording.number(index + 1)) of \(Wording.count(found.count, "line", "lines"))"
  }

  /// The line that the text is typed into, with how much there is of it.
  func drawDetailSearch(_ search: DetailSearch, row: Int, in frame: inout Frame) {
    let place = SafeText(place(of: search))
    drawSearchField(search.field, row: row, width: size.width - 4 - place.width, in: &frame)
    frame.put(place, column: size.width - 1 - place.width, row: row, style: Theme.faint)
  }

  /// Marks what is looked for in a line of the pane and in its label.
  func markDetailMatches(
    _ search: DetailSearch, in line: Line, column: Int, row: Int, width: Int, _ frame: inout Frame
  ) {
    func markMatches(in text: String, _ column: Int, _ width: Int) {
      for match in search.matches(in: text) {
        let start = SafeText(String(text[..<match.lowerBound])).width
        let end = min(width, start + SafeText(String(text[match])).width)
        guard start < end else { break }
        mark(column + start..<column + end, row: row, in: &frame)
      }
    }
    guard let label = line.label else { return markMatches(in: line.text, column, width) }
    markMatches(in: label, column, Block.labelWidth - 1)
    markMatches(in: line.text, column + Block.labelWidth, width - Block.labelWidth)
  }
}
