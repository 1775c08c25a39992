import Cloudflare
import FoundationEssentials

/// The search for other accounts with a name while it is typed. The server is asked when typing pauses.
struct DuplicateNameSearch: Sendable, Equatable {
  /// Whether the pause or the request is under way.
  private(set) var isPending = false
  private var answer: Reply?

  /// The server's answer about one name.
  private struct Reply: Sendable, Equatable {
    var name: String
    var result: Result<AccountPage, CloudflareError>
    /// Seconds by which the server's clock is ahead of this machine's; `nil` if unknown.
    var clockOffset: TimeInterval?
  }

  /// The pause in typing before the server is asked. It is longer than the time between two keys.
  static let pause: Duration = .milliseconds(250)

  /// Waits for typing to pause.
  ///
  /// - Parameter name: `nil` if there is nothing to ask.
  mutating func change(to name: String?, pause: Duration = Self.pause) -> [Effect] {
    guard name != nil else { return stop() }
    isPending = true
    return [.wait(.duplicateNames(.creation), for: pause)]
  }

  mutating func ask(about name: String) -> [Effect] {
    isPending ? [.readDuplicateNames(name, for: .creation)] : []
  }

  mutating func receive(_ result: Result<AccountPage, CloudflareError>, about name: String, at date: Date) {
    isPending = false
    let serverDate = (try? result.get())?.serverDate
    answer = Reply(name: name, result: result, clockOffset: serverDate?.timeIntervalSince(date))
  }

  mutating func stop() -> [Effect] {
    defer { self = DuplicateNameSearch() }
    return isPending ? [.cancel(.duplicateNames(.creation))] : []
  }

  /// Only one page is requested: a name with more matches is probably not complete yet.
  static func query(for name: String) -> ListQuery {
    ListQuery(page: 1, perPage: ListQuery.perPageBounds.upperBound, name: name)
  }

  /// The accounts of the answer with exactly this name. How the server matches names is not documented.
  func accounts(named name: String) -> [Account] {
    guard case .success(let page)? = answer(to: name) else { return [] }
    return page.accounts.filter { $0.isNamed(name) }
  }

  /// Whether the server has more matches than one page.
  func isCutShort(for name: String) -> Bool {
    guard case .success(let page)? = answer(to: name) else { return false }
    return page.info?.countedPages.map { $0 > 1 } ?? (page.accounts.count >= Self.query(for: name).perPage)
  }

  /// Whether the answer is sure to hold all accounts with the name.
  ///
  /// - Parameter listTotal: the server's count of the whole list.
  func isWhole(for name: String, listTotal: Int?) -> Bool {
    guard case .success(let page)? = answer(to: name) else { return false }
    return page.holdsAllMatches(of: name, listTotal: listTotal)
  }

  /// The server's time at a date of this machine; `nil` if unknown.
  func serverDate(for name: String, at date: Date) -> Date? {
    answer?.name == name ? answer?.clockOffset.map { date + $0 } : nil
  }

  func failure(for name: String) -> CloudflareError? {
    guard case .failure(let error)? = answer(to: name) else { return nil }
    return error
  }

  private func answer(to name: String) -> Result<AccountPage, CloudflareError>? {
    answer?.name == name ? answer?.result : nil
  }
}

extension AccountPage {
  /// Whether the answer to a search by name is sure to hold every match: its rows match the name, and its counts agree
  /// with the rows.
  ///
  /// - Parameter listTotal: the server's count of the whole list; `nil` if it gave none.
  func holdsAllMatches(of name: String, listTotal: Int?) -> Bool {
    let asked = DuplicateNameSearch.query(for: name).perPage
    let size = min(asked, info?.perPage ?? asked)
    let wanted = name.lowercased()
    guard withoutID == 0, accounts.allSatisfy({ $0.nameProblem == nil }), accounts.count < size,
      Set(accounts.map(\.id)).count == accounts.count
    else { return false }
    // The server may ignore the name. Then its total has to equal the number of rows.
    guard info?.totalCount == accounts.count || accounts.allSatisfy({ $0.name.lowercased().contains(wanted) }) else {
      return false
    }
    guard let info else { return true }
    guard info.page ?? 1 == 1, info.count ?? accounts.count == accounts.count else { return false }
    // It is not documented whether the total counts only matches. A total that equals the whole list's and exceeds a
    // page does not: the page has room left, so the accounts do not all match.
    let isOfList = info.totalCount == listTotal && (listTotal ?? 0) > asked
    // An empty answer may have no page.
    let pages = max(1, info.totalPages ?? 1)
    if isOfList { return pages == 1 || pages == ResultInfo(totalCount: listTotal).lastPage(size: size) }
    return info.totalCount ?? accounts.count == accounts.count && pages == 1
  }
}
