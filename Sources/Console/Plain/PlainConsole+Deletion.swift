import Cloudflare
import Terminal

/// The step of a deletion that was announced last.
enum DeletionAnnouncement: Equatable {
  case reading
  case review
  case challenge
  case countdown
  case sending
  case verifying
  case ended
}

extension PlainConsole {
  /// Announces each step of a deletion, and asks its question.
  func next(_ deletion: DeleteState) -> NextPrompt {
    switch deletion.phase {
    case .reading,
      .review where !deletion.isReviewed(in: state.plainContext):
      return wait(.reading, saying: "Reading the account again, and what it holds.")
    case .review:
      if turn(to: .review) {
        show("Review of a deletion, 1 of 3. Nothing has been sent.")
        show(deletion.blocks(in: state.plainContext))
      }
      return .question(
        Question(place: "review", prompt: "Go on to the challenge? yes, r to read again, or no [no]: "))
    case .challenge:
      if turn(to: .challenge) {
        if let message = deletion.message { show(message.sentence) }
        show("The challenge, 2 of 3. Deletion is permanent: nobody can bring back the account or what is in it.")
        show(deletion.challenge.request.sentence)
      }
      let what = if case .name = deletion.challenge { "Name" } else { "Characters" }
      return .question(Question(place: "challenge", prompt: "\(what), or an empty line to leave it: "))
    case .countdown(let countdown):
      guard turn(to: .countdown) else { return .wait }
      let seconds = Wording.count(countdown.secondsLeft, "second", "seconds")
      let what = state.session.writing == .dryRun ? "The dry run ends" : "Deleting \(deletion.account.name)"
      show("The delay, 3 of 3. ID \(Wording.grouped(id: deletion.account.id)).")
      show("\(what) in \(seconds). Press Enter to stop; nothing has been sent.")
      return .wait
    case .write(.sending):
      return wait(.sending, saying: "The one request is on its way. It is not sent again, and cannot be taken back.")
    case .verifying:
      return wait(.verifying, saying: "The server has confirmed the deletion. Reading whether the account is gone.")
    case .blocked, .write, .deleted, .accepted, .dryRun: return nextEnd(of: deletion)
    }
  }

  /// - Returns: whether the step was not announced yet.
  private func turn(to announcement: DeletionAnnouncement) -> Bool {
    defer { announced.deletion = announcement }
    return announced.deletion != announcement
  }

  private func wait(_ announcement: DeletionAnnouncement, saying text: String) -> NextPrompt {
    if turn(to: announcement) { show(text) }
    return .wait
  }

  private func nextEnd(of deletion: DeleteState) -> NextPrompt {
    if let id = deletion.unresolvedWrite, state.writes[id].isLookedUp {
      return wait(.verifying, saying: "Reading whether it has happened; this takes a few seconds.")
    }
    if turn(to: .ended) { show(deletion.blocks(in: state.plainContext)) }
    if deletion.unresolvedWrite != nil { return .question(Self.lookUpQuestion) }
    // A printed receipt need not be dismissed.
    send(.leave)
    show("refresh reads the list again, activity tells of all writes.")
    return .goOn
  }

  func answer(_ line: String, in deletion: DeleteState) {
    if deletion.phase == .challenge { return answerChallenge(line) }
    switch line.trimmed.lowercased() {
    case "yes", "y": send(.proceed)
    case "r", "refresh":
      announced.deletion = nil
      store.send(.command(.refresh))
    case "", "no", "n": leaveDeletion()
    default: show("yes goes on, no leaves it, r reads all of it again.")
    }
  }

  private func answerChallenge(_ line: String) {
    guard !line.isEmpty else { return leaveDeletion() }
    send(.fill(line))
    guard let deletion = state.dialog as? DeleteState else { return }
    if deletion.isUnlocked { return send(.delete) }
    let position = deletion.firstWrongPosition ?? line.count + 1
    show(
      deletion.firstWrongPosition == nil
        ? "It is only the beginning: character \(position) is missing. Nothing has been sent; type it again."
        : "It differs at character \(position). Nothing has been sent; type it again.")
  }

  private func leaveDeletion() {
    send(.leave)
    show("Left: nothing was sent, and nothing is deleted.")
  }
}

extension String {
  /// The text without blanks around it.
  var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
