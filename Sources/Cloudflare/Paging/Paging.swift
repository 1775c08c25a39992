/// Goes through a list page by page, keeping each account once.
///
/// Pages shift while they are read: a deletion makes the next page skip an account, a creation repeats one. So accounts
/// are collected by id, and what the server's last total says beyond them is told by ``missing``.
public struct Paging: Sendable, Equatable {
  /// The accounts asked for on each page.
  public let perPage: Int
  /// How many different accounts were taken so far.
  public var count: Int { known.count }
  /// How many accounts came again, and were dropped.
  public private(set) var repeats = 0
  /// The page to ask for next; `nil` once the list has ended.
  public private(set) var nextPage: Int? = 1
  /// Why the list ended; `nil` while it may go on.
  public private(set) var end: ListEnd?
  /// The newest `total_count`; each answer may say another.
  public private(set) var total: Int?

  private var known: Set<String> = []
  /// Room for more accounts than this is not made on the word of a server.
  private static let mostExpected = 200_000

  public init(perPage: Int) {
    self.perPage = perPage
  }

  /// Takes the answer to ``nextPage`` and gives back those of its accounts that are new, in the server's order.
  ///
  /// Once the list has ended, nothing more is taken.
  public mutating func take(_ page: AccountPage) -> [Account] {
    guard let number = nextPage else { return [] }
    total = page.info?.totalCount ?? total
    if known.isEmpty, let total { known.reserveCapacity(min(max(0, total), Self.mostExpected)) }
    var new = page.accounts
    let isNew = new.map { known.insert($0.id).inserted }
    // Nearly always all are new, and nothing has to be copied.
    if isNew.contains(false) { new = zip(page.accounts, isNew).filter(\.1).map(\.0) }
    repeats += page.accounts.count - new.count
    end = ListEnd.judge(
      page: number, perPage: perPage, count: page.accounts.count, newCount: new.count, info: page.info)
    nextPage = end == nil ? number + 1 : nil
    return new
  }

  /// By how many accounts the ended list differs from the server's last total, when it does: negative for accounts
  /// more than it says. The list changed while it was read, and is worth reading again.
  public var missing: Int? {
    guard end != nil, let total, total != count else { return nil }
    return total - count
  }
}
