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
  var accounts: Accounts
  var writes = Writes()
  /// The screen behind all others.
  var browse = Browse()
  /// What stands in front of it; the last one is in front.
  var layers: [Layer] = []
  /// The form that was left with something typed into it.
  var keptForm: Layer?
  /// What was typed into changes that were left, by account.
  var edits: [Account.ID: AccountEdits] = [:]
  /// The result or error that the status line tells, until it is dismissed or another takes its place.
  var notice: Notice?
  /// Where the request budget stands; `nil` until it is told.
  var budget: BudgetStatus?
  var rateLimit = RateLimitWait()
  var indicator = WaitIndicator()

  init(session: Session, keyMap: KeyMap = .builtIn) {
    self.session = session
    self.keyMap = keyMap
    accounts = Accounts(perPage: session.perPage)
  }

  /// The smallest window in which everything has its place.
  static let smallestSize = Size(width: 60, height: 16)

  var isTooSmall: Bool { size.width < Self.smallestSize.width || size.height < Self.smallestSize.height }
}

/// One of the screens in front.
struct Layer: Sendable, Equatable {
  var screen: any Screen

  static func == (one: Layer, two: Layer) -> Bool { one.screen.isEqual(to: two.screen) }
}

extension Screen {
  fileprivate func isEqual(to other: any Screen) -> Bool { (other as? Self) == self }

  var kind: ScreenKind { Self.kind }
}

// MARK: The stack

extension State {
  /// What keys and clicks go to.
  var front: any Screen { layers.last?.screen ?? browse }

  /// The nearest screen of a type to the front.
  func layer<S: Screen>(_ type: S.Type) -> S? { layers.lazy.reversed().compactMap { $0.screen as? S }.first }

  /// The form or dialog in which something is decided.
  var dialog: (any Screen)? { layers.last { $0.screen.kind.decides }?.screen }

  /// Where the next key goes.
  var inputContext: InputContext { isTooSmall ? .tooSmall : front.inputContext(in: context(statusTop: 0)) }

  /// - Parameters:
  ///   - isFront: whether it is for the screen in front.
  ///   - statusTop: the first row of the messages; worked out where it is not known.
  func context(
    _ environment: Environment? = nil, isFront: Bool = true, statusTop: Int? = nil
  ) -> Context {
    Context(
      session: session, environment: environment ?? Environment(date: now, freshID: ""), now: now, size: size,
      accounts: accounts, writes: writes, hints: hints, edits: edits, budget: budget,
      rateLimitSeconds: rateLimit.secondsLeft, statusTop: statusTop ?? self.statusTop, hasNotice: notice != nil,
      isFront: isFront, hasDialog: dialog != nil)
  }

  /// Names the ways to commands from the page that is nearest to the front.
  var hints: KeyHints {
    let page = layers.last { $0.screen.kind == .page }?.screen
    return KeyHints(keyMap: keyMap, base: page?.pageContext ?? browse.pageContext)
  }
}
