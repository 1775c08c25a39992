import Terminal

/// A piece of text. It is laid out where it is drawn, for the room that is there, or printed as it is.
enum Block: Sendable, Equatable {
  case blank
  case paragraph(String, Style = .plain)
  /// A text behind its label. An empty label goes on with the field above.
  case field(String, String, Style = .plain)
  /// The same on one line, cut where there is no room for it.
  case glance(String, String, Style = .plain)
  /// Two versions of a text side by side.
  case pair(String, String, String, Style = .plain)
  /// Rows in columns, where there is room for them. Nothing is cut.
  case table([TableRow])

  /// A paragraph with the mark of what a person has to look at.
  static func warning(_ text: String) -> Block { .paragraph("! \(text)", Theme.warning) }

  /// A paragraph with the mark of what went wrong.
  static func failure(_ text: String) -> Block { .paragraph("! \(text)", Theme.failure) }

  /// A paragraph, or none where there is no text.
  static func optional(_ text: String?, _ style: Style = .plain) -> [Block] {
    text.map { $0.isEmpty ? [] : [.paragraph($0, style)] } ?? []
  }

  /// Columns of the labels, with the blank behind them.
  static let labelWidth = 12

  /// - Parameter width: columns of the lines, with those of the labels.
  func lines(width: Int) -> [Line] {
    switch self {
    case .blank: return [Line(text: "")]
    case .paragraph(let text, let style): return wrapped(text, width: width).map { Line(text: $0, style: style) }
    case .glance(let label, let text, let style): return [Line(text: text, style: style, label: label)]
    case .field(let label, let text, let style):
      return wrapped(text, width: width - Self.labelWidth).enumerated().map { index, part in
        Line(text: part, style: style, label: index == 0 ? label : "")
      }
    case .pair(let label, let left, let right, let style):
      let half = (width - Self.labelWidth - 2) / 2
      return sideBySide(left, right, width: half).enumerated().map { index, texts in
        let gap = String(repeating: " ", count: max(0, half + 2 - SafeText(texts.left).width))
        return Line(text: texts.left + gap + texts.right, style: style, label: index == 0 ? label : "")
      }
    case .table(let rows): return TableLayout(rows: rows, width: width).lines
    }
  }

  /// What is printed where there are no columns, line by line.
  var sentences: [String] {
    switch self {
    case .blank: []
    case .paragraph(let text, _): text.isEmpty ? [] : [text]
    case .field("", let text, _), .glance("", let text, _): text.isEmpty ? [] : ["    \(text)"]
    case .field(let label, let text, _), .glance(let label, let text, _): ["\(label): \(text)"]
    case .pair(let label, let left, let right, _):
      label.isEmpty ? ["    \(left), then \(right)"] : ["\(label): \(left), then \(right)"]
    case .table(let rows):
      rows.map { "    " + [$0.name, $0.state, $0.more].filter { !$0.isEmpty }.joined(separator: ", ") }
    }
  }
}

extension [Block] {
  func lines(width: Int) -> [Line] { flatMap { $0.lines(width: width) } }
}

/// Breaks two texts into columns of a width, row by row.
func sideBySide(_ left: String, _ right: String, width: Int) -> [(left: String, right: String)] {
  let (left, right) = (wrapped(left, width: width), wrapped(right, width: width))
  return (0..<Swift.max(left.count, right.count)).map { index in
    (index < left.count ? left[index] : "", index < right.count ? right[index] : "")
  }
}
