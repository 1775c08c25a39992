extension Frame {
  /// Draws text of any origin, cut with an ellipsis where it does not fit.
  ///
  /// - Parameter width: the columns that the text may take.
  /// - Returns: the column behind the text.
  @discardableResult
  public mutating func put(cutting text: String, column: Int, row: Int, width: Int, style: Style = .plain) -> Int {
    guard width > 0 else { return column }
    if let end = put(ascii: text, column: column, row: row, width: width, style: style) { return end }
    return put(SafeText(text).truncated(to: width), column: column, row: row, style: style, limit: column + width)
  }

  /// Draws text of printable ASCII that fits, which most text is, cell by cell.
  ///
  /// - Returns: the column behind the text, or `nil` when it is another kind of text and nothing was drawn.
  private mutating func put(ascii text: String, column: Int, row: Int, width: Int, style: Style) -> Int? {
    let count = text.utf8.count
    guard count <= width, row >= 0, row < size.height, column >= 0, column + count <= size.width else { return nil }
    let isASCII =
      text.utf8.withContiguousStorageIfAvailable { bytes in bytes.allSatisfy { 0x20..<0x7F ~= $0 } } ?? false
    guard isASCII else { return nil }
    splitWide(at: column, row: row)
    splitWide(at: column + count, row: row)
    let first = row * size.width + column
    if !marks.isEmpty { for index in first..<first + count { marks[index] = nil } }
    text.utf8.withContiguousStorageIfAvailable { bytes in
      cells.withUnsafeMutableBufferPointer { cells in
        for offset in 0..<count { cells[first + offset] = Cell(scalar: UInt32(bytes[offset]), style: style) }
      }
    }
    return column + count
  }
}
