/// Where keys go: the same key may do another thing in another place.
public enum InputContext: Int, Sendable, Hashable, CaseIterable {
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
  case doubt
  /// What a deletion would do, before it is decided about.
  case review
  /// The seconds before a deletion.
  case delay
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
public struct InputContexts: OptionSet, Sendable, Hashable {
  public let rawValue: Int

  public init(rawValue: Int) {
    self.rawValue = rawValue
  }

  public init(_ context: InputContext) {
    rawValue = 1 << context.rawValue
  }

  public static let list = InputContexts(.list)
  public static let detail = InputContexts(.detail)
  public static let activity = InputContexts(.activity)
  public static let activityDetail = InputContexts(.activityDetail)
  public static let field = InputContexts(.field)
  public static let choice = InputContexts(.choice)
  public static let toggle = InputContexts(.toggle)
  public static let button = InputContexts(.button)
  public static let doubt = InputContexts(.doubt)
  public static let review = InputContexts(.review)
  public static let delay = InputContexts(.delay)
  public static let waiting = InputContexts(.waiting)
  public static let busy = InputContexts(.busy)
  public static let receipt = InputContexts(.receipt)
  public static let help = InputContexts(.help)
  public static let helpSearch = InputContexts(.helpSearch)
  public static let raw = InputContexts(.raw)
  public static let find = InputContexts(.find)
  public static let detailSearch = InputContexts(.detailSearch)
  public static let palette = InputContexts(.palette)
  public static let tooSmall = InputContexts(.tooSmall)
  /// The places of a form.
  static let form: InputContexts = [.field, .choice, .toggle, .button]
  static let everywhere = InputContexts(rawValue: -1)

  public func contains(_ context: InputContext) -> Bool { rawValue & 1 << context.rawValue != 0 }
}
