import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("Layout")
struct LayoutTests {
  @Test("both panes keep what they need, at every width and wherever the line is moved")
  func divider() throws {
    for width in stride(from: Layout.wideWidth, to: 400, by: 23) {
      for shift in [-1_000, -20, -4, 0, 4, 20, 1_000] {
        let layout = Layout(size: Size(width: width, height: 32), dividerShift: shift)
        let divider = try #require(layout.divider)
        #expect(layout.list.width >= Layout.narrowestList && layout.detail.width >= Layout.narrowestDetail)
        #expect(layout.list.endColumn == divider && layout.detail.column == divider + 2)
        #expect(layout.detail.endColumn == width - 1)
      }
    }
  }

  @Test("the line between the panes moves with < and >, up to a bound from which one key leads back")
  func moving() {
    var driver = TestDriver(accounts: 10)
    let usual = driver.layout.divider
    driver.press(.character("<"))
    #expect(driver.layout.divider == usual.map { $0 - 4 })
    for _ in 0..<50 { driver.press(.character("<")) }
    #expect(driver.layout.divider == Layout.narrowestList)
    driver.press(.tab, .character(">"))
    #expect(driver.layout.divider == Layout.narrowestList + 4)
    #expect(driver.screen.contains("┤"))
  }

  @Test("it stays where it is through windows of other sizes, and says so in those that have one pane")
  func resizing() {
    var driver = TestDriver(accounts: 10)
    driver.press(.character("<"))
    let divider = driver.layout.divider
    driver.send(.resize(Size(width: 80, height: 24)))
    driver.press(.character(">"))
    #expect(driver.notice?.contains("100 columns") == true)
    driver.send(.resize(Size(width: 120, height: 32)))
    #expect(driver.layout.divider == divider)
  }

  @Test("a window of any size is drawn with all that can stand at its bottom")
  func anySize() {
    for opening in [[Key.character("L"), .character("/")], [.character("D")], [.character("n")]] {
      var driver = TestDriver(accounts: 1_204)
      driver.press(opening)
      let end = driver.environment.date + 60
      driver.tell(BudgetStatus(remaining: 0, blockedUntil: end, waitingRequests: 1))
      for height in 0...20 {
        for width in [0, 1, 20, 60] {
          driver.send(.resize(Size(width: width, height: height)))
          driver.show(Notice(.warning, String(repeating: "words ", count: 60)))
          #expect(driver.frame.size == driver.size)
        }
      }
    }
  }
}
