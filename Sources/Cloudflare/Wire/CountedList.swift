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

  /// One page of them.
  ///
  /// - Parameters:
  ///   - number: of the page, from 1.
  ///   - perPage: how many were asked for: fewer on the page are all that are left.
  public init(page elements: [Element], number: Int = 1, info: ResultInfo?, perPage: Int) {
    let size = info?.pageSize(asked: perPage) ?? perPage
    let reached = (number - 1) * size + elements.count
    if let total = info?.countedTotal, total >= reached {
      self.init(total: total, first: elements)
    } else {
      self.init(total: reached, isExact: elements.count < size || info?.totalPages == number, first: elements)
    }
  }

  /// Whether ``first`` holds all of them.
  public var isComplete: Bool { isExact && first.count >= total }
}

extension CountedList where Element: Identifiable {
  /// Takes the page behind ``first`` in; what is known already is dropped.
  ///
  /// - Returns: whether it brought anything new. If it did not, there is no use in asking for further pages.
  public mutating func append(_ page: CountedList) -> Bool {
    var known = Set(first.map(\.id))
    let new = page.first.filter { known.insert($0.id).inserted }
    first += new
    total = max(page.total, first.count)
    isExact = page.isExact
    return !new.isEmpty
  }
}

extension CountedList: Equatable where Element: Equatable {}
