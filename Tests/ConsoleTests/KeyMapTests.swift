import Terminal
import Testing

@testable import Console

@Suite("Keys")
struct KeyMapTests {
  @Test("no key is bound twice in one context", arguments: InputContext.allCases)
  func noConflicts(context: InputContext) {
    let keys = KeyMap.builtIn.bindings(in: context).flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
  }

  @Test("nothing that deletes elsewhere opens or confirms a deletion", arguments: InputContext.allCases)
  func deletionKeys(context: InputContext) {
    for key in [Key.character("d"), .character("x"), .delete, .backspace, .control("d"), .control("k")] {
      #expect(KeyMap.builtIn.input(for: key, in: context) != .command(.deleteAccount))
      #expect(KeyMap.builtIn.input(for: key, in: context) != .command(.accept))
    }
  }

  @Test(
    "letters are typed in a text field, whatever they do elsewhere",
    arguments: ["q", "n", "D", "r", "?", " ", "é", "東"] as [Unicode.Scalar])
  func typed(scalar: Unicode.Scalar) {
    #expect(KeyMap.builtIn.input(for: .character(scalar), in: .field) == .edit(.insert(String(scalar))))
  }

  @Test("Esc does no harm anywhere", arguments: InputContext.allCases)
  func escape(context: InputContext) {
    let action = KeyMap.builtIn.input(for: .escape, in: context)
    #expect(action == nil || action == .command(.cancel) || action == .command(.back))
  }

  @Test("the help tells every bound key of the screen it was asked on", arguments: InputContext.allCases)
  func help(context: InputContext) {
    let driver = TestDriver(accounts: 20)
    let entries = HelpState(context: context).entries(in: driver.screenContext)
    for binding in KeyMap.builtIn.bindings(in: context) where binding.title != nil {
      let shown = entries.filter { $0.title == binding.title && $0.name == binding.command.rawValue }
      #expect(shown.count == 1)
      let keys = Set(shown.flatMap { $0.keys.split(separator: " ").map(String.init) })
      #expect(keys.isSuperset(of: binding.keys.map(\.label)), "\(binding.command)")
    }
  }

  @Test("no key in any context opens a deletion but D and F8, and only where accounts are looked at")
  func deletionStarts() {
    for context in InputContext.allCases {
      let keys = Self.allKeys.filter {
        KeyMap.builtIn.input(for: $0, in: context) == .command(.deleteAccount)
      }
      let expected: Set<Key> = context == .list || context == .detail ? [.character("D"), .function(8)] : []
      #expect(Set(keys) == expected, "\(context)")
    }
  }

  /// Names that people have in their configuration may never change.
  @Test("every command has its name, and a title wherever a key that does something is bound to it")
  func commandNames() {
    for command in Command.allCases where command != .explainDeletion {
      #expect(KeyMap.builtIn.bindings.contains { $0.command == command && $0.title?.isEmpty == false }, "\(command)")
    }
    let names = Set(Command.allCases.map(\.rawValue))
    #expect(
      names.isSuperset(of: [
        "move-up", "move-down", "page-up", "page-down", "half-page-up", "half-page-down", "move-to-start",
        "move-to-end", "previous-server-page", "next-server-page", "previous-account", "next-account", "open", "back",
        "switch-pane", "refresh", "find", "show-raw", "load-rest", "load-all", "sort", "reverse-sort", "new-account",
        "open-deletion-review", "explain-deletion", "activity", "verify", "dismiss", "next-field", "previous-field",
        "accept", "next-choice", "previous-choice", "cancel", "help", "command-palette", "suspend", "redraw", "quit",
        "interrupt", "copy-id", "copy-name", "copy-receipt", "open-dashboard",
      ]))
    for name in names {
      #expect(name.allSatisfy { ("a"..."z").contains($0) || $0 == "-" }, "\(name)")
    }
  }

  /// Every key that a terminal tells apart, as far as ASCII goes.
  static let allKeys: [Key] =
    (0x20..<0x7F).map { .character(Unicode.Scalar($0)) } + (0x20..<0x7F).map { .alt(Unicode.Scalar($0)) }
    + "abcdefghijklmnopqrstuvwxyz@[\\]^_".unicodeScalars.map { .control($0) } + (1...12).map { .function($0) }
    + [
      .enter, .tab, .backTab, .escape, .backspace, .delete, .insert, .up, .down, .left, .right, .home, .end, .pageUp,
      .pageDown, .other,
    ]

  @Test(
    "the keys that terminals' people know do what they do elsewhere",
    arguments: [
      (InputContext.list, Key.control("f"), Command.pageDown), (.list, .control("b"), .pageUp),
      (.list, .control("d"), .halfPageDown), (.list, .control("u"), .halfPageUp), (.list, .right, .open),
      (.list, .character("l"), .open), (.list, .tab, .switchPane), (.list, .backTab, .switchPane),
      (.list, .function(1), .help), (.list, .function(5), .refresh), (.list, .control("r"), .refresh),
      (.list, .function(7), .newAccount), (.list, .function(8), .deleteAccount), (.list, .character("q"), .quit),
      (.list, .character(":"), .palette), (.detail, .character(":"), .palette), (.detail, .control("f"), .pageDown),
      (.detail, .control("d"), .halfPageDown), (.detail, .left, .back), (.detail, .character("h"), .back),
      (.detail, .escape, .back), (.detail, .character("q"), .back), (.detail, .character("]"), .nextAccount),
      (.detail, .character("["), .previousAccount), (.detail, .function(5), .refresh), (.detail, .tab, .switchPane),
      (.detail, .function(8), .deleteAccount), (.activity, .character("q"), .back), (.raw, .function(5), .refresh),
      (.list, .character("d"), .explainDeletion), (.list, .character("x"), .explainDeletion),
      (.detail, .delete, .explainDeletion), (.detail, .backspace, .explainDeletion), (.field, .function(1), .help),
    ])
  func conventions(context: InputContext, key: Key, command: Command) {
    #expect(KeyMap.builtIn.input(for: key, in: context) == .command(command))
  }
}
