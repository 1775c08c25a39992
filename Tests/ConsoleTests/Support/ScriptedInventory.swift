import Cloudflare
import Synchronization

@testable import Console

/// A server that tells of inventories what the test gave it, or never answers; notes what it was asked.
final class ScriptedInventory: AccountInventory {
  struct Asked: Sendable, Equatable {
    var part: InventoryPart
    var accountID: Account.ID
    var page = 1
    var perPage: Int?
    var priority: RequestPriority
  }

  private let asked = Mutex<[Asked]>([])
  private let cancelled = Mutex(0)
  private let answers: InventoryAnswers?

  /// - Parameter answers: `nil` keeps every read waiting until it is cancelled.
  init(answers: InventoryAnswers? = InventoryAnswers()) {
    self.answers = answers
  }

  var requests: [Asked] { asked.withLock { $0 } }
  var cancellations: Int { cancelled.withLock { $0 } }

  func zones(
    accountID: String, page: Int, perPage: Int, priority: RequestPriority
  ) async throws(CloudflareError) -> CountedList<Zone> {
    try await answer(
      Asked(part: .zones, accountID: accountID, page: page, perPage: perPage, priority: priority), \.zones)
  }

  func members(
    accountID: String, page: Int, perPage: Int, priority: RequestPriority
  ) async throws(CloudflareError) -> CountedList<Member> {
    try await answer(
      Asked(part: .members, accountID: accountID, page: page, perPage: perPage, priority: priority), \.members)
  }

  func subscriptions(
    accountID: String, priority: RequestPriority
  ) async throws(CloudflareError) -> CountedList<Subscription> {
    try await answer(Asked(part: .subscriptions, accountID: accountID, priority: priority), \.subscriptions)
  }

  func logpushJobs(
    accountID: String, priority: RequestPriority
  ) async throws(CloudflareError) -> CountedList<LogpushJob> {
    try await answer(Asked(part: .logpushJobs, accountID: accountID, priority: priority), \.logpushJobs)
  }

  func gateway(accountID: String, priority: RequestPriority) async throws(CloudflareError) -> Gateway? {
    try await answer(Asked(part: .gateway, accountID: accountID, priority: priority), \.gateway)
  }

  func accessOrganization(
    accountID: String, priority: RequestPriority
  ) async throws(CloudflareError) -> AccessOrganization? {
    try await answer(Asked(part: .accessOrganization, accountID: accountID, priority: priority), \.accessOrganization)
  }

  func rawAccount(accountID: String) async throws(CloudflareError) -> RawAnswer {
    RawAnswer(status: 200, ray: "8f00c0ffee00beef-ZRH", body: #"{"id":"\#(accountID)"}"#)
  }

  private func answer<Value: Sendable>(
    _ request: Asked, _ value: KeyPath<InventoryAnswers, Result<Value, CloudflareError>>
  ) async throws(CloudflareError) -> Value {
    asked.withLock { $0.append(request) }
    if let answers { return try answers[keyPath: value].get() }
    let (forever, _) = AsyncStream.makeStream(of: Never.self)
    for await _ in forever {}
    cancelled.withLock { $0 += 1 }
    throw CloudflareError(.cancelled)
  }
}

/// What a server says of one account.
struct InventoryAnswers: Sendable {
  var zones: Result<CountedList<Zone>, CloudflareError> = .success(CountedList(all: []))
  var members: Result<CountedList<Member>, CloudflareError> = .success(CountedList(all: []))
  var subscriptions: Result<CountedList<Subscription>, CloudflareError> = .success(CountedList(all: []))
  var logpushJobs: Result<CountedList<LogpushJob>, CloudflareError> = .success(CountedList(all: []))
  var gateway: Result<Gateway?, CloudflareError> = .success(nil)
  var accessOrganization: Result<AccessOrganization?, CloudflareError> = .success(nil)

  subscript(part: InventoryPart) -> InventoryAnswer {
    switch part {
    case .zones: .zones(zones)
    case .members: .members(members)
    case .subscriptions: .subscriptions(subscriptions)
    case .logpushJobs: .logpushJobs(logpushJobs)
    case .gateway: .gateway(gateway)
    case .accessOrganization: .accessOrganization(accessOrganization)
    }
  }

  /// An account with something of everything; of zones and members the first five are here.
  static var rich: InventoryAnswers {
    var answers = InventoryAnswers()
    answers.zones = .success(
      CountedList(
        total: 12,
        first: [
          ("harborpine.com", "active", "Enterprise Website"), ("hp-freight.net", "pending", "Free Website"),
          ("株式会社ミナト.jp", "active", "Pro Website"), ("rtl\u{202E}moc.evil\u{1B}[31m", "moved", nil),
          ("harbor-pine-logistics-and-freight-forwarding.example", "initializing", "Free Website"),
        ].enumerated().map { index, zone in
          Zone(id: "z\(index)", name: zone.0, status: zone.1, plan: zone.2.map { .init(name: $0) })
        }))
    answers.members = .success(
      CountedList(
        total: 7,
        first: [
          Member(
            id: "m0", status: "accepted", user: .init(email: "ann@harborpine.com"),
            roles: [.init(name: "Super Administrator - All Privileges")]),
          Member(
            id: "m1", status: "accepted", user: .init(email: "bo@harborpine.com"),
            roles: [.init(name: "Administrator Read Only"), .init(name: "Billing")]),
          Member(id: "m2", status: "pending", roles: [.init(name: "Analytics")], invitedEmail: "cy@partner.example"),
          Member(id: "m3", status: "pending", invitedEmail: "dee@partner.example"),
          Member(id: "m4"),
        ]))
    answers.subscriptions = .success(
      CountedList(all: [
        Subscription(
          ratePlan: .init(id: "ent", publicName: "Enterprise"), price: 4_500, currency: "USD", frequency: "monthly",
          state: "Paid"),
        Subscription(
          ratePlan: .init(id: "load_balancing"), price: 5.5, currency: "USD", frequency: "monthly",
          state: "AwaitingPayment"),
      ]))
    answers.logpushJobs = .success(
      CountedList(all: [
        LogpushJob(id: 1, name: "to-archive", dataset: "http_requests", isEnabled: true),
        LogpushJob(id: 2, dataset: "audit_logs", isEnabled: false),
      ]))
    answers.gateway = .success(Gateway(tag: "g1", providerName: "Cloudflare"))
    answers.accessOrganization = .success(
      AccessOrganization(name: "Harbor", authDomain: "harborpine.cloudflareaccess.com"))
    return answers
  }

  /// Zones without end, members forbidden, and a server in trouble with the rest.
  static var partly: InventoryAnswers {
    var answers = InventoryAnswers()
    answers.zones = .success(
      CountedList(total: 5, isExact: false, first: (0..<5).map { Zone(id: "z\($0)", name: "z\($0).example") }))
    answers.members = .failure(forbiddenError)
    answers.subscriptions = .failure(CloudflareError(.timedOut))
    answers.logpushJobs = .failure(CloudflareError(.edge, status: 502))
    return answers
  }

  /// Credentials that see the account and nothing in it.
  static var forbidden: InventoryAnswers {
    InventoryAnswers(
      zones: .success(CountedList(all: [])), members: .failure(forbiddenError), subscriptions: .failure(forbiddenError),
      logpushJobs: .failure(forbiddenError), gateway: .failure(forbiddenError),
      accessOrganization: .failure(forbiddenError))
  }

  static let forbiddenError = CloudflareError(
    .refused, status: 403, errors: [APIMessage(code: 10000, message: "Authentication error")])
}
