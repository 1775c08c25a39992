import Cloudflare
import FoundationEssentials

/// What the server shows of accounts in passing counts for writes, too: one of which it is not known what became, or of
/// which nothing was found, may turn out to have happened.
extension State {
  mutating func correctWrites(by action: Action, in environment: Environment) -> [Effect] {
    switch action {
    case .browse(.pageAnswered(_, _, .success(let page))), .find(.answered(_, .success(let page))),
      .create(.duplicateNamesFound(_, _, .success(let page))):
      return correctWrites(shown: page.accounts, in: environment)
    case .browse(.accountAnswered(_, _, .success(let account))), .change(.accountRead(_, .success(let account))),
      .delete(.accountRead(_, .success(let account))):
      return correctWrites(shown: [account], in: environment)
    case .browse(.accountAnswered(let id, _, .failure(let error))) where error.saysGone:
      return correctableWrites(in: environment).flatMap { entry -> [Effect] in
        guard case .delete(id, _, _) = entry.intent.operation else { return [] }
        return correct(entry, nil, in: environment)
      }
    default: return []
    }
  }

  private mutating func correctWrites(shown accounts: [Account], in environment: Environment) -> [Effect] {
    correctableWrites(in: environment).flatMap { entry -> [Effect] in
      switch entry.intent.operation {
      case .create(let creation): return correct(entry, creation, by: accounts, in: environment)
      case .update(let id, let changes):
        let changed = accounts.first { $0.id == id && changes.areMade(in: $0) }
        return changed.map { correct(entry, $0, in: environment) } ?? []
      case .delete: return []
      }
    }
  }

  private mutating func correct(
    _ entry: WriteHistory.Entry, _ creation: Creation, by accounts: [Account], in environment: Environment
  ) -> [Effect] {
    let latest = entry.intent.date + Flight.longestCall + Flight.afterSilence
    let request = lookUpRequest(for: entry, priority: .background, until: entry.outcome?.mayActUntil ?? latest)
    let judge = CreationJudge(creation, request)
    let shown = accounts.filter { $0.isNamed(creation.account.name) }
    guard !shown.isEmpty else { return [] }
    // Another one may stand on another page: then neither is the one for sure.
    let loaded = browse.list.loaded(named: creation.account.name).filter { known in
      !shown.contains { $0.id == known.id }
    }
    switch judge.judge(shown + loaded) {
    case .confirmed(let account): return correct(entry, account, in: environment)
    case .candidates(let candidates):
      // An account that may have been there all the time contradicts nothing.
      let new = candidates.filter { $0.createdOn != nil || creation.knowsAllDuplicateNames }
      guard entry.outcome?.kind == .notDone, creation.serverDate != nil, !new.isEmpty else { return [] }
      activity[entry.id].finding = .candidates(new)
      notice = Notice(
        .warning, "An account has appeared that may have come of an earlier creation of \(creation.account.name)",
        nextStep: hint(.activity, "lists it"))
      return reopen(entry, in: environment)
    default: return []
    }
  }

  private mutating func correct(_ entry: WriteHistory.Entry, _ account: Account?, in environment: Environment)
    -> [Effect]
  {
    let effects = conclude(entry, account, in: environment)
    if entry.outcome?.kind == .notDone {
      notice = Notice(
        .warning, "The earlier \(entry.intent.operation.kind.noun) of \(entry.intent.operation.name) has happened",
        nextStep: hint(.activity, "lists it"))
    }
    return effects
  }

  /// The writes of the last day from here that may turn out to have happened. Of several tries the last one only: the
  /// same thing cannot tell for two.
  private func correctableWrites(in environment: Environment) -> [WriteHistory.Entry] {
    let entries = activity.history.entries
    return entries.filter { entry in
      guard entry.outcome?.kind == .notDone || entry.outcome?.kind == .unknown, canLookUp(entry),
        entry.intent.date > environment.date - 86_400
      else { return false }
      return entries.last { $0.intent.operation.repeats(entry.intent.operation) }?.id == entry.id
    }
  }
}
