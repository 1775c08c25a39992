import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("The request budget on screen")
struct BudgetReducerTests {
  private func blocked(for seconds: Double, waiting: Int = 2) -> TestDriver {
    var driver = TestDriver(accounts: 1_204)
    let end = driver.environment.date + seconds
    driver.tell(BudgetStatus(remaining: 0, blockedUntil: end, waitingRequests: waiting))
    return driver
  }

  private func tick(after milliseconds: Int) -> Effect {
    .wait(.rateLimitWait, for: .milliseconds(milliseconds))
  }

  @Test("what remains stands beside the number of accounts, and needs no timer")
  func remaining() {
    var driver = TestDriver(accounts: 1_204)
    #expect(!driver.screen.contains("budget"))
    #expect(driver.tell(BudgetStatus(remaining: 1_180)) == [])
    #expect(driver.screen.contains(" 1,204 accounts · budget 1,180\n"))
    driver.send(.resize(Size(width: 80, height: 24)))
    #expect(!driver.screen.contains("budget"))
  }

  @Test("a block counts down by seconds, one timer at a time, and ends with what it held up")
  func countsDown() {
    var driver = TestDriver()
    driver.answer(page: 1, .success(Fixture.page(1, of: 1_204)))
    driver.press(.character("]"))
    driver.answer(page: 2, .failure(CloudflareError(.refused, status: 429)))
    let end = driver.environment.date + 2.25
    let status = BudgetStatus(remaining: 0, blockedUntil: end, waitingRequests: 1)
    #expect(driver.tell(status) == [tick(after: 250)])
    #expect(driver.screen.contains("! Cloudflare lets nothing through for 0:03 · Esc gives up the waiting requests"))
    #expect(driver.press(.down).allSatisfy { $0 != tick(after: 250) })
    driver.environment.date += 0.25
    #expect(driver.elapse(.rateLimitWait) == [tick(after: 1_000)])
    #expect(driver.screen.contains("0:02"))
    driver.environment.date += 2
    driver.elapse(.rateLimitWait)
    #expect(!driver.screen.contains("lets nothing through"))
    #expect(driver.loading.contains(2))
    #expect(driver.effects.allSatisfy { $0.id != .rateLimitWait })
  }

  @Test("nothing ticks while a form or the help hides the countdown, and it goes on when they close")
  func hidden() {
    for (opening, closing) in [([Key.character("n")], [Key.escape]), ([.character("?")], [.escape])] {
      var driver = blocked(for: 151)
      #expect(driver.effects == [tick(after: 1_000)])
      driver.press(opening)
      driver.environment.date += 1
      #expect(driver.elapse(.rateLimitWait) == [])
      driver.environment.date += 9.5
      #expect(driver.press(closing).contains(tick(after: 500)))
      #expect(driver.screen.contains("2:21"))
    }
  }

  @Test("a form or dialog in which somebody waits counts down as well, without a key that does something else there")
  func dialogs() {
    for (key, size) in [
      (Key.character("D"), Size(width: 120, height: 32)), (.character("D"), Size(width: 60, height: 16)),
      (.character("e"), Size(width: 60, height: 16)),
    ] {
      var driver = blocked(for: 151)
      driver.send(.resize(size))
      driver.press(key)
      #expect(driver.screen.contains("! Cloudflare lets nothing through for 2:31"))
      #expect(!driver.screen.contains("gives up") && driver.screen.contains("[ Cancel ]"))
      driver.environment.date += 1
      #expect(driver.elapse(.rateLimitWait) == [tick(after: 1_000)])
      #expect(driver.screen.contains("for 2:30"))
      driver.press(.escape)
      #expect(!driver.hasDialog && driver.screen.contains("2:30 · Esc gives up"))
    }
  }

  @Test("where Esc does something else, it is not said to give anything up")
  func otherKeys() {
    for keys in [[Key.character("/")], [.character("J")], [.character(":")]] {
      var driver = blocked(for: 151)
      driver.press(keys)
      #expect(driver.screen.contains("lets nothing through for 2:31"))
      #expect(!driver.screen.contains("gives up"))
    }
  }

  @Test("a search that waits is given up too, and what was being loaded stands in its order")
  func search() {
    var driver = TestDriver(accounts: 1_204)
    driver.press(.character("L"), .character("/"))
    driver.type("Account 12")
    driver.elapse(.searchDebounce)
    driver.press(.enter)
    #expect(driver.isRunning(.search))
    let end = driver.environment.date + 60
    driver.tell(BudgetStatus(remaining: 0, blockedUntil: end, waitingRequests: 1))
    #expect(driver.press(.escape).contains(.cancel(.search)))
    guard case .failed? = driver.list.find?.asking else {
      Issue.record("it is still waited for")
      return
    }
    #expect(driver.loadAll == nil)
    let shown = driver.list
    driver.syncRows()
    #expect(driver.list == shown)
  }

  @Test("Esc gives up what waits, wherever the countdown is seen, and nothing is asked for again by itself")
  func givesUp() {
    for keys in [[], [Key.tab], [.character("@")]] {
      var driver = blocked(for: 151)
      driver.press(keys)
      driver.press(.end)
      let context = driver.context
      if keys.isEmpty { #expect(!driver.loading.isEmpty) }
      let pages = driver.loading
      let effects = driver.press(.escape)
      #expect(effects.contains(.cancel(.rateLimitWait)))
      for page in pages { #expect(effects.contains(.cancel(.page(page)))) }
      #expect(driver.context == context)
      #expect(driver.loading.isEmpty)
      #expect(!driver.screen.contains("lets nothing through"))
      #expect(!driver.isRunning(.rateLimitWait))
      driver.environment.date += 1
      #expect(driver.press(.up).allSatisfy { $0.id != .rateLimitWait && $0.id != .page(25) })
      // Another block is told again.
      let later = driver.environment.date + 300
      #expect(
        driver.tell(BudgetStatus(remaining: 0, blockedUntil: later)) == [tick(after: 1_000)])
      #expect(driver.screen.contains("5:00 · Esc dismisses this"))
    }
  }

  @Test("a page that was fetched ahead and comes on screen goes first as soon as requests have to wait")
  func goesFirst() {
    var driver = TestDriver(accounts: 1_204, size: Size(width: 120, height: 32))
    driver.press(.character("]"))
    let third = ListQuery(page: 3, perPage: 50)
    #expect(driver.loading == [3])
    #expect(driver.isRunning(.loadPage(third, priority: .background)))
    let busy = BudgetStatus(remaining: 4, waitingRequests: 1)
    #expect(driver.tell(busy) == [])
    driver.press(.character("]"))
    #expect(driver.effects.contains(.loadPage(third, priority: .interactive)))
    #expect(driver.isRunning(.loadPage(third, priority: .interactive)))
    #expect(driver.tell(BudgetStatus(remaining: 4, waitingRequests: 2)) == [])
  }

  private static func held(for seconds: Double) -> CloudflareError {
    CloudflareError(
      .refused, status: 429, retryAfter: .milliseconds(Int(seconds * 1_000)), attempts: 0, nothingWasSent: true)
  }

  @Test("a page that the budget holds back waits in its rows, counts down, and is asked for when the time is over")
  func heldBack() {
    var driver = TestDriver(size: Size(width: 80, height: 24))
    driver.answer(page: 1, .success(Fixture.page(1, of: 1_204)))
    driver.press(.end)
    driver.answer(page: 25, .failure(Self.held(for: 2.25)))
    #expect(driver.effects.contains(.wait(.heldPages, for: .milliseconds(2_250))))
    #expect(driver.notice == nil && driver.failures.isEmpty)
    #expect(driver.screen.contains("! The request budget is used up for 0:03 · Esc gives up the waiting requests"))
    #expect(driver.screen.contains("…") && !driver.screen.contains("did not come"))
    #expect(driver.press(.up).allSatisfy { $0.page != 25 })
    // Nobody sees the seconds, and it goes on all the same.
    driver.press(.character("?"))
    driver.environment.date += 2.25
    driver.elapse(.heldPages)
    #expect(driver.effects.compactMap(\.page).contains(25))
    #expect(driver.state.accounts.held.isEmpty)
  }

  @Test("loading all waits for the budget, and goes on by itself from where it was")
  func heldLoading() {
    var driver = TestDriver(accounts: 1_204)
    driver.tell(BudgetStatus(remaining: 100))
    driver.press(.character("L"))
    driver.answer(page: 3, .success(Fixture.page(3, of: 1_204)))
    for page in [4, 5, 6, 7] { driver.answer(page: page, .failure(Self.held(for: 240))) }
    #expect(driver.loading.isEmpty && driver.loadAll != nil)
    #expect(driver.screen.contains("! Loading the rest waits for the request budget for 4:00 · Esc gives up"))
    driver.environment.date += 240
    driver.elapse(.heldPages)
    #expect(driver.effects.compactMap(\.page).sorted() == [4, 5, 6, 7])
    driver.answerPages(of: 1_204)
    #expect(driver.notice == "All 1,204 accounts are loaded")
  }

  @Test("Esc gives up what the budget holds back")
  func heldGivenUp() {
    var driver = TestDriver(accounts: 1_204)
    driver.press(.character("L"))
    driver.answer(page: 3, .failure(Self.held(for: 240)))
    driver.press(.escape)
    #expect(driver.effects.contains(.cancel(.heldPages)))
    #expect(driver.state.accounts.held.isEmpty && driver.loadAll == nil)
    #expect(!driver.isRunning(.heldPages) && !driver.isRunning(.rateLimitWait))
  }

  @Test("r tries at once, with one request for each press, and what waits goes on when that is let through")
  func byHand() throws {
    for keys in [[Key.end], [.end, .character("s")]] {
      var driver = TestDriver(accounts: 1_204)
      driver.press(keys)
      while let page = driver.loading.min() {
        driver.answer(page: page, .failure(Self.held(for: 200)))
      }
      for _ in 0..<2 {
        driver.press(.character("r"))
        let tried = driver.effects.filter { $0.priority == .byHand }
        #expect(tried.count == 1)
        for page in driver.loading where page != tried.first?.page {
          driver.answer(page: page, .failure(Self.held(for: 200)))
        }
        driver.answer(page: try #require(tried.first?.page), .failure(CloudflareError(.refused, status: 429)))
      }
      driver.press(.character("r"))
      let page = try #require(driver.effects.first { $0.priority == .byHand }?.page)
      for other in driver.loading where other != page {
        driver.answer(page: other, .failure(Self.held(for: 200)))
      }
      driver.answer(page: page, .success(Fixture.page(page, of: 1_204)))
      #expect(driver.state.accounts.held.isEmpty && !driver.loading.isEmpty)
    }
    var driver = TestDriver(accounts: 20)
    driver.press(.enter, .character("r"))
    #expect(
      driver.effects.contains(
        .readAccount(Fixture.id(0), for: .detail, priority: .byHand)))
  }

  @Test("what an account holds and could not be checked because of the block is read when that ends")
  func heldInventory() {
    var driver = TestDriver(accounts: 20)
    driver.press(.enter)
    var answers = InventoryAnswers()
    answers.zones = .failure(Self.held(for: 60))
    driver.answerInventory(with: answers)
    #expect(driver.screen.contains("could not check (no more requests"))
    let end = driver.environment.date + 60
    driver.tell(BudgetStatus(remaining: 0, blockedUntil: end))
    driver.environment.date += 60
    driver.elapse(.rateLimitWait)
    #expect(driver.effects.compactMap(\.inventoryRequest).map(\.part) == [.zones])
  }

  @Test("a budget that is used up is said as such")
  func usedUp() {
    var driver = TestDriver(accounts: 20)
    let end = driver.environment.date + 12
    driver.tell(BudgetStatus(remaining: 0, blockedUntil: end, isUsedUp: true, waitingRequests: 1))
    #expect(driver.screen.contains("! The request budget is used up for 0:12 · Esc gives up the waiting requests"))
  }

  @Test("a look-up that waits is given up too, and stays unknown")
  func lookUp() {
    var driver = TestDriver(accounts: 20)
    let intent = ActivityFixture.intent("c", minutesAgo: 20, ActivityFixture.creation("Harbor"))
    driver.begin(intent, by: ActivityFixture.process)
    driver.press(.character("@"), .character("v"))
    let end = driver.environment.date + 60
    driver.tell(BudgetStatus(remaining: 0, blockedUntil: end, waitingRequests: 1))
    #expect(driver.press(.escape).contains(.cancel(.lookUp("c"))))
    #expect(driver.writes.lookUps.isEmpty)
    #expect(driver.history.entries.allSatisfy { $0.isOpen })
  }

  @Test("times are written as on a clock", arguments: [(0, "0:00"), (59, "0:59"), (151, "2:31"), (3_751, "1:02:31")])
  func clock(seconds: Int, text: String) {
    #expect(Wording.clock(seconds: seconds) == text)
  }
}
