import TestSupport
import Testing

@testable import Terminal

@Suite("Frame")
struct FrameTests {
  init() { CharacterType.set() }

  /// A frame of one row, with a text put on it.
  private func row(_ text: String, width: Int) -> Frame {
    var frame = Frame(size: Size(width: width, height: 1))
    frame.put(SafeText(text), column: 0, row: 0)
    return frame
  }

  @Test("A text is drawn where it is put, and tells the column behind it")
  func put() {
    var frame = Frame(size: Size(width: 10, height: 2))
    #expect(frame.put(SafeText("東x"), column: 2, row: 1, style: Style(.bold)) == 5)
    #expect(frame.text == "\n  東x")
    #expect(frame.cells[12] == Cell(scalar: 0x6771, style: Style(.bold)))
    #expect(frame.cells[13].isContinuation && frame.cells[13].style == Style(.bold))
    #expect(frame.put("x", column: 0, row: 0) == 1)
  }

  @Test("A wide grapheme is not drawn across the edge", arguments: [(3, "a東"), (2, "a"), (1, "a")])
  func wideAtEdge(width: Int, drawn: String) {
    #expect(row("a東b", width: width).text == drawn)
  }

  @Test("Nothing is drawn at or behind the limit, and nothing outside the frame")
  func limits() {
    var frame = Frame(size: Size(width: 6, height: 1))
    #expect(frame.put(SafeText("a東b"), column: 1, row: 0, limit: 3) == 2)
    #expect(frame.text == " a")
    for (column, row) in [(-1, 0), (0, -1), (0, 1), (6, 0), (9, 0)] {
      #expect(frame.put(SafeText("x"), column: column, row: row) == column)
    }
    #expect(frame.text == " a")
  }

  @Test("Drawing over half of a wide grapheme blanks its other half")
  func halves() {
    var frame = row("東京x", width: 6)
    frame.put("-", column: 1, row: 0)
    #expect(frame.text == " -京x")
    frame = row("東京x", width: 6)
    frame.put("-", column: 0, row: 0)
    #expect(frame.text == "- 京x")
    frame = row("東京x", width: 6)
    frame.put(SafeText("北"), column: 1, row: 0)
    #expect(frame.text == " 北 x")
    frame = row("東京x", width: 6)
    frame.fill(Rectangle(column: 1, row: 0, width: 2, height: 1), with: "#")
    #expect(frame.text == " ## x")
  }

  @Test("Marks go with the grapheme that they belong to")
  func marks() {
    var frame = row("e\u{301}e\u{301}東\u{302}", width: 6)
    #expect(frame.text == "e\u{301}e\u{301}東\u{302}")
    frame.put("e", column: 0, row: 0)
    #expect(frame.text.unicodeScalars.elementsEqual("ee\u{301}東\u{302}".unicodeScalars))
    frame.put("x", column: 3, row: 0)
    #expect(frame.text.unicodeScalars.elementsEqual("ee\u{301} x".unicodeScalars))
    frame.fill(frame.bounds)
    #expect(frame.marks.isEmpty && frame.text.isEmpty)
  }

  @Test(
    "A fill keeps to the frame, and takes narrow scalars only",
    arguments: ["東", "\u{1B}", "\u{202E}", "\u{301}"] as [Unicode.Scalar])
  func fill(scalar: Unicode.Scalar) {
    var frame = Frame(size: Size(width: 2, height: 2))
    frame.fill(Rectangle(column: -1, row: -1, width: 9, height: 2), with: "─")
    #expect(frame.text == "──\n")
    frame.fill(frame.bounds, with: scalar, style: Style(.reverse))
    #expect(frame.cells == Array(repeating: Cell(scalar: 0x20, style: Style(.reverse)), count: 4))
  }

  @Test("Rows are the same when scalars, styles and marks are")
  func rowComparison() {
    let plain = row("abc", width: 4)
    var styled = plain
    styled.restyle(Rectangle(column: 3, row: 0, width: 1, height: 1)) { $0.adding(.reverse) }
    #expect(plain.rowMatches(row("abc", width: 4), row: 0))
    #expect(!plain.rowMatches(row("abd", width: 4), row: 0))
    #expect(!plain.rowMatches(styled, row: 0))
    #expect(!row("e\u{301}", width: 4).rowMatches(row("e\u{302}", width: 4), row: 0))
    #expect(!row("e\u{301}", width: 4).rowMatches(row("e", width: 4), row: 0))
    #expect(MemoryLayout<Cell>.stride == 8 && MemoryLayout<Cell>.size == 8)
  }

  @Test("Random drawing never leaves half of a wide grapheme")
  func randomDrawing() {
    var random = SeededGenerator(seed: 7)
    var frame = Frame(size: Size(width: 23, height: 3))
    for step in 0..<20_000 {
      let column = Int.random(in: -2...24, using: &random)
      let row = Int.random(in: -1...3, using: &random)
      if step % 3 == 0 {
        let (width, height) = (Int.random(in: 0...9, using: &random), Int.random(in: 0...2, using: &random))
        frame.fill(Rectangle(column: column, row: row, width: width, height: height), with: "#")
      } else {
        let text = Bool.random(using: &random) ? "東京e\u{301}北" : random.hostileText()
        frame.put(SafeText(text), column: column, row: row, limit: Int.random(in: 0...30, using: &random))
      }
      guard let problem = frame.problem else { continue }
      Issue.record("step \(step): \(problem)")
      return
    }
  }

  @Test("In ASCII, lines and signs stay what they mean, and the rest is marked column by column")
  func ascii() {
    var frame = Frame(size: Size(width: 30, height: 1))
    frame.put(SafeText("┌─┬┐│┼┤╰═║ ↑↓←→ ▸•…–—·× █░ é東"), column: 0, row: 0, style: Style(.bold))
    frame.cursor = Position(column: 1, row: 0)
    let plain = frame.asciiFallback
    #expect(plain.text == "+-++|+++=| ^v<> >*.--.x #: ???")
    #expect(plain.cells.allSatisfy { 0x20..<0x7F ~= $0.scalar })
    #expect(plain.cells.map(\.style) == frame.cells.map(\.style))
    #expect(plain.cursor == frame.cursor && plain.size == frame.size && plain.marks.isEmpty)
    var random = SeededGenerator(seed: 11)
    for _ in 0..<1_000 {
      let text = row(random.hostileText(), width: 30).asciiFallback
      #expect(text.cells.allSatisfy { 0x20..<0x7F ~= $0.scalar })
    }
  }
}

extension Frame {
  /// What is wrong with the cells, if anything.
  fileprivate var problem: String? {
    for index in cells.indices {
      let isFirst = index % size.width == 0
      if cells[index].isContinuation {
        guard !isFirst, let lead = Unicode.Scalar(cells[index - 1].scalar) else {
          return "half without its lead at \(index)"
        }
        if displayWidth(of: lead) != 2 { return "half behind a narrow cell at \(index)" }
        if marks[index] != nil { return "marks on a half at \(index)" }
      } else if let scalar = Unicode.Scalar(cells[index].scalar), displayWidth(of: scalar) == 2 {
        let isLast = index % size.width == size.width - 1
        if isLast || !cells[index + 1].isContinuation { return "wide cell without its half at \(index)" }
      }
    }
    return nil
  }
}

@Suite("Differences of rows")
struct FrameDifferenceTests {
  init() { CharacterType.set() }

  private func frame(_ text: String) -> Frame {
    var frame = Frame(size: Size(width: 10, height: 1))
    frame.put(SafeText(text), column: 0, row: 0)
    return frame
  }

  @Test(
    "The columns that differ, with whole graphemes at both ends",
    arguments: [
      ("abc", "abc", nil), ("abc", "abd", 2..<3), ("abcdef", "aXcdYf", 1..<5), ("a東b", "a京b", 1..<3),
      ("a東b", "axyb", 1..<3),
      ("axyb", "a東b", 1..<3), ("ab東", "a東c", 1..<4), ("", "x", 0..<1), ("é", "e\u{301}\u{302}", 0..<1),
    ] as [(String, String, Range<Int>?)])
  func columns(old: String, new: String, expected: Range<Int>?) {
    #expect(frame(new).differingColumns(frame(old), row: 0) == expected)
  }
}
