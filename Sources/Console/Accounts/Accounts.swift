import Cloudflare
import FoundationEssentials

/// Everything known of the accounts: their list and its loading, their inventories, and where accounts can be created.
struct Accounts: Sendable, Equatable {
  private(set) var list: AccountList
  /// The priorities of the requested pages. Prefetched pages have ``RequestPriority/background``.
  private var priorities: [Int: RequestPriority] = [:]
  /// Pages that failed, with the reason.
  private(set) var failures: [Int: CloudflareError] = [:]
  /// Pages held back by the request budget. They are requested again when the budget allows it.
  private(set) var held: Set<Int> = []
  /// The end of the wait of ``held``.
  private(set) var heldUntil: Date?
  /// The loading of all pages; `nil` while none is under way.
  private(set) var loadAll: LoadAll?
  /// The last notice about a failed page.
  private var shownFailure: Notice?
  /// The revision of the list that is cached or about to be; `nil` after caching has failed.
  private var cachedRevision: Int? = 0
  var inventory = InventoryCache()
  var tenancy = Tenancy()

  init(perPage: Int) {
    list = AccountList(perPage: perPage)
  }

  /// The only way for other types to change the list.
  mutating func changeList(_ change: (inout AccountList) -> Void) { change(&list) }

  /// Requested pages.
  var loading: Set<Int> { Set(priorities.keys) }

  /// Requested pages that a person waits for.
  var awaited: [EffectID] { priorities.filter { $0.value != .background }.keys.sorted().map(EffectID.page) }

  // MARK: Pages

  /// Adds a page to the list, or records its failure.
  mutating func receive(
    _ result: Result<AccountPage, CloudflareError>, ofPage page: Int, at date: Date, now: Date, _ hints: KeyHints
  ) -> Outcome {
    guard priorities.removeValue(forKey: page) != nil else { return .none }
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
      // Without a list, the empty table shows the failure.
      guard list.isLoaded else {
        loadAll = nil
        return .none
      }
      return show(error, ofPage: page, now: now, hints) + Outcome(effects: stopLoadingAll())
    }
  }

  /// Requests the pages of the rows on screen, prefetches the next page if its rows are near, cancels requests for
  /// pages that are no longer near, and continues the loading of all pages.
  ///
  /// - Parameters:
  ///   - rows: the list's rows on screen; `nil` if the list is filtered or sorted, as its rows are all loaded.
  ///   - isBudgetShort: whether requests wait for the budget.
  mutating func syncPages(
    showing rows: Range<Int>?, isMovingUp: Bool, isBudgetShort: Bool, _ hints: KeyHints
  ) -> Outcome {
    guard let rows = rows ?? (list.isLoaded ? nil : 0..<1) else { return goOnLoadingAll(hints) }
    let needed = neededPages(rows, isMovingUp: isMovingUp)
    var effects: [Effect] = []
    for page in loading.sorted()
    where !needed.contains(where: { $0.page == page }) && loadAll?.pages.contains(page) != true {
      priorities[page] = nil
      effects.append(.cancel(.page(page)))
    }
    for need in needed where !loading.contains(need.page) && failures[need.page] == nil {
      if list.hasPage(need.page) || held.contains(need.page) { continue }
      effects.append(load(need.page, priority: need.priority))
    }
    // A prefetched page that is now on screen gets a higher priority. This only helps while requests wait.
    if isBudgetShort {
      for need in needed where need.priority == .interactive && priorities[need.page] == .background {
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
    priorities[page] = priority
    return .loadPage(ListQuery(page: page, perPage: list.perPage), priority: priority)
  }

  /// Shows that a page failed.
  private mutating func show(_ error: CloudflareError, ofPage page: Int, now: Date, _ hints: KeyHints) -> Outcome {
    let next = loadAll == nil ? hints.list(.refresh, "tries again") : hints.list(.loadAll, "goes on")
    let what =
      age(of: [page], at: now).map { "The list \($0) could not be refreshed" } ?? "Page \(page) did not come"
    let shown = Notice(.failure, "\(what): \(error.explanation)", nextStep: error.nextStep ?? next)
    shownFailure = shown
    return .events(.notice(shown))
  }

  /// Withdraws that notice, and no other, when no failed page is left.
  private mutating func forgetFailure() -> Outcome {
    guard failures.isEmpty, let shown = shownFailure else { return .none }
    shownFailure = nil
    return .events(.withdraw(shown))
  }

  /// Lets failed pages be requested again when they are needed.
  mutating func forgetFailures() { failures = [:] }

  /// The age of the oldest stale page among these; `nil` if none is stale.
  func age(of pages: some Sequence<Int>, at now: Date) -> String? {
    let dates = pages.compactMap { list.stale.contains($0) ? list.readOn[$0] : nil }
    return dates.min().map { "as of \(Wording.age(of: $0, at: now))" }
  }

  // MARK: Reading again

  enum Refresh: Sendable, Equatable {
    /// Every page, for a sorted list. `triesOne` sends one request at once during a rate-limit block.
    case all(triesOne: Bool)
    /// The pages on screen. `marksStale` has the others read again when they come near.
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

  /// Cancels every page that is requested or held back.
  ///
  /// - Parameter error: the failure to record for the pages; `nil` if they are requested again.
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
    priorities = [:]
    return effects
  }

  /// Gives up all requests of the list that wait for the rate limit.
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

  /// Requests the next pages, up to ``LoadAll/window`` at once, or ends after the last.
  private mutating func goOnLoadingAll(_ hints: KeyHints) -> Outcome {
    guard var loadAll, held.isEmpty else { return .none }
    var effects: [Effect] = []
    let last = max(1, list.pageCount)
    // A page requested for the screen may have been cancelled since.
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

  /// Cancels the requested pages. Loaded pages stay.
  private mutating func stopLoadingAll() -> [Effect] {
    guard let all = loadAll else { return [] }
    loadAll = nil
    let pages = all.pages.intersection(loading).sorted()
    for page in pages { priorities[page] = nil }
    return pages.map { .cancel(.page($0)) }
  }

  /// Ends the loading of all pages at a person's request.
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

  /// Holds a page back until the time that the request budget gives in its refusal.
  ///
  /// - Returns: `nil` if the page failed for another reason.
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

  /// Lets held pages be requested again.
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

  // MARK: The cached list

  /// The time without changes before the list is cached.
  static let keepingPause: Duration = .milliseconds(500)

  /// Shows the cached list until the server answers.
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

  /// Caches the list after a pause without changes, but not while all pages are being loaded.
  mutating func syncCache() -> [Effect] {
    guard let cachedRevision, loadAll == nil, list.revision != cachedRevision, !list.readOn.isEmpty else { return [] }
    self.cachedRevision = list.revision
    return [.wait(.keepingList, for: Self.keepingPause)]
  }
}

/// A search on the server.
enum SearchRequest: Sendable, Equatable {
  /// Accounts with this name. The server decides how names compare.
  case name(String)
  /// The account with this ID.
  case identifier(Account.ID)
}
