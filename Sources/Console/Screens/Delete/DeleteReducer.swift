import Cloudflare
import FoundationEssentials
import Terminal

extension DeleteState {
  mutating func begin(in context: Context) -> Outcome { review(captured, in: context) }

  /// Reads everything for the review: the account, its inventory, and accounts with the same name.
  private mutating func review(_ account: Account, saying message: String? = nil, in context: Context) -> Outcome {
    let list = context.accounts.list
    self = DeleteState(account: account, isOnlyOne: list.rowCount == 1 && !list.isOpen)
    self.message = message
    openedOn = context.environment.date
    var outcome = Outcome.discardTypedAhead + .effects(.readAccount(account.id, for: .deletion))
    if duplicateNames == .asking { outcome += .effects(.readDuplicateNames(account.name, for: .deletion)) }
    // Earlier readings do not count.
    return outcome + .events(.inventory(account.id, .nothingKept))
  }

  // MARK: The person

  mutating func reduce(_ command: Command, in context: Context) -> Outcome {
    if isCountingDown { return stop() }
    switch command {
    case .cancel: return leave()
    // The receipt of an unknown outcome has one button only, so these keys scroll its text.
    case .nextField where unresolvedWrite != nil: scroll(.moveDown, in: context)
    case .previousField where unresolvedWrite != nil: scroll(.moveUp, in: context)
    case .nextField: moveFocus(1, in: context)
    case .previousField: moveFocus(-1, in: context)
    case .verify: return unresolvedWrite.map { .events(.lookUp($0)) } ?? .none
    case .refresh where isUnderReview: return review(captured, in: context)
    case .accept where unresolvedWrite != nil: return leave()
    case .accept:
      switch focus {
      // Enter after a name only moves the focus, to the button that cancels.
      case .challenge: moveFocus(1, in: context)
      case .cancel: return leave()
      case .goOn: return carryOut(.proceed, in: context)
      case .delete: return carryOut(.delete, in: context)
      }
    case _ where isText: scroll(command, in: context)
    default: break
    }
    return .none
  }

  mutating func carryOut(_ step: FormStep, in context: Context) -> Outcome {
    if isCountingDown { return stop() }
    switch step {
    case .fill(let text): return replaceText(by: text, in: context)
    case .proceed where isReviewed(in: context):
      ask()
      return .discardTypedAhead + .events(.clearNotice)
    case .delete where isUnlocked: return startCountdown(in: context)
    case .leave: return leave()
    case .choose, .set, .next, .proceed, .delete: return .none
    }
  }

  mutating func edit(_ edit: TextEdit, in context: Context) -> Outcome {
    if isCountingDown { return stop() }
    if case .paste = edit {
      message =
        phase == .challenge
        ? "Pasting is refused here: typing is what shows that this account is meant"
        : "Pasted text was dropped: nothing is typed here"
      return .none
    }
    guard phase == .challenge, focus == .challenge else { return .none }
    let wasUnlocked = isUnlocked
    message = nil
    field.apply(edit)
    // Keys typed before the button was unlocked must not reach it.
    return isUnlocked && !wasUnlocked ? .discardTypedAhead : .none
  }

  mutating func paste(_ text: String, in context: Context) -> Outcome? { edit(.paste(text), in: context) }

  mutating func scroll(_ command: Command, at position: Position, in context: Context) -> Outcome {
    if isUnderReview { for _ in 0..<Context.wheelStep { scroll(command, in: context) } }
    return .none
  }

  /// Clears the typed text and stops the countdown.
  mutating func disarm(because reason: String, in context: Context) -> Outcome {
    switch phase {
    case .reading, .review: focus = .cancel
    case .challenge: ask(saying: field.text.isEmpty ? message : "What was typed is cleared, because \(reason)")
    case .countdown: return stop(saying: "Stopped, because \(reason): nothing was sent")
    case .blocked, .write, .verifying, .deleted, .accepted, .dryRun: return .none
    }
    return .discardTypedAhead
  }

  private mutating func scroll(_ command: Command, in context: Context) {
    let area = area(in: context)
    scroll = scrolled(
      scroll, command, rows: area.height, lines: blocks(in: context).lines(width: area.width).count)
  }

  private mutating func moveFocus(_ step: Int, in context: Context) {
    let fields: [Field]
    switch phase {
    case .reading, .review: fields = isReviewed(in: context) ? [.cancel, .goOn] : [.cancel]
    case .challenge: fields = isUnlocked ? [.challenge, .cancel, .delete] : [.challenge, .cancel]
    case .countdown, .blocked, .write, .verifying, .deleted, .accepted, .dryRun: return
    }
    let index = fields.firstIndex(of: focus) ?? 0
    focus = fields[(index + step + fields.count) % fields.count]
  }

  /// Shows the challenge with an empty field.
  private mutating func ask(saying message: String? = nil) {
    phase = .challenge
    focus = .challenge
    field = TextField()
    self.message = message
  }

  private mutating func leave() -> Outcome {
    var outcome = Outcome.none
    switch phase {
    case .countdown, .write(.sending): return .none
    case .verifying:
      return .effects(.cancel(.account(.deletionCheck))) + .events(.close)
        + .notice(.success, "The server confirmed the deletion of \(account.name)")
    case .reading: outcome = .effects(.cancel(.account(.deletion)))
    case .blocked(.gone): outcome = .events(.deleted(account.id))
    case .blocked(.changed(let fresh)): outcome = .events(.read(fresh))
    case .review, .challenge, .blocked(.unreadable), .write, .deleted, .accepted, .dryRun: break
    }
    if duplicateNames == .asking { outcome += .effects(.cancel(.duplicateNames(.deletion))) }
    return outcome + .events(.close, .inventory(account.id, .none))
  }

  // MARK: The seconds

  private mutating func startCountdown(in context: Context) -> Outcome {
    let date = context.environment.date
    // After the clock was set back, the age of the review is unknown.
    guard (0...Self.reviewLife).contains(date.timeIntervalSince(openedOn)) else {
      return review(
        account, saying: "The review may be more than ten minutes old: here it is anew", in: context)
    }
    phase = .countdown(Countdown(due: date + 1))
    focus = .cancel
    message = nil
    // The review may be minutes old, and the account may have changed.
    return .discardTypedAhead + .effects(.readAccount(account.id, for: .deletion), Self.second)
      + .events(.clearNotice)
  }

  private static let second = Effect.wait(.deletionCountdown, for: .seconds(1))

  /// Continues the countdown after a second.
  private mutating func goOn(_ countdown: Countdown, in context: Context) -> Outcome {
    let date = context.environment.date
    guard date <= countdown.due + Countdown.tolerance else {
      return stop(saying: "Stopped, because the program stood still for a while: nothing was sent")
    }
    guard countdown.secondsLeft > 1 else {
      return countdown.isLookPending
        ? stop(saying: "Stopped, because the account could not be read once more in time: nothing was sent")
        : send(in: context)
    }
    var next = countdown
    next.secondsLeft -= 1
    next.due = date + 1
    phase = .countdown(next)
    return .effects(Self.second)
  }

  /// Returns to the challenge. Nothing is sent.
  private mutating func stop(saying message: String = "Stopped: nothing was sent") -> Outcome {
    guard case .countdown(let countdown) = phase else { return .none }
    ask(saying: message)
    return .effects(.cancel(.deletionCountdown))
      + (countdown.isLookPending ? .effects(.cancel(.account(.deletion))) : .none) + .discardTypedAhead
  }

  private mutating func send(in context: Context) -> Outcome {
    let intent = context.session.intent(
      .delete(account.id, name: account.name, createdOn: account.createdOn), in: context.environment)
    switch context.writes.dispatch(intent, context.session, context.accounts.list) {
    case .sent(let effect):
      self.intent = intent
      phase = .write(.sending(intent.id))
      return .effects(effect)
    case .blocked(let problem): phase = .write(.notSent(problem))
    case .dryRun: phase = .dryRun(intent)
    }
    return .discardTypedAhead
  }

  // MARK: Answers

  mutating func receive(_ answer: Answer, in context: Context) -> Outcome {
    switch answer {
    case .account(.deletion, captured.id, let result): return receive(result)
    case .duplicateNames(.deletion, _, let result) where duplicateNames == .asking:
      duplicateNames = DuplicateNames(result, of: captured, in: context.accounts.list)
      return .none
    case .elapsed(.deletionCountdown):
      guard case .countdown(let countdown) = phase else { return .none }
      return goOn(countdown, in: context)
    case .write:
      guard case .write(var progress) = phase, let change = progress.receive(answer, in: context.writes.history) else {
        return .none
      }
      phase = .write(progress)
      return conclude(progress, change)
    case .account(.deletionCheck, captured.id, let result) where phase == .verifying:
      switch result {
      case .failure(let error) where error.saysGone: phase = .deleted
      case .failure(let error): phase = .accepted(error)
      case .success: phase = .accepted(nil)
      }
      return .discardTypedAhead
    default: return .none
    }
  }

  /// Handles a reading of the account, for the review or during the countdown. A difference stops the countdown.
  private mutating func receive(_ result: Result<Account, CloudflareError>) -> Outcome {
    switch phase {
    case .reading:
      phase = blocker(by: result).map(Phase.blocked) ?? .review
      return .discardTypedAhead
    case .countdown(var countdown) where countdown.isLookPending:
      if let blocker = blocker(by: result) {
        phase = .blocked(blocker)
        return .effects(.cancel(.deletionCountdown)) + .discardTypedAhead
      }
      countdown.isLookPending = false
      phase = .countdown(countdown)
      return .none
    default: return .none
    }
  }

  /// Stores a reading of the account, or returns why it blocks the deletion.
  private mutating func blocker(by result: Result<Account, CloudflareError>) -> Blocker? {
    switch result {
    case .success(let fresh) where Aspect.allCases.contains { differs($0, in: fresh) }: return .changed(fresh)
    case .success(let fresh):
      account = fresh
      isRead = true
      return nil
    case .failure(let error): return error.saysGone ? .gone(error) : .unreadable(error)
    }
  }

  private mutating func conclude(_ progress: WriteProgress, _ change: WriteProgress.Change) -> Outcome {
    if case .done = change {
      phase = .verifying
      return .discardTypedAhead + .effects(.readAccount(account.id, for: .deletionCheck))
        + .events(.deleted(account.id))
    }
    return switch progress {
    // A key meant for the earlier screen must not dismiss the receipt.
    case .refused: .discardTypedAhead
    // A look-up shows at once whether the account is gone.
    case .unknown(let id, let error): .discardTypedAhead + (error.saysNotThere ? .events(.lookUp(id)) : .none)
    case .idle, .sending, .notSent, .lookedUp: .none
    }
  }

  mutating func receive(_ conclusion: Conclusion, in context: Context) -> Outcome {
    guard case .write(var progress) = phase, progress.receive(conclusion) else { return .none }
    phase = .write(progress)
    return .discardTypedAhead
  }
}

extension Outcome {
  /// Each step drops keys typed before it could be read.
  fileprivate static let discardTypedAhead = Outcome.effects(.terminal(.discardTypedAhead))
}
