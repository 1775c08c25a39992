/// What the totals of an answer say about its list, as far as they can be believed.
extension ResultInfo {
  /// No list has more accounts, or pages, than this: a greater number is a mistake, or meant to do harm.
  public static let largestTotal = 100_000_000

  /// ``totalCount``, where it counts anything.
  public var countedTotal: Int? { Self.believed(totalCount) }

  /// ``totalPages``, where it counts any.
  public var countedPages: Int? { Self.believed(totalPages) }

  /// Elements on a full page, of which so many were asked for: a server may give fewer.
  public func pageSize(asked perPage: Int) -> Int { max(1, min(perPage, self.perPage ?? perPage)) }

  /// The number of the last page: the server's own ``totalPages``, or as many as its count fills.
  public func lastPage(perPage: Int) -> Int? {
    countedPages ?? countedTotal.map { ($0 - 1) / pageSize(asked: perPage) + 1 }
  }

  private static func believed(_ total: Int?) -> Int? {
    total.flatMap { $0 > 0 ? min($0, largestTotal) : nil }
  }
}
