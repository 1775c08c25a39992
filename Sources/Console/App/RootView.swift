import Terminal

/// The whole screen for a state.
func view(_ state: State) -> Frame {
  var drawn = Frame(size: state.size)
  guard !state.isTooSmall else {
    state.drawTooSmall(in: &drawn)
    return drawn
  }
  state.drawHeader(in: &drawn)
  state.drawScreens(in: &drawn)
  state.drawHints(in: &drawn)
  return drawn
}

/// One entry of the line of hints, with the columns that it takes there.
struct ShownHint {
  var command: Command
  var keys: SafeText
  var word: SafeText
  var columns: Range<Int>

  /// The blanks between two entries.
  static let gap = 2
}

extension State {
  /// The screens from the last one that covers those behind it. Messages stand above all but overlays.
  fileprivate func drawScreens(in frame: inout Frame) {
    let statusTop = statusTop
    let first = layers.lastIndex { $0.screen.kind.coversScreen }
    var rows = 0...size.height - 2
    if first == nil { rows = browse.draw(in: &frame, context(isFront: layers.isEmpty, statusTop: statusTop)) }
    let shown = layers[(first ?? 0)...]
    for (index, layer) in zip(shown.indices, shown) where layer.screen.kind != .overlay {
      rows = layer.screen.draw(
        in: &frame, context(isFront: index == layers.count - 1, statusTop: statusTop))
    }
    drawStatus(in: rows, of: &frame)
    for (index, layer) in zip(shown.indices, shown) where layer.screen.kind == .overlay {
      _ = layer.screen.draw(
        in: &frame, context(isFront: index == layers.count - 1, statusTop: statusTop))
    }
  }

  /// The hints that have room, from left to right: what is drawn, and what a click finds.
  var shownHints: [ShownHint] {
    var column = ShownHint.gap
    var shown: [ShownHint] = []
    for binding in keyMap.bindings(in: inputContext) {
      guard let hint = binding.hint, !(session.writing == .readOnly && binding.command.writes) else { continue }
      let keys = SafeText(hint.keys)
      let word = SafeText(hint.word)
      let end = column + keys.width + 1 + word.width
      guard end < size.width else { break }
      shown.append(ShownHint(command: binding.command, keys: keys, word: word, columns: column..<end))
      column = end + ShownHint.gap
    }
    return shown
  }

  fileprivate func drawHints(in frame: inout Frame) {
    let row = size.height - 1
    frame.fill(Rectangle(column: 0, row: row, width: size.width, height: 1))
    for hint in shownHints {
      let end = frame.put(hint.keys, column: hint.columns.lowerBound, row: row, style: Theme.hintKey)
      frame.put(hint.word, column: end + 1, row: row)
    }
    guard let sign = waitText else { return }
    let text = SafeText("  \(sign)")
    frame.put(text, column: size.width - text.width - 1, row: row, style: Theme.faint)
  }

  fileprivate func drawTooSmall(in frame: inout Frame) {
    let needed = Self.smallestSize
    let text = "\(needed.width)×\(needed.height) is the smallest window; this one is \(size.width)×\(size.height)"
    // A key may have been pressed to leave it.
    let warning = notice == writes.leavingWarning ? notice : nil
    // No other key ends the program here: what was being typed goes on when the window is larger again.
    let lines =
      wrapped(text, width: size.width) + wrapped("Ctrl-C quits", width: size.width)
      + (warning.map { wrapped($0.line, width: size.width) } ?? [])
    for (offset, line) in lines.enumerated() {
      let row = max(0, (size.height - lines.count) / 2) + offset
      frame.put(SafeText(line), column: max(0, (size.width - SafeText(line).width) / 2), row: row)
    }
  }

  fileprivate func drawHeader(in frame: inout Frame) {
    let row = Context.headerRow
    let place = session.profile.map { "\(session.endpointKind.word) \($0)" } ?? session.endpointKind.word
    var rest = " \(session.endpointHost) · \(session.identity)"
    if session.profile != nil { rest = " ·" + rest }
    if let word = session.writingWord { rest = " \(word)" + rest }
    var count =
      accounts.list.isLoaded && accounts.list.rowCount > 0
      ? "\(accounts.list.countWords) \(accounts.list.rowCount == 1 ? "account" : "accounts")" : ""
    if let budgetText {
      let both = count.isEmpty ? budgetText : "\(count) · \(budgetText)"
      // Where and as whom one works goes before it.
      let taken = "tenantry".count + SafeText(place).width + SafeText(rest).width + SafeText(both).width
      if taken + 8 <= size.width { count = both }
    }
    var column = frame.put("tenantry", column: 1, row: row, style: Theme.heading) + 3
    let end = size.width - SafeText(count).width - 3
    column = frame.put(
      cutting: place, column: column, row: row, width: end - column,
      style: session.color.map { Style(.bold, foreground: $0) } ?? session.endpointKind.style)
    frame.put(cutting: rest, column: column, row: row, width: end - column)
    frame.put(count, endingAt: size.width - 1, row: row)
  }
}
