import Terminal

/// The mouse leads to places and scrolls. It never sends anything, and never begins a deletion: a click is too easily
/// made where another window was meant.
///
/// What is under the pointer follows from the layout that the frame on screen was drawn by, at the time of the click.
extension State {
  /// Rows that one step of the wheel moves.
  static let wheelStep = 3

  mutating func reduce(_ event: MouseEvent, in environment: Environment) -> [Effect] {
    guard !isTooSmall else { return [] }
    // Whoever clicks while a deletion can still be stopped, stops it, as with any key.
    if inputContext == .countdown { return carryOut(.command(.cancel), on: &self, in: environment) }
    switch event.kind {
    case .press: return press(at: event.position, environment)
    case .wheelUp: return scroll(.moveUp, at: event.position, environment)
    case .wheelDown: return scroll(.moveDown, at: event.position, environment)
    }
  }

  private mutating func press(at position: Position, _ environment: Environment) -> [Effect] {
    if position.row == layout.hintRow {
      let place = hints.first { $0.columns.contains(position.column) }
      guard let command = place.flatMap({ clickable($0.command) }) else { return [] }
      return carryOut(.command(command), on: &self, in: environment)
    }
    guard help == nil, palette == nil, dialog == nil, raw == nil, position.row < statusTop else { return [] }
    if let screen = activity.screen { return selectWrite(at: position, on: screen) }
    let layout = layout
    if layout.isWide || browse.pane == .list, layout.list.contains(position) {
      let row = browse.top + position.row - layout.list.row
      guard row < browse.rowCount else { return [] }
      browse.pane = .list
      browse.detailSearch = nil
      return moveCursor(to: row)
    }
    if layout.isWide, layout.detail.contains(position), browse.selectedAccount != nil, !isFinding {
      browse.pane = .detail
    }
    return []
  }

  /// What a click on the hint of a command does; `nil` for nothing.
  private func clickable(_ command: Command) -> Command? {
    guard help == nil else { return command }
    if palette != nil { return command == .cancel || command == .help ? command : nil }
    switch dialog {
    case .delete: return nil
    case .none: return command == .deleteAccount ? .explainDeletion : command == .dismiss ? nil : command
    default:
      switch command {
      case .help, .nextField, .previousField: return command
      default: return nil
      }
    }
  }

  private mutating func selectWrite(at position: Position, on screen: ActivityScreen) -> [Effect] {
    var screen = screen
    let area = activityLayout.list
    let entries = activity.history.entries
    let row = cursor(of: screen).top + position.row - area.row
    guard !screen.isDetailOpen, area.contains(position), entries.indices.contains(row) else { return [] }
    screen.selection = entries[entries.count - 1 - row].id
    activity.screen = screen
    return []
  }

  /// Moves what is under the pointer. In lists the cursor goes with the rows, so that what commands are about is always
  /// on screen.
  private mutating func scroll(_ command: Command, at position: Position, _ environment: Environment) -> [Effect] {
    let steps = command == .moveUp ? -Self.wheelStep : Self.wheelStep
    if help == nil, dialog != nil, inputContext != .review, inputContext != .waiting { return [] }
    if help == nil, palette == nil, dialog == nil, raw == nil, activity.screen == nil {
      let layout = layout
      if layout.isWide ? layout.detail.contains(position) : browse.pane == .detail {
        for _ in 0..<Self.wheelStep { scrollDetail(command) }
        return []
      }
      guard browse.rowCount > 0 else { return [] }
      let target = max(0, min(browse.cursorRow + steps, browse.rowCount - 1))
      browse.top += target - browse.cursorRow
      return moveCursor(to: target)
    }
    var effects: [Effect] = []
    for _ in 0..<Self.wheelStep { effects += carryOut(.command(command), on: &self, in: environment) }
    return effects
  }
}
