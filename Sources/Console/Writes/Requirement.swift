import Cloudflare
import FoundationEssentials

/// What is left to do of a creation: requiring two-factor authentication is a write of its own, which may not have come.
extension Writes {
  /// The account that a creation has made, where it was to require two-factor authentication and nothing is known that
  /// has required it.
  func pendingRequirement(of entry: WriteHistory.Entry, _ session: Session, _ list: AccountList) -> Account.ID? {
    guard case .create(let creation) = entry.intent.operation, creation.requiresTwoFactor, let outcome = entry.outcome,
      outcome.kind == .confirmed, !outcome.leavesRest, let id = outcome.accountID, session.canLookUp(entry),
      !list.deleted.contains(id), list.account(id)?.requiresTwoFactor != true
    else { return nil }
    let isOver = history.entries.contains { later in
      guard later.outcome?.kind != .refused, later.outcome?.kind != .notDone else { return false }
      switch later.intent.operation {
      case .update(id, let changes): return changes.settings?.enforceTwoFactor == true
      case .delete(id, _, _): return true
      default: return false
      }
    }
    return isOver ? nil : id
  }

  /// What is left to do of the creations of the last week, in words; `nil` when nothing is.
  func pendingRequirements(at date: Date, _ session: Session, _ list: AccountList) -> String? {
    let pending = history.entries.filter {
      $0.intent.date > date - 7 * 86_400 && pendingRequirement(of: $0, session, list) != nil
    }
    guard let first = pending.first else { return nil }
    let accounts =
      pending.count == 1 ? first.intent.operation.name : Wording.count(pending.count, "account", "accounts")
    return "two-factor is still to be required of \(accounts)"
  }

  /// Notes down that a person leaves the account as it was created.
  mutating func leaveRequirement(of id: Account.ID) -> [Effect] {
    let creation = history.entries.last {
      $0.intent.operation.kind == .create && $0.outcome?.kind == .confirmed && $0.outcome?.accountID == id
    }
    guard let creation, var outcome = creation.outcome else { return [] }
    outcome.leavesRest = true
    history.apply(.outcome(creation.id, outcome))
    return [record(outcome, of: creation.id)]
  }
}
