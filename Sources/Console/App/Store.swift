import Cloudflare
import Terminal

/// Holds the state, and passes every action through the reducer.
@MainActor
public final class Store {
  private(set) var state: State
  private let environment: @MainActor () -> Environment
  private var runner: EffectRunner?
  private var needsDrawing = true
  private var watching: Task<Void, Never>?

  /// A console on a screen.
  ///
  /// - Parameters:
  ///   - client: what the accounts are read and written through. Its budget is shown.
  ///   - cacheDirectory: where the list is kept from one run to the next; `nil` for nowhere.
  ///   - clipboard: of the desktop around the terminal; `nil` for none.
  ///   - browser: of that desktop; `nil` for none.
  ///   - terminal: what suspends, redraws and ends; not kept alive beyond the store.
  public convenience init(
    session: Session, client: AccountsClient, journal: JournalPlace, cacheDirectory: String?,
    clipboard: (any Clipboard)?, browser: (any URLOpener)?, terminal: any TerminalControl, keyMap: KeyMap
  ) {
    var services = Services(client, journal: journal)
    services.cache = cacheDirectory.map { FileListCache(directory: $0, origin: session.origin) }
    services.clipboard = clipboard
    services.browser = browser
    self.init(session: session, services: services, terminal: terminal, keyMap: keyMap)
  }

  /// - Parameter environment: the time and a fresh identifier for each action.
  init(
    session: Session, services: Services, terminal: any TerminalControl, keyMap: KeyMap = .builtIn,
    environment: @escaping @MainActor () -> Environment = { .now }
  ) {
    state = State(session: session, keyMap: keyMap)
    self.environment = environment
    runner = EffectRunner(session: session, services: services, terminal: terminal) { [weak self] answer in
      self?.send(.answer(answer))
    }
    guard let budget = services.budget else { return }
    watching = Task { [weak self] in
      await BudgetWatch(states: budget).run { self?.send(.budget($0)) }
    }
  }

  deinit {
    watching?.cancel()
  }

  /// The screen that a console begins with, while nothing is known and nothing has been asked for yet.
  public static func openingFrame(session: Session, size: Size, keyMap: KeyMap = .builtIn) -> Frame {
    var state = State(session: session, keyMap: keyMap)
    state.size = size
    return view(state)
  }

  /// Begins to read: the terminal is open.
  ///
  /// - Parameter note: what a person has to know of how the terminal is driven; `nil` for nothing.
  public func start(size: Size, note: String? = nil) { send(.start(size, note: note)) }

  func send(_ action: Action) {
    needsDrawing = true
    for effect in reduce(&state, action, in: environment()) { runner?.run(effect) }
  }

  /// Passes on what the terminal tells.
  ///
  /// - Parameter willAct: called when a key means something, before anything is done for it: the time to tell the
  ///   terminal that another screen is coming.
  public func handle(_ event: TerminalEvent, willAct: () -> Void = {}) {
    switch event {
    case .key(let key):
      guard let input = state.keyMap.input(for: key, in: state.inputContext) else { return }
      willAct()
      send(Action(input))
    case .burst(let keys): send(.burst(keys))
    case .mouse(let event): send(.mouse(event))
    case .paste(let text): send(.paste(text))
    case .resize(let size): send(.resize(size))
    case .focusLost: send(.focusLost)
    case .focusGained: break
    case .resumed(let size): send(.resumed(size))
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
