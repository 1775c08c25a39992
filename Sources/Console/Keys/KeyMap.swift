import Terminal

/// Which key does what where. The help screen and the line of hints are made from it, so they cannot be wrong.
public struct KeyMap: Sendable, Equatable {
  struct Binding: Sendable, Equatable {
    var command: Command
    var keys: [Key]
    var contexts: InputContexts
    /// What the key does, for the help screen; `nil` for keys that only explain themselves when pressed.
    var title: String?
    /// A word for the line of hints, with the keys as written there; `nil` keeps the binding out of it.
    var hint: Hint?

    struct Hint: Sendable, Equatable {
      var keys: String
      var word: String
      /// Whether the keys are not the standard ones, so that what is written follows them.
      var isLive = false
    }
  }

  let bindings: [Binding]

  init(_ bindings: [Binding]) {
    self.bindings = bindings
  }

  /// What a key means in a context; `nil` when it means nothing.
  ///
  /// Where text is typed, a key that is bound to nothing edits it. Before a deletion every key stops it.
  func input(for key: Key, in context: InputContext) -> Input? {
    // A search through some dozens of bindings: a dictionary of them would only make every start slower.
    let binding = bindings.first { $0.contexts.contains(context) && $0.keys.contains(key) }
    if let binding { return .command(binding.command) }
    if context == .countdown { return .command(.cancel) }
    return context.takesText ? TextEdit(key).map(Input.edit) : nil
  }

  /// The bindings of one context, in the order of the map.
  func bindings(in context: InputContext) -> [Binding] {
    bindings.filter { $0.contexts.contains(context) }
  }

  /// The bindings of one context that are told of, in the order of the map; those that do the same are one.
  func entries(in context: InputContext, includingWrites: Bool) -> [Binding] {
    var entries: [Binding] = []
    for binding in bindings(in: context) where binding.title != nil && (includingWrites || !binding.command.writes) {
      if let same = entries.firstIndex(where: { $0.command == binding.command && $0.title == binding.title }) {
        entries[same].keys += binding.keys
      } else {
        entries.append(binding)
      }
    }
    return entries
  }

  /// The key to name for a command in a context; `nil` when it has none there.
  func label(of command: Command, in context: InputContext) -> String? {
    bindings.first { $0.command == command && $0.contexts.contains(context) && !$0.keys.isEmpty }?.keys.first?.label
  }

  /// How a command is given in a context: by its key, or else by its name in the command palette; `nil` when it cannot
  /// be given there.
  func keyHint(to command: Command, in context: InputContext) -> String? {
    if let key = label(of: command, in: context) { return key }
    guard let palette = label(of: .palette, in: context),
      bindings(in: context).contains(where: { $0.command == command && $0.title != nil })
    else { return nil }
    return "\(command.rawValue) in the palette (\(palette))"
  }
}

/// What a key means.
enum Input: Sendable, Equatable {
  case command(Command)
  /// It goes to the text that is typed.
  case edit(TextEdit)
}
