import Terminal

/// The rows of a form as data, so that a form that is taller than its window can be scrolled to what has the focus.
struct FormRows {
  private enum Content {
    case field(String, TextField, beside: String, besideStyle: Style)
    case choice(String?, name: String, purpose: String, isChosen: Bool, nameWidth: Int)
    case box(String, isTicked: Bool, text: String)
    case fold(String, isUnfolded: Bool, text: String)
    case value(String, String, Style)
    case pair(String, String, String, Style)
    case message(String, Style)
  }

  private struct Row {
    var content: Content
    var hasFocus: Bool
  }

  /// Columns of the rows.
  let width: Int
  private var rows: [Row] = []
  /// The row of the cursor.
  private var cursor: Int?
  /// The rows that belong to the field in focus, its remarks among them.
  private var focus: Range<Int>?
  private var isInFocus = false
  /// Whether the last rows are on screen rather than the first where none has the focus and not all have room.
  var showsEnd = false

  init(width: Int) {
    self.width = width
  }

  var count: Int { rows.count }

  mutating func field(
    _ title: String, _ field: TextField, hasFocus: Bool, beside: String = "", besideStyle: Style = Theme.faint
  ) {
    add(.field(title, field, beside: beside, besideStyle: besideStyle), hasFocus: hasFocus, hasCursor: hasFocus)
  }

  /// One choice of several; the title stands before the first.
  mutating func option(
    _ title: String?, _ name: String, _ purpose: String, isChosen: Bool, hasFocus: Bool, nameWidth: Int = 11
  ) {
    add(
      .choice(title, name: name, purpose: purpose, isChosen: isChosen, nameWidth: nameWidth), hasFocus: hasFocus,
      hasCursor: hasFocus && isChosen)
  }

  /// A box to tick.
  mutating func box(_ title: String, _ text: String, isTicked: Bool, hasFocus: Bool) {
    add(.box(title, isTicked: isTicked, text: text), hasFocus: hasFocus, hasCursor: hasFocus)
  }

  /// The line that a part of the form is folded behind.
  mutating func fold(_ title: String, _ text: String, isUnfolded: Bool, hasFocus: Bool) {
    add(.fold(title, isUnfolded: isUnfolded, text: text), hasFocus: hasFocus, hasCursor: hasFocus)
  }

  /// A text that is not to be changed.
  mutating func fixed(_ title: String, _ text: String, style: Style = .plain) {
    for (index, line) in wrapped(text, width: width - FormDrawing.formLabelWidth).enumerated() {
      add(.value(index == 0 ? title : "", line, style), hasFocus: false, hasCursor: false)
    }
  }

  /// Two versions of a text side by side.
  mutating func pair(_ title: String, _ one: String, _ two: String, style: Style = .plain) {
    let columns = FormDrawing.pairWidth(of: width - FormDrawing.formLabelWidth)
    let (left, right) = (wrapped(one, width: columns), wrapped(two, width: columns))
    for index in 0..<max(left.count, right.count) {
      add(
        .pair(
          index == 0 ? title : "", index < left.count ? left[index] : "", index < right.count ? right[index] : "",
          style), hasFocus: false, hasCursor: false)
    }
  }

  /// What is said of the row above.
  mutating func message(_ text: String, style: Style) {
    for line in wrapped(text, width: width - FormDrawing.formLabelWidth) {
      rows.append(Row(content: .message(line, style), hasFocus: false))
      if isInFocus, let start = focus?.lowerBound { focus = start..<rows.count }
    }
  }

  private mutating func add(_ content: Content, hasFocus: Bool, hasCursor: Bool) {
    rows.append(Row(content: content, hasFocus: hasFocus))
    isInFocus = hasFocus
    if hasFocus { focus = (focus?.lowerBound ?? rows.count - 1)..<rows.count }
    if hasCursor { cursor = rows.count - 1 }
  }

  /// The first row to draw where not all have room: the field in focus is on screen with what is said of it, and the
  /// row of the cursor in any case.
  func firstRow(height: Int) -> Int {
    guard rows.count > height, height > 0 else { return 0 }
    guard let focus, let cursor else { return showsEnd ? rows.count - height : 0 }
    // One more, so that what follows can be seen to follow.
    let top = min(max(0, focus.upperBound + 1 - height), focus.lowerBound)
    return max(0, min(max(top, cursor - height + 1), rows.count - height))
  }

  func draw(in area: Rectangle, _ frame: inout Frame) {
    var drawing = FormDrawing(area: area, labelWidth: FormDrawing.formLabelWidth)
    for row in rows.dropFirst(firstRow(height: area.height)).prefix(area.height) {
      switch row.content {
      case .field(let title, let field, let beside, let besideStyle):
        drawing.field(title, field, hasFocus: row.hasFocus, beside: beside, besideStyle: besideStyle, in: &frame)
      case .choice(let title, let name, let purpose, let isChosen, let nameWidth):
        drawing.option(
          title, name, purpose, isChosen: isChosen, hasFocus: row.hasFocus, nameWidth: nameWidth, in: &frame)
      case .box(let title, let isTicked, let text):
        drawing.mark(title, isTicked ? "[x]" : "[ ]", text, hasFocus: row.hasFocus, in: &frame)
      case .fold(let title, let isUnfolded, let text):
        drawing.mark(title, isUnfolded ? "▾" : "▸", text, hasFocus: row.hasFocus, in: &frame)
      case .value(let title, let text, let style):
        drawing.label(title, hasFocus: false, in: &frame)
        drawing.message(text, style: style, in: &frame)
      case .pair(let title, let one, let two, let style):
        drawing.pair(title, one, two, style: style, in: &frame)
      case .message(let text, let style): drawing.message(text, style: style, in: &frame)
      }
    }
  }
}
