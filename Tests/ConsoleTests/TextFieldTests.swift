import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("Text fields")
struct TextFieldTests {
  private func field(_ editDrafts: TextEdit...) -> TextField {
    var field = TextField()
    for edit in editDrafts { field.apply(edit) }
    return field
  }

  @Test("Backspace takes one grapheme, however many scalars it has")
  func backspace() {
    #expect(field(.insert("ae\u{301}"), .deleteBackward).text == "a")
    #expect(field(.insert("a👩‍👩‍👧‍👦"), .deleteBackward).text == "a")
    #expect(field(.deleteBackward) == TextField())
  }

  @Test("a combining mark joins the letter before the cursor, and the cursor stays behind it")
  func combining() {
    let field = field(.insert("eb"), .moveLeft, .insert("\u{301}"))
    #expect(field.text == "e\u{301}b")
    #expect(field.cursor == 1)
  }

  @Test("editing in the middle")
  func middle() {
    #expect(field(.insert("abd"), .moveLeft, .insert("c")).text == "abcd")
    #expect(field(.insert("abcd"), .moveToStart, .deleteForward).text == "bcd")
    #expect(field(.insert("one two  "), .deleteWord).text == "one ")
    #expect(field(.insert("one two"), .moveLeft, .moveLeft, .deleteToStart).text == "wo")
    #expect(field(.insert("one two"), .moveToStart, .moveRight, .deleteToEnd).text == "o")
  }

  @Test("the cursor never leaves the text")
  func bounds() {
    #expect(field(.insert("a"), .moveRight, .moveRight).cursor == 1)
    #expect(field(.insert("a"), .moveLeft, .moveLeft).cursor == 0)
  }
}

@Suite("Wording")
struct WordingTests {
  @Test(
    "numbers have their thousands apart",
    arguments: [(0, "0"), (999, "999"), (1204, "1,204"), (1_000_000, "1,000,000"), (-1204, "-1,204")] as [(Int, String)]
  )
  func numbers(number: Int, text: String) { #expect(Wording.number(number) == text) }

  @Test(
    "ages are told in their largest unit",
    arguments: [
      (30.0, "just now"), (90, "1 minute ago"), (7200, "2 hours ago"), (86_400 * 40, "1 month ago"),
      (86_400 * 1500, "4 years ago"),
      (-90, "just now"), (-5000, "in the future"),
    ] as [(Double, String)])
  func ages(seconds: Double, text: String) {
    let now = TestDriver().environment.date
    #expect(Wording.age(of: now.addingTimeInterval(-seconds), at: now) == text)
  }

  @Test("dates are in UTC")
  func dates() {
    #expect(Wording.minute(TestDriver().environment.date) == "2026-11-24 12:00 UTC")
  }

  @Test("days are those of the calendar, from the Gregorian reform to the year 4000")
  func calendar() {
    for day in stride(from: -141_427, through: 741_000, by: 97) {
      let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 86_399)
      #expect(Wording.day(date) == date.formatted(Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()))
    }
  }

  @Test("text is wrapped between words, and inside those that are too long")
  func wrapping() {
    setLocaleOnce()
    #expect(wrapped("one two three", width: 8) == ["one two", "three"])
    #expect(wrapped("abcdefghij", width: 4) == ["abcd", "efgh", "ij"])
    #expect(wrapped("東京都庁", width: 5) == ["東京", "都庁"])
    #expect(wrapped("", width: 5) == [""])
    #expect(wrapped("one abcdefghij two", width: 4) == ["one", "abcd", "efgh", "ij", "two"])
    #expect(wrapped("abcdefghij k", width: 4) == ["abcd", "efgh", "ij k"])
  }
  @Test("a word of any length is wrapped in one go", .timeLimit(.minutes(1)))
  func longWord() {
    #expect(wrapped(String(repeating: "東", count: 100_000), width: 20).count == 10_000)
    #expect(wrapped(String(repeating: "x", count: 300_000), width: 20).count == 15_000)
  }
}
