import Cloudflare

@testable import Console

extension Effect {
  var intent: WriteIntent? {
    guard case .write(let intent, _, _) = self else { return nil }
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
    guard case .resolve(let request, _) = self else { return nil }
    return request
  }

  var recorded: WriteOutcome.Kind? {
    guard case .recordOutcome(_, let outcome) = self else { return nil }
    return outcome.kind
  }
}
