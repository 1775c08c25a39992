import Cloudflare
import FoundationEssentials
import Synchronization
import Testing

@testable import Console

@Suite("Finding out by reading what became of a write")
struct ResolverTests {
  private static let begun = Date(timeIntervalSince1970: 1_795_521_600)
  /// The server's clock is an hour ahead.
  private static let sent = begun + 3_600
  private static let name = "Harbor"

  private func request(
    _ operation: WriteOperation, claimed: Set<Account.ID> = [], isSamePerson: Bool = true
  ) -> ResolutionRequest {
    ResolutionRequest(
      intent: WriteIntent(id: "a", date: Self.begun, origin: Fixture.origin, operation: operation),
      mayActUntil: Self.begun + 60, claimed: claimed, isSamePerson: isSamePerson, priority: .interactive)
  }

  private func creation(
    _ name: String = name, unit: String? = nil, claimed: Set<Account.ID> = [], duplicateNames: [Account.ID] = [],
    knowsAll: Bool = true, serverDate: Date? = sent, isSamePerson: Bool = true
  ) -> ResolutionRequest {
    let account = NewAccount(name: name, type: .standard, unitID: unit)
    return request(
      .create(
        Creation(
          account, idempotencyKey: "k", duplicateNames: duplicateNames, knowsAllDuplicateNames: knowsAll,
          serverDate: serverDate)),
      claimed: claimed, isSamePerson: isSamePerson)
  }

  private func account(_ number: Int, name: String = name, after seconds: Double?) -> Account {
    Account(id: Fixture.id(number), name: name, createdOn: seconds.map { Self.sent + $0 })
  }

  private func resolve(_ request: ResolutionRequest, at server: Server) async -> Resolution {
    await WriteResolver(service: server).read(request)
  }

  @Test("an account that the API's own code says is not there is deleted; one that can be read is not, so far")
  func deletions() async {
    #expect(await resolve(request(.delete("x", name: "X")), at: Server()) == .confirmed(nil))
    let server = Server([account(1, after: -1000)])
    #expect(await resolve(request(.delete(Fixture.id(1), name: Self.name)), at: server) == .notFound)
  }

  @Test(
    "any other answer than the API's own code leaves a deletion unknown, and is shown",
    arguments: [
      CloudflareError(.refused, status: 404, errors: [APIMessage(code: 7000, message: "No route for that URI")]),
      CloudflareError(.refused, status: 404), CloudflareError(.edge, status: 404),
      CloudflareError(.refused, status: 403, errors: [APIMessage(code: 10000, message: "Authentication error")]),
      CloudflareError(.refused, status: 403, errors: [APIMessage(code: 9109, message: "Unauthorized")]),
      CloudflareError(.serverFault, status: 500, errors: [APIMessage(code: 7003, message: "could not route")]),
      CloudflareError(.edge, status: 410), CloudflareError(.timedOut),
    ])
  func notGone(error: CloudflareError) async {
    #expect(await resolve(request(.delete("x", name: "X")), at: Server(failing: error)) == .unreadable(error))
  }

  @Test("the status 410 counts only where the list does not have the account either")
  func statusGone() async {
    let gone = CloudflareError(.refused, status: 410)
    let server = Server([account(2, after: -1000)], failingGet: gone)
    #expect(await resolve(request(.delete(Fixture.id(1), name: Self.name)), at: server) == .confirmed(nil))
    #expect(await resolve(request(.delete(Fixture.id(2), name: Self.name)), at: server) == .unreadable(gone))
  }

  @Test("the one new account of that very name is the created one, whatever else the server lists")
  func created() async {
    let others = (1...120).map { account($0, name: "Harbor \($0)", after: -1_000) }
    let server = Server(others + [account(500, after: 0.3), account(501, name: "harbor", after: -1_000)])
    #expect(await resolve(creation(), at: server) == .confirmed(account(500, after: 0.3)))
  }

  @Test(
    "without being certain that it was not there before, an account of that name and time is a candidate only")
  func uncertain() async {
    let colleagues = account(7, after: 1)
    let server = Server([colleagues])
    #expect(await resolve(creation(knowsAll: false), at: server) == .candidates([colleagues]))
    #expect(await resolve(creation(serverDate: nil), at: server) == .candidates([colleagues]))
    // Four minutes before, by the server's clock, and nothing was known of the names.
    let older = account(7, after: -240)
    #expect(
      await resolve(creation(knowsAll: false, serverDate: nil), at: Server([older])) == .candidates([older]))
  }

  @Test("an account from before by the server's clock is none, whatever this machine's clock says")
  func clocks() async {
    #expect(await resolve(creation(), at: Server([account(1, after: -60)])) == .notFound)
    #expect(await resolve(creation(), at: Server([account(1, after: 64)])) == .confirmed(account(1, after: 64)))
    // When it could act no more.
    #expect(await resolve(creation(), at: Server([account(1, after: 90)])) == .candidates([account(1, after: 90)]))
  }

  @Test("accounts that were there before, or that other creations have made, are not this creation's")
  func claimed() async {
    let server = Server([account(1, after: 1), account(2, after: 2)])
    let both = creation(claimed: [Fixture.id(1)], duplicateNames: [Fixture.id(2)])
    #expect(await resolve(both, at: server) == .notFound)
    #expect(await resolve(creation(claimed: [Fixture.id(1)]), at: server) == .confirmed(account(2, after: 2)))
  }

  @Test("an account that was deleted since is the created one all the same, if it is of that name and time")
  func deletedSince() async {
    var request = creation()
    request.deleted = [account(1, after: 1), account(2, after: -1_000_000)]
    #expect(await resolve(request, at: Server()) == .confirmed(account(1, after: 1)))
    request.claimed = [Fixture.id(1)]
    #expect(await resolve(request, at: Server()) == .notFound)
    request.deleted = [account(3, after: nil)]
    #expect(await resolve(request, at: Server()) == .candidates([account(3, after: nil)]))
  }

  @Test("several that may be the one leave it open, and are named; so does one without a date, or in another unit")
  func several() async {
    let accounts = [account(1, after: 1), account(2, after: 2)]
    #expect(await resolve(creation(), at: Server(accounts)) == .candidates(accounts))
    let undated = account(1, after: nil)
    #expect(await resolve(creation(), at: Server([undated])) == .candidates([undated]))
    var elsewhere = account(1, after: 1)
    elsewhere.managedBy = Account.Parent(id: "u2")
    #expect(await resolve(creation(unit: "u1"), at: Server([elsewhere])) == .candidates([elsewhere]))
    #expect(await resolve(creation(unit: "u2"), at: Server([elsewhere])) == .confirmed(elsewhere))
  }

  @Test(
    "what a server may have made of the name is looked at among the newest accounts, and offered as a candidate",
    arguments: [
      ("Zebra Works ", "Zebra Works"), (" Zebra  Works", "Zebra Works"), ("Zebra Works", "ZEBRA WORKS"),
      ("O'Neil & Sons", "O&#39;Neil &amp; Sons"), ("Cafe\u{301} Zürich", "Café Zürich"), ("50 % off", "50%20%25%20off"),
      ("A very long name of a very large company", "A very long name of a ver"), ("Zebra Works", "zebra-works"),
    ])
  func changedNames(asked: String, made: String) async {
    let others = (1...170).map { account($0, name: "Other \($0)", after: -1_000) }
    let made = account(500, name: made, after: 2)
    let server = Server(others + [made], matchesWholeNames: true)
    let expected: Resolution = made.name == asked ? .confirmed(made) : .candidates([made])
    #expect(await resolve(creation(asked), at: server) == expected)
    #expect(await resolve(creation("Another company"), at: server) == .notFound)
  }

  @Test("a list that contradicts itself proves nothing, but for totals that ignore the name")
  func contradictions() async {
    let others = (1...60).map { account($0, name: "Other \($0)", after: -1_000) }
    for info in [
      ResultInfo(count: 1, totalCount: 0), ResultInfo(totalCount: 2), ResultInfo(totalPages: 3), ResultInfo(count: 5),
    ] {
      guard case .contradictory = await resolve(creation(), at: Server(others, searchInfo: info)) else {
        Issue.record("\(info) is believed")
        continue
      }
    }
    let ignoring = Server(others, searchInfo: ResultInfo(count: 0, totalCount: 60))
    #expect(await resolve(creation(), at: ignoring) == .notFound)
    // What is found in such a list may not be all.
    let made = account(500, after: 1)
    let server = Server([made], searchInfo: ResultInfo(totalCount: 2))
    #expect(await resolve(creation(), at: server) == .candidates([made]))
  }

  @Test("what other credentials do not see proves nothing")
  func otherPerson() async {
    #expect(await resolve(request(.delete("x", name: "X"), isSamePerson: false), at: Server()) == .notVisible)
    #expect(await resolve(creation(isSamePerson: false), at: Server()) == .notVisible)
    let found = await resolve(creation(isSamePerson: false), at: Server([account(1, after: 1)]))
    #expect(found == .confirmed(account(1, after: 1)))
  }

  @Test(
    "a reading that fails decides nothing",
    arguments: [
      CloudflareError(.timedOut), CloudflareError(.refused, status: 403), CloudflareError(.edge, status: 502),
    ])
  func unreadable(error: CloudflareError) async {
    #expect(await resolve(request(.delete("x", name: "X")), at: Server(failing: error)) == .unreadable(error))
    #expect(await resolve(creation(), at: Server(failing: error)) == .unreadable(error))
  }

  @Test("more matches than can be gone through decide nothing")
  func tooMany() async {
    let accounts = (1...2_001).map { account($0, name: "Harbor \($0)", after: 0) }
    #expect(await resolve(creation(), at: Server(accounts)) == .tooMany)
  }

  @Test("what has no readable name or identifier may be the account: nothing is decided without it")
  func oddAccounts() async {
    var odd = account(1, name: "", after: 1)
    odd.nameProblem = .null
    for server in [Server([odd]), Server(withoutID: 1)] {
      let resolution = await resolve(creation(), at: server)
      guard case .contradictory = resolution else {
        Issue.record("\(resolution)")
        return
      }
    }
    #expect(await resolve(creation(), at: Server([odd, account(2, after: 1)])) == .confirmed(account(2, after: 1)))
    // One that was there before is none.
    odd.createdOn = Self.sent - 1_000
    #expect(await resolve(creation(), at: Server([odd])) == .notFound)
    let change = await resolve(request(.update(Fixture.id(1), AccountChanges(name: ""))), at: Server([odd]))
    guard case .unreadable = change else {
      Issue.record("\(change)")
      return
    }
  }

  @Test("a change is made when the account is as it was to be")
  func changes() async {
    let changes = AccountChanges(name: Self.name, settings: AccountSettings(enforceTwoFactor: true))
    var account = account(1, after: -1000)
    let request = request(.update(Fixture.id(1), changes))
    #expect(await resolve(request, at: Server([account])) == .notFound)
    account.settings = AccountSettings(enforceTwoFactor: true, abuseContactEmail: "x@y.example")
    #expect(await resolve(request, at: Server([account])) == .confirmed(account))
    // What a server may have made of the new name proves neither.
    account.name = "HARBOR"
    guard case .contradictory = await resolve(request, at: Server([account])) else {
      Issue.record("a name in another case is believed")
      return
    }
    account.name = "Pine"
    #expect(await resolve(request, at: Server([account])) == .notFound)
  }
}

/// Accounts that can be read, by pages of the asked size, whoever's name they have.
private final class Server: AccountsService {
  private let accounts: [Account]
  private let failure: CloudflareError?
  private let getFailure: CloudflareError?
  private let matchesWholeNames: Bool
  private let searchInfo: ResultInfo?
  private let withoutID: Int

  /// - Parameters:
  ///   - withoutID: rows of each page that have no identifier.
  ///   - matchesWholeNames: whether a search finds names that are equal only, and not those that hold what is asked for.
  ///   - searchInfo: what it says of a search, whatever it finds.
  init(
    _ accounts: [Account] = [], withoutID: Int = 0, failing failure: CloudflareError? = nil,
    failingGet: CloudflareError? = nil, matchesWholeNames: Bool = false, searchInfo: ResultInfo? = nil
  ) {
    self.accounts = accounts
    self.withoutID = withoutID
    self.failure = failure
    getFailure = failingGet ?? failure
    self.matchesWholeNames = matchesWholeNames
    self.searchInfo = searchInfo
  }

  func list(_ query: ListQuery, priority: RequestPriority) async throws(CloudflareError) -> AccountPage {
    if let failure { throw failure }
    let matching = accounts.filter { account in
      guard let name = query.name, account.nameProblem == nil else { return true }
      return matchesWholeNames
        ? account.name.utf8.elementsEqual(name.utf8) : account.name.lowercased().contains(name.lowercased())
    }
    let page = matching.dropFirst((query.page - 1) * query.perPage).prefix(query.perPage)
    let info = query.name == nil ? nil : searchInfo
    return AccountPage(
      accounts: Array(page), withoutID: withoutID, info: info ?? ResultInfo(totalCount: matching.count))
  }

  func get(id: String, priority: RequestPriority) async throws(CloudflareError) -> Account {
    if let getFailure { throw getFailure }
    guard let account = accounts.first(where: { $0.id == id }) else {
      throw CloudflareError(.refused, status: 404, errors: [APIMessage(code: 7003, message: "no route")])
    }
    return account
  }

  func create(_ account: NewAccount, idempotencyKey: String) async throws(CloudflareError) -> Confirmed<Account> {
    throw CloudflareError(.cancelled)
  }

  func delete(id: String) async throws(CloudflareError) -> Confirmed<DeletedAccount?> {
    throw CloudflareError(.cancelled)
  }
}
