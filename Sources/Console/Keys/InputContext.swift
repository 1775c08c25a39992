/// Where keys go: the same key may do another thing in another place.
enum InputContext: Int, Sendable, Hashable, CaseIterable {
  case list
  case detail
  /// The list of writes.
  case activity
  /// One write with all that is known of it.
  case activityDetail
  /// A form's text field: keys that stand for themselves are typed.
  case field
  /// A form's list of choices.
  case choice
  /// A form's box to tick, or a part of it to open.
  case toggle
  case button
  /// The buttons of a form or dialog about a write of which it is not known what became of it.
  case unknownOutcome
  /// What a deletion would do, before it is decided about.
  case review
  /// The seconds before a deletion.
  case countdown
  /// An account is being read for a form or dialog: only leaving it counts. What is typed for the fields that are yet
  /// to come is dropped.
  case waiting
  /// A request is on its way that nothing can take back.
  case busy
  /// Something to read before it is dismissed: a receipt.
  case receipt
  case help
  /// The line for what is looked for in the help: keys that stand for themselves are typed.
  case helpSearch
  /// An account's raw answer.
  case raw
  /// The line for what is looked for: keys that stand for themselves are typed.
  case find
  /// The line for what is looked for in the detail pane: keys that stand for themselves are typed.
  case detailSearch
  /// The list of all commands, with a line to type into.
  case palette
  /// The window is too small to show anything.
  case tooSmall

  /// Whether keys that are bound to nothing edit a text there.
  var takesText: Bool {
    switch self {
    case .field, .find, .helpSearch, .detailSearch, .palette: true
    default: false
    }
  }

  /// Whether hardly a key means anything there, so that those typed ahead do no harm.
  var dropsKeys: Bool { self == .waiting || self == .busy }
}

/// Several contexts.
struct InputContexts: OptionSet, Sendable, Hashable {
  let rawValue: Int

  init(rawValue: Int) {
    self.rawValue = rawValue
  }

  init(_ context: InputContext) {
    rawValue = 1 << context.rawValue
  }

  static let list = InputContexts(.list)
  static let detail = InputContexts(.detail)
  static let activity = InputContexts(.activity)
  static let activityDetail = InputContexts(.activityDetail)
  static let field = InputContexts(.field)
  static let choice = InputContexts(.choice)
  static let toggle = InputContexts(.toggle)
  static let button = InputContexts(.button)
  static let unknownOutcome = InputContexts(.unknownOutcome)
  static let review = InputContexts(.review)
  static let countdown = InputContexts(.countdown)
  static let waiting = InputContexts(.waiting)
  static let busy = InputContexts(.busy)
  static let receipt = InputContexts(.receipt)
  static let help = InputContexts(.help)
  static let helpSearch = InputContexts(.helpSearch)
  static let raw = InputContexts(.raw)
  static let find = InputContexts(.find)
  static let detailSearch = InputContexts(.detailSearch)
  static let palette = InputContexts(.palette)
  static let tooSmall = InputContexts(.tooSmall)
  /// The places of a form.
  static let form: InputContexts = [.field, .choice, .toggle, .button]
  static let everywhere = InputContexts(rawValue: -1)

  func contains(_ context: InputContext) -> Bool { rawValue & 1 << context.rawValue != 0 }
}
