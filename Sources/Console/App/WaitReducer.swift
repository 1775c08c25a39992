import FoundationEssentials
import Terminal

extension State {
  /// Brings the sign of a wait up to the moment, and waits for its next change while somebody can see it.
  ///
  /// What is fetched ahead, or in the background, has no sign: nobody waits for it.
  mutating func syncWaitIndicator(in environment: Environment) -> [Effect] {
    guard let next = waitIndicator.sync(awaited, at: environment.date), showsWaitIndicator else {
      guard waitIndicator.due != nil else { return [] }
      waitIndicator.due = nil
      return [.cancel(.waitIndicator)]
    }
    let due = environment.date + next
    // What was asked for later may have its sign to come sooner. Times that were added up otherwise differ a little.
    if let earlier = waitIndicator.due, earlier < due + 0.01 { return [] }
    waitIndicator.due = due
    // A little later than the change, so that it is not missed by a rounding.
    return [.wait(.waitIndicator, for: .milliseconds(Int(next * 1_000) + 10), then: .waitIndicator)]
  }

  /// The requests that a person waits for.
  private var awaited: [RequestToken] {
    var tokens = browse.loading.filter { !browse.loadingAhead.contains($0.key) }.map(\.value)
    if let token = browse.detailToken { tokens.append(token) }
    if case .asked(let token)? = browse.find?.asking { tokens.append(token) }
    if case .loading(let token)? = raw?.phase { tokens.append(token) }
    if dialog == nil, let id = detailSubject { tokens += inventory[id].awaited }
    if let dialog { tokens += self.awaited(by: dialog) }
    // Elsewhere nobody sees that writes are being looked up.
    if activity.screen != nil { tokens += activity.lookUps.values }
    return tokens
  }

  /// The requests that a person waits for in a form or dialog.
  func awaited(by dialog: Dialog) -> [RequestToken] {
    var tokens: [RequestToken] = []
    switch dialog {
    case .create(let form):
      if case .sending(let token) = form.phase { tokens.append(token) }
      // What there is to choose from is still to come.
      if form.focus == .type || form.focus == .unit, let token = tenancy.token { tokens.append(token) }
    case .edit(let form):
      switch form.phase {
      case .reading(let token), .checking(let token), .sending(let token): tokens.append(token)
      default: break
      }
    case .delete(let deletion):
      switch deletion.phase {
      case .reading(let token):
        tokens.append(token)
        tokens += awaited(byReviewOf: deletion)
      case .review: tokens += awaited(byReviewOf: deletion)
      case .sending(let token), .verifying(let token): tokens.append(token)
      case .challenge, .countdown, .blocked, .finished: break
      }
    }
    if let id = dialog.unresolvedWrite, let token = activity[id].lookUp { tokens.append(token) }
    return tokens
  }

  private func awaited(byReviewOf deletion: DeleteState) -> [RequestToken] {
    var tokens = inventory[deletion.captured.id].awaited
    if case .asking(let token) = deletion.duplicateNames { tokens.append(token) }
    return tokens
  }

  /// Where a countdown tells how long it takes, nothing else has to.
  private var showsWaitIndicator: Bool { !isTooSmall && !showsRateLimitWait }

  /// `waiting 3 s`; `nil` while nobody has waited long enough.
  var waitText: String? {
    guard showsWaitIndicator else { return nil }
    return switch waitIndicator.sign {
    case nil: nil
    case .quiet: "waiting …"
    case .seconds(let seconds): "waiting \(Wording.number(seconds)) s"
    }
  }
}
