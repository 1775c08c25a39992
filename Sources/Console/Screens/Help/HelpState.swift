import Terminal

/// The help screen for the place where it was asked for.
struct HelpState: Sendable, Equatable {
  let context: InputContext
  /// What the field is for that had the focus, when one had.
  let meaning: FieldMeaning?
  /// Lines above the first visible one.
  var scroll = 0
  /// What is looked for in the help.
  var field = TextField()
  /// Whether keys go to what is looked for.
  var isSearching = false

  init(context: InputContext, meaning: FieldMeaning? = nil) {
    self.context = context
    self.meaning = meaning
  }

  var inputContext: InputContext { isSearching ? .helpSearch : .help }
}

extension State {
  mutating func openHelp() {
    help = HelpState(context: inputContext, meaning: focusedMeaning)
  }

  mutating func reduceHelp(_ command: Command) {
    guard var help else { return }
    switch command {
    case .find: help.isSearching = true
    case .accept: help.isSearching = false
    case .cancel where help.isSearching:
      help.isSearching = false
      help.field = TextField()
      help.scroll = 0
    case .cancel:
      self.help = nil
      return
    default:
      let lines = helpLines(of: help, width: helpArea.inset(columns: 2, rows: 1).width).count
      help.scroll = scrolled(help.scroll, command, rows: helpRows, lines: lines)
    }
    self.help = help
  }

  mutating func editHelp(_ edit: TextEdit) {
    help?.field.apply(edit)
    help?.scroll = 0
  }

  var helpArea: Rectangle {
    let width = min(72, size.width - 4)
    return Rectangle(column: (size.width - width) / 2, row: 1, width: width, height: size.height - 3)
  }

  /// Lines of the help that are on screen at once.
  var helpRows: Int { helpArea.height - 2 }
}
