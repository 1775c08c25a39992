import Cloudflare
import FoundationEssentials

/// The resources of one account, as far as they are read.
struct Inventory: Sendable, Equatable {
  private(set) var zones = RemoteData<CountedList<Zone>>.unread
  private(set) var members = RemoteData<CountedList<Member>>.unread
  private(set) var subscriptions = RemoteData<CountedList<Subscription>>.unread
  private(set) var logpushJobs = RemoteData<CountedList<LogpushJob>>.unread
  private(set) var gateway = RemoteData<Gateway?>.unread
  private(set) var accessOrganization = RemoteData<AccessOrganization?>.unread
  /// Parts requested with low priority, of which only a few elements may be loaded.
  private var glimpsed: Set<InventoryPart> = []
  /// Parts that are being read page by page to their ends.
  private var completing: Set<InventoryPart> = []

  /// The age up to which a reading is not repeated when the account is opened.
  static let freshness: Duration = .seconds(60)

  var unreadParts: [InventoryPart] {
    InventoryPart.allCases.filter { !status(of: $0).isLoading && status(of: $0).date == nil }
  }

  var loadingParts: [InventoryPart] {
    InventoryPart.allCases.filter { status(of: $0).isLoading }
  }

  /// The requested parts that a person waits for.
  var awaitedParts: [InventoryPart] { loadingParts.filter { !glimpsed.contains($0) } }

  /// The parts to read when a person opens the account.
  func partsToOpen(at date: Date) -> [InventoryPart] {
    InventoryPart.allCases.filter { part in
      let status = status(of: part)
      // A background request may wait long behind interactive ones.
      if status.isLoading { return glimpsed.contains(part) }
      guard let read = status.date else { return true }
      return date.timeIntervalSince(read) > Double(Self.freshness.components.seconds)
        || glimpsed.contains(part) && incompleteParts.contains(part)
    }
  }

  /// Parts that are loaded in part.
  var incompleteParts: [InventoryPart] {
    var parts: [InventoryPart] = []
    if zones.reading?.value.isComplete == false { parts.append(.zones) }
    if members.reading?.value.isComplete == false { parts.append(.members) }
    return parts
  }

  func isCompleting(_ part: InventoryPart) -> Bool { completing.contains(part) }

  /// The time of the oldest reading; `nil` if there is none.
  var readOn: Date? { InventoryPart.allCases.compactMap { status(of: $0).date }.min() }

  /// Whether each part has been read or has failed.
  var isFinished: Bool {
    InventoryPart.allCases.allSatisfy { part in
      let status = status(of: part)
      return !status.isLoading && status.date != nil
    }
  }

  func failure(of part: InventoryPart) -> CloudflareError? { status(of: part).failure }

  // MARK: Changes

  /// Records that a part is requested.
  mutating func begin(_ request: InventoryRequest) {
    if request.priority == .background { glimpsed.insert(request.part) } else { glimpsed.remove(request.part) }
    switch request.part {
    case .zones: zones.begin()
    case .members: members.begin()
    case .subscriptions: subscriptions.begin()
    case .logpushJobs: logpushJobs.begin()
    case .gateway: gateway.begin()
    case .accessOrganization: accessOrganization.begin()
    }
  }

  /// Begins to read a part to its end.
  ///
  /// - Returns: the first page to request.
  mutating func beginCompleting(_ part: InventoryPart) -> Int {
    completing.insert(part)
    let count = part == .zones ? zones.reading?.value.rowCount : members.reading?.value.rowCount
    return (count ?? 0) / ListQuery.perPageBounds.upperBound + 1
  }

  /// Gives up all requests.
  mutating func giveUp() {
    completing = []
    zones.giveUp()
    members.giveUp()
    subscriptions.giveUp()
    logpushJobs.giveUp()
    gateway.giveUp()
    accessOrganization.giveUp()
  }

  /// Stores an answer. An answer that is no longer awaited is ignored.
  ///
  /// - Returns: the failure of a further page, whose earlier pages stay.
  mutating func receive(_ answer: InventoryAnswer, to request: InventoryRequest, at date: Date) -> CloudflareError? {
    guard status(of: request.part).isLoading else { return nil }
    switch answer {
    case .zones(let result): return receive(result, to: request, at: date, \.zones)
    case .members(let result): return receive(result, to: request, at: date, \.members)
    case .subscriptions(let result): subscriptions.receive(result, at: date)
    case .logpushJobs(let result): logpushJobs.receive(result, at: date)
    case .gateway(let result): gateway.receive(result, at: date)
    case .accessOrganization(let result): accessOrganization.receive(result, at: date)
    }
    return nil
  }

  private mutating func receive<Element: Identifiable>(
    _ result: Result<CountedList<Element>, CloudflareError>, to request: InventoryRequest, at date: Date,
    _ part: WritableKeyPath<Inventory, RemoteData<CountedList<Element>>>
  ) -> CloudflareError? {
    guard request.page > 1 else {
      self[keyPath: part].receive(result, at: date)
      if self[keyPath: part].reading?.value.isComplete != false { completing.remove(request.part) }
      return nil
    }
    switch result {
    case .success(let page):
      let isNew = self[keyPath: part].append(page)
      if !isNew || self[keyPath: part].reading?.value.isComplete == true { completing.remove(request.part) }
      return nil
    case .failure(let error):
      self[keyPath: part].giveUp()
      completing.remove(request.part)
      return error
    }
  }

  private func status(of part: InventoryPart) -> any RemoteStatus {
    switch part {
    case .zones: zones
    case .members: members
    case .subscriptions: subscriptions
    case .logpushJobs: logpushJobs
    case .gateway: gateway
    case .accessOrganization: accessOrganization
    }
  }
}
