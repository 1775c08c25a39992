/// The extent of a screen, in columns and rows.
public struct Size: Sendable, Hashable {
  public var width: Int
  public var height: Int

  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
}

/// A cell's place, counted from the upper left corner, which is (0, 0).
public struct Position: Sendable, Hashable {
  public var column: Int
  public var row: Int

  public init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}

/// A part of a screen.
public struct Rectangle: Sendable, Hashable {
  public var column: Int
  public var row: Int
  public var width: Int
  public var height: Int

  public init(column: Int, row: Int, width: Int, height: Int) {
    self.column = column
    self.row = row
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// The column right of the last one.
  public var endColumn: Int { column + width }
  /// The row below the last one.
  public var endRow: Int { row + height }

  public func contains(_ position: Position) -> Bool {
    column..<endColumn ~= position.column && row..<endRow ~= position.row
  }

  /// This rectangle without a margin on each side.
  public func inset(columns: Int, rows: Int) -> Rectangle {
    Rectangle(column: column + columns, row: row + rows, width: width - 2 * columns, height: height - 2 * rows)
  }
}
