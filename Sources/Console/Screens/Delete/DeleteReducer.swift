import Cloudflare
import FoundationEssentials

extension State {
  mutating func reduceDelete(_ command: Command, in environment: Environment) -> [Effect] {
    guard case .delete(var deletion) = dialog else { return [] }
    if deletion.isCountingDown { return stopDeletion(saying: "Stopped: nothing was sent") }
    switch command {
    case .cancel: return leaveDelete(deletion)
    // A receipt in doubt has one button only, and a text that may be longer than the window.
    case .nextField where deletion.unresolvedWrite != nil: scroll(&deletion, .moveDown)
    case .previousField where deletion.unresolvedWrite != nil: scroll(&deletion, .moveUp)
    case .nextField: moveFocus(&deletion, 1)
    case .previousField: moveFocus(&deletion, -1)
    case .verify: return deletion.unresolvedWrite.map { lookUp($0, in: environment) } ?? []
    case .refresh where deletion.inputContext == .review: return beginReview(of: deletion.captured, in: environment)
    case .accept where deletion.unresolvedWrite != nil: return leaveDelete(deletion)
    case .accept:
      switch deletion.focus {
      // Enter behind a name only goes on: to the button that does nothing.
      case .challenge: moveFocus(&deletion, 1)
      case .cancel: return leaveDelete(deletion)
      case .goOn: return openChallenge(deletion)
      case .delete: return startCountdown(deletion, in: environment)
      }
    case _ where deletion.isText: scroll(&deletion, command)
    default: break
    }
    dialog = .delete(deletion)
    return []
  }

  mutating func reduce(_ action: DeleteAction, in environment: Environment) -> [Effect] {
    guard case .delete(var deletion) = dialog else { return [] }
    var effects: [Effect] = []
    switch action {
    case .accountRead(let token, let result):
      if case .countdown(let countdown) = deletion.phase, countdown.lastLook == token {
        return takeLastLook(result, countdown)
      }
      guard deletion.phase == .reading(token) else { return [] }
      deletion.receive(result)
      effects = [.terminal(.discardTypedAhead)]
    case .duplicateNamesRead(let token, let result):
      guard deletion.duplicateNames == .asking(token) else { return [] }
      deletion.duplicateNames = duplicateNames(result, of: deletion)
    case .secondPassed(let token):
      guard case .countdown(let countdown) = deletion.phase, countdown.token == token else { return [] }
      return pass(countdown, of: deletion, in: environment)
    case .answered(let token, .success):
      guard deletion.phase == .sending(token) else { return [] }
      changeList { $0.markDeleted(deletion.account.id) }
      let token = nextToken()
      deletion.phase = .verifying(token)
      effects = [.terminal(.discardTypedAhead), .verifyDeletion(id: deletion.account.id, token: token)]
    case .answered(let token, .failure(let error)):
      guard deletion.phase == .sending(token) else { return [] }
      deletion.phase = .finished(error.leavesUnknown(.delete) ? .unknown(error) : .refused(error))
      // Whether it is gone is read at once.
      if error.saysNotThere, let intent = deletion.intent { effects = lookUp(intent.id, in: environment) }
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
        saying: deletion.field.text.isEmpty ? deletion.message : "What was typed is cleared, because \(reason)")
    case .countdown: return stopDeletion(saying: "Stopped, because \(reason): nothing was sent")
    case .blocked, .sending, .verifying, .finished: return []
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
    deletion.message =
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
      deletion.scroll, command, rows: deletionArea.height,
      lines: deletion.blocks(in: self).lines(width: deletionArea.width).count)
  }

  private func moveFocus(_ deletion: inout DeleteState, _ step: Int) {
    let fields: [DeleteState.Field]
    switch deletion.phase {
    case .reading, .review: fields = isReviewed(deletion) ? [.cancel, .goOn] : [.cancel]
    case .challenge: fields = deletion.isUnlocked ? [.challenge, .cancel, .delete] : [.challenge, .cancel]
    case .countdown, .blocked, .sending, .verifying, .finished: return
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

  private mutating func startCountdown(_ deletion: DeleteState, in environment: Environment) -> [Effect] {
    guard deletion.isUnlocked else { return [] }
    var deletion = deletion
    // A clock that was put back says nothing of how old the review is.
    guard (0...DeleteState.reviewLife).contains(environment.date.timeIntervalSince(deletion.openedOn)) else {
      return beginReview(
        of: deletion.account, in: environment, message: "The review may be more than ten minutes old: here it is anew")
    }
    let look = nextToken()
    let countdown = DeleteState.Countdown(token: nextToken(), due: environment.date + 1, lastLook: look)
    deletion.phase = .countdown(countdown)
    deletion.focus = .cancel
    deletion.message = nil
    notice = nil
    dialog = .delete(deletion)
    // The review may be minutes old, and the account another one since.
    return [
      .terminal(.discardTypedAhead), .readDeletionTarget(id: deletion.account.id, token: look), wait(for: countdown),
    ]
  }

  private func wait(for countdown: DeleteState.Countdown) -> Effect {
    .wait(.deletionCountdown, for: .seconds(1), then: .delete(.secondPassed(token: countdown.token)))
  }

  private mutating func pass(_ countdown: DeleteState.Countdown, of deletion: DeleteState, in environment: Environment)
    -> [Effect]
  {
    guard environment.date <= countdown.due + DeleteState.Countdown.tolerance else {
      return stopDeletion(saying: "Stopped, because the program stood still for a while: nothing was sent")
    }
    var deletion = deletion
    var next = countdown
    next.secondsLeft -= 1
    guard next.secondsLeft > 0 else {
      guard countdown.lastLook == nil else {
        return stopDeletion(
          saying: "Stopped, because the account could not be read once more in time: nothing was sent")
      }
      return confirm(deletion, in: environment)
    }
    next.token = nextToken()
    next.due = environment.date + 1
    deletion.phase = .countdown(next)
    dialog = .delete(deletion)
    return [wait(for: next)]
  }

  /// Takes in the reading that began with the seconds: they go on only for what the review showed.
  private mutating func takeLastLook(
    _ result: Result<Account, CloudflareError>, _ countdown: DeleteState.Countdown
  ) -> [Effect] {
    guard case .delete(var deletion) = dialog else { return [] }
    deletion.receive(result)
    guard deletion.phase == .review else {
      dialog = .delete(deletion)
      return [.cancel(.deletionCountdown), .terminal(.discardTypedAhead)]
    }
    var countdown = countdown
    countdown.lastLook = nil
    deletion.phase = .countdown(countdown)
    dialog = .delete(deletion)
    return []
  }

  /// Back to the challenge, with nothing sent.
  private mutating func stopDeletion(saying message: String) -> [Effect] {
    guard case .delete(var deletion) = dialog else { return [] }
    var effects = [Effect.cancel(.deletionCountdown)]
    if case .countdown(let countdown) = deletion.phase, countdown.lastLook != nil {
      effects.append(.cancel(.deletionTarget))
    }
    deletion.disarm(saying: message)
    dialog = .delete(deletion)
    return effects + [.terminal(.discardTypedAhead)]
  }

  private mutating func confirm(_ deletion: DeleteState, in environment: Environment) -> [Effect] {
    var deletion = deletion
    let account = deletion.account
    let intent = intent(
      .delete(account.id, name: account.name, createdOn: account.createdOn), in: environment)
    var effects: [Effect] = []
    switch send(intent) {
    case .blocked(let problem): deletion.phase = .finished(.notSent(problem))
    case .dryRun: deletion.phase = .finished(.dryRun(intent))
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
    case .sending, .countdown: return []
    case .verifying:
      dialog = nil
      notice = Notice(.success, "The server confirmed the deletion of \(deletion.account.name)")
      return [.cancel(.deletion(deletion.account.id))]
    case .blocked(.gone): changeList { $0.markDeleted(deletion.account.id) }
    case .blocked(.changed(let fresh)): changeList { $0.update(fresh) }
    case .reading, .review, .challenge, .blocked(.unreadable), .finished: break
    }
    return endReview(deletion)
  }
}
