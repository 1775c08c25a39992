import Cloudflare
import FoundationEssentials
import Terminal

@testable import Console

/// Drives the reducer as a person and a server would, and keeps the effects of the last step.
struct TestDriver {
  var state: State
  private(set) var effects: [Effect] = []
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

  @discardableResult
  mutating func send(_ action: Action) -> [Effect] {
    // The sign of a wait is a matter of its own tests.
    effects = reduce(&state, action, in: environment).filter {
      $0.identity != .waitIndicator && $0 != .cancel(.waitIndicator)
    }
    return effects
  }

  @discardableResult
  mutating func press(_ keys: Key...) -> [Effect] { press(keys) }

  @discardableResult
  mutating func press(_ keys: [Key]) -> [Effect] {
    for key in keys {
      if let action = state.keyMap.action(for: key, in: state.inputContext) {
        send(action)
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
    while let (page, token) = state.browse.loading.sorted(by: { $0.key < $1.key }).first {
      send(
        .browse(
          .pageAnswered(
            page: page, token: token, .success(Fixture.page(page, of: total, perPage: state.session.perPage)))))
    }
  }

  /// Lets the selection rest for as long as it takes for its inventory to be read.
  mutating func rest() {
    guard let id = state.inventory.debouncing else {
      effects = []
      return
    }
    send(.inventory(.debounced(id)))
  }

  /// Answers everything that the last step has asked for of inventories, and what is asked for because of it.
  mutating func answerInventory(with answers: InventoryAnswers) {
    var requests = effects.compactMap(\.inventoryRequest)
    while !requests.isEmpty {
      let request = requests.removeFirst()
      send(.inventory(.answered(request, answers[request.part])))
      requests += effects.compactMap(\.inventoryRequest)
    }
  }

  /// Answers everything that the review of a deletion has just asked for.
  mutating func answerReview(
    with inventory: InventoryAnswers = InventoryAnswers(), fresh: Account? = nil, duplicateNames: [Account] = []
  ) {
    guard let deletion else { return }
    let requests = effects.compactMap(\.inventoryRequest)
    if case .asking(let token) = deletion.duplicateNames {
      let page = AccountPage(accounts: [deletion.captured] + duplicateNames)
      send(.delete(.duplicateNamesRead(token: token, .success(page))))
    }
    for request in requests { send(.inventory(.answered(request, inventory[request.part]))) }
    if case .reading(let token) = deletion.phase {
      send(.delete(.accountRead(token: token, .success(fresh ?? deletion.captured))))
    }
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
    guard case .countdown(let countdown) = deletion?.phase else {
      effects = []
      return []
    }
    environment.date += 1
    return send(.delete(.secondPassed(token: countdown.token)))
  }

  /// Answers the reading of the account that began with the delay before its deletion: as the review showed it, unless
  /// told otherwise.
  @discardableResult
  mutating func answerLastLook(with result: Result<Account, CloudflareError>? = nil) -> [Effect] {
    guard let deletion, case .countdown(let countdown) = deletion.phase, let token = countdown.lastLook else {
      effects = []
      return []
    }
    return send(.delete(.accountRead(token: token, result ?? .success(deletion.account))))
  }

  /// Lets the delay before a deletion pass, and the account be what it was.
  mutating func waitOutCountdown() {
    answerLastLook()
    for _ in 0..<DeleteState.Countdown.seconds { waitSecond() }
  }

  /// Answers the reading of the journal that is under way.
  mutating func answerJournal(_ result: Result<JournalReading, JournalProblem> = .success(.empty)) {
    guard let token = state.activity.reading else { return }
    send(.activity(.journalRead(token: token, result)))
  }

  /// Has the write that was just sent begin, and its answer lost.
  mutating func loseAnswer(_ error: CloudflareError = CloudflareError(.timedOut)) {
    guard let intent = effects.compactMap(\.intent).first else { return }
    send(.activity(.begun(intent, .current)))
    send(.activity(.answered(intent.id, WriteOutcome(error, of: intent.operation, date: environment.date))))
    if case .create(let form) = state.dialog, case .sending(let token) = form.phase {
      send(
        form.created == nil
          ? .create(.answered(token: token, .failure(error))) : .change(.answered(token: token, .failure(error))))
    } else if case .edit(let form) = state.dialog, case .sending(let token) = form.phase {
      send(.change(.answered(token: token, .failure(error))))
    } else if case .delete(let deletion) = state.dialog, case .sending(let token) = deletion.phase {
      send(.delete(.answered(token: token, .failure(error))))
    }
  }

  /// Answers the question what may be created.
  @discardableResult
  mutating func answerTenancy(_ answer: TenancyAnswer = Fixture.tenancy) -> [Effect] {
    guard let token = state.tenancy.token else { return [] }
    return send(.create(.tenancyRead(token: token, answer)))
  }

  /// Answers the look-up of a write.
  @discardableResult
  mutating func resolve(_ id: WriteIntent.ID, _ resolution: Resolution) -> [Effect] {
    guard let token = state.activity[id].lookUp else {
      effects = []
      return []
    }
    return send(.activity(.resolved(id, token: token, resolution)))
  }

  /// Has nothing found of a write, until it can act no more.
  @discardableResult
  mutating func findNothing(of id: WriteIntent.ID) -> [Effect] {
    resolve(id, .notFound)
    if let watch = state.activity[id].watch {
      environment.date = max(environment.date, watch.until)
      send(.activity(.lookAgain(id)))
      resolve(id, .notFound)
    }
    return effects
  }

  var selectedID: Account.ID? { state.browse.selectedAccount?.id }

  /// The screen as text.
  var screen: String { view(state).text }

  var notice: String? { state.notice?.text }

  var createForm: CreateState? {
    guard case .create(let form) = state.dialog else { return nil }
    return form
  }

  var editForm: EditState? {
    guard case .edit(let form) = state.dialog else { return nil }
    return form
  }

  var deletion: DeleteState? {
    guard case .delete(let deletion) = state.dialog else { return nil }
    return deletion
  }
}

extension Effect {
  /// The wait for the selection to rest on an account.
  static func rest(on id: Account.ID) -> Effect {
    .wait(.inventoryDebounce, for: .milliseconds(300), then: .inventory(.debounced(id)))
  }

  var inventoryRequest: InventoryRequest? {
    guard case .loadInventory(let request) = self else { return nil }
    return request
  }
}
