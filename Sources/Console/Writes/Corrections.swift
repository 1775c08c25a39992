import Cloudflare
import FoundationEssentials

/// Any answer of the server that shows an account can prove that an earlier write happened, when that write's outcome is
/// unknown or not done.
extension Writes {
  mutating func correct(by answer: Answer, in context: WriteContext) -> Outcome {
    switch answer {
    case .page(_, .success(let page)), .search(.success(let page)),
      .duplicateNames(.creation, _, .success(let page)):
      return correct(shown: page.accounts, in: context)
    case .account(.detail, _, .success(let account)), .account(.edit, _, .success(let account)),
      .account(.deletion, _, .success(let account)):
      return correct(shown: [account], in: context)
    case .account(.detail, let id, .failure(let error)) where error.saysGone:
      return correctable(in: context).reduce(into: .none) { outcome, entry in
        guard case .delete(id, _, _) = entry.intent.operation else { return }
        outcome += correct(entry, nil, in: context)
      }
    default: return .none
    }
  }

  private mutating func correct(shown accounts: [Account], in context: WriteContext) -> Outcome {
    correctable(in: context).reduce(into: .none) { outcome, entry in
      switch entry.intent.operation {
      case .create(let creation): outcome += correct(entry, creation, by: accounts, in: context)
      case .update(let id, let changes):
        guard let changed = accounts.first(where: { $0.id == id && changes.areMade(in: $0) }) else { return }
        outcome += correct(entry, changed, in: context)
      case .delete: break
      }
    }
  }

  private mutating func correct(
    _ entry: WriteHistory.Entry, _ creation: Creation, by accounts: [Account], in context: WriteContext
  ) -> Outcome {
    let latest = entry.intent.date + Flight.longestCall + Flight.afterSilence
    let request = request(
      for: entry, priority: .background, until: entry.outcome?.mayActUntil ?? latest, context.session)
    let shown = accounts.filter { $0.isNamed(creation.account.name) }
    guard !shown.isEmpty else { return .none }
    // Another page may have a second account of that name; then neither is certain.
    let loaded = context.list.loaded(named: creation.account.name).filter { known in
      !shown.contains { $0.id == known.id }
    }
    switch CreationJudge(creation, request).judge(shown + loaded) {
    case .confirmed(let account): return correct(entry, account, in: context)
    case .candidates(let candidates):
      // An account that may be older than the creation contradicts nothing.
      let new = candidates.filter { $0.createdOn != nil || creation.knowsAllDuplicateNames }
      guard entry.outcome?.kind == .notDone, creation.serverDate != nil, !new.isEmpty else { return .none }
      self[entry.id].finding = .candidates(new)
      return .notice(
        .warning, "An account has appeared that may have come of an earlier creation of \(creation.account.name)",
        nextStep: context.hints(.activity, "lists it")) + reopen(entry, in: context)
    default: return .none
    }
  }

  private mutating func correct(
    _ entry: WriteHistory.Entry, _ account: Account?, in context: WriteContext
  ) -> Outcome {
    let outcome = conclude(entry, account, in: context)
    guard entry.outcome?.kind == .notDone else { return outcome }
    let operation = entry.intent.operation
    return outcome
      + .notice(
        .warning, "The earlier \(operation.kind.noun) of \(operation.name) has happened",
        nextStep: context.hints(.activity, "lists it"))
  }

  /// The writes of the last day from here that may turn out to have happened. Of several tries the last one only: the
  /// same thing cannot tell for two.
  private func correctable(in context: WriteContext) -> [WriteHistory.Entry] {
    history.entries.filter { entry in
      guard entry.outcome?.kind == .notDone || entry.outcome?.kind == .unknown, context.session.canLookUp(entry),
        entry.intent.date > context.environment.date - 86_400
      else { return false }
      return history.entries.last { $0.intent.operation.repeats(entry.intent.operation) }?.id == entry.id
    }
  }
}
