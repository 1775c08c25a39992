/// A place in a list that is longer than the screen.
struct ListCursor: Sendable, Equatable {
  /// The row that commands are about, from 0.
  var row = 0
  /// The first row on screen.
  var top = 0

  /// Moves by a command; one that moves nothing changes nothing.
  ///
  /// - Parameters:
  ///   - rows: rows on screen.
  ///   - count: rows that there are.
  mutating func move(_ command: Command, rows: Int, count: Int) {
    guard let target = command.target(from: row, rows: rows, last: count - 1) else { return }
    row = max(0, min(target, count - 1))
    reveal(rows: rows, count: count)
  }

  /// Scrolls as little as needed for the row to be on screen.
  mutating func reveal(rows: Int, count: Int) {
    guard rows > 0 else { return }
    top = max(min(top, row), row - rows + 1)
    top = max(0, min(top, count - rows))
  }
}

/// The first visible line after a command, in a text of this many lines.
func scrolled(_ top: Int, _ command: Command, rows: Int, lines: Int) -> Int {
  max(0, min(command.target(from: top, rows: rows, last: lines) ?? top, lines - rows))
}
