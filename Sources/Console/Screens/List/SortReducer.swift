import Cloudflare
import Terminal

extension State {
  /// Goes on to the next column, and behind the last to the server's own order.
  mutating func sortByNextColumn() -> [Effect] {
    let columns = AccountOrder.Column.allCases
    let next = browse.sort.flatMap { columns.firstIndex(of: $0.column) }.map { $0 + 1 } ?? 0
    return sort(next < columns.count ? AccountOrder(column: columns[next]) : nil)
  }

  mutating func reverseSort() -> [Effect] {
    guard var order = browse.sort else {
      notice = Notice(.note, "The accounts are in the server's order", nextStep: listHint(.sort, "sorts them"))
      return []
    }
    order.isReversed.toggle()
    return sort(order)
  }

  private mutating func sort(_ order: AccountOrder?) -> [Effect] {
    guard browse.sort != nil || browse.list.isWhole else {
      let list = browse.list
      let known =
        list.isLoaded
        ? "\(Wording.number(list.loadedCount)) of \(list.countWords) are loaded"
        : "none has come yet"
      notice = Notice(
        .note, "Sorting needs every account, and \(known)", nextStep: listHint(.loadAll, "loads the rest"))
      return []
    }
    browse.sort = order
    browse.isFollowingEnd = false
    changeList { _ in }
    notice = Notice(.note, browse.orderWords.map { "Sorted \($0)" } ?? "In the server's order")
    return []
  }
}
