/// How many there are of something, and the first of them.
public struct CountedList<Element: Sendable>: Sendable {
  /// How many there are. When ``isExact`` is false, at least this many.
  public var total: Int
  /// Whether ``total`` is sure. It is not when a full page came without a total that could be believed: unknown is
  /// never shown as a number.
  public var isExact: Bool
  /// The first of them, in the server's order; all of them where the server knows no pages.
  public var first: [Element]

  public init(total: Int, isExact: Bool = true, first: [Element]) {
    self.total = total
    self.isExact = isExact
    self.first = first
  }

  /// All of them.
  public init(all: [Element]) {
    self.init(total: all.count, first: all)
  }

  /// The first page of them.
  ///
  /// - Parameter perPage: how many were asked for: fewer on the page are all there are.
  public init(firstPage: [Element], info: ResultInfo?, perPage: Int) {
    let isAll = firstPage.count < min(perPage, info?.perPage ?? perPage)
    if let total = info?.totalCount, total >= firstPage.count {
      self.init(total: total, first: firstPage)
    } else {
      self.init(total: firstPage.count, isExact: isAll || info?.totalPages == 1, first: firstPage)
    }
  }
}

extension CountedList: Equatable where Element: Equatable {}
