/// Why a list is known to be complete.
public enum ListEnd: Sendable, Hashable {
  /// The page brought no account at all.
  case emptyPage
  /// The page is the last one by the server's `total_pages`.
  case lastPage
  /// As many accounts as the server's `total_count` are reached.
  case allCounted
  /// The page brought accounts, each of them known already: credentials of one account get page 1 for ever.
  case nothingNew

  /// Judges one page. `nil` means that there may be more.
  ///
  /// Totals that contradict what the page holds (none, or 0 beside accounts) are not believed. `total_count` is
  /// compared with where the page's last account stands, not with where the page would end if it were full: a page
  /// that came out short never ends a list early.
  ///
  /// - Parameters:
  ///   - page: the number of the page, from 1.
  ///   - size: rows on a full page of the server's.
  ///   - count: rows on the page, those without an identifier among them.
  ///   - newCount: those of them that no page brought before.
  ///   - info: what the server said about the list.
  public static func judge(page: Int, size: Int, count: Int, newCount: Int, info: ResultInfo?) -> ListEnd? {
    guard count > 0 else { return .emptyPage }
    if info?.countedPages != nil, let last = info?.lastPage(size: size), page >= last { return .lastPage }
    let (before, isTooLarge) = (page - 1).multipliedReportingOverflow(by: size)
    if let total = info?.countedTotal, isTooLarge || before >= total - count { return .allCounted }
    return newCount == 0 ? .nothingNew : nil
  }
}
