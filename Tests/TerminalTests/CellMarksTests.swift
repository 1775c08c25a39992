import TestSupport
import Testing

@testable import Terminal

@Suite("Marks of cells")
struct CellMarksTests {
  @Test("Each cell has the marks that it was given last, in whatever order they were given")
  func likeADictionary() {
    var generator = SeededGenerator(seed: 3)
    var marks = CellMarks()
    var expected: [Int: [Unicode.Scalar]] = [:]
    for _ in 0..<2_000 {
      let cell = Int.random(in: 0..<50, using: &generator)
      let value: [Unicode.Scalar]? = [nil, ["\u{301}"], ["\u{308}", "\u{301}"]].randomElement(using: &generator)!
      marks[cell] = value
      expected[cell] = value
      #expect(marks.isEmpty == expected.isEmpty)
    }
    #expect((-1...50).allSatisfy { marks[$0] == expected[$0] })
    // Equal is what has the same marks, however it came to them.
    var other = CellMarks()
    for cell in expected.keys { other[cell] = expected[cell] }
    #expect(other == marks)
    other[50] = ["\u{301}"]
    #expect(other != marks)
    for cell in 0...50 { other[cell] = nil }
    #expect(other == CellMarks())
  }
}
