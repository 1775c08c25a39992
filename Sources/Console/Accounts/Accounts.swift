import Cloudflare
import FoundationEssentials

/// The accounts as far as they are known: their list and how it comes page by page, what single ones hold, and where new
/// ones can be created. It knows no screen.
struct Accounts: Sendable, Equatable {
  private(set) var list: AccountList
  /// Pages on their way.
  private(set) var loading: Set<Int> = []
  /// Those of them that were asked for ahead, behind what a person waits for.
  private(set) var loadingAhead: Set<Int> = []
  /// Pages that did not come, with the reason.
  private(set) var failures: [Int: CloudflareError] = [:]
  /// Pages that the request budget holds back: nothing was sent, and they are asked for again when it lets them through.
  private(set) var held: Set<Int> = []
  /// Until when they are.
  private(set) var heldUntil: Date?
  /// The reading of all pages, while it goes on.
  private(set) var loadAll: LoadAll?
  /// The last notice about a page that did not come.
  private var shownFailure: Notice?
  /// The revision of the list that is cached or about to be; `nil` after caching has failed.
  private var cachedRevision: Int? = 0
  var inventory = InventoryCache()
  var tenancy = Tenancy()

  init(perPage: Int) {
    list = AccountList(perPage: perPage)
  }

  /// Only this function lets other types change the list.
  mutating func changeList(_ change: (inout AccountList) -> Void) { change(&list) }

  /// Pages on their way that a person waits for.
  var awaited: [EffectID] { loading.subtracting(loadingAhead).sorted().map(EffectID.page) }

  // MARK: Pages

  /// Adds a page to the list, or notes why it did not come.
  mutating func receive(
    _ result: Result<AccountPage, CloudflareError>, ofPage page: Int, at date: Date, now: Date, _ hints: KeyHints
  ) -> Outcome {
    guard loading.contains(page) else { return .none }
    stopLoading(page)
    switch result {
    case .success(let answer):
      failures[page] = nil
      let outcome = forgetFailure()
      release()
      list.receive(page: page, answer, at: date)
      loadAll?.noteArrival(of: page, at: date)
      return outcome
    case .failure(let error):
      if let effects = hold(page: page, error, at: date) { return Outcome(effects: effects) }
      failures[page] = error
      // Without a list its place tells it, with more room.
      guard list.isLoaded else {
        loadAll = nil
        return .none
      }
      return show(error, ofPage: page, now: now, hints) + Outcome(effects: stopLoadingAll())
    }
  }

  /// Asks for the pages that the rows on screen belong to, and the next one ahead when its rows are near; gives up the
  /// requests for pages that are far by now. Goes on with the loading of all, too.
  ///
  /// - Parameters:
  ///   - rows: the list's rows on screen; `nil` where others are, as those that match what is looked for. They are all
  ///     here: what is on its way may only bring more of them.
  ///   - isBudgetShort: whether requests wait for the budget.
  mutating func syncPages(
    showing rows: Range<Int>?, isMovingUp: Bool, isBudgetShort: Bool, _ hints: KeyHints
  ) -> Outcome {
    guard let rows = rows ?? (list.isLoaded ? nil : 0..<1) else { return goOnLoadingAll(hints) }
    let needed = neededPages(rows, isMovingUp: isMovingUp)
    var effects: [Effect] = []
    for page in loading.sorted()
    where !needed.contains(where: { $0.page == page }) && loadAll?.pages.contains(page) != true {
      stopLoading(page)
      effects.append(.cancel(.page(page)))
    }
    for need in needed where !loading.contains(need.page) && failures[need.page] == nil {
      if list.hasPage(need.page) || held.contains(need.page) { continue }
      effects.append(load(need.page, priority: need.priority))
    }
    // A page that was asked for ahead and has come on screen waits behind a person's requests no longer. Only worth it
    // when requests do wait: otherwise its answer is as good as here.
    if isBudgetShort {
      for need in needed where need.priority == .interactive && loadingAhead.contains(need.page) {
        effects.append(load(need.page, priority: .interactive))
      }
    }
    return Outcome(effects: effects) + goOnLoadingAll(hints)
  }

  private func neededPages(_ rows: Range<Int>, isMovingUp: Bool) -> [(page: Int, priority: RequestPriority)] {
    guard list.isLoaded else { return [(1, .interactive)] }
    guard list.pageCount > 0 else { return [] }
    let top = rows.lowerBound
    let last = max(top, min(rows.upperBound, list.rowCount) - 1)
    let visible = list.page(ofRow: top)...list.page(ofRow: last)
    var needed: [(page: Int, priority: RequestPriority)] = visible.map { ($0, .interactive) }
    let ahead = isMovingUp ? visible.lowerBound - 1 : visible.upperBound + 1
    guard (1...list.pageCount).contains(ahead) else { return needed }
    let distance =
      isMovingUp ? top - list.firstRow(ofPage: visible.lowerBound) : list.firstRow(ofPage: ahead) - last
    if distance <= rows.count { needed.append((ahead, .background)) }
    return needed
  }

  private mutating func load(_ page: Int, priority: RequestPriority) -> Effect {
    loading.insert(page)
    if priority == .background { loadingAhead.insert(page) } else { loadingAhead.remove(page) }
    return .loadPage(ListQuery(page: page, perPage: list.perPage), priority: priority)
  }

  /// Expects a page no longer.
  private mutating func stopLoading(_ page: Int) {
    loading.remove(page)
    loadingAhead.remove(page)
  }

  /// Tells that a missing or old page did not come.
  private mutating func show(_ error: CloudflareError, ofPage page: Int, now: Date, _ hints: KeyHints) -> Outcome {
    let next = loadAll == nil ? hints.list(.refresh, "tries again") : hints.list(.loadAll, "goes on")
    let what =
      age(of: [page], at: now).map { "The list \($0) could not be refreshed" } ?? "Page \(page) did not come"
    let shown = Notice(.failure, "\(what): \(error.explanation)", nextStep: error.nextStep ?? next)
    shownFailure = shown
    return .events(.notice(shown))
  }

  /// Takes that message away, and no other, when every page that had failed has come or is asked for again.
  private mutating func forgetFailure() -> Outcome {
    guard failures.isEmpty, let shown = shownFailure else { return .none }
    shownFailure = nil
    return .events(.withdraw(shown))
  }

  /// Pages that did not come are asked for again when they are needed.
  mutating func forgetFailures() { failures = [:] }

  /// When the oldest of these pages was read, if one of them is yet to be read again.
  func age(of pages: some Sequence<Int>, at now: Date) -> String? {
    let dates = pages.compactMap { list.stale.contains($0) ? list.readOn[$0] : nil }
    return dates.min().map { "as of \(Wording.age(of: $0, at: now))" }
  }

  // MARK: Reading again

  /// How the list is read again.
  enum Refresh: Sendable, Equatable {
    /// Every page, as an order of all rows needs them.
    ///
    /// `triesOne`: whether one page tries at once, while nothing is let through.
    case all(triesOne: Bool)
    /// These pages, which are on screen. The others are read again when they come near, where `marksStale` says so.
    case pages([Int], marksStale: Bool)
  }

  mutating func refresh(_ refresh: Refresh, at date: Date, _ hints: KeyHints) -> Outcome {
    var outcome = Outcome(effects: stopLoading(because: nil))
    loadAll = nil
    guard list.isLoaded, list.pageCount > 0 else { return outcome + .effects(load(1, priority: .byHand)) }
    switch refresh {
    case .all(let triesOne):
      list.markStale()
      if triesOne { outcome.effects.append(load(1, priority: .byHand)) }
      return outcome + startLoadingAll(at: date, hints)
    case .pages(let pages, let marksStale):
      // Pages off screen stay until they are read again, so that they can still be shown and cached.
      if marksStale { list.markStale() }
      for page in pages { outcome.effects.append(load(page, priority: page == pages[0] ? .byHand : .interactive)) }
      return outcome
    }
  }

  /// Gives up every page that is on its way or held back.
  ///
  /// - Parameter error: why they are told not to have come; `nil` where they are asked for again.
  private mutating func stopLoading(because error: CloudflareError?) -> [Effect] {
    var effects: [Effect] = []
    if error != nil, !held.isEmpty { effects.append(.cancel(.heldPages)) }
    effects += loading.sorted().map { .cancel(.page($0)) }
    if let error {
      for page in held.union(loading) { failures[page] = error }
    } else {
      failures = [:]
    }
    held = []
    loading = []
    loadingAhead = []
    return effects
  }

  /// Gives up everything of the list that waits for the server to let it through.
  mutating func giveUp(_ error: CloudflareError) -> [Effect] {
    let effects = stopLoading(because: error)
    loadAll = nil
    return effects
  }

  // MARK: All pages

  mutating func startLoadingAll(at date: Date, _ hints: KeyHints) -> Outcome {
    guard loadAll == nil else { return .none }
    if list.isCurrent { return .notice(.note, loadedWords(hints)) }
    failures = [:]
    loadAll = LoadAll(at: date)
    return .events(.clearNotice)
  }

  /// Asks for as many pages as may be on their way at once, or ends when there is none left.
  private mutating func goOnLoadingAll(_ hints: KeyHints) -> Outcome {
    guard var loadAll, held.isEmpty else { return .none }
    var effects: [Effect] = []
    let last = max(1, list.pageCount)
    // A page that somebody else had asked for may have been given up since.
    if loadAll.next > last, loading.isEmpty { loadAll.next = 1 }
    while loadAll.pages.count < LoadAll.window, loadAll.next <= last {
      let page = loadAll.next
      loadAll.next += 1
      guard !list.hasPage(page), !loading.contains(page) else { continue }
      loadAll.pages.insert(page)
      effects.append(load(page, priority: .background))
    }
    self.loadAll = loadAll
    guard loading.isEmpty else { return Outcome(effects: effects) }
    self.loadAll = nil
    let isPlain = list.earlyEnd == nil && list.missingFromTotal == 0 && list.leftOutWords == nil
    // A background notice does not replace a more important one.
    return .events(.backgroundNotice(Notice(isPlain ? .success : .warning, loadedWords(hints))))
  }

  /// Gives up what is on its way, and keeps what has come.
  private mutating func stopLoadingAll() -> [Effect] {
    guard let all = loadAll else { return [] }
    loadAll = nil
    let pages = all.pages.intersection(loading).sorted()
    for page in pages { stopLoading(page) }
    return pages.map { .cancel(.page($0)) }
  }

  /// Ends the reading of all pages because a person wants it.
  mutating func giveUpLoadingAll(_ hints: KeyHints) -> Outcome {
    let effects = stopLoadingAll()
    let reach =
      list.isOpen
      ? "\(Wording.count(list.loadedCount, "account", "accounts")) loaded, there may be more"
      : "\(Wording.number(list.loadedCount)) of \(Wording.number(list.rowCount)) accounts loaded"
    return Outcome(effects: effects)
      + .notice(.note, "Stopped with \(reach)", nextStep: hints.list(.loadAll, "goes on"))
  }

  private func loadedWords(_ hints: KeyHints) -> String {
    [wordsOfEnd(hints), list.leftOutWords].compactMap(\.self).joined(separator: " · ")
  }

  private func wordsOfEnd(_ hints: KeyHints) -> String {
    let loaded = Wording.count(list.loadedCount, "account is", "accounts are")
    switch list.earlyEnd {
    case .lastPage: return "\(loaded) loaded: the server counts more, and says that there are no more pages"
    case .emptyPage(let page): return "\(loaded) loaded: page \(page) came empty"
    case .repeatedPage(let page):
      return "\(loaded) loaded: page \(page) repeated what was there, this credential sees no further"
    case nil:
      guard list.missingFromTotal != 0 else {
        return list.loadedCount == 1 ? "The one account is loaded" : "All \(loaded) loaded"
      }
      let counted = Wording.number(list.loadedCount + list.missingFromTotal)
      let words = "\(loaded) loaded, and the server counts \(counted): the list changed meanwhile"
      return words + (hints.list(.refresh, "reads it again").map { " · \($0)" } ?? "")
    }
  }

  // MARK: The request budget

  /// Has a page wait until the request budget lets it through, which the budget says when it refuses.
  ///
  /// - Returns: `nil` when the page did not come for another reason.
  private mutating func hold(page: Int, _ error: CloudflareError, at date: Date) -> [Effect]? {
    guard error.status == 429, error.nothingWasSent, let wait = error.retryAfter else { return nil }
    let end = date + wait / .seconds(1)
    let isLatest = held.isEmpty || end > heldUntil ?? .distantPast
    held.insert(page)
    loadAll?.pages.remove(page)
    guard isLatest else { return [] }
    heldUntil = end
    return [.wait(.heldPages, for: wait)]
  }

  /// What was held back may be asked for again.
  mutating func release() {
    guard let first = held.min() else { return }
    held = []
    loadAll?.goOn(from: first)
  }

  /// Makes the pages that failed with status 429 loadable again, because the server accepts requests again.
  mutating func endBlock() -> Outcome {
    release()
    let blocked = failures.filter { $0.value.status == 429 }.keys
    for page in blocked { failures[page] = nil }
    return blocked.isEmpty ? .none : forgetFailure()
  }

  // MARK: The list that is kept

  /// How long the list has to be left alone before it is kept.
  static let keepingPause: Duration = .milliseconds(500)

  /// Shows the list as it was at the end of an earlier run, to have something to show before the server answers.
  mutating func receive(_ reading: ListCacheReading, now: Date, _ hints: KeyHints) -> Outcome {
    switch reading {
    case .nothing: return .none
    case .dropped(let reason):
      return .events(.backgroundNotice(Notice(.note, "The last known list is not shown: \(reason)")))
    case .list(let kept):
      let isKept = cachedRevision == list.revision
      list.restore(kept)
      if isKept { cachedRevision = list.revision }
      guard let page = failures.keys.min(), let error = failures[page] else { return .none }
      return show(error, ofPage: page, now: now, hints)
    }
  }

  mutating func stopKeeping(because reason: String) -> Outcome {
    cachedRevision = nil
    return .events(.backgroundNotice(Notice(.note, "The list is not kept for the next start: \(reason)")))
  }

  /// Caches the list after a pause without changes. While all pages are being loaded, the cache waits.
  mutating func syncCache() -> [Effect] {
    guard let cachedRevision, loadAll == nil, list.revision != cachedRevision, !list.readOn.isEmpty else { return [] }
    self.cachedRevision = list.revision
    return [.wait(.keepingList, for: Self.keepingPause)]
  }
}

/// What the server is asked for in a search.
enum SearchRequest: Sendable, Equatable {
  /// Accounts of that name, however the server compares names.
  case name(String)
  /// The one account with this identifier.
  case identifier(Account.ID)
}
