import Cloudflare
import FoundationEssentials

/// The writes that the journal tells of, each with what became of it. Made from the journal's lines in their order.
struct WriteHistory: Sendable, Equatable {
  struct Entry: Sendable, Equatable, Identifiable {
    var intent: WriteIntent
    /// The process that was to send it.
    var process: ProcessIdentity
    /// `nil` when nothing was written down after the intent.
    var outcome: WriteOutcome?

    var id: WriteIntent.ID { intent.id }

    /// Whether it is not known what became of it.
    var isOpen: Bool { outcome?.isConclusive != true }
  }

  /// Oldest first.
  private(set) var entries: [Entry] = []

  /// How many entries are kept at least; open ones, and what is needed to resolve them, are kept beyond that.
  static let capacity = 1_000

  func entry(_ id: WriteIntent.ID) -> Entry? { index(of: id).map { entries[$0] } }

  /// A write that is not known to be over and of which this one would be a repetition.
  func openEntry(repeatedBy intent: WriteIntent) -> Entry? {
    entries.last { entry in
      entry.isOpen && entry.id != intent.id && entry.intent.origin.endpoint == intent.origin.endpoint
        && intent.operation.repeats(entry.intent.operation)
    }
  }

  /// The last write of which this one would be a repetition, if it was found not to have happened, or dismissed by hand,
  /// within a day: it may have happened all the same.
  func lastTry(repeatedBy intent: WriteIntent) -> Entry? {
    let last = entries.last { entry in
      entry.id != intent.id && entry.intent.origin.endpoint == intent.origin.endpoint
        && intent.operation.repeats(entry.intent.operation)
    }
    guard let last, last.intent.date > intent.date - 86_400 else { return nil }
    return last.outcome?.kind == .notDone || last.outcome?.kind == .dismissed ? last : nil
  }

  /// The accounts that creations are known to have made: none of them can be another creation's.
  func accountsCreated(at endpoint: String) -> Set<Account.ID> {
    var ids: Set<Account.ID> = []
    for entry in entries where entry.intent.operation.kind == .create && entry.intent.origin.endpoint == endpoint {
      if entry.outcome?.kind == .confirmed, let id = entry.outcome?.accountID { ids.insert(id) }
    }
    return ids
  }

  /// Accounts of that name whose deletion was begun after a moment, and was not refused or found not to have happened.
  func accountsDeleted(named name: String, at endpoint: String, since date: Date) -> [Account] {
    var accounts: [Account] = []
    for entry in entries where entry.intent.origin.endpoint == endpoint && entry.intent.date >= date {
      guard case .delete(let id, name, let createdOn) = entry.intent.operation else { continue }
      switch entry.outcome?.kind {
      case nil, .confirmed, .unknown, .dismissed: accounts.append(Account(id: id, name: name, createdOn: createdOn))
      case .refused, .notDone: break
      }
    }
    return accounts
  }

  /// The earlier try of the very same creation, if it is not known to have happened. Under the same key, the server can
  /// tell a creation that has happened all the same.
  func earlierTry(of account: NewAccount, from origin: WriteOrigin) -> Creation? {
    for entry in entries.reversed() where entry.intent.origin == origin {
      guard case .create(let earlier) = entry.intent.operation, earlier.account.isSameRequest(as: account)
      else { continue }
      switch entry.outcome?.kind {
      case nil, .unknown, .notDone, .dismissed: return earlier
      case .confirmed, .refused: return nil
      }
    }
    return nil
  }

  mutating func apply(_ record: JournalRecord) {
    switch record {
    case .intent(let intent, let process):
      guard index(of: intent.id) == nil else { return }
      entries.append(Entry(intent: intent, process: process))
      if entries.count >= Self.capacity + Self.slack { trim() }
    case .outcome(let id, let outcome):
      guard let index = index(of: id) else { return }
      guard outcome.canFollow(entries[index].outcome?.kind) else { return }
      entries[index].outcome = outcome.completed(by: entries[index])
    }
  }

  /// Takes over what an earlier reading knew and this one does not yet: outcomes that are still to be written down.
  mutating func keepOutcomes(of earlier: WriteHistory) {
    // Once: looking through all for each of them would take longer than the reading itself.
    let places = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($0.element.id, $0.offset) })
    let newest = entries.last?.intent.date
    for entry in earlier.entries {
      if let index = places[entry.id] {
        guard let outcome = entry.outcome else { continue }
        let corrects = outcome.kind == .confirmed && entries[index].outcome?.kind == .notDone
        if entries[index].isOpen || corrects { entries[index].outcome = outcome }
      } else if newest.map({ entry.intent.date > $0 }) ?? true {
        entries.append(entry)
      }
    }
  }

  /// Outcomes are mostly about the newest intents.
  private func index(of id: WriteIntent.ID) -> Int? { entries.lastIndex { $0.id == id } }

  /// Entries beyond the capacity before any are removed, so that not each new one has to look through all.
  private static let slack = 100

  private mutating func trim() {
    var excess = entries.count - Self.capacity
    let open = entries.filter(\.isOpen)
    entries.removeAll { entry in
      guard excess > 0, !entry.isOpen else { return false }
      let isNeeded = open.contains { entry.hasCreated($0.intent.operation.name, at: $0.intent.origin.endpoint) }
      if !isNeeded { excess -= 1 }
      return !isNeeded
    }
  }
}

extension NewAccount {
  /// Whether the two make the same bytes: a key that is used again for others is refused. Strings that only look alike
  /// are equal otherwise.
  func isSameRequest(as other: NewAccount) -> Bool {
    func bytes(_ account: NewAccount) -> [[UInt8]?] {
      ([account.name, account.unit?.id] + account.business.texts).map { text in text.map { Array($0.utf8) } }
    }
    return type == other.type && bytes(self) == bytes(other)
  }
}

extension WriteHistory.Entry {
  fileprivate func hasCreated(_ name: String, at endpoint: String) -> Bool {
    intent.operation.kind == .create && outcome?.kind == .confirmed && intent.origin.endpoint == endpoint
      && intent.operation.name == name
  }
}

extension WriteOutcome {
  /// Whether this may be known of a write after that was. What the server said, and what was seen to have happened,
  /// stays; that nothing was found of it may turn out wrong.
  fileprivate func canFollow(_ earlier: Kind?) -> Bool {
    switch earlier {
    case nil, .unknown: true
    case .notDone: kind != .refused
    case .dismissed: isConclusive
    case .confirmed, .refused: kind == earlier
    }
  }

  /// Status and ray are those of the write's own answer, which a later reading has not got.
  fileprivate func completed(by entry: WriteHistory.Entry) -> WriteOutcome {
    var outcome = self
    outcome.httpStatus = httpStatus ?? entry.outcome?.httpStatus
    outcome.ray = ray ?? entry.outcome?.ray
    return outcome
  }
}
