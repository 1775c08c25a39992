import Terminal
import Testing

@testable import Curses

@Suite("Bursts of keys")
struct BurstDetectorTests {
  private func keys(_ text: String) -> [TerminalEvent] {
    text.unicodeScalars.map { .key($0 == "\n" ? .enter : .character($0)) }
  }

  private func burst(_ text: String) -> TerminalEvent {
    .burst(text.unicodeScalars.map { $0 == "\n" ? .enter : .character($0) })
  }

  @Test(
    "what a person does is no burst, even when it arrives at once",
    arguments: [
      "D", "gg", "nHarbor", "12345678", String(repeating: "j", count: 500),
      String(repeating: "j", count: 40) + String(repeating: "k", count: 40) + "jjkkjjkk",
    ])
  func typed(text: String) {
    var detector = BurstDetector()
    #expect(detector.group(keys(text)) == keys(text))
    #expect(detector.group(keys("D")) == keys("D"))
  }

  @Test("keys that stand for no text are not counted")
  func moving() {
    var detector = BurstDetector()
    let events = [Key.up, .down, .left, .right, .tab, .pageUp, .home, .end, .escape, .up, .down].map(TerminalEvent.key)
    #expect(detector.group(events + keys("nD")) == events + keys("nD"))
  }

  @Test("more characters at once than anybody types are a burst, and so are the next pieces of it")
  func pasted() {
    var detector = BurstDetector()
    #expect(detector.group(keys("Dn\nq123G\n")) == [burst("Dn\nq123G\n")])
    #expect(detector.group([]) == [])
    detector.waited(.milliseconds(20))
    detector.waited(.milliseconds(20))
    #expect(detector.group(keys("D")) == [burst("D")])
    detector.waited(.milliseconds(40))
    #expect(detector.group(keys("D")) == [burst("D")])
    detector.waited(.milliseconds(40))
    detector.waited(.milliseconds(10))
    #expect(detector.group(keys("D")) == keys("D"))
    #expect(detector.group(keys("D")) == keys("D"))
  }

  @Test("a key that stands for no text ends a burst, and the next one is somebody's")
  func ended() {
    var detector = BurstDetector()
    #expect(detector.group(keys("123456789")) == [burst("123456789")])
    #expect(detector.group([.key(.tab)]) == [.key(.tab)])
    #expect(detector.group(keys("\n")) == keys("\n"))
    #expect(detector.group(keys("123456789") + [.key(.tab)]).count == 1)
    #expect(detector.group(keys("D")) == keys("D"))
  }

  @Test("other events keep their place among the keys of a burst")
  func order() {
    var detector = BurstDetector()
    let events = keys("12345") + [.focusLost] + keys("67890")
    #expect(detector.group(events) == [burst("12345"), .focusLost, burst("67890")])
  }
}
