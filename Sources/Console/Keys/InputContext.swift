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
struct InputContexts: Sendable, Equatable, ExpressibleByArrayLiteral {
  private var bits: UInt32

  init(arrayLiteral contexts: InputContext...) { self.init(contexts) }

  init(_ contexts: [InputContext]) { bits = contexts.reduce(0) { $0 | 1 << UInt32($1.rawValue) } }

  static let everywhere = InputContexts(InputContext.allCases)

  var isEmpty: Bool { bits == 0 }

  func contains(_ context: InputContext) -> Bool { bits & 1 << UInt32(context.rawValue) != 0 }

  func intersection(_ other: InputContexts) -> InputContexts {
    var result = self
    result.bits &= other.bits
    return result
  }

  func subtracting(_ other: InputContexts) -> InputContexts {
    var result = self
    result.bits &= ~other.bits
    return result
  }
}

extension InputContext {
  /// The place in words, for the help.
  var title: String {
    switch self {
    case .list: "the list"
    case .detail: "the detail pane"
    case .activity: "the activity"
    case .activityDetail: "one write"
    case .field: "a text field"
    case .choice: "a choice"
    case .toggle: "a box to tick"
    case .button: "a button"
    case .unknownOutcome: "a write that is not known to have happened"
    case .review: "the review of a deletion"
    case .countdown: "the delay before a deletion"
    case .waiting: "a reading that is waited for"
    case .busy: "a request on its way"
    case .receipt: "a receipt"
    case .help: "the help"
    case .helpSearch: "the search in the help"
    case .find: "the find line"
    case .detailSearch: "the search in the detail pane"
    case .palette: "the command palette"
    case .raw: "the raw answer"
    case .tooSmall: "a small window"
    }
  }
}
