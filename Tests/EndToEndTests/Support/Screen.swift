/// What a person would see in the terminal at one moment.
struct Screen: Sendable, Equatable, CustomStringConvertible {
  /// The rows from the top, each without trailing blanks.
  let rows: [String]

  init(captured text: String) {
    var rows = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // The capture ends with a newline, which is not a row.
    if rows.last?.isEmpty == true { rows.removeLast() }
    self.rows = rows.map { row in
      var row = row
      while row.last == " " { row.removeLast() }
      return row
    }
  }

  var text: String { rows.joined(separator: "\n") }

  func contains(_ text: String) -> Bool {
    rows.contains { $0.contains(text) }
  }

  /// The first row that has this text.
  func row(with text: String) -> String? {
    rows.first { $0.contains(text) }
  }

  /// How many rows have this text.
  func count(of text: String) -> Int {
    rows.count { $0.contains(text) }
  }

  /// The last row that is not blank.
  var lastRow: String {
    rows.last { !$0.isEmpty } ?? ""
  }

  /// The rows in a frame, as a failed test shows them.
  var description: String {
    let edge = "+" + String(repeating: "-", count: 78)
    return ([edge] + rows.map { "|\($0)" } + [edge]).joined(separator: "\n")
  }
}
