/// Goes through a list page by page, keeping each account once.
///
/// Pages shift while they are read: a deletion makes the next page skip an account, a creation repeats one. So accounts
/// are collected by id.
public struct Paging: Sendable, Equatable {
  /// The accounts asked for on each page.
  public let perPage: Int
  /// How many different accounts were taken so far.
  public var count: Int { known.count }
  /// The page to ask for next; `nil` once the list has ended.
  public private(set) var nextPage: Int? = 1
  /// Why the list ended; `nil` while it may go on.
  public private(set) var end: ListEnd?

  private var known: Set<String> = []
  /// Rows on a full page of the server's.
  private var size: Int
  /// Room for more accounts than this is not made on the word of a server.
  private static let mostExpected = 200_000

  public init(perPage: Int) {
    self.perPage = perPage
    size = perPage
  }

  /// Takes the answer to ``nextPage`` and gives back those of its accounts that are new, in the server's order.
  ///
  /// Once the list has ended, nothing more is taken.
  public mutating func take(_ page: AccountPage) -> [Account] {
    guard let number = nextPage else { return [] }
    if known.isEmpty, let total = page.info?.countedTotal { known.reserveCapacity(min(total, Self.mostExpected)) }
    var new = page.accounts
    let isNew = new.map { known.insert($0.id).inserted }
    // Nearly always all are new, and nothing has to be copied.
    if isNew.contains(false) { new = zip(page.accounts, isNew).filter(\.1).map(\.0) }
    let info = page.info ?? ResultInfo()
    size = max(1, info.pageSize(asked: perPage, known: size, page: number, rows: page.rowCount))
    end = ListEnd.judge(
      page: number, size: size, count: page.rowCount, newCount: new.count, info: page.info)
    nextPage = end == nil ? number + 1 : nil
    return new
  }
}
