/// The selected row of a list and its scroll position.
struct ListCursor: Sendable, Equatable {
  /// The selected row, from 0.
  var row = 0
  /// The first row on screen.
  var top = 0

  /// Moves by a command. Commands that do not move are ignored.
  ///
  /// - Parameters:
  ///   - rows: rows on screen.
  ///   - count: rows of the list.
  mutating func move(_ command: Command, rows: Int, count: Int) {
    guard let target = command.target(from: row, rows: rows, last: count - 1) else { return }
    row = max(0, min(target, count - 1))
    reveal(rows: rows, count: count)
  }

  /// Scrolls as little as possible to show the row.
  mutating func reveal(rows: Int, count: Int) {
    guard rows > 0 else { return }
    top = max(min(top, row), row - rows + 1)
    top = max(0, min(top, count - rows))
  }
}

/// The first visible line of a text after a command.
func scrolled(_ top: Int, _ command: Command, rows: Int, lines: Int) -> Int {
  max(0, min(command.target(from: top, rows: rows, last: lines) ?? top, lines - rows))
}
