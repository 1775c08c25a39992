import Cloudflare
import Terminal

/// The page with the JSON of an account, which is captured when the page opens.
struct JSONState: Screen {
  enum Phase: Sendable, Equatable {
    case loading
    case shown(RawAnswer)
    case failed(CloudflareError)
  }

  static let kind = ScreenKind.page

  let account: Account
  var phase = Phase.loading
  /// The body of the answer, formatted.
  private(set) var lines: [String] = []
  /// Rows above the first visible one.
  private(set) var scroll = 0

  /// The most bytes of a body that are shown. An account has a few thousand.
  static let limit = 64 * 1024

  static let bindings: [KeyMap.Binding] =
    KeyMap.scrolling([.raw]) + [
      bind(
        .cancel, [.escape, .character("q"), .character("J"), .left, .control("c")], [.raw], "back to the account",
        hint: ("Esc", "back")),
      KeyMap.help([.raw]), KeyMap.refresh([.raw]),
    ] + KeyMap.copying([.raw]) + [KeyMap.dashboard([.raw]), KeyMap.palette([.raw], hint: true)]

  var pageContext: InputContext { .raw }
  func inputContext(in context: Context) -> InputContext { .raw }
  func subject(in context: Context) -> Account? { account }
  func awaited(in context: Context) -> [EffectID] { phase == .loading ? [.json] : [] }

  mutating func begin(in context: Context) -> Outcome {
    self = JSONState(account: account)
    return .effects(.readJSON(account.id))
  }

  mutating func reduce(_ command: Command, in context: Context) -> Outcome {
    switch command {
    case .cancel: return Outcome(effects: phase == .loading ? [.cancel(.json)] : [], events: [.close])
    case .refresh: return begin(in: context)
    default:
      scroll = scrolled(scroll, command, rows: area(context).height, lines: rows(context).count)
      return .none
    }
  }

  mutating func receive(_ answer: Answer, in context: Context) -> Outcome {
    switch answer {
    case .json(.success(let answer)):
      phase = .shown(answer)
      let size = answer.body.utf8.count
      lines = JSONLines.lines(of: String(decoding: answer.body.utf8.prefix(Self.limit), as: UTF8.self))
      if size > Self.limit {
        lines.append("… the first \(Wording.number(Self.limit)) of \(Wording.number(size)) bytes are shown")
      }
    case .json(.failure(let error)): phase = .failed(error)
    default: break
    }
    return .none
  }

  // MARK: Drawing

  /// The area of the text.
  private func area(_ context: Context) -> Rectangle {
    Rectangle(column: 1, row: 3, width: context.size.width - 2, height: context.size.height - 6)
  }

  func draw(in frame: inout Frame, _ context: Context) -> ClosedRange<Int> {
    let area = area(context)
    let end = frame.put(
      cutting: Wording.name(of: account), column: area.column, row: Context.tableHeadRow, width: area.width / 2,
      style: Theme.heading)
    frame.put(
      cutting: source, column: end + 2, row: Context.tableHeadRow, width: area.endColumn - end - 2,
      style: Theme.faint)
    frame.horizontalLine(row: Context.topRuleRow)
    frame.horizontalLine(row: context.bottomRuleRow)
    let rows = rows(context)
    let first = frame.put(rows, scroll: scroll, in: area)
    if case .shown = phase, rows.count > area.height {
      let last = min(rows.count, first + area.height)
      frame.put(
        cutting: " lines \(Wording.number(first + 1))–\(Wording.number(last)) of \(Wording.number(rows.count)) ",
        column: 2, row: context.bottomRuleRow, width: context.size.width - 4)
    }
    if context.isFront { frame.cursor = Position(column: area.column, row: area.row) }
    return context.statusRows
  }

  /// The request and the status of its answer.
  private var source: String {
    var parts = ["GET /accounts/\(account.id)"]
    if case .shown(let answer) = phase {
      parts.append("\(answer.status)")
      if let ray = answer.ray { parts.append("cf-ray \(ray)") }
    }
    return parts.joined(separator: " · ")
  }

  /// The rows of the text. The body is broken at the width, not between words, so that nothing is left out.
  private func rows(_ context: Context) -> [Line] {
    let width = area(context).width
    guard case .shown(let answer) = phase, !answer.body.isEmpty else { return text(in: context).lines(width: width) }
    return lines.flatMap { cut($0, width: width) }.map { Line(text: $0) }
  }

  func text(in context: Context) -> [Block] {
    switch phase {
    case .loading: [.paragraph("…", Theme.faint)]
    case .shown(let answer):
      answer.body.isEmpty ? [.paragraph("The answer is empty.")] : lines.map { .paragraph($0) }
    case .failed(let error):
      [.paragraph("The account could not be read.", Theme.failure), .paragraph(error.explanation), .blank]
        + Block.optional(error.nextStep ?? context.hints(.refresh, "tries again"))
    }
  }
}
