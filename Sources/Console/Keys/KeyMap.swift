import Terminal

/// The commands of keys, by context. The help and the line of hints are generated from it, so they are always right.
public struct KeyMap: Sendable, Equatable {
  struct Binding: Sendable, Equatable {
    var command: Command
    var keys: [Key]
    var contexts: InputContexts
    /// What the key does, for the help; `nil` for keys that show an explanation when pressed.
    var title: String?
    /// The entry in the line of hints; `nil` for none.
    var hint: Hint?

    struct Hint: Sendable, Equatable {
      var keys: String
      var word: String
    }
  }

  let bindings: [Binding]

  init(_ bindings: [Binding]) {
    self.bindings = bindings
  }

  /// What a key does in a context; `nil` for nothing.
  ///
  /// A key without a binding edits the text of a context that takes text, and stops the countdown of a deletion.
  func input(for key: Key, in context: InputContext) -> Input? {
    // A linear search is fast enough for some dozens of bindings; a dictionary would slow the start down.
    let binding = bindings.first { $0.contexts.contains(context) && $0.keys.contains(key) }
    if let binding { return .command(binding.command) }
    if context == .countdown { return .command(.cancel) }
    return context.takesText ? TextEdit(key).map(Input.edit) : nil
  }

  /// The bindings of one context, in the order of the map.
  func bindings(in context: InputContext) -> [Binding] {
    bindings.filter { $0.contexts.contains(context) }
  }

  /// The bindings of one context that the help lists, in the order of the map. Bindings that do the same are merged.
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

  /// The label of a command's first key in a context; `nil` if it has no key there.
  func label(of command: Command, in context: InputContext) -> String? {
    bindings.first { $0.command == command && $0.contexts.contains(context) && !$0.keys.isEmpty }?.keys.first?.label
  }

  /// How to give a command in a context: by key, or by name in the command palette; `nil` if neither is possible.
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
  /// An edit of the text in focus.
  case edit(TextEdit)
}
