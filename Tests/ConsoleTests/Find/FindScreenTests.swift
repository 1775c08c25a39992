import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("Screens of a search")
struct FindScreenTests {
  enum Scene: String, CaseIterable, Sendable {
    case find, filtered, findNothing, findByID, loadingAll, sorted

    var driver: TestDriver {
      var driver = TestDriver(size: Size(width: 120, height: 32))
      var page = Fixture.page(1, of: 1204)
      for (index, name) in SnapshotTests.Scene.names.enumerated() { page.accounts[index].name = name }
      driver.answer(page: 1, .success(page))
      if self == .loadingAll || self == .sorted {
        driver.press(.character("L"))
        while let page = driver.loading.first {
          if self == .loadingAll, page == 9 { break }
          driver.environment.date += 0.25
          driver.answer(page: page, .success(Fixture.page(page, of: 1204)))
        }
        if self == .sorted { driver.press(.character("s"), .character("S"), .escape) }
        return driver
      }
      driver.press(.character("/"))
      switch self {
      case .find: driver.type("ha")
      case .filtered: driver.type("a zu")
      case .findNothing: driver.type("nobody has this name")
      case .findByID: driver.type("0002a")
      case .loadingAll, .sorted: break
      }
      driver.elapse(.searchDebounce)
      guard driver.isRunning(.search) else { return driver }
      switch self {
      case .find, .loadingAll, .sorted: break
      case .filtered:
        driver.answerSearch(.success(AccountPage(accounts: [Fixture.account(900, name: "Zumba Café")])))
        driver.press(.enter)
      case .findNothing:
        driver.answerSearch(.failure(CloudflareError(.unreachable("connection refused"))))
      case .findByID: driver.answerSearch(.success(AccountPage(accounts: [])))
      }
      return driver
    }
  }

  @Test(
    "screens look as recorded", arguments: Scene.allCases,
    [
      Size(width: 160, height: 48), Size(width: 120, height: 32), Size(width: 80, height: 24),
      Size(width: 60, height: 16),
    ])
  func recorded(scene: Scene, size: Size) throws {
    var driver = scene.driver
    driver.send(.resize(size))
    let frame = driver.frame
    try Snapshot(name: "\(scene.rawValue)-\(size.width)x\(size.height)").check(frame.text)
  }

  @Test("what was found is marked by attributes, and only that")
  func marks() {
    let frame = Scene.filtered.driver.frame
    var marked: [String] = []
    for row in 0..<frame.size.height {
      let cells = frame.cells[row * frame.size.width..<(row + 1) * frame.size.width]
      let text = cells.filter { $0.style.attributes.isSuperset(of: Theme.match) }.compactMap {
        Unicode.Scalar($0.scalar)
      }
      if !text.isEmpty { marked.append(text.map(String.init).joined()) }
    }
    #expect(marked == ["aZü", "Zua"])
  }

  @Test("the hardware cursor stands in the find line")
  func cursor() {
    let frame = Scene.find.driver.frame
    #expect(frame.cursor == Position(column: 4, row: 30))
    #expect(frame.text(row: 30) == " /ha")
  }
}
