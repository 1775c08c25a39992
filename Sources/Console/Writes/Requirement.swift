import Cloudflare
import FoundationEssentials

/// What is left to do of a creation: requiring two-factor authentication is a write of its own, which may not have come.
extension State {
  /// The account that a creation has made, where it was to require two-factor authentication and nothing is known that
  /// has required it.
  func pendingRequirement(of entry: WriteHistory.Entry) -> Account.ID? {
    guard case .create(let creation) = entry.intent.operation, creation.requiresTwoFactor, let outcome = entry.outcome,
      outcome.kind == .confirmed, !outcome.leavesRest, let id = outcome.accountID, canLookUp(entry),
      !browse.list.deleted.contains(id), browse.list.account(id)?.requiresTwoFactor != true
    else { return nil }
    let isOver = activity.history.entries.contains { later in
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
  func pendingRequirements(at date: Date) -> String? {
    let pending = activity.history.entries.filter {
      $0.intent.date > date - 7 * 86_400 && pendingRequirement(of: $0) != nil
    }
    guard let first = pending.first else { return nil }
    let accounts =
      pending.count == 1 ? first.intent.operation.name : Wording.count(pending.count, "account", "accounts")
    return "two-factor is still to be required of \(accounts)"
  }

  /// Opens the form that changes the account, with the requirement ticked.
  mutating func openRequirement(of entry: WriteHistory.Entry) -> [Effect] {
    guard session.writing != .readOnly else {
      notice = Notice(.note, readOnlyReason)
      return []
    }
    guard let id = pendingRequirement(of: entry) else {
      notice = Notice(.note, "Nothing is left to do of this write")
      return []
    }
    notice = nil
    editDrafts[id, default: EditState.Edits()].requiresTwoFactor = true
    return readForEdit(browse.list.account(id) ?? Account(id: id, name: entry.intent.operation.name))
  }

  /// Notes down that a person leaves the account as it was created.
  mutating func dismissRequirement(of id: Account.ID) -> [Effect] {
    let creation = activity.history.entries.last {
      $0.intent.operation.kind == .create && $0.outcome?.kind == .confirmed && $0.outcome?.accountID == id
    }
    guard let creation, var outcome = creation.outcome else { return [] }
    outcome.leavesRest = true
    activity.history.apply(.outcome(creation.id, outcome))
    return [record(outcome, of: creation.id)]
  }
}
