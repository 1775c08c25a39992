import Cloudflare
import FoundationEssentials

/// What becomes of a write on its way.
enum WriteUpdate: Sendable, Equatable {
  /// The intent is kept safely, and the request leaves.
  case begun(WriteIntent, ProcessIdentity)
  /// The journal did not take the intent: nothing was sent.
  case notSent(WriteIntent, JournalProblem)
  /// Before a write was sent that repeats an earlier one, looking for that one has found this: nothing was sent.
  case heldBack(WriteIntent, earlier: WriteIntent.ID, Resolution)
  /// The server's answer; with the account that was created or changed, and none for one that was deleted.
  case answered(WriteIntent.ID, WriteOutcome, Result<Account?, CloudflareError>)
  /// The journal has the outcome.
  case recorded(WriteIntent.ID)
  /// The journal did not take the outcome.
  case notRecorded(WriteIntent.ID, WriteOutcome, JournalProblem)
}

/// Carries writes out: the intent into the journal, then the request, then what became of it into the journal.
@MainActor
struct WriteRunner {
  let service: any AccountsService & AccountEditor
  let journal: any WriteJournal

  func carryOut(
    _ intent: WriteIntent, checks: WriteChecks = WriteChecks(), send: @MainActor (WriteUpdate) -> Void
  ) async {
    if let earlier = checks.earlier {
      let resolution = await WriteResolver(service: service).read(earlier)
      guard resolution == .notFound else {
        return send(.heldBack(intent, earlier: earlier.intent.id, resolution))
      }
    }
    let intent = await completed(intent, checks)
    do throws(JournalProblem) {
      try await journal.begin(intent)
    } catch {
      return send(.notSent(intent, error))
    }
    send(.begun(intent, journal.process))
    let (outcome, result) = await request(intent, checks)
    // The outcome is shown before the journal has it, so that a slow disk does not delay it.
    send(.answered(intent.id, outcome, result))
    send(await record(outcome, of: intent.id))
  }

  /// - Returns: whether the journal has taken it.
  func record(_ outcome: WriteOutcome, of id: WriteIntent.ID) async -> WriteUpdate {
    do throws(JournalProblem) {
      try await journal.finish(id, outcome)
      return .recorded(id)
    } catch {
      return .notRecorded(id, outcome, error)
    }
  }

  func readJournal() async -> Result<JournalReading, JournalProblem> {
    do throws(JournalProblem) {
      return .success(try await journal.read())
    } catch {
      return .failure(error)
    }
  }

  /// A creation with all that can be known of its name right before it is sent, where that is not known yet. A reading
  /// that fails keeps nobody from creating: what comes of it is only harder to recognise.
  private func completed(_ intent: WriteIntent, _ checks: WriteChecks) async -> WriteIntent {
    guard case .create(var creation) = intent.operation, !creation.knowsAllDuplicateNames else { return intent }
    let query = DuplicateNameSearch.query(for: creation.account.name)
    let reading = await attempt { () throws(CloudflareError) in try await service.list(query) }
    guard case .success(let page) = reading else { return intent }
    creation.receive(page, listTotal: checks.knownAccounts?.total)
    var intent = intent
    intent.operation = .create(creation)
    return intent
  }

  private func request(
    _ intent: WriteIntent, _ checks: WriteChecks
  ) async -> (WriteOutcome, Result<Account?, CloudflareError>) {
    let operation = intent.operation
    switch operation {
    case .create(let creation):
      let result = await attempt { () throws(CloudflareError) in
        let confirmation = try await service.create(creation.account, idempotencyKey: creation.idempotencyKey)
        let problem = intent.contradiction(in: confirmation, known: checks.knownAccounts, at: Date())
        if let problem {
          throw CloudflareError(.unreadable(problem), status: confirmation.status, ray: confirmation.ray)
        }
        return confirmation
      }
      var outcome = outcome(result, of: operation) { $0.id }
      outcome.message = outcome.message ?? (try? result.get()).flatMap { creation.difference(of: $0.value) }
      return (outcome, result.map(\.value))
    case .update(let id, let changes):
      let result = await attempt { () throws(CloudflareError) in try await service.update(id: id, changes: changes) }
      var outcome = outcome(result, of: operation) { $0.id }
      if case .success(let confirmation) = result, !changes.areMade(in: confirmation.value) {
        outcome.message = "The server took it, and its answer does not show all that was asked for."
      }
      return (outcome, result.map(\.value))
    case .delete(let id, _, _):
      let result = await attempt { () throws(CloudflareError) in
        let confirmation = try await service.delete(id: id)
        guard confirmation.value == nil || confirmation.value?.id == id else {
          throw CloudflareError(
            .unreadable("it confirms another account"), status: confirmation.status, ray: confirmation.ray)
        }
        return confirmation
      }
      return (outcome(result, of: operation) { _ in id }, result.map { _ in nil })
    }
  }

  private func outcome<Value>(
    _ result: Result<Confirmed<Value>, CloudflareError>, of operation: WriteOperation,
    accountID: (Value) -> Account.ID?
  ) -> WriteOutcome {
    switch result {
    case .success(let confirmation):
      WriteOutcome(confirmation, accountID: accountID(confirmation.value), date: Date())
    case .failure(let error): WriteOutcome(error, of: operation, date: Date())
    }
  }
}
