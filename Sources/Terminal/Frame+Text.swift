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
    let bytes = text.utf8
    let end = column + bytes.count
    guard bytes.count <= width, row >= 0, row < size.height, column >= 0, end <= size.width,
      bytes.allSatisfy({ 0x20..<0x7F ~= $0 })
    else { return nil }
    fill(Rectangle(column: column, row: row, width: bytes.count, height: 1), style: style)
    var index = row * size.width + column
    for byte in bytes {
      cells[index].scalar = UInt32(byte)
      index += 1
    }
    return end
  }
}
