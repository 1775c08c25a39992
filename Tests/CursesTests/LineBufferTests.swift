import Terminal
import Testing

@testable import Curses

@Suite("Lines in bytes")
struct LineBufferTests {
  private func lines(_ pieces: String..., ended: Bool = false) -> [LineInput] {
    var buffer = LineBuffer()
    for piece in pieces { Array(piece.utf8).withUnsafeBytes { buffer.append($0) } }
    if ended { buffer.end() }
    var lines: [LineInput] = []
    while let line = buffer.next() {
      lines.append(line)
      if line == .end { break }
    }
    return lines
  }

  @Test("lines are whole, however the bytes come, and the last needs no end")
  func whole() {
    #expect(lines("one\ntw", "o\n", "\nthree") == [.text("one"), .text("two"), .text("")])
    #expect(lines("one\r\ntwo", ended: true) == [.text("one"), .text("two"), .end])
    #expect(lines("", ended: true) == [.end])
  }

  @Test("nothing is made of bytes that are no text, of keys that only screens know, and of what has no bounds")
  func unusable() {
    var buffer = LineBuffer()
    let bytes: [UInt8] = [0x61, 0xFF, 0x0A]
    bytes.withUnsafeBytes { buffer.append($0) }
    #expect(buffer.next() == .unusable(.notUTF8))
    #expect(lines("\u{1B}[A\n", "a\tb\n", "x\u{9B}y\n") == Array(repeating: .unusable(.hasControls), count: 3))
    let longest = String(repeating: "x", count: LineInput.longestLine)
    #expect(lines(longest + "\n", longest + "x\nafter\n") == [.text(longest), .unusable(.tooLong), .text("after")])
    #expect(lines(String(repeating: "x", count: 100_000), "\nafter\n") == [.unusable(.tooLong), .text("after")])
  }

  @Test("of what is dropped, the rest of a line that had begun is dropped too")
  func discarded() {
    var buffer = LineBuffer()
    func append(_ text: String) { Array(text.utf8).withUnsafeBytes { buffer.append($0) } }
    append("one\ntwo\nAcc")
    #expect(buffer.discard() == 3)
    append("ount 2\nyes\n")
    #expect(buffer.next() == .text("yes"))
    #expect(buffer.next() == nil)
    #expect(buffer.discard() == 0)
    append("half")
    #expect(buffer.discard() == 1)
    append("of a line")
    #expect(buffer.discard() == 0)
  }

  @Test("what nobody takes is not read without end")
  func bounded() {
    var buffer = LineBuffer()
    Array(String(repeating: "\n", count: 1_000).utf8).withUnsafeBytes { buffer.append($0) }
    #expect(!buffer.wantsMore)
    _ = buffer.next()
    #expect(buffer.wantsMore)
  }
}
