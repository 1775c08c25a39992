/// How many there are of something, and the first of them.
public struct CountedList<Element: Sendable>: Sendable {
  /// How many there are. When ``isExact`` is false, at least this many.
  public var total: Int
  /// Whether ``total`` is sure. It is not when a full page came without a total that could be believed: unknown is
  /// never shown as a number.
  public var isExact: Bool
  /// The first of them, in the server's order; all of them where the server knows no pages.
  public var first: [Element]
  /// How many more came with the first, and cannot be read.
  public var unreadable: Int

  public init(total: Int, isExact: Bool = true, first: [Element], unreadable: Int = 0) {
    self.total = total
    self.isExact = isExact
    self.first = first
    self.unreadable = unreadable
  }

  /// All of them.
  public init(all: [Element]) {
    self.init(total: all.count, first: all)
  }

  /// How many came.
  public var rowCount: Int { first.count + unreadable }

  /// Whether ``first`` holds all of them, but for those that cannot be read.
  public var isComplete: Bool { isExact && rowCount >= total }
}

extension CountedList {
  /// What an answer says of them. There are none only where everything in it agrees on that.
  ///
  /// - Parameters:
  ///   - page: its number, from 1.
  ///   - perPage: how many were asked for: fewer on the page are all that are left. `nil` where the server knows no
  ///     pages.
  /// - Throws: ``CloudflareError/Cause/unreadable(_:)`` where it is no list, or contradicts itself.
  init(
    _ envelope: Envelope<ReadableList<Element>>, page: Int = 1, perPage: Int? = nil
  ) throws(CloudflareError) {
    try envelope.checkErrors()
    guard let list = envelope.result else { throw envelope.unreadable("it holds no list") }
    let info = envelope.resultInfo ?? ResultInfo()
    let rows = list.elements.count + list.unreadable
    if rows == 0, page == 1, let claim = info.claimOfSome {
      throw envelope.unreadable("it lists none \(claim)")
    }
    guard let perPage else {
      // Where the server counts more than it gives, there is no rest that could be read.
      let isExact = info.agrees(rows: rows, reached: rows, page: 1, isLast: true) && info.totalCount ?? rows == rows
      self.init(total: rows, isExact: isExact, first: list.elements, unreadable: list.unreadable)
      return
    }
    let size = max(rows, info.pageSize(asked: perPage))
    let reached = (page - 1) * size + rows
    let total = info.countedTotal.flatMap { $0 >= reached ? $0 : nil } ?? reached
    self.init(
      total: total, isExact: info.agrees(rows: rows, reached: reached, page: page, isLast: rows < size),
      first: list.elements, unreadable: list.unreadable)
  }
}

extension ResultInfo {
  /// By what an answer without any elements says that there are some; `nil` where it agrees that there are none.
  fileprivate var claimOfSome: String? {
    if let count, count != 0 { return "and counts \(count)" }
    if let totalCount, totalCount != 0 { return "and counts \(totalCount) in all" }
    // An empty list may have one page, which is empty.
    if let totalPages, totalPages != 0, totalPages != 1 { return "and has \(totalPages) pages" }
    return isPartlyUnreadable ? "and its totals cannot be read" : nil
  }

  /// Whether a total is told, or shown by a page that is not full, that fits what came: so many rows on the page, the
  /// last of them at this place.
  fileprivate func agrees(rows: Int, reached: Int, page: Int, isLast: Bool) -> Bool {
    guard !isPartlyUnreadable, count ?? rows == rows else { return false }
    if let totalCount {
      return totalCount > reached || totalCount == reached && totalPages.map { $0 <= max(1, page) } ?? true
    }
    return totalPages.map { $0 == page } ?? isLast
  }
}

extension CountedList where Element: Identifiable {
  /// Takes the page behind ``first`` in; what is known already is dropped.
  ///
  /// - Returns: whether it brought anything new. If it did not, there is no use in asking for further pages.
  public mutating func append(_ page: CountedList) -> Bool {
    var known = Set(first.map(\.id))
    let new = page.first.filter { known.insert($0.id).inserted }
    first += new
    unreadable += page.unreadable
    total = max(page.total, rowCount)
    isExact = page.isExact
    return !new.isEmpty
  }
}

extension CountedList: Equatable where Element: Equatable {}
