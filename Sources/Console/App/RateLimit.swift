import Cloudflare
import FoundationEssentials

/// The wait for a server or a request budget that lets nothing through.
extension State {
  /// Brings the countdown up to the moment, and waits for its next second while somebody can see it.
  mutating func syncRateLimitWait(in environment: Environment) -> [Effect] {
    let ends = [budget?.blockedUntil, accounts.held.isEmpty ? nil : accounts.heldUntil]
    guard let end = ends.compactMap(\.self).max(), end > environment.date else {
      return endRateLimitWait(in: environment)
    }
    guard end != rateLimit.dismissed else {
      rateLimit.secondsLeft = nil
      return []
    }
    let left = end.timeIntervalSince(environment.date)
    rateLimit.secondsLeft = Int(left.rounded(.up))
    guard showsRateLimitWait, !rateLimit.isTicking else { return [] }
    rateLimit.isTicking = true
    let untilNext = left - (left.rounded(.up) - 1)
    return [.wait(.rateLimitWait, for: .milliseconds(max(20, Int(untilNext * 1_000))))]
  }

  /// Whether the status line counts down: in a form or dialog only while somebody waits for something there.
  var showsRateLimitWait: Bool {
    guard rateLimit.secondsLeft != nil, !(front is HelpState), !isTooSmall else { return false }
    return dialog.map { !$0.awaited(in: context(statusTop: 0)).isEmpty } ?? true
  }

  /// Gives up everything that waits for the server to let it through, and the countdown with it.
  mutating func giveUpWaiting() -> [Effect] {
    let givenUp = CloudflareError(.cancelled, attempts: 0, nothingWasSent: true)
    rateLimit.dismissed = budget?.blockedUntil
    rateLimit.secondsLeft = nil
    rateLimit.isTicking = false
    var effects = accounts.giveUp(givenUp)
    effects += browse.list.find?.giveUp(givenUp) ?? []
    effects += browse.detailPane.stopReading()
    if let id = detailSubject { effects += accounts.inventory.giveUp(id) }
    effects += writes.giveUpLookUps(givenUp)
    if !effects.isEmpty {
      notice = Notice(.note, "The waiting requests were given up", nextStep: hints(.refresh, "tries again"))
    }
    return [.cancel(.rateLimitWait)] + effects
  }

  /// What failed for no other reason than the block is asked for again.
  private mutating func endRateLimitWait(in environment: Environment) -> [Effect] {
    guard rateLimit.secondsLeft != nil else { return [] }
    rateLimit.secondsLeft = nil
    let effects = apply(accounts.endBlock(), in: environment)
    return detailSubject.map { effects + accounts.inventory.readBlocked(of: $0) } ?? effects
  }

  /// `budget 1,180`; `nil` until it is known.
  var budgetText: String? { budget.map { "budget \(Wording.number($0.remaining))" } }

  /// What is waited for while seconds count.
  var rateLimitReason: String {
    if budget?.blockedUntil != nil, budget?.isUsedUp == false { return "Cloudflare lets nothing through" }
    guard accounts.loadAll != nil, (budget?.remaining ?? 0) > 0 else { return "The request budget is used up" }
    return "Loading the rest waits for the request budget"
  }

  /// The line that counts down; `nil` when nothing does.
  var rateLimitText: String? {
    guard showsRateLimitWait, let seconds = rateLimit.secondsLeft else { return nil }
    let text = "\(rateLimitReason) for \(Wording.clock(seconds: seconds))"
    guard let key = keyMap.label(of: .back, in: inputContext) else { return text }
    return (budget?.waitingRequests ?? 0) > 0 || !accounts.held.isEmpty
      ? "\(text) · \(key) gives up the waiting requests" : "\(text) · \(key) dismisses this"
  }
}
