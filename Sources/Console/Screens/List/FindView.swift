import Cloudflare
import Terminal

extension State {
  /// The line that what is looked for is typed into.
  func drawFindLine(row: Int, in frame: inout Frame) {
    guard let field = browse.find?.field else { return }
    drawSearchField(field, row: row, width: size.width - 3, in: &frame)
  }

  /// A field behind a slash, over the whole row.
  ///
  /// - Parameter width: columns that the text may take.
  func drawSearchField(_ field: TextField, row: Int, width: Int, in frame: inout Frame) {
    frame.fill(Rectangle(column: 0, row: row, width: size.width, height: 1))
    frame.put("/", column: 1, row: row, style: Theme.hintKey)
    let place = frame.put(field, column: 2, row: row, width: width)
    if help == nil { frame.cursor = Position(column: place.cursor, row: row) }
  }

  /// What is shown, out of how much, and how to reach further; what matters less is left out where there is no room.
  func reach(of find: FindState, width: Int) -> String {
    let matches = browse.rowCount
    var text = matches > 0 ? "\(Wording.number(browse.cursorRow + 1)) of " : ""
    let order = browse.orderWords.map { "sorted \($0) · " } ?? ""
    text += "\(Wording.number(matches)) match · \(order)\(searched(find))"
    guard !find.isEditing else { return text }
    // That rows are left out has to be seen, whatever else there is room for.
    text = "/\(find.field.text) · \(text)"
    let next = browse.list.isWhole ? "" : listHint(.loadAll, "loads the rest").map { " · \($0)" } ?? ""
    return SafeText(text).width + SafeText(next).width <= width ? text + next : text
  }

  func searched(_ find: FindState) -> String {
    let list = browse.list
    let age = asOf(list.stale).map { ", \($0)" } ?? ""
    if list.isWhole { return "searched all \(Wording.number(list.loadedCount))\(age)" }
    var text = "searched \(Wording.number(list.loadedCount))"
    if list.isLoaded { text += " of \(list.countWords)" }
    text += age
    switch find.asking {
    case .needless: break
    case .debouncing, .asked: text += ", asking the server …"
    case .answered(let isFull): text += isFull ? " and the server's first \(session.perPage)" : " and the server"
    case .failed(let error): text += ", not the server (\(error.shortReason))"
    }
    return text
  }

  func unmatchedText(_ find: FindState) -> [Line] {
    let isAsking =
      switch find.asking {
      case .debouncing, .asked: true
      case .needless, .answered, .failed: false
      }
    return [
      Line(text: browse.list.isWhole ? "No account matches." : "No account that is loaded matches."),
      Line(text: isAsking ? "Asking the server …" : "Esc shows all accounts again", style: Theme.faint),
    ]
  }

  /// A name with what was looked for marked in it, and the end of the identifier that was found by.
  func drawMatch(
    _ account: Account, _ find: FindState, _ column: Range<Int>, _ row: Int, _ style: Style, in frame: inout Frame
  ) {
    var width = column.count
    if let piece = identifierPiece(of: account.id, find.query), piece.text.count + 6 <= width {
      let start = column.upperBound - piece.text.count
      frame.put(SafeText(piece.text), column: start, row: row, style: Theme.faint)
      mark(start + piece.marked.lowerBound..<start + piece.marked.upperBound, row: row, in: &frame)
      width -= piece.text.count + 2
    }
    frame.put(cutting: account.name, column: column.lowerBound, row: row, width: width, style: style)
    let marks = Set(find.index.marks(in: account.name))
    guard !marks.isEmpty else { return }
    // A name that is cut has an ellipsis in its last column.
    let end = column.lowerBound + (SafeText(account.name).width > width ? width - 1 : width)
    var start = column.lowerBound
    for (place, character) in account.name.enumerated() {
      let next = start + SafeText(String(character)).width
      guard next <= end else { break }
      if marks.contains(place) { mark(start..<next, row: row, in: &frame) }
      start = next
    }
  }

  /// Marks columns of a row as what was looked for.
  func mark(_ columns: Range<Int>, row: Int, in frame: inout Frame) {
    frame.restyle(Rectangle(column: columns.lowerBound, row: row, width: columns.count, height: 1)) {
      $0.adding(Theme.match)
    }
  }

  /// As much of an identifier as shows why it was found.
  private func identifierPiece(of id: Account.ID, _ query: FuzzyQuery) -> (text: String, marked: Range<Int>)? {
    guard query.matches(identifier: id), let count = query.identifier?.count else { return nil }
    let shown = max(8, count)
    guard shown < id.count else { return (id, 0..<id.count) }
    let isBeginning = id.prefix(count).lowercased().utf8.elementsEqual(query.identifier ?? [])
    return isBeginning
      ? ("\(id.prefix(shown))…", 0..<count) : ("…\(id.suffix(shown))", 1 + shown - count..<1 + shown)
  }
}
