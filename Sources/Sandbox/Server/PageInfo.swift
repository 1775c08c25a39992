/// Where a page stands in its list: `result_info`.
struct PageInfo: Sendable, Equatable {
  /// What a request asked for.
  struct Wish: Sendable, Equatable {
    var page: Int
    var perPage: Int

    /// Reads `page` and `per_page`.
    ///
    /// - Parameters:
    ///   - bounds: of `per_page`.
    ///   - outside: what happens to values outside their bounds.
    init(
      _ query: Query, perPage bounds: ClosedRange<Int> = 5...50, outside: SandboxOptions.PageBounds
    ) throws(Refusal) {
      page = try query.number("page", default: 1, in: 1...Int.max, outside: outside)
      perPage = try query.number("per_page", default: 20, in: bounds, outside: outside)
    }

    /// The places in the list, from 0, that the page covers.
    var range: Range<Int> {
      let (start, overflows) = (page - 1).multipliedReportingOverflow(by: perPage)
      return overflows || start > Int.max - perPage ? Int.max..<Int.max : start..<start + perPage
    }
  }

  var page: Int
  var perPage: Int
  /// How many are on this page.
  var count: Int
  var totalCount: Int
  var totalPages: Int

  /// - Parameter all: what `total_count` is to say, if not how many the list has.
  init(_ wish: Wish, count: Int, total: Int, all: Int? = nil) {
    page = wish.page
    perPage = wish.perPage
    self.count = count
    totalCount = all ?? total
    totalPages = (total + wish.perPage - 1) / wish.perPage
  }

  var json: JSON {
    [
      "page": .integer(page), "per_page": .integer(perPage), "total_pages": .integer(totalPages),
      "count": .integer(count), "total_count": .integer(totalCount),
    ]
  }
}
