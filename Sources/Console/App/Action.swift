import Terminal

/// Everything that can happen to the console: what a person does, and what comes back from outside.
enum Action: Sendable, Equatable {
  /// The terminal is open and has this size; `note` is what the person should know of how it is driven.
  case start(Size, note: String? = nil)
  /// A bound key was pressed.
  case command(Command)
  /// A key went to the focused text field.
  case edit(TextEdit)
  /// Keys came at once, as of a paste that the terminal does not mark.
  case burst([Key])
  case mouse(MouseEvent)
  /// Text was pasted.
  case paste(String)
  case resize(Size)
  /// What is typed goes to another window now.
  case focusLost
  /// The program runs again after having been stopped.
  case resumed(Size)
  /// Somebody outside ends the program, or the terminal is gone.
  case end
  /// An effect has ended.
  case answer(Answer)
  /// Where the request budget stands has changed.
  case budget(BudgetStatus)
  case plain(PlainAction)

  /// Whether a person did it, or what is between the person and the screen, rather than an answer or the time.
  var isPersons: Bool {
    switch self {
    case .answer, .budget, .plain: false
    default: true
    }
  }

  init(_ input: Input) {
    switch input {
    case .command(let command): self = .command(command)
    case .edit(let edit): self = .edit(edit)
    }
  }
}
