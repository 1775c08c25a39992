import Terminal

struct TableRow: Sendable, Equatable {
  var name: String
  var state: String
  var more: String
}

/// Lays a table out in columns, or stacked if the columns do not fit. Nothing is cut.
struct TableLayout {
  let rows: [TableRow]
  let width: Int

  private static let indentation = 2
  private static let gap = 2
  /// The most columns for `more`. A longer text wraps.
  private static let moreWidth = 18
  /// The fewest columns for the names. With fewer, rows are stacked.
  private static let leastNameWidth = 14

  var lines: [Line] {
    let stateWidth = rows.map { SafeText($0.state).width }.max() ?? 0
    let moreWidth = min(Self.moreWidth, rows.map { SafeText($0.more).width }.max() ?? 0)
    let room = width - Self.indentation - 2 * Self.gap - stateWidth - moreWidth
    guard room >= Self.leastNameWidth else { return rows.flatMap(stacked) }
    // A name that is too long has its own line and does not widen the column.
    let nameWidth = rows.map { SafeText($0.name).width }.filter { $0 <= room }.max() ?? Self.leastNameWidth
    return rows.flatMap { lines(of: $0, nameWidth: nameWidth, stateWidth: stateWidth) }
  }

  private func lines(of row: TableRow, nameWidth: Int, stateWidth: Int) -> [Line] {
    let column = Self.indentation + nameWidth + Self.gap + stateWidth + Self.gap
    let isLong = SafeText(row.name).width > nameWidth
    let head =
      blank(Self.indentation) + padded(isLong ? "" : row.name, to: nameWidth) + blank(Self.gap)
      + padded(row.state, to: stateWidth) + blank(Self.gap)
    let rest = wrapped(row.more, width: width - column).enumerated().map { index, part in
      Line(text: (index == 0 ? head : blank(column)) + part)
    }
    return isLong ? hanging(row.name, by: Self.indentation) + rest : rest
  }

  private func stacked(_ row: TableRow) -> [Line] {
    hanging(row.name, by: Self.indentation)
      + hanging(
        row.more.isEmpty ? row.state : "\(row.state), \(row.more)", by: 2 * Self.indentation, style: Theme.faint)
  }

  private func hanging(_ text: String, by columns: Int, style: Style = .plain) -> [Line] {
    wrapped(text, width: width - columns).map { Line(text: blank(columns) + $0, style: style) }
  }

  private func padded(_ text: String, to columns: Int) -> String { text + blank(columns - SafeText(text).width) }

  private func blank(_ columns: Int) -> String { String(repeating: " ", count: max(0, columns)) }
}
