import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("Leaving while a write is on its way")
struct LeavingStateTests {
  @Test("nothing on its way: Ctrl-C and q end the program at once", arguments: [Key.control("c"), .character("q")])
  func atOnce(key: Key) {
    var person = Person(accounts: 20)
    #expect(person.press(key) == [.terminal(.quit)])
  }

  @Test("the first press warns, also in a window that is too small, and the second ends the program")
  func warned() {
    var person = sending()
    person.send(.resize(Size(width: 58, height: 15)))
    #expect(person.press(.control("c")) == [])
    #expect(person.screen.contains("A write is on its way"))
    #expect(person.press(.control("c")) == [.terminal(.quit)])
  }

  @Test("once the warning has given way to another message, the next press warns again")
  func warnedAgain() {
    var person = sending()
    person.send(.resize(Size(width: 58, height: 15)))
    person.press(.control("c"))
    person.send(.paste("x"))
    #expect(person.press(.control("c")) == [])
    #expect(person.press(.control("c")) == [.terminal(.quit)])
  }

  @Test("with the answer there, one press is enough")
  func answered() {
    var person = sending()
    guard let intent = person.effects.compactMap(\.intent).first else {
      Issue.record("nothing was sent")
      return
    }
    person.send(.activity(.answered(intent.id, WriteOutcome(.confirmed, date: person.moment.date))))
    person.send(.resize(Size(width: 58, height: 15)))
    #expect(person.press(.control("c")) == [.terminal(.quit)])
  }

  private func sending() -> Person {
    var person = Person(accounts: 20)
    person.press(.character("n"))
    person.type("Harbor")
    for _ in 0..<20 where person.createForm?.focus != .create { person.press(.tab) }
    person.press(.enter)
    return person
  }
}
