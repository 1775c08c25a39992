/// The place that receives keys. A key can have another command in another context.
enum InputContext: Sendable, CaseIterable {
  case list
  case detail
  /// The list of writes.
  case activity
  /// The details of one write.
  case activityDetail
  /// A form's text field: keys that stand for themselves are typed.
  case field
  /// A form's list of choices.
  case choice
  /// A form's box to tick, or the line that opens a part of it.
  case toggle
  case button
  /// The buttons of a form or dialog about a write whose outcome is not known.
  case unknownOutcome
  /// The review of what a deletion would do.
  case review
  /// The seconds before a deletion.
  case countdown
  /// A form or dialog waits for an account. Keys can only leave it; text typed for its fields is dropped.
  case waiting
  /// A request is being sent and cannot be cancelled.
  case busy
  /// A receipt, until it is dismissed.
  case receipt
  case help
  /// The search line of the help: keys that stand for themselves are typed.
  case helpSearch
  /// An account's raw answer.
  case raw
  /// The search line of the list: keys that stand for themselves are typed.
  case find
  /// The search line of the detail pane: keys that stand for themselves are typed.
  case detailSearch
  /// The list of all commands, with a line to type into.
  case palette
  /// The window is too small to draw a screen.
  case tooSmall

  /// Whether keys without a binding edit a text.
  var takesText: Bool {
    switch self {
    case .field, .find, .helpSearch, .detailSearch, .palette: true
    default: false
    }
  }

  /// Whether the context ignores nearly all keys, so that keys typed ahead do no harm.
  var dropsKeys: Bool { self == .waiting || self == .busy }
}

typealias InputContexts = Set<InputContext>

extension InputContexts {
  static let everywhere = Set(InputContext.allCases)
}

extension InputContext {
  /// The context in words, for the help.
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
