import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("The store and its effects") @MainActor
struct StoreTests {
  private let service = ScriptedService()
  private let terminal = RecordingTerminal()
  private let journal = ScriptedJournal()

  private func makeStore(inventory: ScriptedInventory = ScriptedInventory()) -> Store {
    setLocaleOnce()
    let store = Store(
      session: TestDriver().state.session,
      services: Services(accounts: service, inventory: inventory, journal: journal), terminal: terminal)
    store.send(.start(Size(width: 120, height: 32)))
    return store
  }

  @Test("a frame is given once for each change")
  func frames() async throws {
    let store = makeStore()
    #expect(store.takeFrame() != nil)
    #expect(store.takeFrame() == nil)
    try await service.answerList(page: 1, with: .success(Fixture.page(1, of: 3)))
    try await eventually { store.state.selectedAccount?.id == Fixture.id(0) }
    #expect(store.takeFrame()?.text.contains("Account 2") == true)
    #expect(store.takeFrame() == nil)
  }

  @Test("the frame to begin with is the one that follows the start")
  func openingFrame() {
    let opening = Store.openingFrame(session: TestDriver().state.session, size: Size(width: 120, height: 32))
    #expect(makeStore().takeFrame() == opening)
  }

  @Test("a key that means something is told of before anything is done for it")
  func announcesKeys() {
    let store = makeStore()
    var shown: [Bool] = []
    for key in [Key.character("?"), .character("\u{1}"), .other] {
      store.handle(.key(key)) { shown.append(!(store.state.front is HelpState)) }
    }
    #expect(shown == [true])
    #expect(store.state.front is HelpState)
  }

  @Test("the first frame is there before any answer")
  func firstFrame() {
    #expect(makeStore().takeFrame()?.text.contains("Reading the accounts of 127.0.0.1:4711") == true)
  }

  @Test("a newer request of the same identity cancels the older one")
  func cancels() async throws {
    let store = makeStore()
    try await eventually { await service.waiting(page: 1) == 1 }
    store.handle(.key(.character("r")))
    try await eventually { await service.cancelled == 1 }
    try await service.answerList(page: 1, with: .success(Fixture.page(1, of: 3)))
    try await eventually { store.state.accounts.list.rowCount == 3 }
    #expect(store.state.accounts.failures.isEmpty)
  }

  /// Gives what may be on its way the time to arrive, and looks on.
  private func watch(_ condition: () -> Bool) async throws {
    for _ in 0..<20 {
      try await Task.sleep(for: .milliseconds(2))
      #expect(condition())
    }
  }

  @Test("the answer to a request that was asked for anew does not reach the state, and that to the newer one does")
  func answerToOlder() async throws {
    let store = makeStore()
    await service.answerWhatIsGivenUp()
    try await eventually { await service.waiting(page: 1) == 1 }
    store.handle(.key(.character("r")))
    try await eventually { await service.waiting(page: 1) == 2 }
    try await service.answerList(page: 1, with: .success(Fixture.page(1, of: 5)))
    #expect(await service.waiting(page: 1) == 1)
    try await watch { !store.state.accounts.list.isLoaded }
    try await service.answerList(page: 1, with: .success(Fixture.page(1, of: 3)))
    try await eventually { store.state.accounts.list.rowCount == 3 }
  }

  @Test("the failure of a request that was asked for anew does not reach the state, however late it comes")
  func failureOfOlder() async throws {
    let store = makeStore()
    await service.answerWhatIsGivenUp()
    try await eventually { await service.waiting(page: 1) == 1 }
    store.handle(.key(.character("r")))
    try await eventually { await service.waiting(page: 1) == 2 }
    try await service.answerNewestList(page: 1, with: .success(Fixture.page(1, of: 3)))
    try await eventually { store.state.accounts.list.rowCount == 3 }
    try await service.answerList(page: 1, with: .failure(CloudflareError(.timedOut)))
    try await watch { store.state.accounts.failures.isEmpty && store.state.notice == nil }
    #expect(store.state.accounts.list.rowCount == 3)
  }

  @Test("the answer to a request that was given up does not reach the state")
  func answerToCancelled() async throws {
    let store = makeStore()
    await service.answerWhatIsGivenUp()
    try await service.answerList(page: 1, with: .success(Fixture.page(1, of: 1_204)))
    // The page ahead, which is far from the end.
    try await eventually { await service.waiting(page: 2) == 1 }
    store.handle(.key(.character("G")))
    try await eventually { await service.cancelled == 1 }
    try await service.answerList(page: 2, with: .success(Fixture.page(2, of: 1_204)))
    try await watch { !store.state.accounts.list.hasPage(2) }
    for page in [24, 25] { try await service.answerList(page: page, with: .success(Fixture.page(page, of: 1_204))) }
    try await eventually { store.state.selectedAccount?.id == Fixture.id(1_203) }
    #expect(!store.state.accounts.list.hasPage(2))
  }

  @Test("the inventory of the account that the selection rests on is read, and shown")
  func inventory() async throws {
    let inventory = ScriptedInventory(answers: .rich)
    let store = makeStore(inventory: inventory)
    try await service.answerList(page: 1, with: .success(Fixture.page(1, of: 3)))
    try await eventually { store.state.accounts.inventory[Fixture.id(0)].readOn != nil }
    try await eventually { store.state.accounts.inventory[Fixture.id(0)].loadingParts.isEmpty }
    #expect(store.takeFrame()?.text.contains("12  harborpine.com, hp-freight.net") == true)
    #expect(Set(inventory.requests.map(\.part)) == Set(InventoryPart.allCases))
    #expect(inventory.requests.count == 6)
    #expect(inventory.requests.allSatisfy { $0.accountID == Fixture.id(0) && $0.priority == .background })
  }

  @Test("J shows the account as the server sent it")
  func raw() async throws {
    let store = makeStore()
    try await service.answerList(page: 1, with: .success(Fixture.page(1, of: 3)))
    try await eventually { store.state.accounts.list.rowCount == 3 }
    store.handle(.key(.character("J")))
    try await eventually { store.takeFrame()?.text.contains(#""id": "\#(Fixture.id(0))""#) == true }
    store.handle(.key(.escape))
    #expect(store.state.layer(JSONState.self) == nil)
  }

  @Test("moving on cancels the reads of the account before")
  func inventoryCancelled() async throws {
    let inventory = ScriptedInventory(answers: nil)
    let store = makeStore(inventory: inventory)
    try await service.answerList(page: 1, with: .success(Fixture.page(1, of: 3)))
    try await eventually { inventory.requests.count == 6 }
    store.handle(.key(.down))
    try await eventually { inventory.cancellations == 6 }
    #expect(store.state.accounts.inventory[Fixture.id(0)].unreadParts == InventoryPart.allCases)
  }

  @Test("keys are handled while an answer is awaited")
  func neverWaits() async throws {
    let store = makeStore()
    store.handle(.key(.character("?")))
    #expect(store.state.front is HelpState)
    store.handle(.key(.escape))
    store.handle(.key(.character("q")))
    #expect(terminal.requests == [.quit])
  }

  /// Creates an account, as a person at the keys does.
  private func create(_ name: String, in store: Store) async throws {
    try await eventually { store.state.writes.isRead }
    store.handle(.key(.character("n")))
    for scalar in name.unicodeScalars { store.handle(.key(.character(scalar))) }
    for key in [Key.backTab, .enter] { store.handle(.key(key)) }
    // The list's first page, and the names that are looked for before the request leaves.
    for _ in 0..<2 { try await service.answerList(page: 1, with: .success(AccountPage(accounts: []))) }
  }

  @Test("the intent is in the journal before the request leaves, and the outcome after")
  func journaled() async throws {
    let store = makeStore()
    try await create("Harbor", in: store)
    try await eventually { await journal.calls.map(\.kind) == ["begin"] }
    #expect(await service.writes.isEmpty)
    await journal.takeIntent()
    try await eventually { await service.writes.count == 1 }
    #expect(await journal.calls.map(\.kind) == ["begin"])
    await service.answerWrite(with: .success(Confirmed(Fixture.account(7, name: "Harbor"), status: 200, ray: "r")))
    try await eventually { await journal.calls.map(\.kind) == ["begin", "finish"] }
    let finish = try #require(await journal.calls.last?.outcome)
    #expect(finish.kind == .confirmed && finish.accountID == Fixture.id(7) && finish.ray == "r")
    #expect(store.state.writes.history.entries.map(\.outcome?.kind) == [.confirmed])
    #expect(store.state.dialog == nil)
  }

  @Test("when the intent cannot be written down, nothing is sent")
  func unwritable() async throws {
    let store = makeStore()
    try await create("Harbor", in: store)
    await journal.takeIntent(.cannotWrite(path: "/j", reason: "the disk is full"))
    try await eventually { !store.state.writes.isSending }
    #expect(store.takeFrame()?.text.contains("The journal /j cannot be written: the disk is full") == true)
    #expect(await service.writes.isEmpty)
    #expect(await journal.calls.map(\.kind) == ["begin"])
  }

  @Test("when the outcome cannot be written down, it is shown all the same, and that is said")
  func outcomeLost() async throws {
    let store = makeStore()
    await journal.refuseOutcomes(.cannotWrite(path: "/j", reason: "the disk is full"))
    try await create("Harbor", in: store)
    await journal.takeIntent()
    await service.answerWrite(with: .success(Confirmed(Fixture.account(7, name: "Harbor"))))
    try await eventually { !store.state.writes.unrecorded.isEmpty }
    #expect(store.takeFrame()?.text.contains("What became of a write could not be kept") == true)
    #expect(store.state.selectedAccount?.id == Fixture.id(7))
    #expect(store.state.writes.history.entries.map(\.outcome?.kind) == [.confirmed])
  }

  @Test("the budget is followed, with the times of its clock as dates, and what is shown already is not told again")
  func budget() async throws {
    let (states, continuation) = AsyncStream.makeStream(of: BudgetState.self)
    let store = Store(
      session: TestDriver().state.session,
      services: Services(
        accounts: service, inventory: ScriptedInventory(), journal: journal, budget: { states }), terminal: terminal)
    store.send(.start(Size(width: 120, height: 32)))
    continuation.yield(BudgetState(remaining: 1_180, limit: 1_200))
    try await eventually { store.state.budget == BudgetStatus(remaining: 1_180) }
    let end = ContinuousClock.now + .seconds(100)
    for _ in 0..<3 { continuation.yield(BudgetState(remaining: 0, limit: 1_200, blockedUntil: end, waiting: 1)) }
    try await eventually { store.state.budget?.waitingRequests == 1 }
    let date = try #require(store.state.budget?.blockedUntil)
    #expect((90...100).contains(date.timeIntervalSinceNow))
    continuation.yield(BudgetState(remaining: 0, limit: 20, resetsAt: .now + .seconds(50), waiting: 2))
    try await eventually { store.state.budget?.isUsedUp == true && store.state.budget?.blockedUntil != nil }
    continuation.yield(BudgetState(remaining: 7, limit: 1_200))
    try await eventually { store.state.budget == BudgetStatus(remaining: 7) }
  }

  @Test("Ctrl-Z, Ctrl-L and the end from outside reach the terminal")
  func terminalRequests() {
    let store = makeStore()
    store.handle(.key(.control("z")))
    store.handle(.key(.control("l")))
    store.handle(.terminate)
    store.handle(.hangup)
    #expect(terminal.requests == [.suspend, .redraw, .quit, .quit])
  }
}

/// Waits until something holds, for at most a minute.
func eventually(isolation: isolated (any Actor)? = #isolation, _ condition: () async -> Bool) async throws {
  let deadline = ContinuousClock.now + .seconds(60)
  while true {
    if await condition() { return }
    guard ContinuousClock.now < deadline else { throw NeverHeld() }
    try await Task.sleep(for: .milliseconds(2))
  }
}

struct NeverHeld: Error {}

@MainActor
private final class RecordingTerminal: TerminalControl {
  private(set) var requests: [TerminalRequest] = []
  private(set) var copied: [String] = []

  func discardTypedAhead() { requests.append(.discardTypedAhead) }
  func redraw() { requests.append(.redraw) }
  func suspend() { requests.append(.suspend) }
  func copy(_ text: String) -> Bool {
    copied.append(text)
    return !text.isEmpty
  }
  func stop() { requests.append(.quit) }
}
