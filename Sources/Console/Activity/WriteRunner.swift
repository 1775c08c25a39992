import Cloudflare
import FoundationEssentials

/// Carries writes out: the intent into the journal, then the request, then what became of it into the journal.
@MainActor
struct WriteRunner {
  let service: any AccountsService & AccountEditor
  let journal: any WriteJournal

  func carryOut(_ intent: WriteIntent, token: RequestToken, send: @MainActor (Action) -> Void) async {
    do throws(JournalProblem) {
      try await journal.begin(intent)
    } catch {
      return send(.activity(.notSent(intent, error)))
    }
    send(.activity(.begun(intent, journal.process)))
    let (outcome, action) = await request(intent.operation, token: token)
    // What became of it is shown before it is kept: a slow disk must not keep it from anybody.
    send(.activity(.answered(intent.id, outcome)))
    if let action { send(action) }
    send(await record(outcome, of: intent.id))
  }

  /// - Returns: whether the journal has taken it.
  func record(_ outcome: WriteOutcome, of id: WriteIntent.ID) async -> Action {
    do throws(JournalProblem) {
      try await journal.finish(id, outcome)
      return .activity(.recorded(id))
    } catch {
      return .activity(.notRecorded(id, outcome, error))
    }
  }

  func readJournal() async -> Result<JournalReading, JournalProblem> {
    do throws(JournalProblem) {
      return .success(try await journal.read())
    } catch {
      return .failure(error)
    }
  }

  private func request(_ operation: WriteOperation, token: RequestToken) async -> (WriteOutcome, Action?) {
    switch operation {
    case .create(let account, let key, _):
      let result = await attempt { () throws(CloudflareError) in
        try await service.create(account, idempotencyKey: key)
      }
      return (outcome(result, of: operation) { $0.id }, .create(.answered(token: token, result.map(\.value))))
    case .update(let id, let changes):
      let result = await attempt { () throws(CloudflareError) in try await service.update(id: id, changes: changes) }
      return (outcome(result, of: operation) { $0.id }, .change(.answered(token: token, result.map(\.value))))
    case .delete(let id, _, _):
      let result = await attempt { () throws(CloudflareError) in
        let confirmation = try await service.delete(id: id)
        guard confirmation.value == nil || confirmation.value?.id == id else {
          throw CloudflareError(
            .unreadable("it confirms another account"), status: confirmation.status, ray: confirmation.ray)
        }
        return confirmation
      }
      return (outcome(result, of: operation) { _ in id }, .delete(.answered(token: token, result.map(\.value))))
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
