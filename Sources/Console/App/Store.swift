import Cloudflare
import Terminal

/// Holds the state, and passes every action through the reducer.
@MainActor
public final class Store {
  public private(set) var state: State
  private let moment: @MainActor () -> Moment
  private var runner: EffectRunner?
  private var needsDrawing = true
  private var watching: Task<Void, Never>?

  /// - Parameters:
  ///   - journal: keeps what is written to the server.
  ///   - cache: keeps the list from one run to the next; `nil` for nowhere.
  ///   - budget: gives the states of the request budget, for showing it; asked once.
  ///   - terminal: what suspends, redraws and ends; not kept alive beyond the store.
  ///   - moment: the time and a fresh identifier for each action.
  public init(
    session: Session, service: any AccountsService & AccountEditor & IdentityService,
    inventory: any AccountInventory, journal: any WriteJournal, cache: (any ListCache)? = nil,
    budget: (@Sendable () async -> AsyncStream<BudgetState>)? = nil, desktop: any Desktop = MissingDesktop(),
    terminal: any TerminalControl, keyMap: KeyMap = .standard,
    moment: @escaping @MainActor () -> Moment = { .now }
  ) {
    state = State(session: session, keyMap: keyMap)
    self.moment = moment
    runner = EffectRunner(
      session: session, service: service, inventory: inventory, journal: journal, cache: cache, desktop: desktop,
      terminal: terminal
    ) { [weak self] action in
      self?.send(action)
    }
    guard let budget else { return }
    watching = Task { [weak self] in
      await BudgetWatch(states: budget).run { self?.send(.budget(.changed($0))) }
    }
  }

  deinit {
    watching?.cancel()
  }

  /// The screen that a console begins with, while nothing is known and nothing has been asked for yet.
  public static func openingFrame(session: Session, size: Size, keyMap: KeyMap = .standard) -> Frame {
    var state = State(session: session, keyMap: keyMap)
    state.size = size
    return view(state)
  }

  public func send(_ action: Action) {
    needsDrawing = true
    for effect in reduce(&state, action, at: moment()) { runner?.run(effect) }
  }

  /// Passes on what the terminal tells.
  ///
  /// - Parameter willAct: called when a key means something, before anything is done for it: the time to tell the
  ///   terminal that another screen is coming.
  public func handle(_ event: TerminalEvent, willAct: () -> Void = {}) {
    switch event {
    case .key(let key):
      guard let action = state.keyMap.action(for: key, in: state.inputContext) else { return }
      willAct()
      send(action)
    case .burst(let keys): send(.burst(keys))
    case .mouse(let event): send(.mouse(event))
    case .paste(let text): send(.paste(text))
    case .resize(let size): send(.resize(size))
    case .focusLost: send(.focusLost)
    case .focusGained: break
    case .resumed(let size): send(.resume(size))
    case .terminate, .hangup: send(.end)
    }
  }

  /// The screen to show, or `nil` when nothing has happened since the last one.
  public func takeFrame() -> Frame? {
    guard needsDrawing else { return nil }
    needsDrawing = false
    return view(state)
  }
}
