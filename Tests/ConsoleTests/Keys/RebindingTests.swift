import Terminal
import Testing

@testable import Console

@Suite("Keys of one's own")
struct RebindingTests {
  @Test("a command's new keys take the place of the old ones, wherever it is bound")
  func rebinding() throws {
    let map = try KeyMap.builtIn.rebound(by: [
      Rebinding(command: "refresh", keys: ["ctrl-e", "F9"]), Rebinding(command: "open-deletion-review", keys: ["X"]),
    ])
    for context in [InputContext.list, .detail, .raw, .activity] {
      #expect(map.input(for: .control("e"), in: context) == .command(.refresh))
      #expect(map.input(for: .function(9), in: context) == .command(.refresh))
      #expect(map.input(for: .character("r"), in: context) == nil)
    }
    #expect(map.input(for: .character("X"), in: .list) == .command(.deleteAccount))
    #expect(map.input(for: .character("D"), in: .list) == nil)
    #expect(map.input(for: .function(8), in: .detail) == nil)
  }

  @Test("hints, help, palette and what is said follow")
  func following() throws {
    var driver = TestDriver(accounts: 20)
    let map = try KeyMap.builtIn.rebound(by: [
      Rebinding(command: "open-deletion-review", keys: ["F12"]), Rebinding(command: "new-account", keys: ["+"]),
    ])
    driver.restart(keyMap: map)
    driver.answerPages(of: 20)
    #expect(driver.screen.contains("+ new"))
    #expect(driver.screen.contains("F12 delete"))
    driver.press(.character("x"))
    #expect(driver.notice == "F12 opens the deletion review")
    driver.press(.character("?"))
    #expect(driver.helpEntries.contains { $0.keys == "F12" && $0.name == "open-deletion-review" })
    driver.press(.escape, .character(":"))
    #expect(driver.paletteEntries.contains { $0.keys == "+" && $0.command == .newAccount })
  }

  @Test("Esc and Ctrl-C go on leading out, and typing stays typing")
  func keeping() throws {
    let map = try KeyMap.builtIn.rebound(by: [
      Rebinding(command: "back", keys: ["b"]), Rebinding(command: "redraw", keys: ["w"]),
      Rebinding(command: "help", keys: ["H"]),
    ])
    #expect(map.input(for: .escape, in: .detail) == .command(.back))
    #expect(map.input(for: .character("b"), in: .detail) == .command(.back))
    #expect(map.input(for: .left, in: .detail) == nil)
    #expect(map.input(for: .character("w"), in: .field) == .edit(.insert("w")))
    #expect(map.input(for: .control("l"), in: .field) == .command(.redraw))
    #expect(map.input(for: .function(1), in: .field) == .command(.help))
    for context in [InputContext.choice, .toggle, .button, .busy] {
      #expect(map.input(for: .character("H"), in: context) == .command(.help))
      #expect(map.input(for: .character("?"), in: context) == nil)
    }
    #expect(map.input(for: .character("w"), in: .countdown) == .command(.cancel))
  }

  @Test(
    "what cannot be is said, each with its place",
    arguments: [
      ([("refrehs", ["r"])], ["0: there is no command refrehs; the command palette lists all of them"]),
      (
        [("refresh", ["hyper-x"])],
        ["0: hyper-x is no key; there are single characters, ctrl-f, alt-x, F5, space, enter, pgup and such"]
      ),
      ([("sort", ["t"]), ("refresh", ["s", "n"])], ["1: n would be both new-account and refresh in the list"]),
      ([("refresh", ["t"]), ("sort", ["t"])], ["1: t would be both refresh and sort in the list"]),
      ([("quit", ["esc"])], ["0: Esc always leads out, and can be given to nothing else"]),
      ([("help", ["ctrl-c"])], ["0: Ctrl-C always leads out, and can be given to nothing else"]),
      ([("accept", ["d"])], ["0: accept keeps its keys: forms and dialogs are the same for everybody"]),
      ([("toggle", ["x"])], ["0: toggle keeps its keys: forms and dialogs are the same for everybody"]),
      ([("cancel", ["z"])], ["0: cancel keeps its keys: forms and dialogs are the same for everybody"]),
    ] as [([(String, [String])], [String])])
  func refusals(rebindings: [(String, [String])], expected: [String]) {
    #expect(problems(rebindings.map { Rebinding(command: $0.0, keys: $0.1) }) == expected)
  }

  @Test(
    "the keys that delete elsewhere, and those that lead on in the dialog, never open a deletion",
    arguments: ["d", "x", "del", "backspace", "enter", "space", "tab", "ctrl-d", "ctrl-k", "down", "right", "esc"])
  func dangerous(key: String) throws {
    let label = try #require(Key(name: key)).label
    let reason =
      key == "esc"
      ? "always leads out, and can be given to nothing else"
      : "never opens the deletion review: it is pressed for something else too easily"
    #expect(problems([Rebinding(command: "open-deletion-review", keys: [key])]) == ["0: \(label) \(reason)"])
  }

  @Test("two commands can change their keys, and an explained key can be had")
  func exchange() throws {
    let map = try KeyMap.builtIn.rebound(by: [
      Rebinding(command: "sort", keys: ["S"]), Rebinding(command: "reverse-sort", keys: ["s"]),
      Rebinding(command: "load-all", keys: ["x"]),
    ])
    #expect(map.input(for: .character("S"), in: .list) == .command(.sort))
    #expect(map.input(for: .character("s"), in: .list) == .command(.reverseSort))
    #expect(map.input(for: .character("x"), in: .list) == .command(.loadAll))
    #expect(map.input(for: .character("d"), in: .list) == .command(.explainDeletion))
  }

  @Test("every bound key has a name that leads back to it")
  func names() {
    for key in Set(KeyMap.builtIn.bindings.flatMap(\.keys)) where key != .control("c") {
      #expect(Key(name: key.label) == key, "\(key)")
    }
    #expect(Key(name: "CTRL-F") == .control("f"))
    #expect(Key(name: "f12") == .function(12))
    #expect(Key(name: "d") == .character("d"))
    #expect(Key(name: "D") == .character("D"))
    for name in ["", "ctrl-i", "ctrl-m", "ctrl-[", "F13", "F0", "f", "ctrl-", "hyper-x", "ab", "\u{1B}", "\u{7F}"] {
      #expect(name == "f" ? Key(name: name) == .character("f") : Key(name: name) == nil, "\(name)")
    }
  }

  private func problems(_ rebindings: [Rebinding]) -> [String] {
    do throws(RebindingError) {
      _ = try KeyMap.builtIn.rebound(by: rebindings)
      return []
    } catch {
      return error.problems.map { "\($0.wish): \($0.text)" }
    }
  }
}
