import Cloudflare
import FoundationEssentials
import Synchronization
import Testing

@testable import Console

@Suite("Carrying writes out") @MainActor
struct WriteRunnerTests {
  @Test("a confirmation that names another account is not trusted")
  func wrongAccount() async throws {
    let service = ListedService((0..<5).map { Fixture.account($0) })
    service.change { $0.confirmedDeletion = Fixture.id(4) }
    let intent = ActivityFixture.intent("d", minutesAgo: 0, .delete(Fixture.id(3), name: "Account 3"))
    var outcomes: [WriteOutcome] = []
    var answers: [Result<Account?, CloudflareError>] = []
    await WriteRunner(service: service, journal: MemoryJournal()).carryOut(intent) {
      if let outcome = $0.outcome { outcomes.append(outcome) }
      if let answer = $0.answer { answers.append(answer) }
    }
    #expect(outcomes.map(\.kind) == [.unknown])
    #expect(throws: CloudflareError.self) { try answers.first?.get() }
    #expect(service.writes == ["DELETE \(Fixture.id(3))"])
  }

  /// 2026-11-24 11:00 UTC, by a server whose clock is an hour behind.
  private let serverDate = ActivityFixture.now - 3_600

  /// What becomes of a creation of Harbor that is answered by this account, at a server that finds these by its name.
  private func create(
    answering account: Account, found: Result<AccountPage, CloudflareError>? = nil, known: [Account] = [],
    intent: WriteIntent? = nil
  ) async throws -> (intent: WriteIntent, outcome: WriteOutcome, isSuccess: Bool) {
    let found = found ?? .success(AccountPage(accounts: [], serverDate: serverDate))
    let service = AnsweringService(
      found: found, answer: Confirmed(account, status: 200, ray: "8f-ZRH", serverDate: serverDate))
    var list = AccountList(perPage: 50)
    list.receive(page: 1, AccountPage(accounts: known))
    var checks = WriteChecks()
    checks.knownAccounts = list
    var begun: WriteIntent?
    var outcome: WriteOutcome?
    var isSuccess = false
    let intent =
      intent
      ?? WriteIntent(
        id: "c", date: Date(), origin: Fixture.origin,
        operation: .create(Creation(NewAccount(name: "Harbor", type: .standard, unitID: "u1"), idempotencyKey: "c")))
    await WriteRunner(service: service, journal: MemoryJournal()).carryOut(
      intent, checks: checks
    ) {
      if case .begun(let intent, _) = $0 { begun = intent }
      if let answered = $0.outcome { outcome = answered }
      if case .success? = $0.answer { isSuccess = true }
    }
    return (try #require(begun), try #require(outcome), isSuccess)
  }

  private func account(_ number: Int = 900, name: String = "Harbor", after seconds: Double?) -> Account {
    Account(id: Fixture.id(number), name: name, type: .standard, createdOn: seconds.map { serverDate + $0 })
  }

  @Test("right before a creation leaves, the journal has all accounts of its name and the server's clock")
  func namesBefore() async throws {
    let colleagues = account(7, after: -240)
    let page = AccountPage(accounts: [colleagues, account(8, name: "Harbor 2", after: 0)], serverDate: serverDate)
    guard
      case .create(let creation) = try await create(answering: account(after: 0), found: .success(page)).intent
        .operation
    else { return }
    #expect(
      creation.duplicateNames == [Fixture.id(7)] && creation.knowsAllDuplicateNames && creation.serverDate == serverDate
    )
  }

  @Test(
    "that there is none of a name is known, whatever the server says of the pages of nothing", arguments: [0, 1, nil])
  func noneBefore(pages: Int?) async throws {
    let none = AccountPage(
      accounts: [], info: ResultInfo(page: 1, perPage: 50, totalPages: pages, count: 0, totalCount: 0),
      serverDate: serverDate)
    let (intent, _, _) = try await create(answering: account(after: 0), found: .success(none))
    guard case .create(let creation) = intent.operation else { return }
    #expect(creation.knowsAllDuplicateNames)
  }

  @Test("where the names cannot be read, or not be known completely, it is sent and that is noted down")
  func namesUnknown() async throws {
    let cut = AccountPage(accounts: [account(7, after: -1)], info: ResultInfo(totalCount: 2), serverDate: serverDate)
    for found in [.failure(CloudflareError(.timedOut)), .success(cut)] as [Result<AccountPage, CloudflareError>] {
      let (intent, outcome, _) = try await create(answering: account(after: 0), found: found)
      guard case .create(let creation) = intent.operation else { continue }
      #expect(!creation.knowsAllDuplicateNames && outcome.kind == .confirmed)
    }
  }

  @Test("a success that names an account from before is no creation: nothing is known, and no write follows")
  func accountFromBefore() async throws {
    let cases: [(Account, [Account])] = [
      // In the list all the time.
      (account(3, name: "Account 3", after: nil), [Fixture.account(3)]),
      (account(3, name: "Account 3", after: 1), [Fixture.account(3)]),
      // Not in the list, and older than the request by the server's own clock.
      (account(4, after: -240), []), (account(4, after: -100_000), []),
    ]
    for (answer, known) in cases {
      let (_, outcome, isSuccess) = try await create(answering: answer, known: known)
      #expect(outcome.kind == .unknown && !isSuccess && outcome.mayActUntil != nil)
      #expect(outcome.message?.contains(answer.id) == true)
      #expect(outcome.httpStatus == 200 && outcome.ray == "8f-ZRH")
      // The server's clock is told by the answer itself where no reading told it before.
      let (_, other, _) = try await create(
        answering: answer, found: .failure(CloudflareError(.timedOut)), known: known)
      #expect(other.kind == .unknown)
    }
  }

  @Test("a further try under the same key may be answered with what the first one has made")
  func replayed() async throws {
    let creation = Creation(
      NewAccount(name: "Harbor", type: .standard), idempotencyKey: "first", knowsAllDuplicateNames: true,
      serverDate: serverDate - 400)
    let retry = WriteIntent(id: "second", date: Date(), origin: Fixture.origin, operation: .create(creation))
    let made = account(after: -390)
    #expect(try await create(answering: made, known: [made], intent: retry).isSuccess)
    #expect(try await !create(answering: account(after: -500), intent: retry).isSuccess)
  }

  @Test("an answer that differs from what was asked is confirmed, and the journal tells both")
  func differs() async throws {
    var answer = account(name: "Completely Different Ltd", after: 0)
    answer.type = .enterprise
    answer.managedBy = Account.Parent(id: "u2", name: "Elsewhere")
    let (_, outcome, isSuccess) = try await create(answering: answer)
    #expect(isSuccess && outcome.kind == .confirmed)
    #expect(
      outcome.message
        == "asked for the name Harbor, the server named it Completely Different Ltd; asked for standard, the server "
        + "made it enterprise; asked for the unit u1, the server put it under u2")
    #expect(try await create(answering: account(after: 0)).outcome.message == nil)
  }
}

/// Answers one creation, and one search.
private final class AnsweringService: AccountsService, AccountEditor {
  let found: Result<AccountPage, CloudflareError>
  let answer: Confirmed<Account>

  init(found: Result<AccountPage, CloudflareError>, answer: Confirmed<Account>) {
    self.found = found
    self.answer = answer
  }

  func list(_ query: ListQuery, priority: RequestPriority) async throws(CloudflareError) -> AccountPage {
    try found.get()
  }

  func get(id: String, priority: RequestPriority) async throws(CloudflareError) -> Account {
    throw CloudflareError(.cancelled)
  }

  func create(_ account: NewAccount, idempotencyKey: String) async throws(CloudflareError) -> Confirmed<Account> {
    answer
  }

  func update(id: String, changes: AccountChanges) async throws(CloudflareError) -> Confirmed<Account> {
    throw CloudflareError(.cancelled)
  }

  func delete(id: String) async throws(CloudflareError) -> Confirmed<DeletedAccount?> {
    throw CloudflareError(.cancelled)
  }
}
