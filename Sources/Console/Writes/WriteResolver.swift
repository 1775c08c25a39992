import Cloudflare
import FoundationEssentials

/// What has to be found out about a write whose outcome is not known.
struct ResolutionRequest: Sendable, Equatable {
  var intent: WriteIntent
  /// Until when the request may still act on the server.
  var mayActUntil: Date
  /// Accounts which other creations are known to have made.
  var claimed: Set<Account.ID>
  /// Accounts of that name which have been deleted since, or may have been: each may be the one all the same.
  var deleted: [Account] = []
  /// Whether the credentials are those that the write was sent with. Others may not see the account at all, so what
  /// they do not find proves nothing.
  var isSamePerson: Bool
  var priority: RequestPriority
}

/// What one reading found.
enum Resolution: Sendable, Equatable {
  /// It has happened; with the account where there is one.
  case confirmed(Account?)
  /// Nothing shows that it has happened. That counts once the request can act no more.
  case notFound
  /// Accounts of which each may be the one that was created, or none of them: a person has to decide.
  case candidates([Account])
  /// The reading itself did not succeed.
  case unreadable(CloudflareError)
  /// The answers contradict themselves, so that they prove nothing. The text is the reason, for people.
  case contradictory(String)
  /// Nothing was found, and that proves nothing with these credentials.
  case notVisible
  /// More accounts match the name than can be gone through.
  case tooMany
}

/// Finds out by reading what became of a write.
struct WriteResolver: Sendable {
  var service: any AccountsService

  static let perPage = ListQuery.perPageBounds.upperBound
  static let mostPages = 40

  /// Reads once.
  func read(_ request: ResolutionRequest) async -> Resolution {
    do throws(CloudflareError) {
      switch request.intent.operation {
      case .create(let creation): return try await findCreated(creation, request)
      case .update(let id, let changes):
        return Self.judge(changes, by: try await service.get(id: id, priority: request.priority).named())
      case .delete(let id, let name, _): return try await findGone(id, name: name, request)
      }
    } catch {
      return .unreadable(error)
    }
  }

  private static func judge(_ changes: AccountChanges, by account: Account) -> Resolution {
    if changes.areMade(in: account) { return .confirmed(account) }
    var made = changes
    made.name = account.name
    guard made.areMade(in: account), NameLikeness(to: changes.name).matches(account.name) else { return .notFound }
    return .contradictory("the account is called \(account.name), which a server may have made of \(changes.name)")
  }

  private func findGone(
    _ id: Account.ID, name: String, _ request: ResolutionRequest
  ) async throws(CloudflareError) -> Resolution {
    do throws(CloudflareError) {
      _ = try await service.get(id: id, priority: request.priority)
      return .notFound
    } catch  where error.saysGone {
      return request.isSamePerson ? .confirmed(nil) : .notVisible
    } catch  where error.cause == .refused && error.status == 410 {
      // The status alone may be anybody's on the way: the list has to agree.
      var search = AccountSearch(service: service, priority: request.priority)
      guard try await search.look(for: name) else { return .tooMany }
      try await search.lookAtNewest()
      if search.accounts.contains(where: { $0.id == id }) || search.contradiction != nil { throw error }
      return request.isSamePerson ? .confirmed(nil) : .notVisible
    }
  }

  /// Looks for the account among all of its name, and among the newest of any name: a server may have changed it.
  private func findCreated(
    _ creation: Creation, _ request: ResolutionRequest
  ) async throws(CloudflareError) -> Resolution {
    var search = AccountSearch(service: service, priority: request.priority)
    guard try await search.look(for: creation.account.name) else { return .tooMany }
    let bare = creation.account.name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if !bare.utf8.elementsEqual(creation.account.name.utf8) {
      guard try await search.look(for: bare) else { return .tooMany }
    }
    try await search.lookAtNewest()
    return CreationJudge(creation, request).judge(search.accounts, contradiction: search.contradiction)
  }
}

/// Reads those accounts of which one may have come of a creation.
private struct AccountSearch {
  let service: any AccountsService
  let priority: RequestPriority
  /// Each account once, in the order in which they were found.
  private(set) var accounts: [Account] = []
  private var known: Set<Account.ID> = []
  /// What the name searches held, and what they said that they hold.
  private var counts: [(rows: Int, total: Int)] = []
  private var pages: [(read: Int, total: Int)] = []
  /// The whole list, by the server's word.
  private var list: ResultInfo?
  private var oddity: String?

  init(service: any AccountsService, priority: RequestPriority) {
    self.service = service
    self.priority = priority
  }

  /// Why the answers cannot be believed to be whole; `nil` when nothing speaks against it.
  ///
  /// Whether the totals of a search count only what matches is not documented: those of the whole list say nothing.
  var contradiction: String? {
    if let oddity { return oddity }
    if let odd = counts.first(where: { $0.rows != $0.total && $0.total != list?.totalCount }) {
      return Self.contradiction(odd.rows, odd.total)
    }
    let odd = pages.first { $0.read < $0.total && $0.total != list?.totalPages }
    return odd.map { "the server has \(Wording.count($0.total, "page", "pages")) and gives \(Wording.number($0.read))" }
  }

  private static func contradiction(_ rows: Int, _ counted: Int) -> String {
    "the server lists \(Wording.count(rows, "account", "accounts")) and counts \(Wording.number(counted))"
  }

  /// Goes through all accounts that the server finds for a name.
  ///
  /// - Returns: whether there were not too many.
  mutating func look(for name: String) async throws(CloudflareError) -> Bool {
    var paging = Paging(perPage: WriteResolver.perPage)
    var read = 0
    var info: ResultInfo?
    while let number = paging.nextPage {
      guard number <= WriteResolver.mostPages else { return false }
      let page = try await page(number, name: name)
      receive(paging.take(page))
      if !page.accounts.isEmpty { read = number }
      info = page.info ?? info
    }
    if let total = info?.totalCount { counts.append((paging.count, total)) }
    if let total = info?.totalPages { pages.append((max(1, read), total)) }
    return true
  }

  /// Reads the first page of the list and the last two: the newest accounts stand at one of the ends. By what the list
  /// is ordered is not documented.
  mutating func lookAtNewest() async throws(CloudflareError) {
    let first = try await page(1, name: nil)
    receive(first.accounts)
    list = first.info
    let size = max(first.accounts.count, first.info?.pageSize(asked: WriteResolver.perPage) ?? 1)
    guard let last = first.info?.lastPage(size: size), last > 1 else { return }
    for number in max(2, last - 1)...last { receive(try await page(number, name: nil).accounts) }
  }

  private mutating func page(_ number: Int, name: String?) async throws(CloudflareError) -> AccountPage {
    let page = try await service.list(
      ListQuery(page: number, perPage: WriteResolver.perPage, name: name), priority: priority)
    let rows = page.accounts.count + page.withoutID
    if let count = page.info?.count, count != rows { oddity = Self.contradiction(rows, count) }
    if name != nil, page.withoutID > 0 { oddity = "the server lists an account without an identifier" }
    return page
  }

  private mutating func receive(_ page: [Account]) {
    accounts += page.filter { known.insert($0.id).inserted }
  }
}

/// Decides which of the accounts that there are a creation has made.
struct CreationJudge {
  private let creation: Creation
  private let request: ResolutionRequest

  /// Seconds by which two dates of the same clock may differ: whole seconds on both sides, and the way of an answer.
  static let tolerance: TimeInterval = 5
  /// Seconds within which a wrong clock or time zone may have put an intent.
  static let wrongClock: TimeInterval = 26 * 3_600

  init(_ creation: Creation, _ request: ResolutionRequest) {
    self.creation = creation
    self.request = request
  }

  /// - Parameter contradiction: why more accounts may be there than were found.
  func judge(_ there: [Account], contradiction: String? = nil) -> Resolution {
    let gone = request.deleted.filter { account in !there.contains { $0.id == account.id } }
    let others = request.claimed.union(creation.duplicateNames)
    let found = (there + gone).filter { !others.contains($0.id) && isNew($0) }
    let exact = found.filter { $0.isNamed(creation.account.name) }
    if exact.count == 1, contradiction == nil, isSurely(exact[0]) { return .confirmed(exact[0]) }
    let likeness = NameLikeness(to: creation.account.name)
    let candidates =
      exact + found.filter { $0.createdOn != nil && $0.name != creation.account.name && likeness.matches($0.name) }
    if !candidates.isEmpty { return .candidates(candidates) }
    if let contradiction { return .contradictory(contradiction) }
    if found.contains(where: { $0.nameProblem != nil }) {
      return .contradictory("the server lists an account whose name cannot be read")
    }
    return request.isSamePerson ? .notFound : .notVisible
  }

  /// Whether an account that was not there before may have come of the creation, by its date. One without a date may.
  func isNew(_ account: Account) -> Bool {
    guard let created = account.createdOn else { return true }
    return created >= earliest
  }

  /// Whether nothing but the creation explains the account: it was not there right before, its time fits by the server's
  /// own clock, and it stands where it was to be.
  func isSurely(_ account: Account) -> Bool {
    guard creation.knowsAllDuplicateNames, let sent = creation.serverDate, let created = account.createdOn else {
      return false
    }
    let flight = request.mayActUntil.timeIntervalSince(request.intent.date)
    let isInPlace =
      creation.account.unit == nil || account.managedBy?.id == nil
      || account.managedBy?.id == creation.account.unit?.id
    return created >= earliest && created <= sent + flight + Self.tolerance && isInPlace
  }

  /// Nothing older can have come of it. Where the server's clock is not known, the local one may be wrong.
  private var earliest: Date {
    creation.serverDate.map { $0 - Self.tolerance } ?? request.intent.date - Self.wrongClock
  }
}

extension AccountChanges {
  /// Whether an account is as these changes want it.
  func areMade(in account: Account) -> Bool {
    func isSet<Value: Equatable>(_ wanted: Value?, _ present: Value?) -> Bool { wanted == nil || wanted == present }
    return account.name == name
      && isSet(settings?.enforceTwoFactor, account.settings?.enforceTwoFactor)
      // An empty address takes the contact away.
      && isSet(settings?.abuseContactEmail, account.settings?.abuseContactEmail ?? "")
  }
}
