import Terminal

/// Makes a binding, with a short form for the hint.
func bind(
  _ command: Command, _ keys: [Key], _ contexts: InputContexts, _ title: String?,
  hint: (keys: String, word: String)? = nil
) -> KeyMap.Binding {
  KeyMap.Binding(
    command: command, keys: keys, contexts: contexts, title: title,
    hint: hint.map { KeyMap.Binding.Hint(keys: $0.keys, word: $0.word) })
}

/// The keys that several screens share.
extension KeyMap {
  /// Keys that scroll a list or a text, including letters.
  static func scrolling(_ contexts: InputContexts) -> [Binding] {
    [
      bind(.moveUp, [.up, .character("k")], contexts, "up one row", hint: ("↑↓", "move")),
      bind(.moveDown, [.down, .character("j")], contexts, "down one row"),
      bind(.pageUp, [.pageUp, .control("b")], contexts, "up one screen"),
      bind(.pageDown, [.pageDown, .control("f")], contexts, "down one screen"),
      bind(.halfPageUp, [.control("u")], contexts, "up half a screen"),
      bind(.halfPageDown, [.control("d")], contexts, "down half a screen"),
      bind(.moveToStart, [.home, .character("g")], contexts, "to the first row"),
      bind(.moveToEnd, [.end, .character("G")], contexts, "to the last row"),
    ]
  }

  /// Keys that scroll in contexts where letters are typed, or may be typed ahead.
  static func moving(_ contexts: InputContexts, by row: String = "row", hint: Bool = true) -> [Binding] {
    [
      bind(.moveUp, [.up], contexts, "up one \(row)", hint: hint ? ("↑↓", "move") : nil),
      bind(.moveDown, [.down], contexts, "down one \(row)"),
      bind(.pageUp, [.pageUp], contexts, "up one screen"),
      bind(.pageDown, [.pageDown], contexts, "down one screen"),
    ]
  }

  static func help(_ contexts: InputContexts) -> Binding {
    bind(.help, [.character("?"), .function(1)], contexts, "the keys of this screen", hint: ("?", "help"))
  }

  /// The help in contexts where `?` is text.
  static func helpWhileTyping(_ contexts: InputContexts) -> Binding {
    bind(.help, [.function(1)], contexts, "the keys of this screen", hint: ("F1", "help"))
  }

  static func interrupt(_ contexts: InputContexts) -> Binding {
    bind(.interrupt, [.control("c")], contexts, "quit")
  }

  static func palette(_ contexts: InputContexts, hint: Bool = false) -> Binding {
    bind(.palette, [.character(":")], contexts, "all commands, by name", hint: hint ? (":", "commands") : nil)
  }

  static func copying(_ contexts: InputContexts) -> [Binding] {
    [
      bind(.copyID, [.character("y")], contexts, "copy the ID"),
      bind(.copyName, [.character("Y")], contexts, "copy the name"),
    ]
  }

  static func dashboard(_ contexts: InputContexts) -> Binding {
    bind(.openDashboard, [.character("o")], contexts, "open the account's page of the dashboard")
  }

  static func refresh(_ contexts: InputContexts) -> Binding {
    bind(
      .refresh, [.character("r"), .function(5), .control("r")], contexts, "read again from the server",
      hint: ("r", "refresh"))
  }

  static func copyReceipt(_ contexts: InputContexts) -> Binding {
    bind(.copyReceipt, [.character("y")], contexts, "copy all that is known of the write")
  }

  static func adopt(_ contexts: InputContexts) -> Binding {
    bind(.adopt, [.character("a")], contexts, "take the account that was found as the created one")
  }

  static func verify(_ contexts: InputContexts) -> Binding {
    bind(.verify, [.character("v")], contexts, "find out by reading what happened", hint: ("v", "look it up"))
  }

  /// The keys of forms and of their waits.
  static let forms: [Binding] =
    [
      adopt([.unknownOutcome]), verify([.unknownOutcome]),
      bind(.nextField, [.tab], form, "the next field", hint: ("Tab", "next")),
      bind(.nextField, [.tab], [.unknownOutcome], "the next field"),
      bind(.nextField, [.down], [.field, .toggle, .button, .unknownOutcome], "the next field"),
      bind(.previousField, [.backTab], [.field, .choice, .toggle, .button, .unknownOutcome], "the previous field"),
      bind(.previousField, [.up], [.field, .toggle, .button, .unknownOutcome], "the previous field"),
      bind(
        .nextChoice, [.down, .right, .character(" "), .character("j")], [.choice], "the next choice",
        hint: ("↑↓", "choose")),
      bind(.previousChoice, [.up, .left, .character("k")], [.choice], "the previous choice"),
      bind(.toggle, [.character(" ")], [.toggle], "tick or untick, open or close", hint: ("Space", "toggle")),
      bind(.accept, [.enter], [.field, .choice, .toggle], "on to the next field"),
      bind(
        .accept, [.enter, .character(" ")], [.button, .unknownOutcome], "press the button", hint: ("⏎", "press")),
      bind(.nextField, [.right], [.button, .unknownOutcome], "the next button"),
      bind(.previousField, [.left], [.button, .unknownOutcome], "the previous button"),
      bind(.cancel, [.escape, .control("c")], form, "leave, with nothing sent", hint: ("Esc", "cancel")),
      bind(.cancel, [.escape, .control("c")], [.waiting], "leave, with nothing sent", hint: ("Esc", "cancel")),
    ]
    // The loaded part of a review can be scrolled during a wait.
    + moving([.waiting], hint: false) + [
      bind(
        .cancel, [.escape, .control("c")], [.unknownOutcome], "leave; it can be looked up later",
        hint: ("Esc", "close")),
      help([.choice, .toggle, .button, .unknownOutcome, .busy]), helpWhileTyping([.field, .waiting]),
      interrupt([.busy]), copyReceipt([.unknownOutcome]), palette([.choice, .toggle, .button, .unknownOutcome]),
    ]

  /// The contexts of a form.
  private static let form: InputContexts = [.field, .choice, .toggle, .button]

  /// The keys that mean the same everywhere.
  static let everywhere: [Binding] = [
    bind(.redraw, [.control("l")], .everywhere, "draw the screen again"),
    bind(.suspend, [.control("z")], .everywhere, "suspend the program"), interrupt([.tooSmall]),
  ]
}
