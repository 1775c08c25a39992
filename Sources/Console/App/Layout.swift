import Terminal

/// Where the list and the detail pane stand on a screen of a given size.
struct Layout: Equatable {
  /// From this width on, list and detail stand side by side.
  static let wideWidth = 100

  let size: Size
  let isWide: Bool
  /// The rows of the table, without its head.
  let list: Rectangle
  /// The detail pane's text.
  let detail: Rectangle
  /// The column of the line between the panes; `nil` when only one is on screen.
  let divider: Int?

  /// Columns by which a person moves the line between the panes at a time.
  static let dividerStep = 4
  /// Columns that the list and the detail pane keep when the line between them is moved.
  static let narrowestList = 52
  static let narrowestDetail = 32

  /// - Parameter dividerShift: columns by which a person has moved the line between the panes to the right.
  init(size: Size, dividerShift: Int = 0) {
    self.size = size
    isWide = size.width >= Self.wideWidth
    let rows = size.height - 6
    if isWide {
      let wished = Self.usualDivider(of: size) + dividerShift
      let divider = max(Self.narrowestList, min(wished, size.width - Self.narrowestDetail - 3))
      self.divider = divider
      list = Rectangle(column: 0, row: 3, width: divider, height: rows)
      detail = Rectangle(column: divider + 2, row: 1, width: size.width - divider - 3, height: rows + 2)
    } else {
      divider = nil
      list = Rectangle(column: 0, row: 3, width: size.width, height: rows)
      detail = Rectangle(column: 1, row: 2, width: size.width - 2, height: rows + 1)
    }
  }
}

extension Layout {
  /// Where the line between the panes is unless it was moved.
  static func usualDivider(of size: Size) -> Int { size.width * 56 / 100 }
}
