import Terminal
import Testing

@testable import Console

@Suite("Pasting")
struct PastingTests {
  private func burst(_ text: String) -> Action {
    .burst(text.unicodeScalars.map { $0 == "\n" ? .enter : $0 == "\t" ? .tab : .character($0) })
  }

  @Test("a burst in the list runs none of its keys as commands, whatever they are", arguments: [true, false])
  func list(inDetail: Bool) {
    var driver = TestDriver(accounts: 60)
    if inDetail { driver.press(.tab) }
    let before = driver
    #expect(driver.send(burst("DnqGJ@r]?\n D\u{7F}x")) == [])
    #expect(driver.notice == "14 keys came at once, as from a paste, and were dropped")
    driver.show(nil)
    #expect(driver.isLike(before))
    #expect(driver.send(.burst([.control("c"), .function(8), .delete])).isEmpty)
    #expect(!driver.hasDialog)
  }

  @Test("what leads elsewhere is not taken from whoever waits for a slow line")
  func moving() {
    var driver = TestDriver(accounts: 60)
    driver.send(.burst([.down, .down, .character("D"), .down]))
    #expect(driver.list.cursor.row == 3)
  }

  @Test("a burst goes into a text field up to the end of its first line, and is never sent off")
  func field() {
    var driver = TestDriver(accounts: 60)
    driver.press(.character("n"))
    driver.send(burst("Harbor & Pine\n\n\n\n\n \nsecond line\n"))
    #expect(driver.createForm?.name.text == "Harbor & Pine")
    #expect(driver.createForm?.isSending == false)
    #expect(driver.effects.allSatisfy { $0.intent == nil })
    #expect(driver.screen.contains("came at once"))
  }

  @Test("what is looked for can be typed ahead, and the end of its line runs nothing behind it")
  func find() {
    var driver = TestDriver(accounts: 60)
    driver.send(burst("/Account 1234\nDnq"))
    #expect(driver.list.find?.field.text == "Account 1234")
    #expect(!driver.hasDialog)
    #expect(driver.notice?.hasPrefix("3 keys came at once") == true)
  }

  @Test("type-ahead into a form on a line that hung does what it says")
  func typeAhead() {
    var driver = TestDriver(accounts: 60)
    driver.press(.character("n"))
    driver.send(burst("Harbor & Pine\t\t\tunit"))
    #expect(driver.createForm?.name.text == "Harbor & Pine")
    #expect(driver.notice == nil)
  }

  @Test("a long burst costs a field no more than a short one, and is cut where a paste is")
  func long() {
    var driver = TestDriver(accounts: 60)
    driver.press(.character("n"))
    driver.send(burst(String(repeating: "Harbor ", count: 20_000)))
    #expect(driver.createForm?.name.text.unicodeScalars.count == TextField.limit)
  }

  @Test(
    "what is not taken of a paste is said beside the field, until the next edit",
    arguments: [
      ("plain\ttext\n", "plain text", nil), ("a\u{1B}[31mb", "a[31mb", "! 1 control left out"),
      ("\u{0}\u{84}x\u{7}", "x", "! 3 controls left out"),
      (String(repeating: "x", count: 1_001), String(repeating: "x", count: 1_000), "! cut at 1,000"),
      (
        "\u{7}" + String(repeating: "é", count: 1_001), String(repeating: "é", count: 1_000),
        "! cut at 1,000, 1 control left out"
      ),
    ] as [(String, String, String?)])
  func messages(pasted: String, text: String, message: String?) {
    var driver = TestDriver(accounts: 60)
    driver.press(.character("n"))
    driver.send(.paste(pasted))
    #expect(driver.createForm?.name.text == text)
    #expect(driver.createForm?.name.message == message)
    if let message { #expect(driver.screen.contains(message)) }
    driver.press(.left)
    #expect(driver.createForm?.name.message == nil)
  }

  @Test("a paste of 64 KiB of the worst that there is, and the frame after it, take a moment only")
  func worst() {
    var driver = TestDriver(accounts: 60)
    driver.press(.character("n"))
    let marks = String(repeating: "e\u{301}\u{302}👩‍👩‍👧‍👦\u{202E}\u{1B}", count: 1_600)
    let time = ContinuousClock().measure {
      driver.send(.paste(marks))
      _ = driver.screen
    }
    // Far more than it takes on a busy machine.
    #expect(time < .seconds(30), "\(time)")
    #expect(driver.createForm?.name.text.unicodeScalars.count == TextField.limit)
  }

  @Test("what is pasted or comes at once in front of a form without a field in focus is dropped, and that can be seen")
  func button() {
    var driver = TestDriver(accounts: 60)
    driver.press(.character("n"))
    driver.press(.backTab)
    driver.send(.paste("Harbor"))
    #expect(driver.screen.contains("Pasted text was dropped"))
    driver.send(burst("Harbor & Pine\n"))
    #expect(driver.createForm?.isSending == false && driver.createForm?.name.text == "")
    #expect(driver.screen.contains("came at once"))
  }
}
