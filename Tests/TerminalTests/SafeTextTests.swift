import TestSupport
import Testing

@testable import Terminal

@Suite("SafeText")
struct SafeTextTests {
  init() { CharacterType.set() }

  @Test(
    "Every kind of character is drawn as terminals agree on",
    arguments: [
      // Plain text.
      ("", "", 0), ("Harbor & Pine", "Harbor & Pine", 13), ("Zürich", "Zürich", 6), ("東京", "東京", 4),
      ("e\u{301}", "e\u{301}", 1), ("¡", "¡", 1), ("한국", "한국", 4),
      ("\u{1112}\u{1161}\u{11AB}", "\u{1112}\u{1161}\u{11AB}", 2),
      ("\u{E000}", "\u{E000}", 1),
      // Controls.
      ("a\u{1B}[31mb", "a␛[31mb", 7), ("\u{0}", "␀", 1), ("\t", "␉", 1), ("\n", "␊", 1), ("\r\n", "␍␊", 2),
      ("\u{7F}", "␡", 1),
      ("\u{9B}31m", "\u{FFFD}31m", 4), ("\u{85}", "\u{FFFD}", 1), ("\u{1B}]52;c;AAAA\u{7}", "␛]52;c;AAAA␇", 12),
      // What changes the order of a line, or ends it.
      ("a\u{202E}b", "a⇄b", 3), ("\u{2066}x\u{2069}", "⇄x⇄", 3), ("\u{200E}\u{200F}\u{61C}", "⇄⇄⇄", 3),
      ("a\u{2028}b\u{2029}", "a␤b␤", 4),
      // What is not seen.
      ("a\u{200B}b", "a·b", 3), ("a\u{200C}b", "a·b", 3), ("a\u{200D}b", "a·b", 3), ("\u{FEFF}a", "·a", 2),
      ("a\u{2060}b", "a·b", 3),
      ("a\u{AD}b", "a·b", 3), ("a\u{34F}b", "a·b", 3), ("a\u{E0041}b", "a·b", 3), ("\u{3164}", "·", 1),
      ("\u{115F}\u{1160}", "··", 2),
      ("\u{2800}", "·", 1), ("a\u{FE0F}b", "a·b", 3), ("葛\u{E0100}", "葛·", 3), ("\u{1D173}a", "·a", 2),
      ("\u{180E}", "·", 1),
      ("1\u{FE0F}", "1·", 2),
      // Marks.
      ("\u{301}", "◌\u{301}", 1), ("\u{301}\u{302}", "◌\u{301}\u{302}", 1),
      ("e\u{301}\u{302}\u{303}\u{304}", "e\u{301}\u{302}\u{303}\u{304}", 1),
      ("e\u{301}\u{302}\u{303}\u{304}\u{305}", "e\u{301}\u{302}\u{303}\u{304}·", 2),
      ("\u{301}\u{302}\u{303}\u{304}\u{305}", "◌\u{301}\u{302}\u{303}\u{304}·", 2),
      // Letters of one grapheme in scripts that join them: none gets lost.
      ("क्षि", "क्षि", 3),
      // Emoji.
      ("😀", "😀", 2), ("❤\u{FE0F}", "❤", 1), ("👍🏽", "👍", 2), ("👨‍👩‍👧", "👨", 2), ("🏳️‍🌈", "🏳", 1), ("🇩🇪", "DE", 2), ("🇩", "D", 1),
      ("1\u{FE0F}\u{20E3}", "1·", 2), ("😀\u{301}", "😀·", 3), ("😀\u{200D}\u{200D}", "😀", 2),
      ("🇩\u{301}", "D◌\u{301}", 2), ("\u{6DD}🇩", "·D", 2),
      ("🏴\u{E0067}\u{E007F}", "🏴··", 4), ("\u{1FAE9}", "\u{FFFD}", 1),
      // Without a meaning.
      ("\u{FFFE}", "\u{FFFD}", 1), ("\u{10FFFF}", "\u{FFFD}", 1), ("\u{FFF9}", "·", 1),
    ])
  func draws(text: String, drawn: String, width: Int) {
    let safe = SafeText(text)
    #expect(safe.text.unicodeScalars.elementsEqual(drawn.unicodeScalars), "drawn as \(safe.text.debugDescription)")
    #expect(safe.width == width)
  }

  @Test("Plain ASCII takes the short way to the same result")
  func shortWay() {
    let text = String(String.UnicodeScalarView((0x20..<0x7F).compactMap(Unicode.Scalar.init)))
    #expect(SafeText(text).text == text)
    #expect(SafeText(text + "é").prefix(columns: 95) == SafeText(text))
  }

  @Test("Nothing that acts or hides gets out of 100,000 random texts, and widths add up")
  func randomTexts() {
    var random = SeededGenerator(seed: 0x7E4A_47)
    for _ in 0..<100_000 {
      let text = random.hostileText()
      let safe = SafeText(text)
      guard let problem = safe.problem else { continue }
      Issue.record("\(problem) in \(text.unicodeScalars.map { String($0.value, radix: 16) })")
      return
    }
  }

  @Test("A cut text ends in an ellipsis and keeps to its columns")
  func truncation() {
    let text = SafeText("東京 Café")
    #expect(text.truncated(to: 9).text == "東京 Café")
    #expect(text.truncated(to: 8).text == "東京 Ca…")
    #expect(text.truncated(to: 4).text == "東…")
    #expect(text.truncated(to: 3).text == "東…")
    #expect(text.truncated(to: 2).text == "…")
    #expect(text.truncated(to: 1).text == "…")
    #expect(text.truncated(to: 0) == .empty)
    #expect(text.truncated(to: -1) == .empty)
    #expect(SafeText("").truncated(to: 0) == .empty)
  }

  @Test("A beginning has whole graphemes only")
  func prefixes() {
    let text = SafeText("a東e\u{301}x")
    #expect(
      (-1...6).map { text.prefix(columns: $0).text } == [
        "", "", "a", "a", "a東", "a東e\u{301}", "a東e\u{301}x", "a東e\u{301}x",
      ])
  }

  @Test("Dropping columns leaves the others where they were")
  func dropping() {
    let text = SafeText("a東e\u{301}x")
    #expect(
      (-1...6).map { text.dropFirst(columns: $0).text } == [
        "a東e\u{301}x", "a東e\u{301}x", "東e\u{301}x", " e\u{301}x", "e\u{301}x", "x", "", "",
      ])
  }

  @Test("Parts of random texts have the widths that they promise")
  func randomParts() {
    var random = SeededGenerator(seed: 42)
    for _ in 0..<5_000 {
      let text = SafeText(random.hostileText())
      let columns = Int.random(in: 0...20, using: &random)
      let (first, rest, cut) = (
        text.prefix(columns: columns), text.dropFirst(columns: columns), text.truncated(to: columns)
      )
      #expect(first.width <= columns && first.width >= min(text.width, columns) - 1)
      #expect(rest.width == max(0, text.width - columns))
      #expect(cut.width <= columns)
      #expect([first, rest, cut].allSatisfy { $0.problem == nil })
    }
  }

  @Test("Texts can be put together")
  func concatenation() {
    #expect(SafeText("東") + SafeText("x") == SafeText("東x"))
    #expect((SafeText("東") + .empty).width == 2)
    #expect(SafeText.empty.isEmpty && !SafeText(" ").isEmpty)
  }
}

extension SafeText {
  /// What is wrong with this text, by rules written down a second time here, as the checks of the first.
  var problem: String? {
    var sum = 0
    for glyph in glyphs {
      sum += glyph.width
      if glyph.marks.count > 4 { return "too many marks" }
      if displayWidth(of: glyph.base) != glyph.width { return "wrong width of \(glyph)" }
      if glyph.marks.contains(where: { displayWidth(of: $0) != 0 }) { return "mark with a width" }
      for scalar in [glyph.base] + glyph.marks where Self.isForbidden(scalar) { return "forbidden \(scalar.value)" }
    }
    return sum == width ? nil : "width \(width) instead of \(sum)"
  }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00..<0x20, 0x7F..<0xA0, 0xAD, 0x34F, 0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F,
      0x200B...0x200F,
      0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0xFFFE...0xFFFF,
      0xFDD0...0xFDEF, 0x1F1E6...0x1F1FF, 0x1D173...0x1D17A, 0xE0000...0xE0FFF:
      true
    default: false
    }
  }
}

@Suite("Plain scalars")
struct PlainScalarTests {
  init() { CharacterType.set() }

  @Test("Each is one grapheme beside any other, is drawn as it is, and has a width")
  func graphemes() {
    let plain = (0...0x10FFFF as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init).filter(PlainScalar.contains)
    #expect(plain.count > 30_000)
    for (first, second) in zip(plain, plain.dropFirst() + plain.prefix(1)) {
      #expect(String(String.UnicodeScalarView([first, second])).count == 2)
      #expect(HiddenScalar.mark(for: first) == nil)
    }
  }

  @Test("A text of them is the same as by the search for graphemes")
  func sameAsSlow() {
    for text in ["Café Zürich 東京", "Ναυτιλιακή", "ООО «Зелёный»", "株式会社カナリヤ", "↑↓ move · “quoted” – …"] {
      let slow = text.flatMap(Glyph.drawable(for:))
      #expect(SafeText(text).glyphs == slow)
    }
  }
}
