import Cloudflare
import Terminal

/// A form that ends in a write.
protocol WriteForm: Screen, RefusableForm {
  var progress: WriteProgress { get }
  /// The fields that Tab goes through.
  var fields: [Field] { get }
  var focus: Field { get set }

  /// Why a field keeps the form from being sent; `nil` when it does not.
  func problem(of field: Field) -> String?

  /// What is drawn.
  func form(in context: Context) -> Form
}

extension WriteForm {
  static var kind: ScreenKind { .form }

  var refusedBy: CloudflareError? { progress.refusal }
  var sending: WriteIntent.ID? { progress.sending }
  var unresolvedWrite: WriteIntent.ID? { progress.unresolvedWrite }

  var problemInFocus: String? { problem(of: focus) }

  /// Has the write looked up that has to be before the form can go on.
  func lookUpWrite() -> Outcome { unresolvedWrite.map { .events(.lookUp($0)) } ?? .none }

  mutating func moveFocus(_ step: Int) {
    let fields = fields
    guard sending == nil, let index = fields.firstIndex(of: focus) else { return }
    focus = fields[(index + step + fields.count) % fields.count]
  }

  /// The mouse leads from field to field, and decides nothing.
  func clickable(_ command: Command) -> Command? {
    switch command {
    case .help, .nextField, .previousField: command
    default: nil
    }
  }

  mutating func scroll(_ command: Command, at position: Position, in context: Context) -> Outcome { .none }

  func draw(in frame: inout Frame, _ context: Context) -> ClosedRange<Int> {
    let bottom = form(in: context).draw(in: &frame)
    if !context.isFront { frame.cursor = nil }
    return bottom...context.noticeRow
  }

  /// What is said of the write; nothing of one that has been looked up.
  ///
  /// - Parameters:
  ///   - sending: while it is on its way.
  ///   - refused: what did not happen.
  ///   - unknown: what is not known to have happened.
  func progressText(
    sending: String = "Waiting for the server's answer. It is sent once.", refused: String, unknown: String,
    in context: Context
  ) -> [Block] {
    switch progress {
    case .idle, .lookedUp: return []
    case .sending: return [.paragraph(sending, Theme.faint)]
    case .refused(let error):
      return (generalRefusal.map { [.failure("\(refused): \($0)")] } ?? []) + Block.optional(error.nextStep)
    case .unknown(let id, let error):
      return [.warning("\(unknown): \(error.explanation)")] + context.lookUpText(of: id)
    case .notSent(let problem):
      let next =
        unresolvedWrite == nil ? [.paragraph(problem.nextStep)] : context.lookUpText(of: unresolvedWrite)
      return [.failure("Not sent. \(problem.message)")] + next
    }
  }
}
