import Testing

@testable import Curses

@Suite("Keys of terminfo")
struct KeySequencesTests {
  private static let sequences = KeySequences([
    (bytes: Array("\u{1B}OA".utf8), code: 1), (bytes: Array("\u{1B}[3~".utf8), code: 2),
    (bytes: Array("\u{1B}[".utf8), code: 3), (bytes: [0x7F], code: 4), (bytes: Array("\u{1B}OA".utf8), code: 5),
    (bytes: [], code: 6),
  ])

  @Test(
    "The longest key that is there is found, unless a longer one may be on its way",
    arguments: [
      ("\u{1B}OA", .key(code: 1, length: 3)), ("\u{1B}OAx", .key(code: 1, length: 3)), ("\u{1B}", .beginning),
      ("\u{1B}O", .beginning), ("\u{1B}OB", .none), ("\u{1B}[", .beginning), ("\u{1B}[3", .beginning),
      ("\u{1B}[3~", .key(code: 2, length: 4)), ("\u{1B}[4~", .key(code: 3, length: 2)),
      ("\u{7F}\u{1B}", .key(code: 4, length: 1)), ("q", .none),
    ] as [(String, KeySequences.Match)])
  func match(text: String, expected: KeySequences.Match) {
    // Wherever in the input it is.
    let bytes = Array("xx\(text)".utf8)
    #expect(Self.sequences.match(bytes[2...]) == expected)
  }
}
