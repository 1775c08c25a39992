import Terminal

/// One entry of the line of hints, with the columns that it takes there.
struct HintPlace {
  var command: Command
  var keys: SafeText
  var word: SafeText
  var columns: Range<Int>

  /// The blanks between two entries.
  static let gap = 2
}

extension State {
  /// The hints that have room, from left to right: what is drawn, and what a click finds.
  var hints: [HintPlace] {
    var column = HintPlace.gap
    var places: [HintPlace] = []
    for binding in keyMap.bindings(in: inputContext) {
      guard let hint = binding.hint, !(session.writing == .readOnly && binding.command.writes) else { continue }
      let keys = SafeText(hint.keys)
      let word = SafeText(hint.word)
      let end = column + keys.width + 1 + word.width
      guard end < size.width else { break }
      places.append(HintPlace(command: binding.command, keys: keys, word: word, columns: column..<end))
      column = end + HintPlace.gap
    }
    return places
  }

  func drawHints(in frame: inout Frame) {
    let row = layout.hintRow
    frame.fill(Rectangle(column: 0, row: row, width: size.width, height: 1))
    for place in hints {
      let end = frame.put(place.keys, column: place.columns.lowerBound, row: row, style: Theme.hintKey)
      frame.put(place.word, column: end + 1, row: row)
    }
    guard let sign = waitText else { return }
    let text = SafeText("  \(sign)")
    frame.put(text, column: size.width - text.width - 1, row: row, style: Theme.faint)
  }
}
