import Cloudflare
import FoundationEssentials
import Terminal

extension State {
  mutating func startLoadAll(in environment: Environment) -> [Effect] {
    guard browse.loadAll == nil else { return [] }
    let list = browse.list
    if list.isCurrent {
      notice = Notice(.note, loadedWords)
      return []
    }
    notice = nil
    browse.failures = [:]
    browse.loadAll = LoadAll(at: environment.date)
    return []
  }

  /// Asks for as many pages as may be on their way at once, or ends when there is none left.
  mutating func goOnLoadingAll() -> [Effect] {
    guard var loadAll = browse.loadAll, browse.held.isEmpty else { return [] }
    var effects: [Effect] = []
    let last = max(1, browse.list.pageCount)
    // A page that somebody else had asked for may have been given up since.
    if loadAll.next > last, browse.loading.isEmpty { loadAll.next = 1 }
    while loadAll.pages.count < LoadAll.window, loadAll.next <= last {
      let page = loadAll.next
      loadAll.next += 1
      guard !browse.list.hasPage(page), browse.loading[page] == nil else { continue }
      loadAll.pages.insert(page)
      effects.append(load(page: page, priority: .background))
    }
    browse.loadAll = loadAll
    if browse.loading.isEmpty { endLoadAll() }
    return effects
  }

  /// Gives up what is on its way, and keeps what has come.
  mutating func stopLoadingAll() -> [Effect] {
    guard let loadAll = browse.loadAll else { return [] }
    browse.loadAll = nil
    changeList { _ in }
    var effects: [Effect] = []
    for page in loadAll.pages.sorted() where browse.loading[page] != nil {
      browse.stopLoading(page)
      effects.append(.cancel(.page(page)))
    }
    return effects
  }

  /// Ends the reading because a person wants it.
  mutating func giveUpLoadingAll() -> [Effect] {
    let effects = stopLoadingAll()
    let list = browse.list
    let reach =
      list.isOpen
      ? "\(Wording.count(list.loadedCount, "account", "accounts")) loaded, there may be more"
      : "\(Wording.number(list.loadedCount)) of \(Wording.number(list.rowCount)) accounts loaded"
    notice = Notice(.note, "Stopped with \(reach)", nextStep: listHint(.loadAll, "goes on"))
    return effects
  }

  private mutating func endLoadAll() {
    browse.loadAll = nil
    changeList { _ in }
    let list = browse.list
    let isPlain = list.earlyEnd == nil && list.missingFromTotal == 0 && list.leftOutWords == nil
    // What somebody has to know is not pushed aside by what was going on behind it.
    if notice?.kind != .failure, notice?.kind != .warning {
      notice = Notice(isPlain ? .success : .warning, loadedWords)
    }
  }

  private var loadedWords: String {
    [wordsOfEnd, browse.list.leftOutWords].compactMap(\.self).joined(separator: " · ")
  }

  private var wordsOfEnd: String {
    let list = browse.list
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
      return words + (listHint(.refresh, "reads it again").map { " · \($0)" } ?? "")
    }
  }
}
