import Cloudflare

@testable import Console

extension Effect {
  /// The page of the list that is asked for.
  var page: Int? {
    guard case .loadPage(let query, _) = self else { return nil }
    return query.page
  }

  var priority: RequestPriority? {
    guard case .loadPage(_, let priority) = self else { return nil }
    return priority
  }

  var intent: WriteIntent? {
    guard case .write(let intent, _) = self else { return nil }
    return intent
  }

  var deletedID: Account.ID? {
    guard case .delete(let id, _, _) = intent?.operation else { return nil }
    return id
  }

  var idempotencyKey: String? {
    guard case .create(let creation) = intent?.operation else { return nil }
    return creation.idempotencyKey
  }

  var resolution: ResolutionRequest? {
    guard case .resolve(let request) = self else { return nil }
    return request
  }

  var checks: WriteChecks? {
    guard case .write(_, let checks) = self else { return nil }
    return checks
  }

  /// How long this wait takes; `nil` for anything else.
  func duration(of id: EffectID) -> Duration? {
    guard case .wait(id, let duration) = self else { return nil }
    return duration
  }

  var recorded: WriteOutcome.Kind? {
    guard case .record(_, let outcome) = self else { return nil }
    return outcome.kind
  }
}

extension Dispatch {
  /// What leaves; `nil` where nothing does.
  var effect: Effect? {
    guard case .sent(let effect) = self else { return nil }
    return effect
  }
}

extension WriteUpdate {
  /// How a write has ended, as the form or dialog that has asked for it hears of it.
  var answer: Result<Account?, CloudflareError>? {
    guard case .answered(_, _, let result) = self else { return nil }
    return result
  }

  /// How a write has ended, as the journal is to have it.
  var outcome: WriteOutcome? {
    guard case .answered(_, let outcome, _) = self else { return nil }
    return outcome
  }
}
