import CNcurses
import Terminal
import Testing

@testable import Curses

@Suite("InputDecoder")
struct InputDecoderTests {
  /// The events of some input, all of which has arrived when the decoder is told of a pause, as often as asked.
  private func events(of bytes: [UInt8], pauseBefore split: Int? = nil) -> [TerminalEvent] {
    var decoder = InputDecoder()
    for (place, byte) in bytes.enumerated() {
      if place == split { decoder.inputPaused() }
      decoder.consume(.byte(byte))
    }
    decoder.inputPaused()
    return decoder.takeEvents()
  }

  private static let keyTable: [(String, [Key])] = [
    ("a ~", [.character("a"), .character(" "), .character("~")]),
    ("é東😀", [.character("é"), .character("東"), .character("😀")]),
    ("\r\n", [.enter, .enter]), ("\t", [.tab]), ("\u{7F}\u{8}", [.backspace, .backspace]),
    ("\u{0}\u{1}\u{1A}\u{1C}\u{1F}", [.control("@"), .control("a"), .control("z"), .control("\\"), .control("_")]),
    ("\u{1B}", [.escape]), ("\u{1B}\u{1B}", [.escape, .escape]), ("\u{1B}\r", [.escape, .enter]),
    ("\u{1B}x", [.alt("x")]), ("\u{1B}é", [.alt("é")]), ("\u{1B}\u{7F}", [.alt("\u{7F}")]),
    ("\u{1B}\u{8}", [.alt("\u{7F}")]),
    ("\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D", [.up, .down, .right, .left]),
    ("\u{1B}OA\u{1B}OB\u{1B}OC\u{1B}OD", [.up, .down, .right, .left]),
    (
      "\u{1B}[H\u{1B}[F\u{1B}OH\u{1B}OF\u{1B}[1~\u{1B}[4~\u{1B}[7~\u{1B}[8~",
      [.home, .end, .home, .end, .home, .end, .home, .end]
    ),
    ("\u{1B}[2~\u{1B}[3~\u{1B}[5~\u{1B}[6~\u{1B}[Z", [.insert, .delete, .pageUp, .pageDown, .backTab]),
    (
      "\u{1B}OP\u{1B}OS\u{1B}[P\u{1B}[11~\u{1B}[15~",
      [.function(1), .function(4), .function(1), .function(1), .function(5)]
    ),
    ("\u{1B}[17~\u{1B}[21~\u{1B}[23~\u{1B}[24~", [.function(6), .function(10), .function(11), .function(12)]),
    ("\u{1B}[[A\u{1B}[[E\u{1B}[[F", [.function(1), .function(5), .other]),
    (
      "\u{1B}Op\u{1B}Oy\u{1B}Ok\u{1B}OM\u{1B}OX",
      [.character("0"), .character("9"), .character("+"), .enter, .character("=")]
    ),
    // Modified keys and keys that nobody has heard of.
    ("\u{1B}[1;5C\u{1B}[3;2~\u{1B}[27;5;13~\u{1B}[99~\u{1B}O1", [.other, .other, .other, .other, .other]),
    // What was not typed: reports of the mouse, answers to questions, the end of no paste.
    ("\u{1B}[<0;10;20M\u{1B}[M !!\u{1B}[?1;2c\u{1B}[201~x", [.character("x")]),
    (
      "\u{1B}]11;rgb:0000/0000/0000\u{7}x\u{1B}P1$r0m\u{1B}\\y\u{1B}_Gok\u{1B}\\z",
      [.character("x"), .character("y"), .character("z")]
    ),
    // A sequence that is broken off does not take the next key with it.
    ("\u{1B}[1;\u{3}q", [.other, .control("c"), .character("q")]),
    ("\u{1B}[1\u{1B}[A", [.other, .up]),
    ("\u{1B}]0;title\u{3}", [.control("c")]),
  ]

  @Test("Bytes become keys", arguments: keyTable)
  func keys(text: String, expected: [Key]) {
    #expect(events(of: Array(text.utf8)) == expected.map(TerminalEvent.key))
  }

  @Test("It does not matter where the input is parted, but behind an Escape", arguments: keyTable)
  func partedKeys(text: String, expected: [Key]) {
    let bytes = Array(text.utf8)
    for split in bytes.indices.dropFirst() where bytes[split - 1] != 0x1B {
      #expect(events(of: bytes, pauseBefore: split) == expected.map(TerminalEvent.key), "parted at \(split)")
    }
  }

  @Test("What the terminal tells of its focus is no key, wherever it is parted, and is not dropped with keys")
  func focus() {
    let bytes = Array("a\u{1B}[O\u{1B}\u{1B}[Ib".utf8)
    let expected: [TerminalEvent] = [
      .key(.character("a")), .focusLost, .key(.escape), .focusGained, .key(.character("b")),
    ]
    #expect(events(of: bytes) == expected)
    for split in bytes.indices.dropFirst() where bytes[split - 1] != 0x1B {
      #expect(events(of: bytes, pauseBefore: split) == expected, "parted at \(split)")
    }
    var decoder = InputDecoder()
    for byte in bytes.prefix(6) { decoder.consume(.byte(byte)) }
    decoder.discard()
    for byte in bytes.dropFirst(6) { decoder.consume(.byte(byte)) }
    #expect(decoder.takeEvents() == [.focusLost, .focusGained, .key(.character("b"))])
  }

  @Test("What is not UTF-8 is a key without a meaning, and takes nothing else with it")
  func illFormed() {
    let other = TerminalEvent.key(.other)
    let q = TerminalEvent.key(.character("q"))
    #expect(events(of: [0xE9, 0x71]) == [other, q])
    #expect(events(of: [0x80, 0x71]) == [other, q])
    #expect(events(of: [0xC0, 0xAF, 0x71]) == [other, other, q])
    #expect(events(of: [0xED, 0xA0, 0x80, 0x71]) == [other, q])
    #expect(events(of: [0xF4, 0x90, 0x80, 0x80, 0x71]) == [other, q])
    #expect(events(of: [0xC2, 0x9B, 0x71]) == [other, q])
    #expect(events(of: [0xE6, 0x9D, 0xE6, 0x9D, 0xB1]) == [other, .key(.character("東"))])
    #expect(events(of: Array("\u{FFFD}".utf8)) == [.key(.character("\u{FFFD}"))])
  }

  @Test("No control sequence ever leaks as characters")
  func leaks() {
    let bytes = Array(0x20..<0x40 as Range<UInt8>)
    let parameters =
      [[]] + bytes.map { [$0] } + bytes.flatMap { first in bytes.map { [first, $0] } } + [
        Array(repeating: UInt8(ascii: "1"), count: 500), Array("1;2;3;4;5;6;7;8;9".utf8),
        Array("99999999999999999999".utf8),
      ]
    for parameters in parameters {
      for final in 0x40..<0x7F as Range<UInt8> {
        // These two go on behind what looks like their end; the table above has them.
        if parameters.isEmpty, final == UInt8(ascii: "M") || final == UInt8(ascii: "[") { continue }
        let seen = events(of: [0x1B, 0x5B] + parameters + [final])
        let characters = seen.filter { if case .key(.character) = $0 { true } else { false } }
        guard seen.count > 1 || !characters.isEmpty else { continue }
        Issue.record("\(String(decoding: parameters + [final], as: UTF8.self)): \(seen)")
        return
      }
    }
  }

  @Test("Keys that terminfo lists end what is half here")
  func namedKeys() {
    var decoder = InputDecoder()
    for token in [
      .key(KEY_UP), .byte(0x1B), .key(KEY_DOWN), .byte(0x1B), .key(KEY_BACKSPACE), .key(KEY_F0 + 12),
    ] as [InputToken] {
      decoder.consume(token)
    }
    decoder.consume(.byte(0xC3))
    decoder.consume(.key(KEY_PPAGE))
    decoder.consume(.key(9999))
    #expect(
      decoder.takeEvents()
        == [.up, .escape, .down, .alt("\u{7F}"), .function(12), .other, .pageUp, .other].map(TerminalEvent.key))
    #expect(decoder.patience == nil)
  }

  @Test(
    "A sequence that stays half is let go after its patience",
    arguments: [
      ("\u{1B}[", [.alt("[")]), ("\u{1B}O", [.alt("O")]), ("\u{1B}]", [.alt("]")]), ("\u{1B}P", [.alt("P")]),
      ("\u{1B}[1;5", [.other]),
      ("\u{1B}]0;x", [.other]), ("\u{1B}[M!", [.other]), ("\u{1B}]0;x\u{1B}", [.other]),
    ] as [(String, [Key])])
  func patience(text: String, expected: [Key]) {
    var decoder = InputDecoder()
    for byte in text.utf8 { decoder.consume(.byte(byte)) }
    decoder.inputPaused()
    #expect(decoder.takeEvents().isEmpty)
    #expect(decoder.patience == InputDecoder.sequencePatience)
    decoder.giveUp()
    #expect(decoder.takeEvents() == expected.map(TerminalEvent.key))
    #expect(decoder.patience == nil)
  }

  // MARK: Pastes

  private func pasted(_ text: String) -> [UInt8] { Array("\u{1B}[200~\(text)\u{1B}[201~".utf8) }

  @Test("A paste is one event, with its line ends as line feeds")
  func paste() {
    #expect(events(of: pasted("Café\r東\r\nq\n\u{1B}[31m")) == [.paste("Café\n東\nq\n\u{1B}[31m")])
    #expect(events(of: pasted("")) == [.paste("")])
    #expect(
      events(of: pasted("a") + Array("x".utf8) + pasted("b")) == [.paste("a"), .key(.character("x")), .paste("b")])
    #expect(events(of: pasted("\u{1B}[20\u{1B}[201\u{1B}")) == [.paste("\u{1B}[20\u{1B}[201\u{1B}")])
  }

  @Test("A paste may arrive in any two parts")
  func partedPaste() {
    let bytes = pasted("é\u{1B}東")
    for split in bytes.indices.dropFirst(2) {
      #expect(events(of: bytes, pauseBefore: split) == [.paste("é\u{1B}東")], "parted at \(split)")
    }
  }

  @Test("A paste is cut at 64 KiB, between characters, and its end is still its end")
  func longPaste() {
    let limit = PasteCollector.byteLimit
    let wide = String(repeating: "東", count: limit / 3 + 10)
    #expect(
      events(of: pasted(wide) + [0x71]) == [.paste(String(repeating: "東", count: limit / 3)), .key(.character("q"))])
    let exact = String(repeating: "x", count: limit)
    #expect(events(of: pasted(exact)) == [.paste(exact)])
    #expect(events(of: pasted(exact + "y")) == [.paste(exact)])
  }

  @Test("Esc, or a long pause, gets the user out of a paste that never ends")
  func endlessPaste() {
    var decoder = InputDecoder()
    for byte in "\u{1B}[200~abc".utf8 { decoder.consume(.byte(byte)) }
    decoder.inputPaused()
    #expect(decoder.patience == InputDecoder.pastePatience)
    decoder.consume(.byte(0x1B))
    decoder.inputPaused()
    #expect(decoder.takeEvents().isEmpty)
    #expect(decoder.patience == InputDecoder.sequencePatience)
    decoder.giveUp()
    decoder.consume(.byte(0x71))
    #expect(decoder.takeEvents() == [.paste("abc"), .key(.character("q"))])
  }

  // MARK: Dropping

  @Test(
    "Dropping takes what is complete, and the rest of what is not",
    arguments: [
      "\u{1B}[200~D|D\u{1B}[201~", "\u{1B}[|A", "é|", "\u{1B}[20|0~D\u{1B}[201~", "\u{1B}]0;|D\u{7}", "D|",
      "\u{1B}[M|DDD",
    ])
  func dropping(text: String) {
    // The é is parted within its two bytes.
    var bytes = text == "é|" ? [0xC3, 0x7C, 0xA9] : Array(text.utf8)
    guard let split = bytes.firstIndex(of: UInt8(ascii: "|")) else { return }
    bytes.remove(at: split)
    var decoder = InputDecoder()
    for byte in bytes[..<split] { decoder.consume(.byte(byte)) }
    decoder.discard()
    for byte in bytes[split...] { decoder.consume(.byte(byte)) }
    decoder.consume(.byte(0x71))
    #expect(decoder.takeEvents() == [.key(.character("q"))])
  }
}
