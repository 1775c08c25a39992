import Terminal
import Testing

@testable import Console

@Suite("Finding text in the detail pane")
struct DetailSearchTests {
  private func opened(size: Size = Size(width: 120, height: 32)) -> TestDriver {
    var driver = TestDriver(accounts: 30, size: size)
    driver.rest()
    driver.answerInventory(with: .rich)
    driver.press(.enter)
    return driver
  }

  @Test("what is typed is found at once, n and N go on around the ends, and Esc goes back to the list")
  func finding() {
    var driver = opened()
    driver.press(.character("/"))
    #expect(driver.context == .detailSearch)
    for character in "active" { driver.press(.character(Unicode.Scalar(String(character))!)) }
    let first = driver.detail.search?.line
    #expect(first != nil)
    driver.press(.enter)
    #expect(driver.context == .detail)
    driver.press(.character("n"))
    let second = driver.detail.search?.line
    #expect(second != nil && second != first)
    #expect(driver.screen.contains("“active” · 2 of "))
    driver.press(.character("N"))
    #expect(driver.detail.search?.line == first)
    driver.press(.character("N"))
    // Around the beginning to the last one, and from there around the end.
    let last = driver.detail.search?.line
    #expect(last != nil && last != first)
    driver.press(.character("n"))
    #expect(driver.detail.search?.line == first)
    #expect(driver.screen.contains("“active” · 1 of "))
    #expect(!driver.hasDialog)
    driver.press(.escape)
    #expect(driver.context == .list && driver.detail.search == nil)
  }

  @Test("a match below the window is scrolled to")
  func scrolling() {
    var driver = opened(size: Size(width: 80, height: 16))
    driver.press(.character("/"))
    for character in "access" { driver.press(.character(Unicode.Scalar(String(character))!)) }
    let line = driver.detail.search?.line ?? -1
    let rows = driver.layout.detail.height
    #expect(line >= rows)
    #expect((driver.detail.scroll..<driver.detail.scroll + rows).contains(line))
  }

  @Test("what is found is marked, in the label and in the text behind it", arguments: ["zones", "active"])
  func marking(text: String) {
    var driver = opened()
    func marked() -> [String] {
      let frame = driver.frame
      return (0..<frame.size.height).flatMap { row in
        frame.cells[row * frame.size.width..<(row + 1) * frame.size.width]
          .split { !$0.style.attributes.isSuperset(of: Theme.match) }
          .map { String(String.UnicodeScalarView($0.compactMap { Unicode.Scalar($0.scalar) })).lowercased() }
      }
    }
    #expect(marked() == [])
    driver.press(.character("/"))
    driver.type(text)
    driver.press(.enter)
    #expect(!marked().isEmpty && marked().allSatisfy { $0 == text })
    let line = driver.detail.search?.line ?? 0
    let found = driver.detailLines[line]
    #expect(found.label == "Zones" || found.text.contains("active"))
  }

  @Test("text that is not there says so, and n without a search says how to begin one")
  func nothing() {
    var driver = opened()
    driver.press(.character("n"))
    #expect(!driver.hasDialog && driver.nextStep == "/ finds text in it")
    driver.press(.character("/"), .character("§"))
    #expect(driver.screen.contains("no line here has it"))
    driver.press(.escape)
    #expect(driver.detail.search == nil && driver.context == .detail)
  }

  @Test(
    "text is found whatever its case and accents",
    arguments: [
      ("zone", "Zone and ZONE", 2), ("Zone", "zone and Zone", 2), ("", "x", 0), ("aa", "aaaa", 2),
      ("strasse", "Große Straße", 1), ("é", "Cafe\u{301}, cafe", 2), ("ss", "ß", 1), ("sst", "ß", 0),
    ])
  func matching(wanted: String, text: String, count: Int) {
    var search = DetailSearch()
    search.field.apply(.insert(wanted))
    #expect(search.matches(in: text).count == count)
  }
}
