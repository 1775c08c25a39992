import Cloudflare
import FoundationEssentials

/// What has to be found out about a write whose outcome is not known.
public struct ResolutionRequest: Sendable, Equatable {
  public var intent: WriteIntent
  /// From then on the request can be nowhere on its way any more: what is not there by then will not come of it.
  public var settledAt: Date
  /// Accounts of that name which other creations are known to have made.
  public var claimed: Set<Account.ID>
  /// Accounts of that name which have been deleted since, or may have been: each may be the one all the same.
  public var deleted: [Account] = []
  /// Whether the credentials are those that the write was sent with. Others may not see the account at all, so what
  /// they do not find proves nothing.
  public var isSamePerson: Bool
  public var priority: RequestPriority
}

/// What reading found.
public enum Resolution: Sendable, Equatable {
  /// It has happened; with the account where there is one.
  case confirmed(Account?)
  /// It has not happened, and will not.
  case notDone
  /// Accounts of which each may be the one that was created, or none of them.
  case candidates([Account])
  /// The reading itself did not succeed.
  case unreadable(CloudflareError)
  /// Nothing was found, and that proves nothing with these credentials.
  case notVisible
  /// More accounts match the name than can be gone through.
  case tooMany
}

/// Finds out by reading what became of a write.
struct WriteResolver: Sendable {
  var service: any AccountsService
  var now: @Sendable () -> Date = { Date() }
  /// Has to throw when the task is cancelled.
  var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

  /// Seconds by which the server's clock and this machine's may differ.
  static let clockDifference: TimeInterval = 300
  /// Seconds within which a wrong clock or time zone may have put an intent.
  static let wrongClock: TimeInterval = 26 * 3_600
  static let perPage = ListQuery.perPageBounds.upperBound
  static let mostPages = 40

  /// Reads until the outcome is known, or until the request can be nowhere any more: what is not there by then is not
  /// going to be.
  func resolve(_ request: ResolutionRequest) async -> Resolution {
    var pause: Duration = .milliseconds(500)
    while true {
      // A reading counts from its beginning.
      let isSettled = now() >= request.settledAt
      let finding = await read(request)
      guard finding == .notDone, !isSettled else { return finding }
      let left = Duration.seconds(request.settledAt.timeIntervalSince(now()))
      do {
        try await sleep(max(.milliseconds(10), min(pause, left)))
      } catch {
        return .unreadable(CloudflareError(.cancelled, nothingWasSent: true))
      }
      pause *= 2
    }
  }

  /// What one reading says. "Not done" is only true once the request is settled.
  private func read(_ request: ResolutionRequest) async -> Resolution {
    do throws(CloudflareError) {
      switch request.intent.operation {
      case .create(let account, _, _): return try await findCreated(account.name, request)
      case .update(let id, let changes):
        let account = try await service.get(id: id, priority: request.priority)
        return changes.areMade(in: account) ? .confirmed(account) : .notDone
      case .delete(let id, _, _):
        return try await isGone(id, request)
      }
    } catch {
      return .unreadable(error)
    }
  }

  private func isGone(_ id: Account.ID, _ request: ResolutionRequest) async throws(CloudflareError) -> Resolution {
    do throws(CloudflareError) {
      _ = try await service.get(id: id, priority: request.priority)
      return .notDone
    } catch  where error.saysNotThere {
      return request.isSamePerson ? .confirmed(nil) : .notVisible
    }
  }

  /// Looks for the account among all that have exactly this name.
  private func findCreated(
    _ name: String, _ request: ResolutionRequest
  ) async throws(CloudflareError) -> Resolution {
    var paging = Paging(perPage: Self.perPage)
    var found: [Account] = []
    while let page = paging.nextPage {
      guard page <= Self.mostPages else { return .tooMany }
      let query = ListQuery(page: page, perPage: Self.perPage, name: name)
      let answer = try await service.list(query, priority: request.priority)
      // How the server matches names is not documented, so everything is compared again.
      found += paging.take(answer).filter { $0.name == name }
    }
    return Self.judge(found, request)
  }

  /// Which of the accounts of that name that are there, or have been, the creation has made.
  static func judge(_ there: [Account], _ request: ResolutionRequest) -> Resolution {
    var others = request.claimed
    if case .create(_, _, let namesakes) = request.intent.operation { others.formUnion(namesakes) }
    let gone = request.deleted.filter { account in !there.contains { $0.id == account.id } }
    let found = (there + gone).filter { !others.contains($0.id) }
    let intended = request.intent.date
    let latest = intended + Flight.longest + clockDifference
    let sure = found.filter { account in
      guard let created = account.createdOn else { return false }
      return created >= intended - clockDifference && created <= latest
    }
    if sure.count == 1 { return .confirmed(sure[0]) }
    // Without a date, or with one that only a wrong clock would explain, an account may still be the one.
    let doubtful = found.filter { $0.createdOn.map { $0 >= intended - wrongClock } ?? true }
    if !doubtful.isEmpty { return .candidates(doubtful) }
    return request.isSamePerson ? .notDone : .notVisible
  }
}

/// How long a request can be on its way.
enum Flight {
  /// Seconds from the intent: waiting for the budget and for the answer take up to half a minute each, and a server may
  /// take its time to act on what has reached it.
  static let longest: TimeInterval = 90
  /// Seconds from the intent when the connection is known to be gone: only the server's own time is left.
  static let withoutConnection: TimeInterval = 15
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
