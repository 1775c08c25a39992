import Terminal

/// The help screen for the place where it was asked for.
public struct HelpState: Sendable, Equatable {
  public let context: InputContext
  /// Lines above the first visible one.
  public internal(set) var scroll = 0

  init(context: InputContext) {
    self.context = context
  }
}

extension State {
  mutating func reduceHelp(_ command: Command) {
    guard var help else { return }
    if command == .cancel {
      self.help = nil
    } else {
      let rows = helpArea.inset(columns: 2, rows: 1).height
      help.scroll = scrolled(help.scroll, command, rows: rows, lines: helpLines(of: help).count)
      self.help = help
    }
  }

  var helpArea: Rectangle {
    let width = min(64, size.width - 4)
    return Rectangle(column: (size.width - width) / 2, row: 1, width: width, height: size.height - 3)
  }
}
