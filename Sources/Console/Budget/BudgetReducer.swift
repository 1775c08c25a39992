import Cloudflare
import FoundationEssentials
import Terminal

extension State {
  mutating func reduce(_ action: BudgetAction) -> [Effect] {
    switch action {
    case .changed(let standing):
      budget = standing
      return standing.waiting > 0 ? loadVisiblePagesFirst() : []
    case .tick:
      countdown.isTicking = false
      return []
    }
  }

  /// Brings the countdown up to the moment, and waits for its next second while somebody can see it.
  mutating func followCountdown(at moment: Moment) -> [Effect] {
    guard let end = budget?.blockedUntil, end > moment.date else { return endCountdown() }
    guard end != countdown.dismissed else {
      countdown.seconds = nil
      return []
    }
    let left = end.timeIntervalSince(moment.date)
    countdown.seconds = Int(left.rounded(.up))
    guard showsCountdown, !countdown.isTicking else { return [] }
    countdown.isTicking = true
    let untilNext = left - (left.rounded(.up) - 1)
    return [.wait(.countdown, for: .milliseconds(max(20, Int(untilNext * 1_000))), then: .budget(.tick))]
  }

  /// Whether the status line counts down: in a form or dialog only while somebody waits for something there.
  var showsCountdown: Bool {
    guard countdown.seconds != nil, help == nil, !isTooSmall else { return false }
    return dialog.map { !awaited(by: $0).isEmpty } ?? true
  }

  /// Gives up everything that waits for the server to let it through, and the countdown with it.
  mutating func giveUpWaiting() -> [Effect] {
    let givenUp = CloudflareError(.cancelled, attempts: 0, nothingWasSent: true)
    countdown.dismissed = budget?.blockedUntil
    countdown.seconds = nil
    var effects: [Effect] = [.cancel(.countdown)]
    countdown.isTicking = false
    for page in browse.loading.keys.sorted() {
      browse.failures[page] = givenUp
      effects.append(.cancel(.page(page)))
    }
    browse.stopLoading()
    if browse.loadAll != nil {
      browse.loadAll = nil
      browse.changeList(rows: listRows) { _ in }
    }
    if case .asked = browse.find?.asking {
      browse.find?.asking = .failed(givenUp)
      effects.append(.cancel(.find))
    }
    if browse.detailToken != nil {
      browse.detailToken = nil
      effects.append(.cancel(.detail))
    }
    if let id = detailSubject { effects += giveUpInventory(of: id) }
    activity.queue = []
    for id in activity.resolving.keys.sorted() {
      activity.findings[id] = .unreadable(givenUp)
      effects.append(.cancel(.resolution(id)))
    }
    activity.resolving = [:]
    activity.inBackground = []
    activity.report = nil
    if effects.count > 1 {
      notice = Notice(.note, "The waiting requests were given up", nextStep: advice(.refresh, "tries again"))
    }
    return effects
  }

  /// What failed for no other reason than the block is asked for again.
  private mutating func endCountdown() -> [Effect] {
    guard countdown.seconds != nil else { return [] }
    countdown.seconds = nil
    let blocked = browse.failures.filter { $0.value.status == 429 }.keys
    guard !blocked.isEmpty else { return [] }
    for page in blocked { browse.failures[page] = nil }
    forgetFailure()
    return loadNeededPages()
  }

  /// `budget 1,180`; `nil` until it is known.
  var budgetText: String? { budget.map { "budget \(Wording.number($0.remaining))" } }

  /// The line that counts down; `nil` when nothing does.
  var countdownText: String? {
    guard showsCountdown, let seconds = countdown.seconds else { return nil }
    let reason = budget?.isUsedUp == true ? "The request budget is used up" : "Cloudflare lets nothing through"
    let text = "\(reason) for \(Wording.clock(seconds: seconds))"
    guard let key = keyMap.label(of: .back, in: inputContext) else { return text }
    return (budget?.waiting ?? 0) > 0
      ? "\(text) · \(key) gives up the waiting requests" : "\(text) · \(key) dismisses this"
  }
}
