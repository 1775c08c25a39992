import Terminal

/// Which key does what where. The help screen and the line of hints are made from it, so they cannot be wrong.
public struct KeyMap: Sendable, Equatable {
  public struct Binding: Sendable, Equatable {
    public var command: Command
    public var keys: [Key]
    public var contexts: Set<InputContext>
    /// What the key does, for the help screen; `nil` for keys that only explain themselves when pressed.
    public var title: String?
    /// A word for the line of hints, with the keys as written there; `nil` keeps the binding out of it.
    public var hint: Hint?

    public struct Hint: Sendable, Equatable {
      public var keys: String
      public var word: String
    }
  }

  public let bindings: [Binding]
  private let commands: [InputContext: [Key: Command]]

  public init(_ bindings: [Binding]) {
    self.bindings = bindings
    var commands: [InputContext: [Key: Command]] = [:]
    for binding in bindings {
      for context in binding.contexts {
        for key in binding.keys { commands[context, default: [:]][key] = binding.command }
      }
    }
    self.commands = commands
  }

  /// What a key means in a context; `nil` when it means nothing.
  ///
  /// In a text field a key that is bound to nothing there edits the text.
  public func action(for key: Key, in context: InputContext) -> Action? {
    if let command = commands[context]?[key] { return .command(command) }
    return context == .field ? TextEdit(key).map(Action.edit) : nil
  }

  /// The bindings of one context, in the order of the map.
  public func bindings(in context: InputContext) -> [Binding] {
    bindings.filter { $0.contexts.contains(context) }
  }
}
