import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

/// Drives the reducer as a person and a server would, and keeps the effects of the last step.
struct TestDriver {
  var state: State
  /// What the last step has asked for.
  private(set) var effects: [Effect] = []
  /// What the last step has asked for of the sign of a wait.
  private(set) var signEffects: [Effect] = []
  /// What was asked for and has not been answered, given up or asked for anew.
  private(set) var running: [EffectID: Effect] = [:]
  /// The writes that have left.
  private var sent: [WriteIntent.ID: WriteOperation] = [:]
  /// How writes on their way end, where a test has said so.
  var outcomes: [WriteIntent.ID: WriteOutcome] = [:]
  /// 2026-11-24 12:00 UTC.
  var environment = Environment(date: Date(timeIntervalSince1970: 1_795_521_600), freshID: "fresh-1")

  init(
    size: Size = Size(width: 120, height: 32), perPage: Int = 50, isReadOnly: Bool = false,
    endpointKind: Session.EndpointKind = .sandbox, isDryRun: Bool = false, protected: [String] = []
  ) {
    setLocaleOnce()
    state = State(
      session: Session(
        endpointKind: endpointKind, endpointHost: "127.0.0.1:4711", identity: "admin@sandbox.example",
        origin: Fixture.origin, perPage: perPage, writing: isReadOnly ? .readOnly : isDryRun ? .dryRun : .enabled,
        protected: ProtectedAccounts(patterns: protected)))
    send(.start(size))
    let start = effects
    answerJournal()
    effects = start
  }

  /// A person in front of a list of which the first page has come.
  init(
    accounts: Int, size: Size = Size(width: 120, height: 32), perPage: Int = 50, isReadOnly: Bool = false,
    isDryRun: Bool = false, protected: [String] = []
  ) {
    self.init(
      size: size, perPage: perPage, isReadOnly: isReadOnly, isDryRun: isDryRun, protected: protected)
    answerPages(of: accounts)
  }

  /// Starts another console in this one's place, with other keys or of another session.
  mutating func restart(
    size: Size = Size(width: 120, height: 32), keyMap: KeyMap = .builtIn, _ change: (inout Session) -> Void = { _ in }
  ) {
    var session = state.session
    change(&session)
    state = State(session: session, keyMap: keyMap)
    running = [:]
    send(.start(size))
  }

  @discardableResult
  mutating func send(_ action: Action) -> [Effect] {
    let all = reduce(&state, action, in: environment)
    expectNoForbiddenEffect(in: all)
    for effect in all { start(effect) }
    // The sign of a wait is a matter of its own tests.
    let isOfSign = { (effect: Effect) in effect.id == .waitIndicator || effect == .cancel(.waitIndicator) }
    signEffects = all.filter(isOfSign)
    effects = all.filter { !isOfSign($0) }
    return effects
  }

  /// What no action may ever ask for, whatever its test looks at.
  private mutating func expectNoForbiddenEffect(in effects: [Effect]) {
    let intents = effects.compactMap(\.intent)
    if intents.count > 1 { Issue.record("one action sends \(intents.count) writes") }
    for intent in intents {
      if state.session.writing != .enabled { Issue.record("a write leaves where none may: \(intent)") }
      if sent.updateValue(intent.operation, forKey: intent.id) == intent.operation {
        Issue.record("the write \(intent.id) leaves twice")
      }
      if !state.writes[intent.id].isSending { Issue.record("the write \(intent.id) does not count as under way") }
      if isRunning(.write(intent.id)) { Issue.record("the write \(intent.id) is on its way already") }
    }
    for case .cancel(.write(let id)) in effects { Issue.record("the write \(id) is given up on its way") }
  }

  /// Has an effect run that a test has brought about by itself.
  mutating func start(_ effect: Effect) {
    if case .cancel(let id) = effect { running[id] = nil }
    if let id = effect.id { running[id] = effect }
  }

  /// Takes what comes to its end by itself off the list of what runs, if it is there.
  mutating func forget(_ id: EffectID) { running[id] = nil }

  /// Takes note that a write was kept from being sent.
  mutating func forgetWrite(_ id: WriteIntent.ID) {
    forget(.write(id))
    sent[id] = nil
  }

  func isRunning(_ id: EffectID) -> Bool { running[id] != nil }

  /// Whether exactly this runs.
  func isRunning(_ effect: Effect) -> Bool { effect.id.map { running[$0] == effect } ?? false }

  /// Takes what was asked for off the list of what runs, to answer it: nothing else can be answered.
  mutating func takeRunning(_ id: EffectID, at location: SourceLocation = #_sourceLocation) -> Effect? {
    let effect = running.removeValue(forKey: id)
    if effect == nil { Issue.record("\(id) does not run", sourceLocation: location) }
    return effect
  }

  /// Answers what runs.
  @discardableResult
  mutating func answer(
    _ id: EffectID, at location: SourceLocation = #_sourceLocation, _ action: (Effect) -> Action?
  ) -> [Effect] {
    guard let effect = takeRunning(id, at: location), let action = action(effect) else {
      effects = []
      return []
    }
    return send(action)
  }

  @discardableResult
  mutating func press(_ keys: Key...) -> [Effect] { press(keys) }

  @discardableResult
  mutating func press(_ keys: [Key]) -> [Effect] {
    for key in keys {
      if let input = state.keyMap.input(for: key, in: state.inputContext) {
        send(Action(input))
      } else {
        effects = []
      }
    }
    return effects
  }

  mutating func type(_ text: String) {
    press(text.unicodeScalars.map(Key.character))
  }

  /// Answers every page that is on its way, and those that are asked for because of it, from a list of this many.
  mutating func answerPages(of total: Int) {
    while let page = loading.first { answer(page: page, of: total) }
  }

  /// Lets the selection rest for as long as it takes for its inventory to be read.
  mutating func rest() {
    guard isRunning(.inventoryDebounce) else {
      effects = []
      return
    }
    elapse(.inventoryDebounce)
  }

  /// Answers everything that the last step has asked for of inventories, and what is asked for because of it.
  mutating func answerInventory(with answers: InventoryAnswers) {
    var requests = effects.compactMap(\.inventoryRequest)
    while !requests.isEmpty {
      let request = requests.removeFirst()
      answer(request.part, of: request.accountID, answers[request.part])
      requests += effects.compactMap(\.inventoryRequest)
    }
  }

  /// Answers everything that the review of a deletion has just asked for.
  mutating func answerReview(
    with inventory: InventoryAnswers = InventoryAnswers(), fresh: Account? = nil, duplicateNames: [Account] = []
  ) {
    guard let deletion else { return }
    if isRunning(.duplicateNames(.deletion)) {
      answerDeletionNames(.success(AccountPage(accounts: [deletion.captured] + duplicateNames)))
    }
    for part in InventoryPart.allCases { answer(part, of: deletion.captured.id, inventory[part]) }
    if isRunning(.account(.deletion)) { answerDeletionRead(.success(fresh ?? deletion.captured)) }
  }

  /// Opens the deletion of the selected account, and goes on to its challenge.
  mutating func openChallenge(with inventory: InventoryAnswers = InventoryAnswers(), duplicateNames: [Account] = []) {
    press(.character("D"))
    answerReview(with: inventory, duplicateNames: duplicateNames)
    press(.tab, .enter)
  }

  /// Lets a second of the delay before a deletion pass.
  @discardableResult
  mutating func waitSecond() -> [Effect] {
    guard isRunning(.deletionCountdown) else {
      effects = []
      return []
    }
    environment.date += 1
    return elapse(.deletionCountdown)
  }

  /// Answers the reading of the account that began with the delay before its deletion: as the review showed it, unless
  /// told otherwise.
  @discardableResult
  mutating func answerLastLook(with result: Result<Account, CloudflareError>? = nil) -> [Effect] {
    guard let deletion, deletion.isCountingDown, isRunning(.account(.deletion)) else {
      effects = []
      return []
    }
    return answerDeletionRead(result ?? .success(deletion.account))
  }

  /// Lets the delay before a deletion pass, and the account be what it was.
  mutating func waitOutCountdown() {
    answerLastLook()
    for _ in 0..<DeleteState.Countdown.seconds { waitSecond() }
  }

  /// Has the write that was just sent begin, and its answer lost.
  mutating func loseAnswer(_ error: CloudflareError = CloudflareError(.timedOut)) {
    guard let intent = effects.compactMap(\.intent).first else { return }
    begin(intent)
    answerWrite(.failure(error))
  }

  /// Has nothing found of a write, until it can act no more.
  @discardableResult
  mutating func findNothing(of id: WriteIntent.ID) -> [Effect] {
    if isRunning(.lookUp(id)) { resolve(id, .notFound) }
    if let watch = writes[id].watch {
      environment.date = max(environment.date, watch.until)
      elapse(.lookUpPause(id))
      resolve(id, .notFound)
    }
    return effects
  }

  var selectedID: Account.ID? { state.browse.list.selectedAccount(in: accounts)?.id }

  /// The screen as text.
  var screen: String { view(state).text }

  var notice: String? { state.notice?.text }

  var createForm: CreateState? { state.layer(CreateState.self) }
  var editForm: EditState? { state.layer(EditState.self) }
  var deletion: DeleteState? { state.layer(DeleteState.self) }
}

extension Effect {
  /// The wait for the selection to rest on an account.
  static func rest(on id: Account.ID) -> Effect {
    .wait(.inventoryDebounce, for: .milliseconds(300))
  }

  var inventoryRequest: InventoryRequest? {
    guard case .readInventory(let request) = self else { return nil }
    return request
  }
}
