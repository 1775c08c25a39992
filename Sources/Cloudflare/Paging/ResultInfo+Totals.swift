/// What the totals of an answer say about its list, as far as they can be believed.
extension ResultInfo {
  /// No list has more accounts, or pages, than this: a greater number is a mistake, or meant to do harm.
  public static let largestTotal = 100_000_000

  /// ``totalCount``, where it counts anything.
  public var countedTotal: Int? { Self.believed(totalCount) }

  /// ``totalPages``, where it counts any.
  public var countedPages: Int? { Self.believed(totalPages) }

  /// Elements on a full page, of which so many were asked for: a server may give fewer.
  public func pageSize(asked perPage: Int) -> Int { believedSize(asked: perPage) ?? perPage }

  /// Elements on a full page, as a page that came shows it. Where what it holds contradicts ``perPage``, the rows are
  /// believed.
  ///
  /// - Parameters:
  ///   - perPage: how many were asked for.
  ///   - known: the size that the pages before this one had; what was asked for while there is none.
  ///   - page: the number of the page, from 1.
  ///   - rows: how many it holds.
  public func pageSize(asked perPage: Int, known: Int, page: Int, rows: Int) -> Int {
    let told = believedSize(asked: perPage)
    guard page > 1 else {
      let size = told ?? perPage
      guard rows < size, rows > 0 else { return max(rows, size) }
      return isFullFirstPage(rows, insteadOf: size) ? rows : size
    }
    if rows > known { return max(rows, told ?? rows) }
    return rows > 0 && rows == told ? rows : known
  }

  /// The number of the last page, where a full one has this many: the server's own ``totalPages``, or as many as its
  /// count fills.
  public func lastPage(size: Int) -> Int? {
    let counted = countedTotal.map { Self.pages(of: $0, size) }
    // What follows from a size that the pages do not have is not believed either.
    if let perPage, perPage != size, let counted { return counted }
    return countedPages ?? counted
  }

  /// Whether the first page, which is short, has others behind it and so shows how long they are.
  private func isFullFirstPage(_ rows: Int, insteadOf size: Int) -> Bool {
    guard let countedTotal else { return countedPages.map { $0 > 1 } ?? false }
    guard countedTotal > rows else { return false }
    guard let countedPages else { return true }
    return Self.pages(of: countedTotal, rows) == countedPages && Self.pages(of: countedTotal, size) != countedPages
  }

  private func believedSize(asked perPage: Int) -> Int? {
    self.perPage.flatMap { $0 > 0 && $0 <= perPage ? $0 : nil }
  }

  private static func pages(of total: Int, _ size: Int) -> Int { (total - 1) / size + 1 }

  private static func believed(_ total: Int?) -> Int? {
    total.flatMap { $0 > 0 ? min($0, largestTotal) : nil }
  }
}
