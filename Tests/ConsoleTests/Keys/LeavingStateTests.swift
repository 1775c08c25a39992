import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("Leaving while a write is on its way")
struct LeavingStateTests {
  @Test("nothing on its way: Ctrl-C and q end the program at once", arguments: [Key.control("c"), .character("q")])
  func atOnce(key: Key) {
    var driver = TestDriver(accounts: 20)
    #expect(driver.press(key) == [.terminal(.quit)])
  }

  @Test(
    "the first press warns, also in a window that is too small, and the second ends the program",
    arguments: [Size(width: 120, height: 32), Size(width: 60, height: 16), Size(width: 58, height: 15)])
  func warned(size: Size) {
    var driver = sending()
    driver.send(.resize(size))
    #expect(driver.press(.control("c")) == [])
    #expect(driver.screen.contains("! A write is on its way: the same key again leaves"))
    #expect(driver.press(.control("c")) == [.terminal(.quit)])
  }

  @Test("once the warning has given way to another message, the next press warns again")
  func warnedAgain() {
    var driver = sending()
    driver.press(.control("c"))
    driver.send(.paste("x"))
    #expect(driver.press(.control("c")) == [])
    #expect(driver.press(.control("c")) == [.terminal(.quit)])
  }

  @Test("with the answer there, one press is enough")
  func answered() {
    var driver = sending()
    guard let intent = driver.effects.compactMap(\.intent).first else {
      Issue.record("nothing was sent")
      return
    }
    driver.send(.resize(Size(width: 58, height: 15)))
    driver.answerWrite(.success(nil))
    // Not before the journal has it, unless the key is pressed again.
    #expect(driver.press(.control("c")) == [])
    #expect(driver.screen.contains("What became of a write is being kept"))
    var hasty = driver
    #expect(hasty.press(.control("c")) == [.terminal(.quit)])
    driver.send(.answer(.write(.recorded(intent.id))))
    #expect(driver.notice == nil)
    #expect(driver.press(.control("c")) == [.terminal(.quit)])
  }

  @Test("an outcome that the journal does not take keeps nobody from leaving")
  func notRecorded() {
    var driver = sending()
    guard let intent = driver.effects.compactMap(\.intent).first else {
      Issue.record("nothing was sent")
      return
    }
    let outcome = WriteOutcome(.confirmed, date: driver.environment.date)
    driver.answerWrite(.success(nil))
    driver.send(
      .answer(.write(.notRecorded(intent.id, outcome, .cannotWrite(path: "/j", reason: "the disk is full")))))
    driver.send(.resize(Size(width: 58, height: 15)))
    #expect(driver.press(.control("c")) == [.terminal(.quit)])
  }

  @Test("typing on while the window has become too small ends nothing")
  func typedOn() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("n"))
    driver.type("Ac")
    driver.send(.resize(Size(width: 58, height: 15)))
    driver.type("quiet")
    #expect(driver.effects == [] && driver.screen.contains("Ctrl-C quits"))
    driver.send(.resize(Size(width: 80, height: 24)))
    #expect(driver.createForm?.name.text == "Ac")
    driver.send(.resize(Size(width: 58, height: 15)))
    #expect(driver.press(.control("c")) == [.terminal(.quit)])
  }

  private func sending() -> TestDriver {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("n"))
    driver.type("Harbor")
    for _ in 0..<20 where driver.createForm?.focus != .create { driver.press(.tab) }
    driver.press(.enter)
    return driver
  }
}
