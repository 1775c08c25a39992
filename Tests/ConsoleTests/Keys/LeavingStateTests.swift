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

  @Test(
    "the first press warns, also in a window that is too small, and the second ends the program",
    arguments: [Size(width: 120, height: 32), Size(width: 60, height: 16), Size(width: 58, height: 15)])
  func warned(size: Size) {
    var person = sending()
    person.send(.resize(size))
    #expect(person.press(.control("c")) == [])
    #expect(person.screen.contains("! A write is on its way: the same key again leaves"))
    #expect(person.press(.control("c")) == [.terminal(.quit)])
  }

  @Test("once the warning has given way to another message, the next press warns again")
  func warnedAgain() {
    var person = sending()
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
    person.send(.resize(Size(width: 58, height: 15)))
    person.send(.activity(.answered(intent.id, WriteOutcome(.confirmed, date: person.moment.date))))
    // Not before the journal has it, unless the key is pressed again.
    #expect(person.press(.control("c")) == [])
    #expect(person.screen.contains("What became of a write is being kept"))
    var hasty = person
    #expect(hasty.press(.control("c")) == [.terminal(.quit)])
    person.send(.activity(.recorded(intent.id)))
    #expect(person.notice == nil)
    #expect(person.press(.control("c")) == [.terminal(.quit)])
  }

  @Test("an outcome that the journal does not take keeps nobody from leaving")
  func notRecorded() {
    var person = sending()
    guard let intent = person.effects.compactMap(\.intent).first else {
      Issue.record("nothing was sent")
      return
    }
    let outcome = WriteOutcome(.confirmed, date: person.moment.date)
    person.send(.activity(.answered(intent.id, outcome)))
    person.send(.activity(.notRecorded(intent.id, outcome, .cannotWrite(path: "/j", reason: "the disk is full"))))
    person.send(.resize(Size(width: 58, height: 15)))
    #expect(person.press(.control("c")) == [.terminal(.quit)])
  }

  @Test("typing on while the window has become too small ends nothing")
  func typedOn() {
    var person = Person(accounts: 20)
    person.press(.character("n"))
    person.type("Ac")
    person.send(.resize(Size(width: 58, height: 15)))
    person.type("quiet")
    #expect(person.effects == [] && person.screen.contains("Ctrl-C quits"))
    person.send(.resize(Size(width: 80, height: 24)))
    #expect(person.createForm?.name.text == "Ac")
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
