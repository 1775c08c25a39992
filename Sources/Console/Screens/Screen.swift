import Cloudflare
import FoundationEssentials
import Terminal

/// A screen, form, dialog or overlay. It owns its state, reads everything else in a context, and tells what has happened
/// instead of acting on others.
protocol Screen: Sendable, Equatable {
  static var kind: ScreenKind { get }

  /// Where keys go.
  func inputContext(in context: Context) -> InputContext

  /// Where keys go when no form or overlay is in front of this page.
  var pageContext: InputContext { get }

  /// Has the screen ask for what it shows, when it comes in front.
  mutating func begin(in context: Context) -> Outcome

  mutating func reduce(_ command: Command, in context: Context) -> Outcome

  /// Text is typed, where ``inputContext(in:)`` takes it.
  mutating func edit(_ edit: TextEdit, in context: Context) -> Outcome

  /// - Returns: `nil` when the text is dropped.
  mutating func paste(_ text: String, in context: Context) -> Outcome?

  /// What a person wants is said, instead of the keys that lead to it.
  mutating func carryOut(_ step: FormStep, in context: Context) -> Outcome

  /// A click that is not on a hint.
  mutating func press(at position: Position, in context: Context) -> Outcome

  /// One step of the wheel.
  ///
  /// - Parameter command: ``Command/moveUp`` or ``Command/moveDown``.
  mutating func scroll(_ command: Command, at position: Position, in context: Context) -> Outcome

  /// What a click on the hint of a command does; `nil` for nothing.
  func clickable(_ command: Command) -> Command?

  /// An effect has ended, of this screen or another.
  mutating func receive(_ answer: Answer, in context: Context) -> Outcome

  /// It is known what became of a write, of this screen or another.
  mutating func receive(_ conclusion: Conclusion, in context: Context) -> Outcome

  /// Something has come between the person and the screen.
  ///
  /// - Parameter reason: what it was, as in “because …”.
  mutating func disarm(because reason: String, in context: Context) -> Outcome

  /// What is on its way that a person waits for here.
  func awaited(in context: Context) -> [EffectID]

  /// The account that is looked at.
  func subject(in context: Context) -> Account?

  /// The write on its way from here.
  var sending: WriteIntent.ID? { get }

  /// The write that has to be looked up before this can go on.
  var unresolvedWrite: WriteIntent.ID? { get }

  /// The write of which all that is known can be copied.
  func receipt(in context: Context) -> WriteIntent.ID?

  /// What the field is for that has the focus; `nil` where none has.
  func meaning(in context: Context) -> FieldMeaning?

  /// Draws the screen.
  ///
  /// - Returns: the rows at the bottom of which messages may stand.
  func draw(in frame: inout Frame, _ context: Context) -> ClosedRange<Int>
}

/// What a person can want of a form or dialog. Each guard that stands against a key stands against it too.
enum FormStep: Sendable, Equatable {
  /// The field in focus has this text, in place of its own.
  case fill(String)
  /// The field in focus has this one of its choices.
  case choose(String)
  /// The box in focus is set or not.
  case set(Bool)
  /// The next field is in focus.
  case next
  /// The button that leads on is pressed, wherever the focus is.
  case proceed
  /// The button that deletes is pressed, wherever the focus is.
  case delete
  /// The form goes, from whichever of its phases.
  case leave
}

/// How a screen stands among those behind it.
enum ScreenKind: Sendable {
  /// It takes the place of what is behind it, and goes without a word.
  case page
  /// A box over what is behind it, with something to decide.
  case form
  /// As a form, and it takes the whole screen: nothing else is to be looked at.
  case modal
  /// A box over everything, its messages too.
  case overlay

  var coversScreen: Bool { self == .page || self == .modal }
  /// Whether a person decides something in it, rather than looking.
  var decides: Bool { self == .form || self == .modal }
}

extension Screen {
  // Forms and overlays are no pages.
  var pageContext: InputContext { .list }

  mutating func begin(in context: Context) -> Outcome { .none }
  mutating func edit(_ edit: TextEdit, in context: Context) -> Outcome { .none }

  mutating func paste(_ text: String, in context: Context) -> Outcome? {
    inputContext(in: context).takesText ? edit(.paste(text), in: context) : nil
  }

  mutating func carryOut(_ step: FormStep, in context: Context) -> Outcome { .none }

  /// Has the field in focus have a text in place of its own, as if it was typed.
  mutating func replaceText(by text: String, in context: Context) -> Outcome {
    var outcome = Outcome.none
    for edit in [TextEdit.moveToEnd, .deleteToStart, .insert(text)] { outcome += self.edit(edit, in: context) }
    return outcome
  }

  mutating func press(at position: Position, in context: Context) -> Outcome { .none }

  mutating func scroll(_ command: Command, at position: Position, in context: Context) -> Outcome {
    var outcome = Outcome.none
    for _ in 0..<Context.wheelStep { outcome += reduce(command, in: context) }
    return outcome
  }

  /// The mouse leads to places. It sends nothing and begins no deletion: a click is too easily made where another window
  /// was meant.
  func clickable(_ command: Command) -> Command? {
    switch command {
    case .deleteAccount: .explainDeletion
    case .dismiss: nil
    default: command
    }
  }

  mutating func receive(_ answer: Answer, in context: Context) -> Outcome { .none }
  mutating func receive(_ conclusion: Conclusion, in context: Context) -> Outcome { .none }
  mutating func disarm(because reason: String, in context: Context) -> Outcome { .none }
  func awaited(in context: Context) -> [EffectID] { [] }
  func subject(in context: Context) -> Account? { nil }
  var sending: WriteIntent.ID? { nil }
  var unresolvedWrite: WriteIntent.ID? { nil }
  func receipt(in context: Context) -> WriteIntent.ID? { unresolvedWrite }
  func meaning(in context: Context) -> FieldMeaning? { nil }
}

/// What a screen may read.
struct Context {
  let session: Session
  let environment: Environment
  /// The time of the last action, in whole minutes: ages are shown against it.
  let now: Date
  /// The terminal's size.
  let size: Size
  let accounts: Accounts
  let writes: Writes
  let hints: KeyHints
  /// What was typed into changes that were left, by account.
  let edits: [Account.ID: AccountEdits]
  /// Where the request budget stands; `nil` until it is told.
  let budget: BudgetStatus?
  /// Seconds that are counted down because the server lets nothing through; `nil` when none are.
  let rateLimitSeconds: Int?
  /// The first row that messages take, or that of the hints.
  let statusTop: Int
  /// Whether a message is told.
  let hasNotice: Bool
  /// Whether keys come to this screen.
  let isFront: Bool
  /// Whether a form or dialog is in front of the pages.
  let hasDialog: Bool

  /// Rows that one step of the wheel moves.
  static let wheelStep = 3

  /// Rows of an area, at the bottom of which messages may stand, that they leave to be seen.
  func seenRows(of area: Rectangle) -> Int { min(area.height, max(1, statusTop - area.row)) }

  /// The rows that messages may take where nothing else needs them.
  var statusRows: ClosedRange<Int> { 0...noticeRow }

  var bottomRuleRow: Int { size.height - 3 }
  var noticeRow: Int { size.height - 2 }
  var hintRow: Int { size.height - 1 }

  static let headerRow = 0
  static let tableHeadRow = 1
  static let topRuleRow = 2
}
