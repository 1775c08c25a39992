import Cloudflare
import FoundationEssentials
import Terminal

extension State {
  mutating func reduce(_ action: BudgetAction) -> [Effect] {
    switch action {
    case .changed(let status):
      budget = status
      return status.waiting > 0 ? loadVisiblePagesFirst() : []
    case .tick:
      rateLimitWait.isTicking = false
      return []
    }
  }

  /// Brings the countdown up to the moment, and waits for its next second while somebody can see it.
  mutating func syncRateLimitWait(in environment: Environment) -> [Effect] {
    let ends = [budget?.blockedUntil, browse.held.isEmpty ? nil : rateLimitWait.heldUntil]
    guard let end = ends.compactMap(\.self).max(), end > environment.date else { return endRateLimitWait() }
    guard end != rateLimitWait.dismissed else {
      rateLimitWait.seconds = nil
      return []
    }
    let left = end.timeIntervalSince(environment.date)
    rateLimitWait.seconds = Int(left.rounded(.up))
    guard showsRateLimitWait, !rateLimitWait.isTicking else { return [] }
    rateLimitWait.isTicking = true
    let untilNext = left - (left.rounded(.up) - 1)
    return [.wait(.rateLimitWait, for: .milliseconds(max(20, Int(untilNext * 1_000))), then: .budget(.tick))]
  }

  /// Has a page wait until the request budget lets it through, which the budget says when it refuses.
  ///
  /// - Returns: `nil` when the page did not come for another reason.
  mutating func hold(page: Int, _ error: CloudflareError, in environment: Environment) -> [Effect]? {
    guard error.status == 429, error.nothingWasSent, let wait = error.retryAfter else { return nil }
    let end = environment.date + wait / .seconds(1)
    let isLatest = browse.held.isEmpty || end > rateLimitWait.heldUntil ?? .distantPast
    browse.held.insert(page)
    browse.loadAll?.pages.remove(page)
    guard isLatest else { return [] }
    rateLimitWait.heldUntil = end
    return [.wait(.heldPages, for: wait, then: .budget(.tick))]
  }

  /// What was held back may be asked for again.
  mutating func release() {
    guard let first = browse.held.min() else { return }
    browse.held = []
    browse.loadAll?.goOn(from: first)
  }

  /// Whether the status line counts down: in a form or dialog only while somebody waits for something there.
  var showsRateLimitWait: Bool {
    guard rateLimitWait.seconds != nil, help == nil, !isTooSmall else { return false }
    return dialog.map { !awaited(by: $0).isEmpty } ?? true
  }

  /// Gives up everything that waits for the server to let it through, and the countdown with it.
  mutating func giveUpWaiting() -> [Effect] {
    let givenUp = CloudflareError(.cancelled, attempts: 0, nothingWasSent: true)
    rateLimitWait.dismissed = budget?.blockedUntil
    rateLimitWait.seconds = nil
    var effects: [Effect] = [.cancel(.rateLimitWait)]
    rateLimitWait.isTicking = false
    for page in browse.held.sorted() {
      browse.failures[page] = givenUp
      effects.append(.cancel(.heldPages))
    }
    browse.held = []
    for page in browse.loading.keys.sorted() {
      browse.failures[page] = givenUp
      effects.append(.cancel(.page(page)))
    }
    browse.stopLoading()
    if browse.loadAll != nil {
      browse.loadAll = nil
      changeList { _ in }
    }
    if case .asked = browse.find?.asking {
      browse.find?.asking = .failed(givenUp)
      effects.append(.cancel(.find))
    }
    if browse.detailToken != nil {
      browse.detailToken = nil
      browse.detailReading = nil
      effects.append(.cancel(.detail))
    }
    if let id = detailSubject { effects += giveUpInventory(of: id) }
    effects += activity.lookUps.keys.sorted().map { .cancel(.resolution($0)) }
    activity.giveUpLookUps(givenUp)
    if effects.count > 1 {
      notice = Notice(.note, "The waiting requests were given up", nextStep: hint(.refresh, "tries again"))
    }
    return effects
  }

  /// What failed for no other reason than the block is asked for again.
  private mutating func endRateLimitWait() -> [Effect] {
    guard rateLimitWait.seconds != nil else { return [] }
    rateLimitWait.seconds = nil
    release()
    let blocked = browse.failures.filter { $0.value.status == 429 }.keys
    for page in blocked { browse.failures[page] = nil }
    if !blocked.isEmpty { forgetFailure() }
    guard let id = detailSubject else { return [] }
    let parts = InventoryPart.allCases.filter { inventory[id].failure(of: $0)?.status == 429 }
    return readInventory(of: id, parts: parts, priority: .interactive)
  }

  /// `budget 1,180`; `nil` until it is known.
  var budgetText: String? { budget.map { "budget \(Wording.number($0.remaining))" } }

  /// What is waited for while seconds count.
  var rateLimitReason: String {
    if budget?.blockedUntil != nil, budget?.isUsedUp == false { return "Cloudflare lets nothing through" }
    guard browse.loadAll != nil, (budget?.remaining ?? 0) > 0 else { return "The request budget is used up" }
    return "Loading the rest waits for the request budget"
  }

  /// The line that counts down; `nil` when nothing does.
  var rateLimitText: String? {
    guard showsRateLimitWait, let seconds = rateLimitWait.seconds else { return nil }
    let text = "\(rateLimitReason) for \(Wording.clock(seconds: seconds))"
    guard let key = keyMap.label(of: .back, in: inputContext) else { return text }
    return (budget?.waiting ?? 0) > 0 || !browse.held.isEmpty
      ? "\(text) · \(key) gives up the waiting requests" : "\(text) · \(key) dismisses this"
  }
}
