import Cloudflare
import FoundationEssentials
import Synchronization
import Testing

@testable import Console

@Suite("Finding out by reading what became of a write")
struct ResolverTests {
  private static let begun = Date(timeIntervalSince1970: 1_795_521_600)
  private static let name = "Harbor"

  private func request(_ operation: WriteOperation, claimed: Set<Account.ID> = [], isSamePerson: Bool = true)
    -> ResolutionRequest
  {
    ResolutionRequest(
      intent: WriteIntent(id: "a", date: Self.begun, origin: Fixture.origin, operation: operation),
      settledAt: Self.begun + 15, claimed: claimed, isSamePerson: isSamePerson, priority: .interactive)
  }

  private func creation(claimed: Set<Account.ID> = [], namesakes: [Account.ID] = [], isSamePerson: Bool = true)
    -> ResolutionRequest
  {
    let account = NewAccount(name: Self.name, type: .standard)
    return request(
      .create(account, idempotencyKey: "k", namesakes: namesakes), claimed: claimed, isSamePerson: isSamePerson)
  }

  private func account(_ number: Int, name: String = name, after seconds: Double?) -> Account {
    Account(id: Fixture.id(number), name: name, createdOn: seconds.map { Self.begun + $0 })
  }

  /// Resolves at a server, with a clock that only waiting moves.
  private func resolve(
    _ request: ResolutionRequest, at server: Server, startingAfter seconds: Double = 20
  ) async -> (Resolution, waited: Double) {
    let clock = Mutex(Self.begun + seconds)
    let resolver = WriteResolver(
      service: server, now: { clock.withLock { $0 } },
      sleep: { wait in clock.withLock { $0 += wait / .seconds(1) } })
    let resolution = await resolver.resolve(request)
    return (resolution, clock.withLock { $0.timeIntervalSince(Self.begun) } - seconds)
  }

  @Test("a deleted account that is not there any more is confirmed at the first reading")
  func gone() async {
    let (resolution, waited) = await resolve(
      request(.delete("x", name: "X")), at: Server(), startingAfter: 0.1)
    #expect(resolution == .confirmed(nil) && waited < 0.001)
  }

  @Test("an account that is still there is not deleted, but only once the request can be nowhere any more")
  func stillThere() async {
    let server = Server([account(1, after: -1000)])
    let (resolution, waited) = await resolve(
      request(.delete(Fixture.id(1), name: Self.name)), at: server, startingAfter: 0.1)
    #expect(resolution == .notDone)
    #expect(waited >= 14.9 && waited < 16)
    #expect((4...8).contains(server.reads))
  }

  @Test("a deletion that is carried out late is seen")
  func lateDeletion() async {
    let server = Server([account(1, after: -1000)])
    server.change(atRead: 3) { $0 = [] }
    let (resolution, _) = await resolve(
      request(.delete(Fixture.id(1), name: Self.name)), at: server, startingAfter: 0.1)
    #expect(resolution == .confirmed(nil))
  }

  @Test("the one account of that very name and time is the created one, whatever else the server lists")
  func created() async {
    let others = (1...120).map { account($0, name: "Harbor \($0)", after: 1) }
    let server = Server(others + [account(500, after: 0.3), account(501, name: "harbor", after: 0)])
    let (resolution, waited) = await resolve(creation(), at: server, startingAfter: 0.1)
    #expect(resolution == .confirmed(account(500, after: 0.3)) && waited < 0.001)
  }

  @Test("the server's clock may differ by five minutes", arguments: [-299.0, 299, 389])
  func clocks(seconds: Double) async {
    let (resolution, _) = await resolve(creation(), at: Server([account(1, after: seconds)]))
    #expect(resolution == .confirmed(account(1, after: seconds)))
  }

  @Test("accounts that were there before, or that other creations have made, are not this creation's")
  func claimed() async {
    let server = Server([account(1, after: 1), account(2, after: 2)])
    let (resolution, _) = await resolve(creation(claimed: [Fixture.id(1)], namesakes: [Fixture.id(2)]), at: server)
    #expect(resolution == .notDone)
    let (other, _) = await resolve(creation(claimed: [Fixture.id(1)]), at: server)
    #expect(other == .confirmed(account(2, after: 2)))
  }

  @Test("an account that was deleted since is the created one all the same, if it is of that name and time")
  func deletedSince() async {
    var request = creation()
    request.deleted = [account(1, after: 1), account(2, after: -1_000_000)]
    let (resolution, _) = await resolve(request, at: Server())
    #expect(resolution == .confirmed(account(1, after: 1)))
    request.claimed = [Fixture.id(1)]
    let (claimed, _) = await resolve(request, at: Server())
    #expect(claimed == .notDone)
    request.deleted = [account(3, after: nil)]
    let (undated, _) = await resolve(request, at: Server())
    #expect(undated == .candidates([account(3, after: nil)]))
  }

  @Test("several that may be the one leave it open, and are named")
  func several() async {
    let accounts = [account(1, after: 1), account(2, after: 2)]
    let (resolution, _) = await resolve(creation(), at: Server(accounts))
    #expect(resolution == .candidates(accounts))
  }

  @Test(
    "an account without a date, or with one that only a wrong clock explains, leaves it open",
    arguments: [
      nil, -3_600.0, -90_000, 3_600,
    ])
  func doubtful(seconds: Double?) async {
    let (resolution, _) = await resolve(creation(), at: Server([account(1, after: seconds)]))
    #expect(resolution == .candidates([account(1, after: seconds)]))
  }

  @Test("no account of that name means that nothing was created, but only once the request can be nowhere any more")
  func notCreated() async {
    let (resolution, waited) = await resolve(
      creation(), at: Server([account(1, after: -100_000)]), startingAfter: 0.1)
    #expect(resolution == .notDone && waited >= 14.9)
  }

  @Test("an account that appears late is found")
  func lateCreation() async {
    let server = Server([])
    server.change(atRead: 4) { $0 = [self.account(9, after: 5)] }
    let (resolution, _) = await resolve(creation(), at: server, startingAfter: 0.1)
    #expect(resolution == .confirmed(account(9, after: 5)))
  }

  @Test("what other credentials do not see proves nothing")
  func otherPerson() async {
    let (deletion, _) = await resolve(request(.delete("x", name: "X"), isSamePerson: false), at: Server())
    #expect(deletion == .notVisible)
    let (creation, _) = await resolve(creation(isSamePerson: false), at: Server())
    #expect(creation == .notVisible)
    let (found, _) = await resolve(self.creation(isSamePerson: false), at: Server([account(1, after: 1)]))
    #expect(found == .confirmed(account(1, after: 1)))
  }

  @Test(
    "a reading that fails decides nothing",
    arguments: [
      CloudflareError(.timedOut), CloudflareError(.refused, status: 403), CloudflareError(.edge, status: 502),
    ])
  func unreadable(error: CloudflareError) async {
    let (deletion, _) = await resolve(request(.delete("x", name: "X")), at: Server(failing: error))
    #expect(deletion == .unreadable(error))
    let (creation, _) = await resolve(creation(), at: Server(failing: error))
    #expect(creation == .unreadable(error))
  }

  @Test("more matches than can be gone through decide nothing")
  func tooMany() async {
    let accounts = (1...2_001).map { account($0, name: "Harbor \($0)", after: 0) }
    let (resolution, _) = await resolve(creation(), at: Server(accounts))
    #expect(resolution == .tooMany)
  }

  @Test("a change is made when the account is as it was to be")
  func changes() async {
    let changes = AccountChanges(name: Self.name, settings: AccountSettings(enforceTwoFactor: true))
    var account = account(1, after: -1000)
    let request = request(.update(Fixture.id(1), changes))
    let (before, _) = await resolve(request, at: Server([account]))
    #expect(before == .notDone)
    account.settings = AccountSettings(enforceTwoFactor: true, abuseContactEmail: "x@y.example")
    let (after, _) = await resolve(request, at: Server([account]))
    #expect(after == .confirmed(account))
  }
}

/// Accounts that can be read, by pages of the asked size, whoever's name they have.
private final class Server: AccountsService {
  private struct Contents {
    var accounts: [Account]
    var reads = 0
    var change: (read: Int, body: @Sendable (inout [Account]) -> Void)?
  }

  private let contents: Mutex<Contents>
  private let failure: CloudflareError?

  init(_ accounts: [Account] = [], failing failure: CloudflareError? = nil) {
    contents = Mutex(Contents(accounts: accounts))
    self.failure = failure
  }

  var reads: Int { contents.withLock { $0.reads } }

  func change(atRead read: Int, _ body: @escaping @Sendable (inout [Account]) -> Void) {
    contents.withLock { $0.change = (read, body) }
  }

  private func read() throws(CloudflareError) -> [Account] {
    if let failure { throw failure }
    return contents.withLock { contents in
      contents.reads += 1
      if let change = contents.change, change.read == contents.reads { change.body(&contents.accounts) }
      return contents.accounts
    }
  }

  func list(_ query: ListQuery, priority: RequestPriority) async throws(CloudflareError) -> AccountPage {
    let name = query.name?.lowercased() ?? ""
    let matching = try read().filter { $0.name.lowercased().contains(name) }
    let page = matching.dropFirst((query.page - 1) * query.perPage).prefix(query.perPage)
    return AccountPage(accounts: Array(page), info: ResultInfo(totalCount: matching.count))
  }

  func get(id: String, priority: RequestPriority) async throws(CloudflareError) -> Account {
    guard let account = try read().first(where: { $0.id == id }) else {
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
