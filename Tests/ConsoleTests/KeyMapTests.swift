import Terminal
import Testing

@testable import Console

@Suite("Keys")
struct KeyMapTests {
  @Test("no key is bound twice in one context", arguments: InputContext.allCases)
  func noConflicts(context: InputContext) {
    let keys = KeyMap.standard.bindings(in: context).flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
  }

  @Test("nothing that deletes elsewhere opens or confirms a deletion", arguments: InputContext.allCases)
  func deletionKeys(context: InputContext) {
    for key in [Key.character("d"), .character("x"), .delete, .backspace, .control("d"), .control("k")] {
      #expect(KeyMap.standard.action(for: key, in: context) != .command(.deleteAccount))
      #expect(KeyMap.standard.action(for: key, in: context) != .command(.accept))
    }
  }

  @Test(
    "letters are typed in a text field, whatever they do elsewhere",
    arguments: ["q", "n", "D", "r", "?", " ", "é", "東"] as [Unicode.Scalar])
  func typed(scalar: Unicode.Scalar) {
    #expect(KeyMap.standard.action(for: .character(scalar), in: .field) == .edit(.insert(String(scalar))))
  }

  @Test("Esc does no harm anywhere", arguments: InputContext.allCases)
  func escape(context: InputContext) {
    let action = KeyMap.standard.action(for: .escape, in: context)
    #expect(action == nil || action == .command(.cancel) || action == .command(.back))
  }

  @Test(
    "the help tells every bound key of the screen it was asked on",
    arguments: [InputContext.list, .detail, .find, .field, .choice, .button, .receipt, .raw])
  func help(context: InputContext) {
    let person = Person(accounts: 20)
    let lines = person.state.helpLines(of: HelpState(context: context))
    for binding in KeyMap.standard.bindings(in: context) where binding.title != nil {
      #expect(lines.contains { $0.title == binding.title && $0.keys.contains(binding.keys[0].label) })
    }
  }

  @Test("the help opens over the list and a form, scrolls, and closes to what was there")
  func helpScreen() {
    var person = Person(accounts: 20, size: Size(width: 80, height: 16))
    person.press(.character("?"))
    #expect(person.screen.contains("Keys: the list"))
    #expect(person.screen.contains("↓ more"))
    for _ in 0..<60 { person.press(.down) }
    #expect(!person.screen.contains("↓ more"))
    person.press(.escape)
    #expect(person.state.help == nil)
    person.press(.character("n"))
    person.press(.function(1))
    #expect(person.screen.contains("Keys: a text field"))
    person.press(.escape)
    #expect(person.createForm != nil)
  }
}
