import Cloudflare

extension State {
  mutating func openDelete(at moment: Moment) -> [Effect] {
    guard !session.isReadOnly else {
      notice = Notice(.note, readOnlyReason)
      return []
    }
    guard let account = browse.selectedAccount else { return explainMissingSelection() }
    guard !browse.list.deleted.contains(account.id) else {
      notice = Notice(.note, "\(account.name) is deleted already", nextStep: "r reads the list again")
      return []
    }
    if let pattern = session.protected.pattern(matching: account) {
      notice = Notice(
        .warning, "\(account.name) is protected from deletion, by “\(pattern)”",
        nextStep: "take that out of the profile's list first, if it has to be")
      return []
    }
    let intent = intent(.delete(account.id, name: account.name), at: moment)
    if case .repeats = activity.hindrance(to: intent) {
      notice = Notice(
        .warning, "What became of an earlier deletion of \(account.name) is not known yet",
        nextStep: "@ lists it, and v there finds out")
      return []
    }
    let token = nextToken()
    notice = nil
    dialog = .delete(
      DeleteState(
        account: account,
        challenge: DeleteState.challenge(for: account, namesakes: browse.list.loaded(named: account.name).count),
        phase: .reading(token)))
    return [.terminal(.discardTypedAhead), .readDeletionTarget(id: account.id, token: token)]
  }

  mutating func reduceDelete(_ command: Command, at moment: Moment) -> [Effect] {
    guard case .delete(var deletion) = dialog else { return [] }
    switch command {
    case .cancel: return leaveDelete(deletion)
    case .nextField: moveFocus(&deletion, 1)
    case .previousField: moveFocus(&deletion, -1)
    case .verify: return deletion.doubtfulWrite.map { lookUp($0, at: moment) } ?? []
    case .accept where deletion.doubtfulWrite != nil: return leaveDelete(deletion)
    case .accept:
      switch deletion.focus {
      // Enter behind a name only goes on: to the button that does nothing.
      case .challenge: moveFocus(&deletion, 1)
      case .cancel: return leaveDelete(deletion)
      case .delete: return confirm(deletion, at: moment)
      }
    default: break
    }
    dialog = .delete(deletion)
    return []
  }

  mutating func reduce(_ action: DeleteAction) -> [Effect] {
    guard case .delete(var deletion) = dialog else { return [] }
    var effects: [Effect] = []
    switch action {
    case .accountRead(let token, let result):
      guard deletion.phase == .reading(token) else { return [] }
      deletion.phase = phase(after: result, captured: deletion.account)
      effects = [.terminal(.discardTypedAhead)]
    case .answered(let token, .success(let confirmed)):
      guard deletion.phase == .sending(token) else { return [] }
      if let confirmed, confirmed.id != deletion.account.id {
        deletion.phase = .finished(
          .unknown(CloudflareError(.unreadable("the server confirmed another account, \(confirmed.id)"))))
      } else {
        browse.list.markDeleted(deletion.account.id)
        let token = nextToken()
        deletion.phase = .verifying(token)
        effects = [.verifyDeletion(id: deletion.account.id, token: token)]
      }
    case .answered(let token, .failure(let error)):
      guard deletion.phase == .sending(token) else { return [] }
      if error.saysNotThere {
        browse.list.markDeleted(deletion.account.id)
        deletion.phase = .finished(.deleted)
      } else {
        deletion.phase = .finished(error.leavesOutcomeUnknown ? .unknown(error) : .refused(error))
      }
    case .verified(let token, let result):
      guard deletion.phase == .verifying(token) else { return [] }
      switch result {
      case .failure(let error) where error.saysNotThere: deletion.phase = .finished(.deleted)
      case .failure(let error): deletion.phase = .finished(.accepted(error))
      case .success: deletion.phase = .finished(.accepted(nil))
      }
    }
    dialog = .delete(deletion)
    return effects
  }

  /// Whatever may have come between the person and the screen takes back what was typed.
  mutating func disarmDeletion(because reason: String) {
    guard case .delete(var deletion) = dialog, deletion.phase == .challenge else { return }
    deletion.focus = .challenge
    if !deletion.field.text.isEmpty {
      deletion.field = TextField()
      deletion.remark = "What was typed is cleared, because \(reason)"
    }
    dialog = .delete(deletion)
  }

  private func phase(after result: Result<Account, CloudflareError>, captured: Account) -> DeleteState.Phase {
    switch result {
    case .success(let fresh):
      // Lists may leave the type out, so only a type that was shown can differ.
      let isSame =
        fresh.id == captured.id && fresh.name.unicodeScalars.elementsEqual(captured.name.unicodeScalars)
        && (captured.type == nil || fresh.type == nil || fresh.type == captured.type)
        && (captured.managedBy == nil || fresh.managedBy?.id == captured.managedBy?.id)
      return isSame ? .challenge : .barred(.changed(fresh))
    case .failure(let error):
      return .barred(error.saysNotThere ? .gone(error) : .unreadable(error))
    }
  }

  private func moveFocus(_ deletion: inout DeleteState, _ step: Int) {
    guard deletion.phase == .challenge else { return }
    let fields = DeleteState.Field.allCases.filter { $0 != .delete || deletion.isUnlocked }
    let index = fields.firstIndex(of: deletion.focus) ?? 0
    deletion.focus = fields[(index + step + fields.count) % fields.count]
  }

  private mutating func confirm(_ deletion: DeleteState, at moment: Moment) -> [Effect] {
    guard deletion.isUnlocked else { return [] }
    var deletion = deletion
    let account = deletion.account
    let intent = intent(
      .delete(account.id, name: account.name, createdOn: account.createdOn), at: moment)
    var effects: [Effect] = []
    switch send(intent) {
    case .hindered(let problem): deletion.phase = .finished(.notSent(problem))
    case .rehearsed: deletion.phase = .finished(.rehearsed(intent))
    case .sent(let token, let effect):
      deletion.phase = .sending(token)
      deletion.intentID = intent.id
      effects = [effect]
    }
    dialog = .delete(deletion)
    return effects
  }

  private mutating func leaveDelete(_ deletion: DeleteState) -> [Effect] {
    switch deletion.phase {
    case .sending: return []
    case .reading:
      dialog = nil
      return [.cancel(.deletionTarget)]
    case .verifying:
      dialog = nil
      notice = Notice(.success, "The server confirmed the deletion of \(deletion.account.name)")
      return [.cancel(.deletion(deletion.account.id))]
    case .barred(.gone):
      dialog = nil
      browse.list.markDeleted(deletion.account.id)
      return []
    case .barred(.changed(let fresh)):
      dialog = nil
      browse.list.update(fresh)
      return []
    case .challenge, .barred(.unreadable), .finished:
      dialog = nil
      return []
    }
  }
}
