import Terminal

/// The whole screen for a state.
func view(_ state: State) -> Frame {
  var frame = Frame(size: state.size)
  guard !state.isTooSmall else {
    state.drawTooSmall(in: &frame)
    return frame
  }
  state.drawHeader(in: &frame)
  if case .delete(let deletion) = state.dialog {
    state.draw(deletion, in: &frame)
  } else if let raw = state.raw {
    state.draw(raw, in: &frame)
  } else if let screen = state.activity.screen {
    state.draw(screen, in: &frame)
  } else {
    state.drawBrowse(in: &frame)
  }
  let noticeRow = state.layout.noticeRow
  switch state.dialog {
  case .create(let form): state.drawStatus(in: state.draw(form, in: &frame)...noticeRow, of: &frame)
  case .edit(let form): state.drawStatus(in: state.draw(form, in: &frame)...noticeRow, of: &frame)
  case .delete: break
  case nil: state.drawStatus(in: 0...noticeRow, of: &frame)
  }
  if let palette = state.palette { state.draw(palette, in: &frame) }
  if let help = state.help { state.draw(help, in: &frame) }
  state.drawHints(in: &frame)
  return frame
}

extension State {
  /// Columns of a dialog's box.
  var dialogWidth: Int { min(77, size.width - 2) }

  /// A box of this height, in the middle and never over the line of hints.
  func dialogArea(height: Int) -> Rectangle {
    let height = min(height, size.height - 1)
    return Rectangle(
      column: (size.width - dialogWidth) / 2, row: max(0, (size.height - 1 - height) / 2), width: dialogWidth,
      height: height)
  }

  fileprivate func drawTooSmall(in frame: inout Frame) {
    let needed = Self.smallestSize
    let text = "\(needed.width)×\(needed.height) is the smallest window; this one is \(size.width)×\(size.height)"
    // A key may have been pressed to leave it.
    let warning = notice == leavingWarning ? notice : nil
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
    let row = Layout.headerRow
    let place = session.profile.map { "\(session.endpointKind.word) \($0)" } ?? session.endpointKind.word
    var rest = " \(session.endpointHost) · \(session.identity)"
    if session.profile != nil { rest = " ·" + rest }
    if let word = session.writingWord { rest = " \(word)" + rest }
    var count =
      browse.list.isLoaded && browse.list.rowCount > 0
      ? "\(browse.list.countWords) \(browse.list.rowCount == 1 ? "account" : "accounts")" : ""
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
      style: session.color.map { Style(.bold, foreground: $0) } ?? Theme.endpoint(session.endpointKind))
    frame.put(cutting: rest, column: column, row: row, width: end - column)
    frame.put(count, endingAt: size.width - 1, row: row)
  }
}

extension Command {
  /// Whether the command leads to something being changed on the server.
  var writes: Bool {
    switch self {
    case .newAccount, .editAccount, .deleteAccount: true
    default: false
    }
  }
}

extension Session {
  /// The word that tells at a glance that nothing can be changed from here; `nil` where it can.
  var writingWord: String? {
    switch writing {
    case .enabled: nil
    case .dryRun: "DRY RUN"
    case .readOnly: "READ-ONLY"
    }
  }
}

extension Session.EndpointKind {
  /// The word that tells at a glance where everything takes place.
  var word: String {
    switch self {
    case .sandbox: "SANDBOX"
    case .production: "CLOUDFLARE"
    case .custom: "CUSTOM"
    }
  }
}

extension Notice {
  /// All of it, with the mark of its kind.
  var line: String { kind.mark + text + (nextStep.map { " · \($0)" } ?? "") }
}

extension Notice.Kind {
  /// What tells the kind without colour.
  var mark: String {
    switch self {
    case .note: ""
    case .success: "✓ "
    case .warning, .failure: "! "
    }
  }
}
