import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("Loading all accounts")
struct LoadAllTests {
  /// Answers the lowest page on its way.
  @discardableResult
  private func answerNext(_ driver: inout TestDriver, of total: Int) -> Int? {
    guard let page = driver.loading.first else { return nil }
    driver.environment.date += 0.5
    driver.answer(page: page, .success(Fixture.page(page, of: total)))
    return page
  }

  @Test("L asks for four pages at a time behind everything else, says how it goes, and ends with all of them")
  func loads() {
    var driver = TestDriver(accounts: 1204)
    for _ in 0..<10 { driver.press(.down) }
    let selected = driver.selectedID
    let line = driver.list.cursor.row - driver.list.cursor.top
    driver.press(.character("L"))
    #expect(driver.effects.compactMap(\.page) == [3, 4, 5, 6])
    #expect(driver.effects.compactMap(\.priority) == Array(repeating: .background, count: 4))
    #expect(driver.screen.contains("loading, page 2 of 25 · Esc stops"))
    var asked = 6
    while let page = answerNext(&driver, of: 1204) {
      #expect(driver.effects.compactMap(\.page) == (asked < 25 ? [asked + 1] : []))
      asked = min(25, asked + 1)
      if page == 10 {
        #expect(driver.screen.contains("loading, page 10 of 25 · 8 s left · Esc stops · 2.0 pages a second"))
      }
    }
    #expect(driver.loadAll == nil)
    #expect(driver.accounts.isWhole)
    #expect(driver.message == Notice(.success, "All 1,204 accounts are loaded"))
    #expect(driver.selectedID == selected)
    #expect(driver.list.cursor.row - driver.list.cursor.top == line)
    driver.press(.character("L"))
    #expect(driver.effects == [])
    #expect(driver.notice == "All 1,204 accounts are loaded")
  }

  @Test("Esc stops and keeps what came, and L goes on from there")
  func stops() {
    var driver = TestDriver(accounts: 1204)
    driver.press(.character("L"))
    for _ in 0..<3 { answerNext(&driver, of: 1204) }
    let loading = driver.loading
    driver.press(.escape)
    #expect(
      driver.effects.filter { if case .cancel = $0 { true } else { false } } == loading.map { .cancel(.page($0)) })
    #expect(driver.loading.isEmpty)
    #expect(driver.message == Notice(.note, "Stopped with 250 of 1,204 accounts loaded", nextStep: "L goes on"))
    driver.press(.escape, .character("L"))
    #expect(driver.effects.compactMap(\.page) == [6, 7, 8, 9])
  }

  @Test("walking through the list meanwhile neither asks twice nor gives the pages up")
  func walking() {
    var driver = TestDriver(accounts: 1204)
    driver.press(.character("L"))
    var asked = driver.effects.compactMap(\.page)
    driver.press(.character("G"))
    asked += driver.effects.compactMap(\.page)
    #expect(!driver.effects.contains { if case .cancel(.page) = $0 { true } else { false } })
    driver.press(.character("g"))
    #expect(driver.effects.contains(.cancel(.page(25))))
    while answerNext(&driver, of: 1204) != nil { asked += driver.effects.compactMap(\.page) }
    // The last two were given up with the end of the list, and asked for again.
    #expect(asked.sorted() == (Array(3...25) + [24, 25]).sorted())
    #expect(driver.accounts.isWhole)
    #expect(driver.notice == "All 1,204 accounts are loaded")
  }

  @Test("pages that were on their way for the rows on screen, and given up with them, are asked for again at the end")
  func lastOnesGivenUp() {
    var driver = TestDriver(accounts: 1204)
    driver.press(.character("L"))
    driver.press(.character("G"))
    while let page = driver.loading.first, page < 24 {
      driver.answer(page: page, .success(Fixture.page(page, of: 1204)))
    }
    #expect(driver.loading == [24, 25])
    driver.press(.character("g"))
    #expect(driver.effects.compactMap(\.page) == [24, 25])
    driver.answerPages(of: 1204)
    #expect(driver.notice == "All 1,204 accounts are loaded")
  }

  @Test("its end pushes no warning and no failure aside")
  func noticeStays() {
    var driver = TestDriver(accounts: 160)
    driver.press(.character("L"))
    let warning = Notice(.warning, "Whether Harbor was deleted is not known")
    driver.show(warning)
    driver.answerPages(of: 160)
    #expect(driver.loadAll == nil)
    #expect(driver.message == warning)
  }

  @Test("a page that does not come ends it, with what is to be done")
  func failure() {
    var driver = TestDriver(accounts: 1204)
    driver.press(.character("L"))
    driver.answer(page: 4, .failure(CloudflareError(.timedOut)))
    #expect(driver.loadAll == nil)
    #expect(driver.loading.isEmpty)
    #expect(driver.notice?.hasPrefix("Page 4 did not come:") == true)
  }

  @Test("credentials that get page 1 for ever end it after the second page, and are told why")
  func repeatedPage() {
    var driver = TestDriver(size: Size(width: 120, height: 32))
    var page = Fixture.page(1, of: 50)
    page.info = ResultInfo(page: 1, perPage: 50, count: 50)
    driver.answer(page: 1, .success(page))
    driver.press(.character("L"))
    while driver.isRunning(.page(2)) {
      driver.answer(page: 2, .success(page))
    }
    #expect(driver.loadAll == nil)
    #expect(driver.noticeKind == .warning)
    #expect(driver.notice == "50 accounts are loaded: page 2 repeated what was there, this credential sees no further")
  }

  @Test("page 1 for ever beside a great total ends it with several pages on their way")
  func repeatedPages() {
    var driver = TestDriver(size: Size(width: 80, height: 24))
    var page = Fixture.page(1, of: 50)
    page.info = ResultInfo(page: 1, perPage: 50, count: 50, totalCount: 1204)
    driver.answer(page: 1, .success(page))
    driver.press(.character("L"))
    #expect(driver.loading == [2, 3, 4, 5])
    // The last of them comes first.
    while let number = driver.loading.last {
      driver.answer(page: number, .success(page))
      #expect(driver.accounts.rowCount == 50)
    }
    #expect(driver.loadAll == nil)
    #expect(driver.notice == "50 accounts are loaded: page 5 repeated what was there, this credential sees no further")
  }

  @Test("a list that becomes shorter while its last pages are on their way ends where the server says")
  func shrinking() {
    var driver = TestDriver(accounts: 1204)
    driver.press(.character("L"))
    while let page = driver.loading.min(), page < 21 { answerNext(&driver, of: 1204) }
    #expect(driver.loading == [21, 22, 23, 24])
    while answerNext(&driver, of: 1000) != nil { #expect(driver.accounts.rowCount == 1000) }
    #expect(driver.message == Notice(.success, "All 1,000 accounts are loaded"))
  }

  @Test("what is not known of a list without totals is not told as a number")
  func openWords() {
    var driver = TestDriver(size: Size(width: 80, height: 24))
    let page = AccountPage(accounts: Fixture.page(1, of: 50).accounts)
    driver.answer(page: 1, .success(page))
    #expect(driver.screen.hasPrefix(" tenantry   SANDBOX"))
    #expect(driver.screen.contains(" 50+ accounts"))
    #expect(driver.position == "1 of 50+ · page 1")
    driver.press(.character("L"), .escape)
    #expect(driver.notice == "Stopped with 50 accounts loaded, there may be more")
  }

  @Test("one account is told as one")
  func one() {
    var driver = TestDriver(accounts: 1)
    driver.press(.character("L"))
    #expect(driver.notice == "The one account is loaded")
  }

  @Test("a list without totals is loaded page by page to its end")
  func openList() {
    var driver = TestDriver(size: Size(width: 80, height: 24))
    func answer(_ driver: inout TestDriver) -> [Int] {
      guard let page = driver.loading.first else { return [] }
      var answer = Fixture.page(page, of: 170)
      answer.info = nil
      driver.answer(page: page, .success(answer))
      return [page]
    }
    _ = answer(&driver)
    driver.press(.character("L"))
    var pages: [Int] = []
    while driver.loadAll != nil {
      #expect(driver.loading.count == 1)
      #expect(driver.screen.contains("so far"))
      pages += answer(&driver)
    }
    #expect(pages == [2, 3, 4, 5])
    #expect(driver.notice == "All 170 accounts are loaded")
  }

  @Test("a list that has changed while it was read says so")
  func changed() {
    var driver = TestDriver(accounts: 160)
    driver.press(.character("L"))
    while let page = driver.loading.first {
      var answer = Fixture.page(page, of: 160)
      if page == 4 { answer.accounts.removeLast(2) }
      driver.answer(page: page, .success(answer))
    }
    #expect(driver.noticeKind == .warning)
    #expect(driver.notice?.hasPrefix("158 accounts are loaded, and the server counts 160") == true)
  }

  @Test("the rows that match grow as pages come, without moving the selection")
  func whileFiltering() {
    var driver = TestDriver(accounts: 1204)
    driver.press(.character("/"))
    driver.type("account 120")
    driver.press(.enter)
    #expect(driver.list.arrangement == [])
    driver.press(.character("L"))
    while answerNext(&driver, of: 1204) != nil {}
    // Last the one whose digits have another between them.
    #expect(driver.list.arrangement == [120, 1200, 1201, 1202, 1203, 1120, 1020].map { Fixture.id($0) })
    #expect(driver.position == "/account 120 · 1 of 7 match · searched all 1,204")
  }

  @Test("the time left counts the waits for the budget that all pages will take")
  func timeLeft() {
    var driver = TestDriver(accounts: 100_000)
    func left(_ status: BudgetStatus) -> String {
      var other = driver
      other.tell(status)
      return other.screen.split(separator: "\n").first { $0.contains("loading, page") }.map(String.init) ?? ""
    }
    driver.press(.character("L"))
    // Before any rate is known, the waits alone: 1,998 pages are one window more than the 1,100 that may go now.
    let soon = driver.environment.date + 120
    #expect(left(BudgetStatus(remaining: 1_200, resetsAt: soon)).contains("page 2 of 2,000 · 2 min left"))
    while driver.loading.contains(where: { $0 < 42 }) { answerNext(&driver, of: 100_000) }
    // 2 pages a second: 980 s for 1,959 of them.
    #expect(left(BudgetStatus(remaining: 2_400, limit: 2_400)).contains("page 41 of 2,000 · 17 min left"))
    #expect(left(BudgetStatus(remaining: 1_200, resetsAt: soon)).contains("19 min left"))
    #expect(left(BudgetStatus(remaining: 100, resetsAt: soon)).contains("24 min left"))
    let end = driver.environment.date + 300
    #expect(left(BudgetStatus(remaining: 0, blockedUntil: end)).contains("27 min left"))
    #expect(left(BudgetStatus(remaining: 2_400, limit: 2_400, blockedUntil: end)).contains("22 min left"))
  }

  @Test(
    "what is left is told roughly",
    arguments: [(0.2, "1 s"), (59, "59 s"), (61, "2 min"), (5_400, "2 h"), (9e9, "days")])
  func remaining(seconds: Double, text: String) {
    #expect(Wording.remaining(seconds: seconds) == text)
  }
}
