import Terminal

/// A piece of text. A screen lays it out for its width; the plain console prints it unwrapped.
enum Block: Sendable, Equatable {
  case blank
  case paragraph(String, Style = .plain)
  /// A text with a label. An empty label continues the field above.
  case field(String, String, Style = .plain)
  /// A field on one line, cut if it does not fit.
  case glance(String, String, Style = .plain)
  /// Two versions of a text side by side.
  case pair(String, String, String, Style = .plain)
  /// Rows in columns, or stacked if the columns do not fit. Nothing is cut.
  case table([TableRow])

  /// A paragraph marked as a warning.
  static func warning(_ text: String) -> Block { .paragraph("! \(text)", Theme.warning) }

  /// A paragraph marked as a failure.
  static func failure(_ text: String) -> Block { .paragraph("! \(text)", Theme.failure) }

  /// A paragraph, or nothing if the text is `nil` or empty.
  static func optional(_ text: String?, _ style: Style = .plain) -> [Block] {
    text.map { $0.isEmpty ? [] : [.paragraph($0, style)] } ?? []
  }

  /// Columns of the labels, including the blank behind them.
  static let labelWidth = 12

  /// - Parameter width: columns of the lines, including their labels.
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
      return sideBySide(left, right, widths: (half, half)).enumerated().map { index, texts in
        let gap = String(repeating: " ", count: max(0, half + 2 - SafeText(texts.left).width))
        return Line(text: texts.left + gap + texts.right, style: style, label: index == 0 ? label : "")
      }
    case .table(let rows): return TableLayout(rows: rows, width: width).lines
    }
  }

  /// The lines of the plain console, which has no columns.
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

/// Wraps two texts to widths of their own and pairs their lines.
func sideBySide(_ left: String, _ right: String, widths: (Int, Int)) -> [(left: String, right: String)] {
  let (left, right) = (wrapped(left, width: widths.0), wrapped(right, width: widths.1))
  return (0..<Swift.max(left.count, right.count)).map { index in
    (index < left.count ? left[index] : "", index < right.count ? right[index] : "")
  }
}
