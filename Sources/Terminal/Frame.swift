import Glibc

/// A whole screen as a grid of cells: what a view draws and what the terminal is made to show.
public struct Frame: Sendable, Equatable {
  public let size: Size
  /// Row after row, `size.width` cells each.
  public internal(set) var cells: [Cell]
  /// Kept apart because hardly any cell has some.
  public internal(set) var marks: CellMarks
  /// Where the hardware cursor stands: on the focused row or field, where screen readers look. `nil` hides it.
  public var cursor: Position?

  public init(size: Size) {
    self.size = size
    cells = Array(repeating: .blank, count: size.width * size.height)
    marks = CellMarks()
  }

  public var bounds: Rectangle { Rectangle(column: 0, row: 0, width: size.width, height: size.height) }

  /// Whether a row is the same here and in another frame of the same size.
  public func rowMatches(_ other: Frame, row: Int) -> Bool {
    let range = row * size.width..<(row + 1) * size.width
    // A cell is 8 bytes without a gap, so that a row is one block of memory to compare.
    let same = cells.withUnsafeBytes { mine in
      other.cells.withUnsafeBytes { theirs in
        let (stride, start) = (MemoryLayout<Cell>.stride, range.lowerBound * MemoryLayout<Cell>.stride)
        guard let first = mine.baseAddress, let second = theirs.baseAddress else { return true }
        return memcmp(first + start, second + start, range.count * stride) == 0
      }
    }
    guard same else { return false }
    if marks.isEmpty && other.marks.isEmpty { return true }
    return range.allSatisfy { marks[$0] == other.marks[$0] }
  }

  /// The columns in which a row differs from the same row of another frame of the same size, widened so that neither
  /// frame has a wide grapheme across one of the ends; `nil` when the row is the same in both.
  public func differingColumns(_ other: Frame, row: Int) -> Range<Int>? {
    guard !rowMatches(other, row: row) else { return nil }
    let start = row * size.width
    let hasMarks = !marks.isEmpty || !other.marks.isEmpty
    func differs(_ column: Int) -> Bool {
      cells[start + column] != other.cells[start + column]
        || hasMarks && marks[start + column] != other.marks[start + column]
    }
    func isContinuation(_ column: Int) -> Bool {
      column < size.width && (cells[start + column].isContinuation || other.cells[start + column].isContinuation)
    }
    guard var first = (0..<size.width).first(where: differs), var last = (0..<size.width).last(where: differs)
    else { return nil }
    while first > 0, isContinuation(first) { first -= 1 }
    while isContinuation(last + 1) { last += 1 }
    return first..<last + 1
  }

  /// Draws text on one row and returns the column behind it.
  ///
  /// A grapheme that would pass `limit` or the frame's edge is not drawn, and neither is anything behind it; a wide one
  /// is never split. Whatever half of an older wide grapheme would be left over becomes a blank.
  ///
  /// - Parameter limit: the column that may no longer be drawn on; the frame's width when `nil`.
  @discardableResult
  public mutating func put(
    _ text: SafeText, column: Int, row: Int, style: Style = .plain, limit: Int? = nil
  ) -> Int {
    guard row >= 0, row < size.height, column >= 0 else { return column }
    let end = min(limit ?? size.width, size.width)
    var column = column
    for glyph in text.glyphs {
      guard column + glyph.width <= end else { break }
      place(glyph, column: column, row: row, style: style)
      column += glyph.width
    }
    return column
  }

  /// Draws a text of the program's own, which needs no cleaning.
  @discardableResult
  public mutating func put(
    _ text: StaticString, column: Int, row: Int, style: Style = .plain, limit: Int? = nil
  ) -> Int {
    put(SafeText(text.description), column: column, row: row, style: style, limit: limit)
  }

  /// Fills a rectangle with one narrow scalar; with blanks if the scalar is not one column wide.
  public mutating func fill(_ area: Rectangle, with scalar: Unicode.Scalar = " ", style: Style = .plain) {
    let columns = max(0, area.column)..<max(max(0, area.column), min(size.width, area.endColumn))
    guard !columns.isEmpty else { return }
    let scalar = displayWidth(of: scalar) == 1 && HiddenScalar.mark(for: scalar) == nil ? scalar : " "
    for row in max(0, area.row)..<max(max(0, area.row), min(size.height, area.endRow)) {
      splitWide(at: columns.lowerBound, row: row)
      splitWide(at: columns.upperBound, row: row)
      for column in columns {
        let index = row * size.width + column
        if !marks.isEmpty { marks[index] = nil }
        cells[index] = Cell(scalar: scalar.value, style: style)
      }
    }
  }

  /// Changes the style of a rectangle and leaves its text.
  public mutating func restyle(_ area: Rectangle, _ change: (Style) -> Style) {
    for row in max(0, area.row)..<max(max(0, area.row), min(size.height, area.endRow)) {
      for column in max(0, area.column)..<max(max(0, area.column), min(size.width, area.endColumn)) {
        let index = row * size.width + column
        cells[index].style = change(cells[index].style)
      }
    }
  }

  /// The text of a row as it would be read, without blanks at its end.
  public func text(row: Int) -> String {
    var text = String.UnicodeScalarView()
    for column in 0..<size.width {
      let index = row * size.width + column
      guard let scalar = Unicode.Scalar(cells[index].scalar), !cells[index].isContinuation else { continue }
      text.append(scalar)
      text.append(contentsOf: marks[index] ?? [])
    }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// The text of all rows.
  public var text: String { (0..<size.height).map(text(row:)).joined(separator: "\n") }

  /// Changes all cells at once. The change keeps wide graphemes whole, or replaces both of their halves.
  mutating func replaceCells(_ change: (inout [Cell], inout CellMarks) -> Void) {
    change(&cells, &marks)
  }

  private mutating func place(_ glyph: Glyph, column: Int, row: Int, style: Style) {
    splitWide(at: column, row: row)
    splitWide(at: column + glyph.width, row: row)
    let index = row * size.width + column
    cells[index] = Cell(scalar: glyph.base.value, style: style)
    if !glyph.marks.isEmpty || !marks.isEmpty {
      marks[index] = glyph.marks.isEmpty ? nil : glyph.marks
    }
    if glyph.width == 2 {
      cells[index + 1] = Cell(scalar: 0, style: style)
      if !marks.isEmpty { marks[index + 1] = nil }
    }
  }

  /// Blanks both halves of a wide grapheme that a boundary at `column` would cut.
  mutating func splitWide(at column: Int, row: Int) {
    guard column > 0, column < size.width else { return }
    let index = row * size.width + column
    guard cells[index].isContinuation else { return }
    for half in [index - 1, index] {
      cells[half].scalar = 0x20
      if !marks.isEmpty { marks[half] = nil }
    }
  }
}
