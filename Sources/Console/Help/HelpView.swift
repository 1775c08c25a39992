import Terminal

extension State {
  /// The keys that are really bound where the help was asked for.
  func draw(_ help: HelpState, in frame: inout Frame) {
    let area = helpArea
    frame.box(area, title: "Keys: \(help.context.title)")
    let inside = area.inset(columns: 2, rows: 1)
    let lines = helpLines(of: help)
    for (offset, line) in lines.dropFirst(help.scroll).prefix(inside.height).enumerated() {
      frame.put(cutting: line.keys, column: inside.column, row: inside.row + offset, width: 22, style: Theme.hintKey)
      frame.put(cutting: line.title, column: inside.column + 24, row: inside.row + offset, width: inside.width - 24)
    }
    if help.scroll + inside.height < lines.count {
      frame.put(" ↓ more ", endingAt: area.endColumn - 2, row: area.endRow - 1)
    }
    frame.cursor = Position(column: inside.column, row: inside.row)
  }
}

extension State {
  /// The bindings that the help tells of, in the order of the map.
  func helpLines(of help: HelpState) -> [(keys: String, title: String)] {
    keyMap.bindings(in: help.context).compactMap { binding in
      guard let title = binding.title, !(session.isReadOnly && binding.command.writes) else { return nil }
      return (binding.keys.map(\.label).joined(separator: "  "), title)
    } + (session.usesMouse ? [("Shift-drag", "select text, as without the mouse")] : [])
  }
}

extension InputContext {
  var title: String {
    switch self {
    case .list: "the list"
    case .detail: "the detail pane"
    case .activity: "the activity"
    case .activityDetail: "one write"
    case .field: "a text field"
    case .choice: "a choice"
    case .toggle: "a box to tick"
    case .button: "a button"
    case .doubt: "a write that is not known to have happened"
    case .review: "the review of a deletion"
    case .delay: "the delay before a deletion"
    case .busy: "a request on its way"
    case .receipt: "a receipt"
    case .help: "the help"
    case .find: "the find line"
    case .raw: "the raw answer"
    case .tooSmall: "a small window"
    }
  }
}

extension Key {
  /// The key as it is written on keyboards.
  var label: String {
    switch self {
    case .character(" "): "Space"
    case .character(let scalar): String(scalar)
    case .control(let scalar): "Ctrl-\(String(scalar).uppercased())"
    case .alt(let scalar): "Alt-\(scalar)"
    case .function(let number): "F\(number)"
    case .enter: "Enter"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .escape: "Esc"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .insert: "Ins"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .other: "?"
    }
  }
}
