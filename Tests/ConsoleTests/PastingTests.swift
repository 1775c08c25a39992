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
    var person = Person(accounts: 60)
    if inDetail { person.press(.tab) }
    let before = person.state
    #expect(person.send(burst("DnqGJ@r]?\n D\u{7F}x")) == [])
    #expect(person.notice == "14 keys came at once, as from a paste, and were dropped")
    person.state.notice = nil
    #expect(person.state == before)
    #expect(person.send(.burst([.control("c"), .function(8), .delete])).isEmpty)
    #expect(person.state.dialog == nil)
  }

  @Test("what leads elsewhere is not taken from whoever waits for a slow line")
  func moving() {
    var person = Person(accounts: 60)
    person.send(.burst([.down, .down, .character("D"), .down]))
    #expect(person.state.browse.cursorRow == 3)
  }

  @Test("a burst goes into a text field up to the end of its first line, and is never sent off")
  func field() {
    var person = Person(accounts: 60)
    person.press(.character("n"))
    person.send(burst("Harbor & Pine\n\n\n\n\n \nsecond line\n"))
    #expect(person.createForm?.name.text == "Harbor & Pine")
    #expect(person.createForm?.isSending == false)
    #expect(person.effects.allSatisfy { $0.intent == nil })
    #expect(person.screen.contains("came at once"))
  }

  @Test("what is looked for can be typed ahead, and the end of its line runs nothing behind it")
  func find() {
    var person = Person(accounts: 60)
    person.send(burst("/Account 1234\nDnq"))
    #expect(person.state.browse.find?.field.text == "Account 1234")
    #expect(person.state.dialog == nil)
    #expect(person.notice?.hasPrefix("3 keys came at once") == true)
  }

  @Test("type-ahead into a form on a line that hung does what it says")
  func typeAhead() {
    var person = Person(accounts: 60)
    person.press(.character("n"))
    person.send(burst("Harbor & Pine\t\t\tunit"))
    #expect(person.createForm?.name.text == "Harbor & Pine")
    #expect(person.state.notice == nil)
  }

  @Test("a long burst costs a field no more than a short one, and is cut where a paste is")
  func long() {
    var person = Person(accounts: 60)
    person.press(.character("n"))
    person.send(burst(String(repeating: "Harbor ", count: 20_000)))
    #expect(person.createForm?.name.text.unicodeScalars.count == TextField.limit)
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
  func remarks(pasted: String, text: String, remark: String?) {
    var person = Person(accounts: 60)
    person.press(.character("n"))
    person.send(.paste(pasted))
    #expect(person.createForm?.name.text == text)
    #expect(person.createForm?.name.remark == remark)
    if let remark { #expect(person.screen.contains(remark)) }
    person.press(.left)
    #expect(person.createForm?.name.remark == nil)
  }

  @Test("a paste of 64 KiB of the worst that there is, and the frame after it, take a moment only")
  func worst() {
    var person = Person(accounts: 60)
    person.press(.character("n"))
    let marks = String(repeating: "e\u{301}\u{302}👩‍👩‍👧‍👦\u{202E}\u{1B}", count: 1_600)
    let time = ContinuousClock().measure {
      person.send(.paste(marks))
      _ = person.screen
    }
    // Far more than it takes on a busy machine.
    #expect(time < .seconds(30), "\(time)")
    #expect(person.createForm?.name.text.unicodeScalars.count == TextField.limit)
  }

  @Test("what is pasted or comes at once in front of a form without a field in focus is dropped, and that can be seen")
  func button() {
    var person = Person(accounts: 60)
    person.press(.character("n"))
    person.press(.backTab)
    person.send(.paste("Harbor"))
    #expect(person.screen.contains("Pasted text was dropped"))
    person.send(burst("Harbor & Pine\n"))
    #expect(person.createForm?.isSending == false && person.createForm?.name.text == "")
    #expect(person.screen.contains("came at once"))
  }
}
