import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("The last known list")
struct LastKnownReducerTests {
  /// The first pages of a list of this many, read two hours before.
  private func known(pages: Int, of total: Int) -> CachedList {
    CachedList(
      perPage: 50, pageSize: 50, total: total,
      pages: (1...pages).map { page in
        .init(
          number: page, readOn: Date(timeIntervalSince1970: 1_795_521_600 - 7_200),
          accounts: Fixture.page(page, of: total).accounts)
      })
  }

  /// A person whose console keeps lists, at the start.
  private func start(size: Size = Size(width: 120, height: 32)) -> TestDriver {
    var driver = TestDriver(size: size)
    driver.restart(size: size) { $0.keepsList = true }
    return driver
  }

  @Test("the start reads it beside the first page, and shows it with its age at once")
  func shown() {
    var driver = start()
    #expect(
      driver.effects == [
        .readJournal, .readListCache,
        .loadPage(ListQuery(page: 1, perPage: 50), priority: .interactive),
      ])
    driver.answerListCache(.list(known(pages: 7, of: 1204)))
    #expect(driver.selectedID == Fixture.id(0))
    #expect(driver.position == "1 of 1,204 · page 1 of 25 · as of 2 hours ago, refreshing …")
    // The page ahead is old as well.
    #expect(driver.effects.compactMap(\.page) == [2])
    #expect(!driver.effects.contains { $0.id == .keepingList })
    driver.press(.down, .down)
    let selected = driver.selectedID
    driver.answerPages(of: 1204)
    #expect(driver.selectedID == selected)
    #expect(driver.position == "3 of 1,204 · page 1 of 25")
  }

  @Test("old pages are read again when they come near, and not before")
  func refreshedWhenNear() {
    var driver = start()
    driver.answerListCache(.list(known(pages: 7, of: 1204)))
    driver.answerPages(of: 1204)
    #expect(driver.accounts.stale == [3, 4, 5, 6, 7])
    for _ in 0..<7 { driver.press(.pageDown) }
    #expect(driver.loading == [4, 5])
    #expect(driver.position.hasSuffix("as of 2 hours ago, refreshing …"))
    driver.answerPages(of: 1204)
    #expect(!driver.position.contains("as of"))
  }

  @Test("the server's answer goes before it, in either order, and an account that has moved is there once")
  func order() {
    var driver = start()
    var fresh = Fixture.page(1, of: 1205)
    fresh.accounts = [Fixture.account(5000)] + fresh.accounts.dropLast(2) + [Fixture.account(60)]
    var late = driver
    driver.answer(page: 1, .success(fresh))
    driver.answerListCache(.list(known(pages: 2, of: 1204)))
    late.answerListCache(.list(known(pages: 2, of: 1204)))
    late.answer(page: 1, .success(fresh))
    for driver in [driver, late] {
      let list = driver.accounts
      #expect(list.index(of: Fixture.id(5000)) == 0)
      #expect(list.index(of: Fixture.id(60)) == 49)
      #expect(list.parts.first { $0.key == 2 }?.ids == (50..<100).filter { $0 != 60 }.map { Fixture.id($0) })
      #expect(list.stale == [2])
    }
    #expect(late.selectedID == Fixture.id(0))
  }

  @Test("a server that cannot be reached leaves it readable, and the screen says so")
  func unreachable() {
    let error = CloudflareError(.unreachable("connection refused"))
    var driver = start()
    var late = driver
    driver.answerListCache(.list(known(pages: 1, of: 20)))
    driver.answer(page: 1, .failure(error))
    late.answer(page: 1, .failure(error))
    late.answerListCache(.list(known(pages: 1, of: 20)))
    for driver in [driver, late] {
      #expect(driver.selectedID == Fixture.id(0))
      #expect(driver.position == "1 of 20 · page 1 of 1 · as of 2 hours ago, not refreshed")
      #expect(driver.notice?.hasPrefix("The list as of 2 hours ago could not be refreshed:") == true)
    }
    // A deletion reads the account from the server before it offers anything.
    driver.press(.character("D"))
    #expect(driver.effects.contains(.readAccount(Fixture.id(0), for: .deletion)))
  }

  @Test("what has changed is kept once it is left alone, and nothing else is")
  func keeping() {
    var driver = start()
    driver.answerListCache(.list(known(pages: 1, of: 20)))
    let wait = Effect.wait(.keepingList, for: .milliseconds(500))
    #expect(!driver.effects.contains(wait))
    driver.press(.down)
    #expect(!driver.effects.contains(wait))
    driver.answerPages(of: 20)
    #expect(driver.effects.contains(wait))
    #expect(driver.elapse(.keepingList) == [.keepList(driver.accounts)])
    #expect(!driver.press(.down).contains(wait))
    driver.changeList { $0.insertCreated(Fixture.account(700)) }
    #expect(driver.press(.down).contains(wait))
    driver.changeList { $0.markDeleted(Fixture.id(3)) }
    #expect(driver.press(.down).contains(wait))
    let kept = CachedList(driver.accounts)
    #expect(kept.pages.map(\.number) == [1])
    #expect(kept.pages[0].accounts.map(\.id) == [Fixture.id(700)] + (0..<20).filter { $0 != 3 }.map { Fixture.id($0) })
    #expect(kept.pages[0].readOn == driver.environment.date)
  }

  @Test("while all pages come it is kept once, at the end")
  func keepingAll() {
    var driver = start()
    driver.answerListCache(.nothing)
    driver.answerPages(of: 1204)
    driver.press(.character("L"))
    var waits = 0
    while let page = driver.loading.first {
      driver.answer(page: page, .success(Fixture.page(page, of: 1204)))
      if driver.effects.contains(where: { $0.id == .keepingList }) {
        waits += 1
      }
    }
    #expect(waits == 1)
    #expect(driver.loadAll == nil)
  }

  @Test("a refresh has every page read again when it comes near, and keeps those that have not been until then")
  func refreshed() {
    var driver = start()
    driver.answerListCache(.nothing)
    driver.answerPages(of: 1204)
    driver.press(.character("L"))
    driver.answerPages(of: 1204)
    driver.press(.character("]"), .character("]"))
    // The page ahead is near, too.
    #expect(driver.press(.character("r")).compactMap(\.page) == [3, 4])
    #expect(CachedList(driver.accounts).pages.count == 25)
    driver.answerPages(of: 1204)
    #expect(CachedList(driver.accounts).pages.map(\.number) == Array(1...25))
    #expect(driver.accounts.stale.count == 23)
    driver.press(.end)
    #expect(driver.loading == [24, 25])
    #expect(driver.position.hasSuffix("as of just now, refreshing …"))
  }

  @Test("a dropped list and one that cannot be kept are told of, the latter once")
  func notice() {
    var driver = start()
    driver.answerListCache(.dropped("it is damaged"))
    #expect(driver.notice == "The last known list is not shown: it is damaged")
    driver.press(.escape)
    driver.answerPages(of: 20)
    driver.send(.answer(.listNotKept("the disk is full")))
    #expect(driver.notice == "The list is not kept for the next start: the disk is full")
    driver.changeList { $0.markDeleted(Fixture.id(3)) }
    #expect(driver.press(.down) == [.rest(on: Fixture.id(1))])
  }

  @Test("a search over it says how old it is, and asks the server though every page is there")
  func search() {
    var driver = start()
    driver.answerListCache(.list(known(pages: 1, of: 20)))
    driver.press(.character("/"))
    driver.type("account 1")
    #expect(driver.position == "1 of 11 match · searched all 20, as of 2 hours ago")
    #expect(driver.effects.contains(.wait(.searchDebounce, for: .milliseconds(250))))
  }

  @Test("one with pages of another size is of no use")
  func otherSize() {
    var driver = start()
    var list = known(pages: 1, of: 20)
    list.perPage = 20
    driver.answerListCache(.list(list))
    #expect(!driver.accounts.isLoaded)
  }
}
