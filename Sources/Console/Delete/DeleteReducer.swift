import Cloudflare
import FoundationEssentials

extension State {
  mutating func reduceDelete(_ command: Command, at moment: Moment) -> [Effect] {
    guard case .delete(var deletion) = dialog else { return [] }
    if deletion.isCountingDown { return stopDeletion(saying: "Stopped: nothing was sent") }
    switch command {
    case .cancel: return leaveDelete(deletion)
    // A receipt in doubt has one button only, and a text that may be longer than the window.
    case .nextField where deletion.doubtfulWrite != nil: scroll(&deletion, .moveDown)
    case .previousField where deletion.doubtfulWrite != nil: scroll(&deletion, .moveUp)
    case .nextField: moveFocus(&deletion, 1)
    case .previousField: moveFocus(&deletion, -1)
    case .verify: return deletion.doubtfulWrite.map { lookUp($0, at: moment) } ?? []
    case .refresh where deletion.inputContext == .review: return beginReview(of: deletion.captured, at: moment)
    case .accept where deletion.doubtfulWrite != nil: return leaveDelete(deletion)
    case .accept:
      switch deletion.focus {
      // Enter behind a name only goes on: to the button that does nothing.
      case .challenge: moveFocus(&deletion, 1)
      case .cancel: return leaveDelete(deletion)
      case .goOn: return openChallenge(deletion)
      case .delete: return startDelay(deletion, at: moment)
      }
    case _ where deletion.isText: scroll(&deletion, command)
    default: break
    }
    dialog = .delete(deletion)
    return []
  }

  mutating func reduce(_ action: DeleteAction, at moment: Moment) -> [Effect] {
    guard case .delete(var deletion) = dialog else { return [] }
    var effects: [Effect] = []
    switch action {
    case .accountRead(let token, let result):
      if case .delay(let delay) = deletion.phase, delay.lastLook == token { return takeLastLook(result, delay) }
      guard deletion.phase == .reading(token) else { return [] }
      deletion.take(result)
      effects = [.terminal(.discardTypedAhead)]
    case .namesakesRead(let token, let result):
      guard deletion.namesakes == .asking(token) else { return [] }
      deletion.namesakes = namesakes(result, of: deletion)
    case .secondPassed(let token):
      guard case .delay(let delay) = deletion.phase, delay.token == token else { return [] }
      return pass(delay, of: deletion, at: moment)
    case .answered(let token, .success):
      guard deletion.phase == .sending(token) else { return [] }
      browse.list.markDeleted(deletion.account.id)
      let token = nextToken()
      deletion.phase = .verifying(token)
      effects = [.terminal(.discardTypedAhead), .verifyDeletion(id: deletion.account.id, token: token)]
    case .answered(let token, .failure(let error)):
      guard deletion.phase == .sending(token) else { return [] }
      deletion.phase = .finished(error.leavesUnknown(.delete) ? .unknown(error) : .refused(error))
      // Whether it is gone is read at once.
      if error.saysNotThere, let intent = deletion.intent { effects = lookUp(intent.id, at: moment) }
    case .verified(let token, let result):
      guard deletion.phase == .verifying(token) else { return [] }
      switch result {
      case .failure(let error) where error.saysGone: deletion.phase = .finished(.deleted)
      case .failure(let error): deletion.phase = .finished(.accepted(error))
      case .success: deletion.phase = .finished(.accepted(nil))
      }
    }
    // A key meant for what was on screen before must not dismiss the receipt.
    if case .finished = deletion.phase { effects.append(.terminal(.discardTypedAhead)) }
    dialog = .delete(deletion)
    return effects
  }

  /// Whatever may have come between the person and the screen takes back what was typed, and stops what counts down.
  mutating func disarmDeletion(because reason: String) -> [Effect] {
    guard case .delete(var deletion) = dialog else { return [] }
    switch deletion.phase {
    case .reading, .review: deletion.focus = .cancel
    case .challenge:
      deletion.disarm(
        saying: deletion.field.text.isEmpty ? deletion.remark : "What was typed is cleared, because \(reason)")
    case .delay: return stopDeletion(saying: "Stopped, because \(reason): nothing was sent")
    case .barred, .sending, .verifying, .finished: return []
    }
    dialog = .delete(deletion)
    return [.terminal(.discardTypedAhead)]
  }

  mutating func editDelete(_ edit: TextEdit) -> [Effect] {
    guard case .delete(var deletion) = dialog else { return [] }
    if deletion.isCountingDown { return stopDeletion(saying: "Stopped: nothing was sent") }
    if case .paste = edit { return pasteIntoDelete() }
    let wasUnlocked = deletion.isUnlocked
    deletion.edit(edit)
    dialog = .delete(deletion)
    // The button can be reached from now on: only by keys that are pressed from now on.
    return deletion.isUnlocked && !wasUnlocked ? [.terminal(.discardTypedAhead)] : []
  }

  mutating func pasteIntoDelete() -> [Effect] {
    guard case .delete(var deletion) = dialog else { return [] }
    if deletion.isCountingDown { return stopDeletion(saying: "Stopped, because text was pasted: nothing was sent") }
    deletion.remark =
      deletion.phase == .challenge
      ? "Pasting is refused here: typing is what shows that this account is meant"
      : "Pasted text was dropped: nothing is typed here"
    dialog = .delete(deletion)
    return []
  }

  var isDeletionCountingDown: Bool {
    guard case .delete(let deletion) = dialog else { return false }
    return deletion.isCountingDown
  }

  // MARK: Steps

  private func scroll(_ deletion: inout DeleteState, _ command: Command) {
    deletion.scroll = scrolled(
      deletion.scroll, command, rows: deletionArea.height, lines: deletionLines(deletion).count)
  }

  private func moveFocus(_ deletion: inout DeleteState, _ step: Int) {
    let fields: [DeleteState.Field]
    switch deletion.phase {
    case .reading, .review: fields = isReviewed(deletion) ? [.cancel, .goOn] : [.cancel]
    case .challenge: fields = deletion.isUnlocked ? [.challenge, .cancel, .delete] : [.challenge, .cancel]
    case .delay, .barred, .sending, .verifying, .finished: return
    }
    let index = fields.firstIndex(of: deletion.focus) ?? 0
    deletion.focus = fields[(index + step + fields.count) % fields.count]
  }

  private mutating func openChallenge(_ deletion: DeleteState) -> [Effect] {
    guard isReviewed(deletion) else { return [] }
    var deletion = deletion
    deletion.disarm(saying: nil)
    notice = nil
    dialog = .delete(deletion)
    return [.terminal(.discardTypedAhead)]
  }

  private mutating func startDelay(_ deletion: DeleteState, at moment: Moment) -> [Effect] {
    guard deletion.isUnlocked else { return [] }
    var deletion = deletion
    // A clock that was put back says nothing of how old the review is.
    guard (0...DeleteState.reviewLife).contains(moment.date.timeIntervalSince(deletion.openedOn)) else {
      return beginReview(
        of: deletion.account, at: moment, remark: "The review may be more than ten minutes old: here it is anew")
    }
    let look = nextToken()
    let delay = DeleteState.Delay(token: nextToken(), due: moment.date + 1, lastLook: look)
    deletion.phase = .delay(delay)
    deletion.focus = .cancel
    deletion.remark = nil
    notice = nil
    dialog = .delete(deletion)
    // The review may be minutes old, and the account another one since.
    return [.terminal(.discardTypedAhead), .readDeletionTarget(id: deletion.account.id, token: look), wait(for: delay)]
  }

  private func wait(for delay: DeleteState.Delay) -> Effect {
    .wait(.deletionDelay, for: .seconds(1), then: .delete(.secondPassed(token: delay.token)))
  }

  private mutating func pass(_ delay: DeleteState.Delay, of deletion: DeleteState, at moment: Moment) -> [Effect] {
    guard moment.date <= delay.due + DeleteState.Delay.tolerance else {
      return stopDeletion(saying: "Stopped, because the program stood still for a while: nothing was sent")
    }
    var deletion = deletion
    var next = delay
    next.secondsLeft -= 1
    guard next.secondsLeft > 0 else {
      guard delay.lastLook == nil else {
        return stopDeletion(
          saying: "Stopped, because the account could not be read once more in time: nothing was sent")
      }
      return confirm(deletion, at: moment)
    }
    next.token = nextToken()
    next.due = moment.date + 1
    deletion.phase = .delay(next)
    dialog = .delete(deletion)
    return [wait(for: next)]
  }

  /// Takes in the reading that began with the seconds: they go on only for what the review showed.
  private mutating func takeLastLook(
    _ result: Result<Account, CloudflareError>, _ delay: DeleteState.Delay
  ) -> [Effect] {
    guard case .delete(var deletion) = dialog else { return [] }
    deletion.take(result)
    guard deletion.phase == .review else {
      dialog = .delete(deletion)
      return [.cancel(.deletionDelay), .terminal(.discardTypedAhead)]
    }
    var delay = delay
    delay.lastLook = nil
    deletion.phase = .delay(delay)
    dialog = .delete(deletion)
    return []
  }

  /// Back to the challenge, with nothing sent.
  private mutating func stopDeletion(saying remark: String) -> [Effect] {
    guard case .delete(var deletion) = dialog else { return [] }
    var effects = [Effect.cancel(.deletionDelay)]
    if case .delay(let delay) = deletion.phase, delay.lastLook != nil { effects.append(.cancel(.deletionTarget)) }
    deletion.disarm(saying: remark)
    dialog = .delete(deletion)
    return effects + [.terminal(.discardTypedAhead)]
  }

  private mutating func confirm(_ deletion: DeleteState, at moment: Moment) -> [Effect] {
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
      deletion.intent = intent
      effects = [effect]
    }
    if case .finished = deletion.phase { effects = [.terminal(.discardTypedAhead)] }
    dialog = .delete(deletion)
    return effects
  }

  private mutating func leaveDelete(_ deletion: DeleteState) -> [Effect] {
    switch deletion.phase {
    case .sending, .delay: return []
    case .verifying:
      dialog = nil
      notice = Notice(.success, "The server confirmed the deletion of \(deletion.account.name)")
      return [.cancel(.deletion(deletion.account.id))]
    case .barred(.gone): browse.list.markDeleted(deletion.account.id)
    case .barred(.changed(let fresh)): browse.list.update(fresh)
    case .reading, .review, .challenge, .barred(.unreadable), .finished: break
    }
    return endReview(deletion)
  }
}
