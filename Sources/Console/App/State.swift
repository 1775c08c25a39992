import Cloudflare
import FoundationEssentials
import Terminal

/// Everything that the console knows: what is on screen follows from this value alone.
struct State: Sendable, Equatable {
  let session: Session
  let keyMap: KeyMap
  /// The terminal's size.
  var size = Size(width: 0, height: 0)
  /// The time of the last action, in whole minutes: ages are shown against it.
  var now = Date(timeIntervalSince1970: 0)
  var browse: BrowseState
  var inventory = InventoryCache()
  /// The account's raw answer, in place of the list.
  var raw: RawState?
  /// The form or dialog in front of the list.
  var dialog: Dialog?
  /// What was typed into a creation that was left, to go on with.
  var draft: CreateState?
  /// What was typed into changes that were left, by account.
  var editDrafts: [Account.ID: EditState.Edits] = [:]
  /// What may be created, and where.
  var tenancy = Tenancy()
  /// The list of commands, in front of everything but the help.
  var palette: PaletteState?
  /// The help screen, in front of everything.
  var help: HelpState?
  /// The result or error that the status line tells, until it is dismissed or another takes its place.
  var notice: Notice?
  /// What is known of writes.
  var activity = ActivityState()
  var waitIndicator = WaitIndicator()
  var listCache = ListCacheState()
  /// Where the request budget stands; `nil` until it is told.
  var budget: BudgetStatus?
  var rateLimitWait = RateLimitWait()
  private var tokens = 0

  init(session: Session, keyMap: KeyMap = .standard) {
    self.session = session
    self.keyMap = keyMap
    browse = BrowseState(perPage: session.perPage)
  }

  /// A token that no request has had.
  mutating func nextToken() -> RequestToken {
    tokens += 1
    return RequestToken(number: tokens)
  }
}

enum Dialog: Sendable, Equatable {
  case create(CreateState)
  case edit(EditState)
  case delete(DeleteState)

  /// The write that has to be looked up before it can go on.
  var unresolvedWrite: WriteIntent.ID? {
    switch self {
    case .create(let form): form.unresolvedWrite
    case .edit(let form): form.unresolvedWrite
    case .delete(let deletion): deletion.unresolvedWrite
    }
  }
}

/// One message in the status line.
struct Notice: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    case note, success, warning, failure
  }

  var kind: Kind
  var text: String
  /// What to do next, when there is something.
  var nextStep: String?

  init(_ kind: Kind, _ text: String, nextStep: String? = nil) {
    self.kind = kind
    self.text = text
    self.nextStep = nextStep
  }
}

extension State {
  /// The smallest window in which everything has its place.
  static let smallestSize = Size(width: 60, height: 16)

  var isTooSmall: Bool { size.width < Self.smallestSize.width || size.height < Self.smallestSize.height }

  /// Where the next key goes.
  var inputContext: InputContext {
    if isTooSmall { return .tooSmall }
    if let help { return help.inputContext }
    if palette != nil { return .palette }
    switch dialog {
    case .create(let form): return form.inputContext
    case .edit(let form): return form.inputContext
    case .delete(let deletion): return isReading(for: deletion) ? .waiting : deletion.inputContext
    case nil where raw != nil: return .raw
    case nil: break
    }
    switch activity.screen {
    case .some(let screen): return screen.isDetailOpen ? .activityDetail : .activity
    case nil where isSearchingDetail: return .detailSearch
    case nil where isFinding: return .find
    case nil: return browse.pane == .detail ? .detail : .list
    }
  }
}
