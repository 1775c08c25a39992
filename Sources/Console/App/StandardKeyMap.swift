import Terminal

extension KeyMap {
  /// The keys as delivered: what the fingers of people who live in terminals already know.
  public static let standard = KeyMap(
    moving + opening + finding + searching + writing + activity + forms + everywhere + looking)

  private static let panes: InputContexts = [.list, .detail]
  private static let activities: InputContexts = [.activity, .activityDetail]
  private static let scrolling: InputContexts = [
    .list, .detail, .help, .raw, .activity, .activityDetail, .review, .receipt,
  ]

  private static let moving: [Binding] = [
    bind(.moveUp, [.up, .character("k")], scrolling, "up one row", hint: ("↑↓", "move")),
    bind(.moveDown, [.down, .character("j")], scrolling, "down one row"),
    bind(.pageUp, [.pageUp, .control("b")], scrolling, "up one screen"),
    bind(.pageDown, [.pageDown, .control("f")], scrolling, "down one screen"),
    bind(.halfPageUp, [.control("u")], scrolling, "up half a screen"),
    bind(.halfPageDown, [.control("d")], scrolling, "down half a screen"),
    bind(.moveToStart, [.home, .character("g")], scrolling, "to the first row"),
    bind(.moveToEnd, [.end, .character("G")], scrolling, "to the last row"),
    bind(.previousServerPage, [.character("[")], [.list], "to the server's previous page"),
    bind(.nextServerPage, [.character("]")], [.list], "to the server's next page"),
    bind(.previousAccount, [.character("[")], [.detail], "the previous account"),
    bind(.nextAccount, [.character("]")], [.detail], "the next account"),
  ]

  private static let opening: [Binding] = [
    bind(.open, [.enter, .right, .character("l")], [.list], "open the account", hint: ("⏎", "open")),
    bind(
      .back, [.escape, .left, .character("h"), .character("q")], [.detail], "back to the list", hint: ("Esc", "back")),
    bind(.back, [.escape], [.list], "stop loading, dismiss the message, drop the filter"),
    bind(.dropFilter, [.left, .character("h")], [.list], "show all accounts again"),
    bind(
      .cancel, [.escape, .character("q"), .character("J"), .left, .control("c")], [.raw], "back to the account",
      hint: ("Esc", "back")),
    bind(.switchPane, [.tab, .backTab], panes, "the other pane"),
    bind(.widenDetail, [.character("<")], panes, "make the detail pane wider"),
    bind(.narrowDetail, [.character(">")], panes, "make the detail pane narrower"),
    bind(.find, [.character("/")], [.list], "find accounts by name or ID", hint: ("/", "find")),
    bind(.find, [.character("/")], [.detail], "find text in what is shown", hint: ("/", "find")),
    bind(.nextMatch, [.character("n")], [.detail], "the next line with that text"),
    bind(.previousMatch, [.character("N")], [.detail], "the line before with that text"),
    bind(.loadAll, [.character("L")], [.list], "load all accounts"),
    bind(.sort, [.character("s")], [.list], "sort by the next column"),
    bind(.reverseSort, [.character("S")], [.list], "sort the other way round"),
    bind(.loadRest, [.character("L")], [.detail], "load the rest of zones and members"),
  ]

  private static let finding: [Binding] = [
    bind(.accept, [.enter], [.find], "keep what matches, and go there", hint: ("⏎", "keep")),
    bind(.cancel, [.escape, .control("c")], [.find], "show all accounts again", hint: ("Esc", "clear")),
    bind(.moveUp, [.up], [.find], "up one match", hint: ("↑↓", "move")),
    bind(.moveDown, [.down], [.find], "down one match"),
    bind(.pageUp, [.pageUp], [.find], "up one screen"),
    bind(.pageDown, [.pageDown], [.find], "down one screen"),
  ]

  /// The searches in the detail pane and in the help, and the palette.
  private static let searching: [Binding] = [
    bind(.find, [.character("/")], [.help], "find a key or what it does", hint: ("/", "find")),
    bind(.accept, [.enter], [.detailSearch], "keep what is found, to go on from match to match", hint: ("⏎", "keep")),
    bind(.cancel, [.escape, .control("c")], [.detailSearch], "look for nothing", hint: ("Esc", "clear")),
    bind(.accept, [.enter], [.helpSearch], "keep what matches", hint: ("⏎", "keep")),
    bind(.cancel, [.escape, .control("c")], [.helpSearch], "show all keys again", hint: ("Esc", "clear")),
    bind(.accept, [.enter], [.palette], "carry the command out", hint: ("⏎", "do it")),
    bind(.cancel, [.escape, .control("c")], [.palette], "leave, with nothing done", hint: ("Esc", "leave")),
    bind(.moveUp, [.up], [.detailSearch, .helpSearch, .palette], "up one row", hint: ("↑↓", "move")),
    bind(.moveDown, [.down], [.detailSearch, .helpSearch, .palette], "down one row"),
    bind(.pageUp, [.pageUp], [.detailSearch, .helpSearch, .palette], "up one screen"),
    bind(.pageDown, [.pageDown], [.detailSearch, .helpSearch, .palette], "down one screen"),
  ]

  private static let writing: [Binding] = [
    bind(.newAccount, [.character("n"), .function(7)], [.list], "create an account", hint: ("n", "new")),
    bind(.newAccount, [.function(7)], [.detail], "create an account"),
    bind(.editAccount, [.character("e"), .function(4)], panes, "change the account", hint: ("e", "edit")),
    bind(
      .deleteAccount, [.character("D"), .function(8)], panes, "review the account for deletion", hint: ("D", "delete")),
    bind(.explainDeletion, [.character("d"), .character("x"), .delete, .backspace], panes, nil),
  ]

  private static let activity: [Binding] = [
    bind(.activity, [.character("@")], panes, "what was written, and what became of it"),
    bind(.open, [.enter, .right, .character("l")], [.activity], "all that is known of the write", hint: ("⏎", "open")),
    bind(
      .back, [.escape, .left, .character("h"), .character("q")], [.activityDetail], "back to all writes",
      hint: ("Esc", "back")),
    bind(.back, [.escape, .character("q")], [.activity], "back to the accounts", hint: ("Esc", "back")),
    bind(.verify, [.character("v")], activities, "find out by reading what happened", hint: ("v", "look it up")),
    bind(.dismiss, [.character("s")], activities, "let it block no others, if looking it up cannot tell"),
    bind(
      .adopt, [.character("a")], activities.union([.unknownOutcome]),
      "take the account that was found as the created one"),
    bind(.editAccount, [.character("e"), .function(4)], activities, "do what is left: require two-factor"),
    bind(.refresh, [.character("r"), .function(5), .control("r")], [.activity], "read the journal again"),
  ]

  private static let buttons: InputContexts = [.button, .unknownOutcome]

  private static let forms: [Binding] = [
    bind(.nextField, [.tab, .right], [.review], "the next button", hint: ("Tab", "next")),
    bind(.previousField, [.backTab, .left], [.review], "the previous button"),
    bind(.accept, [.enter, .character(" ")], [.review], "press the button", hint: ("⏎", "press")),
    bind(
      .cancel, [.escape, .character("q"), .control("c")], [.review], "leave, with nothing sent",
      hint: ("Esc", "cancel")),
    bind(
      .cancel, [.escape, .enter, .character(" "), .character("q"), .control("c")], [.countdown],
      "stop, with nothing sent", hint: ("Esc", "stop")),
    bind(.verify, [.character("v")], [.unknownOutcome], "find out by reading what happened", hint: ("v", "look it up")),
    bind(.nextField, [.tab], .form, "the next field", hint: ("Tab", "next")),
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
    bind(.accept, [.enter, .character(" ")], buttons, "press the button", hint: ("⏎", "press")),
    bind(.nextField, [.right], buttons, "the next button"),
    bind(.previousField, [.left], buttons, "the previous button"),
    bind(.cancel, [.escape, .control("c")], .form, "leave, with nothing sent", hint: ("Esc", "cancel")),
    bind(.cancel, [.escape, .control("c")], [.waiting], "leave, with nothing sent", hint: ("Esc", "cancel")),
    // What has come of a review can be read meanwhile. Letters are left out: they may be meant for a field.
    bind(.moveUp, [.up], [.waiting], "up one row"),
    bind(.moveDown, [.down], [.waiting], "down one row"),
    bind(.pageUp, [.pageUp], [.waiting], "up one screen"),
    bind(.pageDown, [.pageDown], [.waiting], "down one screen"),
    bind(
      .cancel, [.escape, .control("c")], [.unknownOutcome], "leave; it can be looked up later", hint: ("Esc", "close")),
    bind(
      .cancel, [.escape, .enter, .character("q"), .control("c")], [.receipt], "dismiss", hint: ("Esc", "close")),
    bind(
      .cancel, [.escape, .character("q"), .character("?"), .function(1), .control("c")], [.help], "close the help",
      hint: ("Esc", "close")),
  ]

  private static let everywhere: [Binding] = [
    bind(
      .help, [.character("?"), .function(1)],
      [
        .list, .detail, .activity, .activityDetail, .choice, .toggle, .button, .unknownOutcome, .review, .busy,
        .receipt, .raw,
      ],
      "the keys of this screen",
      hint: ("?", "help")),
    bind(
      .help, [.function(1)], [.field, .find, .detailSearch, .palette, .waiting], "the keys of this screen",
      hint: ("F1", "help")),
    bind(.redraw, [.control("l")], .everywhere, "draw the screen again"),
    bind(.suspend, [.control("z")], .everywhere, "suspend the program"),
    bind(.quit, [.character("q")], [.list], "quit", hint: ("q", "quit")),
    bind(.interrupt, [.control("c")], [.list, .detail, .activity, .activityDetail, .busy, .tooSmall], "quit"),
  ]

  /// Where one account is looked at.
  private static let looked: InputContexts = [.list, .detail, .raw, .review]

  /// Behind everything else, so that their hints go first where there is no room.
  private static let looking: [Binding] = [
    bind(
      .refresh, [.character("r"), .function(5), .control("r")], panes.union([.raw, .review]),
      "read again from the server", hint: ("r", "refresh")),
    bind(.showRaw, [.character("J")], [.list], "the account's raw JSON"),
    bind(.showRaw, [.character("J")], [.detail], "the account's raw JSON", hint: ("J", "JSON")),
    bind(.copyID, [.character("y")], looked, "copy the ID"),
    bind(.copyName, [.character("Y")], looked, "copy the name"),
    bind(
      .copyReceipt, [.character("y")], activities.union([.receipt, .unknownOutcome]),
      "copy all that is known of the write"),
    bind(.openDashboard, [.character("o")], panes.union([.raw]), "open the account's page of the dashboard"),
    bind(
      .palette, [.character(":")], panes.union(activities).union([.raw]), "all commands, by name",
      hint: (":", "commands")),
    bind(
      .palette, [.character(":")], [.choice, .toggle, .button, .unknownOutcome, .review, .receipt],
      "all commands, by name"),
  ]

  private static func bind(
    _ command: Command, _ keys: [Key], _ contexts: InputContexts, _ title: String?,
    hint: (keys: String, word: String)? = nil
  ) -> Binding {
    Binding(
      command: command, keys: keys, contexts: contexts, title: title,
      hint: hint.map { Binding.Hint(keys: $0.keys, word: $0.word) })
  }
}
