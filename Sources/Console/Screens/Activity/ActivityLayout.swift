import Terminal

/// The areas of the screen of all writes.
struct ActivityLayout {
  /// The area of the rows, without the head of the table.
  var list: Rectangle
  /// The area of the selected write below the rows; `nil` in low windows.
  var preview: Rectangle?
  /// The area of the selected write in place of the rows.
  var detail: Rectangle {
    Rectangle(column: list.column + 2, row: list.row, width: list.width - 4, height: list.height)
  }

  private static let previewRows = 9

  init(in context: Context, warnings: Int, isDetailOpen: Bool) {
    let size = context.size
    let first = 3 + warnings
    list = Rectangle(column: 0, row: first, width: size.width, height: max(1, context.bottomRuleRow - first))
    guard size.height >= 24, !isDetailOpen else { return }
    list.height -= Self.previewRows + 1
    preview = Rectangle(
      column: 2, row: context.bottomRuleRow - Self.previewRows, width: size.width - 4, height: Self.previewRows)
  }
}

/// The columns of the table of writes. The name takes what the others leave; narrow windows have fewer columns.
struct ActivityColumns {
  var time: Range<Int>
  var operation: Range<Int>
  var name: Range<Int>
  var id: Range<Int>?
  var verdict: Range<Int>
  var httpStatus: Range<Int>?
  var ray: Range<Int>?

  init(width: Int) {
    time = 4..<(width < 76 ? 15 : 20)
    operation = time.upperBound + 2..<time.upperBound + 8
    var end = width - 1
    func reserve(_ columns: Int) -> Range<Int> {
      defer { end -= columns + 2 }
      return end - columns..<end
    }
    ray = width >= 110 ? reserve(20) : nil
    httpStatus = width >= 76 ? reserve(4) : nil
    verdict = reserve(9)
    id = width >= 76 ? reserve(9) : nil
    name = operation.upperBound + 2..<end
  }

  var heads: [(String, Range<Int>)] {
    let all: [(String, Range<Int>?)] = [
      ("TIME (UTC)", time), ("WRITE", operation), ("ACCOUNT", name), ("ID", id), ("OUTCOME", verdict),
      ("HTTP", httpStatus),
      ("CF-RAY", ray),
    ]
    return all.compactMap { title, column in column.map { (title, $0) } }
  }
}
