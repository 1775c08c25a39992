import FoundationEssentials
import Terminal

extension State {
  /// How far the reading of all pages has come, how fast it goes, and how long it will take.
  func drawLoadAll(_ loadAll: LoadAll, row: Int, in frame: inout Frame) {
    let list = browse.list
    let pages = list.pageCount
    let left = pages - list.currentPageCount
    frame.fill(Rectangle(column: 0, row: row, width: size.width, height: 1))
    var column = 1
    if !list.isOpen, pages > 0 {
      let width = min(24, size.width / 5)
      let done = (pages - left) * width / pages
      frame.fill(Rectangle(column: 1, row: row, width: width, height: 1), with: "░", style: Theme.faint)
      frame.fill(Rectangle(column: 1, row: row, width: done, height: 1), with: "█")
      column += width + 1
    }
    let isRefresh = !list.stale.isEmpty && list.isWhole
    var text =
      "\(isRefresh ? "reading again" : "loading"), page \(Wording.number(pages - left)) of \(Wording.number(pages))"
    if list.isOpen { text = "loading, \(Wording.count(pages - left, "page", "pages")) so far" }
    let rate = loadAll.rate ?? 0
    if !list.isOpen {
      let wait = budget?.wait(for: left, at: now, held: rateLimitWait.seconds) ?? 0
      let seconds = wait + (rate > 0 ? Double(left) / rate : 0)
      if seconds > 0 { text += " · \(Wording.remaining(seconds: seconds)) left" }
    }
    text += " · Esc stops"
    let tenths = Int((rate * 10).rounded())
    if tenths > 0 { text += " · \(tenths / 10).\(tenths % 10) pages a second" }
    frame.put(cutting: text, column: column, row: row, width: size.width - column - 1)
  }
}

extension Wording {
  /// A time to come, roughly: `2 min`.
  static func remaining(seconds: Double) -> String {
    guard seconds.isFinite, seconds < 360_000 else { return "days" }
    let seconds = Int(seconds.rounded(.up))
    switch seconds {
    case ..<60: return "\(max(1, seconds)) s"
    case ..<5_400: return "\((seconds + 59) / 60) min"
    default: return "\((seconds + 3_599) / 3_600) h"
    }
  }
}
