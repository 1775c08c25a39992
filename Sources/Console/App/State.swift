import Cloudflare
import FoundationEssentials
import Terminal

/// Everything that the console knows: what is on screen follows from this value alone.
public struct State: Sendable, Equatable {
  public let session: Session
  public let keyMap: KeyMap
  /// The terminal's size.
  public var size = Size(width: 0, height: 0)
  /// The time of the last action, in whole minutes: ages are shown against it.
  public var now = Date(timeIntervalSince1970: 0)
  public var browse: BrowseState
  public internal(set) var inventory = InventoryCache()
  /// The account's raw answer, in place of the list.
  public var raw: RawState?
  /// The form or dialog in front of the list.
  public var dialog: Dialog?
  /// What was typed into a creation that was left, to go on with.
  public var draft: CreateState?
  /// What was typed into changes that were left, by account.
  public internal(set) var edits: [Account.ID: EditState.Wish] = [:]
  /// What may be created, and where.
  public internal(set) var tenancy = Tenancy()
  /// The list of commands, in front of everything but the help.
  public internal(set) var palette: PaletteState?
  /// The help screen, in front of everything.
  public var help: HelpState?
  /// The result or error that the status line tells, until it is dismissed or another takes its place.
  public var notice: Notice?
  /// What is known of writes.
  public internal(set) var activity = ActivityState()
  public internal(set) var patience = Patience()
  var lastKnown = LastKnownState()
  /// Where the request budget stands; `nil` until it is told.
  public internal(set) var budget: BudgetStanding?
  public internal(set) var countdown = Countdown()
  private var tokens = 0

  public init(session: Session, keyMap: KeyMap = .standard) {
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

public enum Dialog: Sendable, Equatable {
  case create(CreateState)
  case edit(EditState)
  case delete(DeleteState)

  /// The write that has to be looked up before it can go on.
  var doubtfulWrite: WriteIntent.ID? {
    switch self {
    case .create(let form): form.doubtfulWrite
    case .edit(let form): form.doubtfulWrite
    case .delete(let deletion): deletion.doubtfulWrite
    }
  }
}

/// One message in the status line.
public struct Notice: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    case note, success, warning, failure
  }

  public var kind: Kind
  public var text: String
  /// What to do next, when there is something.
  public var nextStep: String?

  public init(_ kind: Kind, _ text: String, nextStep: String? = nil) {
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
  public var inputContext: InputContext {
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
