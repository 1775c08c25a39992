import Cloudflare
import FoundationEssentials

/// What is known of other accounts with the name that is being typed. The server is asked when typing pauses.
struct DuplicateNameSearch: Sendable, Equatable {
  /// Whether typing has not paused yet, or the server is asked.
  private(set) var isPending = false
  private var answer: Reply?

  /// What the server said to one name.
  private struct Reply: Sendable, Equatable {
    var name: String
    var result: Result<AccountPage, CloudflareError>
    /// Seconds by which the server's clock was ahead of this machine's; `nil` when it did not say.
    var clockOffset: TimeInterval?
  }

  /// How long typing has to pause: longer than between two key presses of somebody who types on.
  static let pause: Duration = .milliseconds(250)

  /// Goes on to ask about a name once typing has paused.
  ///
  /// - Parameter name: `nil` where there is nothing to ask.
  mutating func change(to name: String?, pause: Duration = Self.pause) -> [Effect] {
    guard name != nil else { return stop() }
    isPending = true
    return [.wait(.duplicateNames(.creation), for: pause)]
  }

  /// Typing has paused.
  mutating func ask(about name: String) -> [Effect] {
    isPending ? [.readDuplicateNames(name, for: .creation)] : []
  }

  mutating func receive(_ result: Result<AccountPage, CloudflareError>, about name: String, at date: Date) {
    isPending = false
    let serverDate = (try? result.get())?.serverDate
    answer = Reply(name: name, result: result, clockOffset: serverDate?.timeIntervalSince(date))
  }

  /// Forgets everything.
  mutating func stop() -> [Effect] {
    defer { self = DuplicateNameSearch() }
    return isPending ? [.cancel(.duplicateNames(.creation))] : []
  }

  /// The one page that is asked for; a name with more matches than it holds is rarely typed to its end yet.
  static func query(for name: String) -> ListQuery {
    ListQuery(page: 1, perPage: ListQuery.perPageBounds.upperBound, name: name)
  }

  /// Accounts of exactly this name that the server told of. How it matches names is not documented.
  func accounts(named name: String) -> [Account] {
    guard case .success(let page)? = answer(to: name) else { return [] }
    return page.accounts.filter { $0.isNamed(name) }
  }

  /// Whether the server has more matches than it was asked for.
  func isCutShort(for name: String) -> Bool {
    guard case .success(let page)? = answer(to: name) else { return false }
    return page.info?.countedPages.map { $0 > 1 } ?? (page.accounts.count >= Self.query(for: name).perPage)
  }

  /// Whether the server has surely told of all accounts of the name.
  ///
  /// - Parameter listTotal: of the whole list, by the server's word.
  func isWhole(for name: String, listTotal: Int?) -> Bool {
    guard case .success(let page)? = answer(to: name) else { return false }
    return page.holdsAllMatches(of: name, listTotal: listTotal)
  }

  /// The server's clock at a moment; `nil` when it is not known.
  func serverDate(for name: String, at date: Date) -> Date? {
    answer?.name == name ? answer?.clockOffset.map { date + $0 } : nil
  }

  /// Why the server did not tell.
  func failure(for name: String) -> CloudflareError? {
    guard case .failure(let error)? = answer(to: name) else { return nil }
    return error
  }

  private func answer(to name: String) -> Result<AccountPage, CloudflareError>? {
    answer?.name == name ? answer?.result : nil
  }
}

extension AccountPage {
  /// Whether the answer to a search by name surely holds every account that the server found: its rows and all that is
  /// counted beside them agree, and the rows are what was asked for.
  ///
  /// - Parameter listTotal: the accounts that there are, as the server counted them for the list; `nil` where it did not.
  func holdsAllMatches(of name: String, listTotal: Int?) -> Bool {
    let asked = DuplicateNameSearch.query(for: name).perPage
    let size = min(asked, info?.perPage ?? asked)
    let wanted = name.lowercased()
    guard withoutID == 0, accounts.allSatisfy({ $0.nameProblem == nil }), accounts.count < size,
      Set(accounts.map(\.id)).count == accounts.count
    else { return false }
    // A server that does not look at the name at all has to say that there are no more than these.
    guard info?.totalCount == accounts.count || accounts.allSatisfy({ $0.name.lowercased().contains(wanted) }) else {
      return false
    }
    guard let info else { return true }
    guard info.page ?? 1 == 1, info.count ?? accounts.count == accounts.count else { return false }
    // Whether the total respects the name is not documented. One that is the whole list's does not: more accounts than a
    // page holds are not all of this name where the page has room left. Fewer may be.
    let isOfList = info.totalCount == listTotal && (listTotal ?? 0) > asked
    // Of nothing there may be no page.
    let pages = max(1, info.totalPages ?? 1)
    if isOfList { return pages == 1 || pages == ResultInfo(totalCount: listTotal).lastPage(size: size) }
    return info.totalCount ?? accounts.count == accounts.count && pages == 1
  }
}
