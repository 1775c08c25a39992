import Cloudflare
import FoundationEssentials
import Testing

@testable import Console

/// What a server, a disk and the time do. Only what was asked for can be answered.
extension TestDriver {
  // MARK: The list

  /// The pages of the list that are on their way.
  var loading: [Int] {
    running.keys.compactMap { id in if case .page(let page) = id { page } else { nil } }.sorted()
  }

  @discardableResult
  mutating func answer(
    page: Int, _ result: Result<AccountPage, CloudflareError>, at location: SourceLocation = #_sourceLocation
  ) -> [Effect] {
    answer(.page(page), at: location) { _ in .answer(.page(page, result)) }
  }

  /// Answers a page as a list of this many accounts does.
  @discardableResult
  mutating func answer(page: Int, of total: Int, at location: SourceLocation = #_sourceLocation) -> [Effect] {
    answer(page: page, .success(Fixture.page(page, of: total, perPage: state.session.perPage)), at: location)
  }

  /// Answers the reading of the list that an earlier run has kept.
  @discardableResult
  mutating func answerListCache(
    _ reading: ListCacheReading, at location: SourceLocation = #_sourceLocation
  ) -> [Effect] {
    answer(.listCache, at: location) { _ in .answer(.listCache(reading)) }
  }

  @discardableResult
  mutating func answerSearch(
    _ result: Result<AccountPage, CloudflareError>, at location: SourceLocation = #_sourceLocation
  ) -> [Effect] {
    answer(.search, at: location) { _ in .answer(.search(result)) }
  }

  // MARK: One account

  /// Answers the reading of the account that was opened.
  @discardableResult
  mutating func answerAccount(
    _ result: Result<Account, CloudflareError>, at location: SourceLocation = #_sourceLocation
  ) -> [Effect] {
    answerReading(for: .detail, result, at: location)
  }

  @discardableResult
  mutating func answerJSON(
    _ result: Result<RawAnswer, CloudflareError>, at location: SourceLocation = #_sourceLocation
  ) -> [Effect] {
    answer(.json, at: location) { _ in .answer(.json(result)) }
  }

  /// Answers one part of an inventory.
  @discardableResult
  mutating func answer(
    _ part: InventoryPart, of id: Account.ID, _ answer: InventoryAnswer,
    at location: SourceLocation = #_sourceLocation
  ) -> [Effect] {
    self.answer(.inventory(id, part), at: location) {
      guard case .readInventory(let request) = $0 else { return nil }
      return .answer(.inventory(request, answer))
    }
  }

  // MARK: Forms and dialogs

  /// Answers the question which accounts have the name in the form for a new account.
  @discardableResult
  mutating func answerDuplicateNames(
    _ result: Result<AccountPage, CloudflareError>, at location: SourceLocation = #_sourceLocation
  ) -> [Effect] {
    answerNames(for: .creation, result, at: location)
  }

  /// Answers the question what may be created.
  @discardableResult
  mutating func answerTenancy(
    _ answer: TenancyAnswer = Fixture.tenancy, at location: SourceLocation = #_sourceLocation
  ) -> [Effect] {
    self.answer(.tenancy, at: location) { _ in .answer(.tenancy(answer)) }
  }

  /// Answers the reading of the account that is to be changed.
  @discardableResult
  mutating func answerEditRead(
    with result: Result<Account, CloudflareError>, at location: SourceLocation = #_sourceLocation
  ) -> [Effect] {
    answerReading(for: .edit, result, at: location)
  }

  /// Answers the reading of the account that is to be deleted, at the review or during the countdown.
  @discardableResult
  mutating func answerDeletionRead(
    _ result: Result<Account, CloudflareError>, at location: SourceLocation = #_sourceLocation
  ) -> [Effect] {
    answerReading(for: .deletion, result, at: location)
  }

  /// Answers the question which accounts have the name of the one that is to be deleted.
  @discardableResult
  mutating func answerDeletionNames(
    _ result: Result<AccountPage, CloudflareError>, at location: SourceLocation = #_sourceLocation
  ) -> [Effect] {
    answerNames(for: .deletion, result, at: location)
  }

  /// Answers the reading of the account after its deletion was confirmed.
  @discardableResult
  mutating func answerVerification(
    _ result: Result<Account, CloudflareError>, at location: SourceLocation = #_sourceLocation
  ) -> [Effect] {
    answerReading(for: .deletionCheck, result, at: location)
  }

  // MARK: Writes

  /// The write that is on its way.
  var sending: WriteIntent? { running.values.compactMap(\.intent).first }

  /// The journal has taken the intent that is on its way, or this one.
  @discardableResult
  mutating func begin(_ intent: WriteIntent? = nil, by process: ProcessIdentity = .current) -> [Effect] {
    guard let intent = intent ?? sending else { return [] }
    return send(.answer(.write(.begun(intent, process))))
  }

  /// The outcome of a write that no form or dialog waits for, or that the answer to the one on its way has.
  @discardableResult
  mutating func finish(_ id: WriteIntent.ID, _ outcome: WriteOutcome) -> [Effect] {
    guard !isRunning(.write(id)) else {
      outcomes[id] = outcome
      return []
    }
    return send(.answer(.write(.answered(id, outcome, .success(nil)))))
  }

  /// Answers the creation of an account.
  @discardableResult
  mutating func answerCreation(
    _ result: Result<Account, CloudflareError>, at location: SourceLocation = #_sourceLocation
  ) -> [Effect] { answerWrite(result.map { $0 }, at: location) }

  /// Answers the change of an account, be it from the form that edits it or from the one that has created it.
  @discardableResult
  mutating func answerChange(
    _ result: Result<Account, CloudflareError>, at location: SourceLocation = #_sourceLocation
  ) -> [Effect] { answerWrite(result.map { $0 }, at: location) }

  @discardableResult
  mutating func answerDeletion(
    _ result: Result<DeletedAccount?, CloudflareError>, at location: SourceLocation = #_sourceLocation
  ) -> [Effect] { answerWrite(result.map { _ in nil }, at: location) }

  /// Answers the write that is on its way.
  @discardableResult
  mutating func answerWrite(
    _ result: Result<Account?, CloudflareError>, at location: SourceLocation = #_sourceLocation
  ) -> [Effect] {
    guard let intent = sending else {
      Issue.record("no write is on its way", sourceLocation: location)
      return []
    }
    forget(.write(intent.id))
    let operation = intent.operation
    let outcome: WriteOutcome =
      switch result {
      case .success(let account):
        WriteOutcome(.confirmed, date: environment.date, accountID: account?.id ?? operation.accountID)
      case .failure(let error): WriteOutcome(error, of: operation, date: environment.date)
      }
    return send(.answer(.write(.answered(intent.id, outcomes[intent.id] ?? outcome, result))))
  }

  /// The journal keeps a write from being sent.
  @discardableResult
  mutating func keepBack(_ intent: WriteIntent, because problem: JournalProblem) -> [Effect] {
    forgetWrite(intent.id)
    return send(.answer(.write(.notSent(intent, problem))))
  }

  /// Looking for the earlier try of a write keeps it from being sent.
  @discardableResult
  mutating func keepBack(
    _ intent: WriteIntent, earlier: WriteIntent.ID, _ resolution: Resolution
  ) -> [Effect] {
    forgetWrite(intent.id)
    return send(.answer(.write(.heldBack(intent, earlier: earlier, resolution))))
  }

  /// Answers the look-up of a write.
  @discardableResult
  mutating func resolve(
    _ id: WriteIntent.ID, _ resolution: Resolution, at location: SourceLocation = #_sourceLocation
  ) -> [Effect] {
    answer(.lookUp(id), at: location) { _ in .answer(.lookUp(id, resolution)) }
  }

  /// Answers the reading of the journal that is under way.
  @discardableResult
  mutating func answerJournal(
    _ result: Result<JournalReading, JournalProblem> = .success(.empty), at location: SourceLocation = #_sourceLocation
  ) -> [Effect] {
    answer(.journal, at: location) { _ in .answer(.journal(result)) }
  }

  private mutating func answerReading(
    for reader: AccountReader, _ result: Result<Account, CloudflareError>, at location: SourceLocation
  ) -> [Effect] {
    answer(.account(reader), at: location) {
      guard case .readAccount(let id, _, _) = $0 else { return nil }
      return .answer(.account(reader, id, result))
    }
  }

  private mutating func answerNames(
    for reader: AccountReader, _ result: Result<AccountPage, CloudflareError>, at location: SourceLocation
  ) -> [Effect] {
    answer(.duplicateNames(reader), at: location) {
      guard case .readDuplicateNames(let name, _) = $0 else { return nil }
      return .answer(.duplicateNames(reader, name: name, result))
    }
  }

  // MARK: Time

  /// A wait is over. The clock is the test's own matter.
  @discardableResult
  mutating func elapse(_ id: EffectID, at location: SourceLocation = #_sourceLocation) -> [Effect] {
    answer(id, at: location) { _ in .answer(.elapsed(id)) }
  }

  /// A second of the wait for the server, or the wait of what is held back, is over, if it runs.
  @discardableResult
  mutating func tick() -> [Effect] {
    let id = [EffectID.rateLimitWait, .heldPages].first(where: isRunning)
    return id.map { elapse($0) } ?? []
  }

  /// What the request budget tells.
  @discardableResult
  mutating func tell(_ budget: BudgetStatus) -> [Effect] { send(.budget(budget)) }
}
