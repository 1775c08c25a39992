import Cloudflare
import FoundationEssentials
import Terminal

/// What is under way between the list and what is kept of it.
struct ListCacheState: Sendable, Equatable {
  var reading: RequestToken?
  /// The revision of the list that is kept, or will be in a moment.
  var revision = 0
  /// Whether keeping has failed, which is told once.
  var isGivenUp = false
}

extension State {
  /// How long the list has to be left alone before it is kept.
  static let keepingPause: Duration = .milliseconds(500)

  /// Reads the last known list, to have something to show before the server answers.
  mutating func readListCache() -> [Effect] {
    guard session.keepsList else { return [] }
    let token = nextToken()
    listCache.reading = token
    return [.readListCache(token: token)]
  }

  mutating func reduce(_ action: ListCacheAction) -> [Effect] {
    switch action {
    case .read(let token, let reading):
      guard listCache.reading == token else { return [] }
      listCache.reading = nil
      switch reading {
      case .nothing: return []
      case .dropped(let reason):
        notice = notice ?? Notice(.note, "The last known list is not shown: \(reason)")
        return []
      case .list(let list):
        let isKept = listCache.revision == browse.list.revision
        changeList { $0.restore(list) }
        if isKept { listCache.revision = browse.list.revision }
        if let page = browse.failures.keys.min(), let error = browse.failures[page] { showFailure(error, of: page) }
        return []
      }
    case .due: return [.keepList(browse.list)]
    case .notKept(let reason):
      listCache.isGivenUp = true
      notice = notice ?? Notice(.note, "The list is not kept for the next start: \(reason)")
      return []
    }
  }

  /// Has the list kept once it is left alone. While all pages come that would be done in vain.
  mutating func syncList() -> [Effect] {
    guard session.keepsList, !listCache.isGivenUp, browse.loadAll == nil, browse.list.revision != listCache.revision,
      !browse.list.readOn.isEmpty
    else { return [] }
    listCache.revision = browse.list.revision
    return [.wait(.keepingList, for: Self.keepingPause, then: .listCache(.due))]
  }

  /// When the oldest of these pages was read, if one of them is yet to be read again.
  func asOf(_ pages: some Sequence<Int>) -> String? {
    let dates = pages.compactMap { browse.list.stale.contains($0) ? browse.list.readOn[$0] : nil }
    return dates.min().map { "as of \(Wording.age(of: $0, at: now))" }
  }

  /// How old what is on screen is, while it is not as the server has it now, and what is done about it.
  var ageOnScreen: String? {
    guard !browse.list.stale.isEmpty else { return nil }
    let rows = browse.top..<min(browse.top + max(1, layout.listRows), browse.rowCount)
    let pages = Set(
      rows.compactMap { row -> Int? in
        guard case .account(let id) = browse.row(at: row) else { return nil }
        return browse.list.page(of: id)
      })
    guard let age = asOf(pages) else { return nil }
    let isLoading = pages.contains { browse.loading[$0] != nil }
    return age + (isLoading ? ", refreshing …" : pages.contains { browse.failures[$0] != nil } ? ", not refreshed" : "")
  }
}
