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
      perPage: 50, total: total,
      pages: (1...pages).map { page in
        .init(
          number: page, readOn: Date(timeIntervalSince1970: 1_795_521_600 - 7_200),
          accounts: Fixture.page(page, of: total).accounts)
      })
  }

  /// A person whose console keeps lists, at the start.
  private func start(size: Size = Size(width: 120, height: 32)) -> TestDriver {
    var driver = TestDriver(size: size)
    var session = driver.state.session
    session.keepsList = true
    driver.state = State(session: session)
    driver.send(.start(size))
    return driver
  }

  private func read(_ driver: inout TestDriver, _ reading: ListCacheReading) {
    guard let token = driver.state.listCache.reading else { return }
    driver.send(.listCache(.read(token: token, reading)))
  }

  @Test("the start reads it beside the first page, and shows it with its age at once")
  func shown() {
    var driver = start()
    #expect(
      driver.effects == [
        .readJournal(token: RequestToken(number: 1)), .readListCache(token: RequestToken(number: 2)),
        .loadPage(ListQuery(page: 1, perPage: 50), priority: .interactive, token: RequestToken(number: 3)),
      ])
    read(&driver, .list(known(pages: 7, of: 1204)))
    #expect(driver.selectedID == Fixture.id(0))
    #expect(driver.state.position == "1 of 1,204 · page 1 of 25 · as of 2 hours ago, refreshing …")
    // The page ahead is old as well.
    #expect(driver.effects.compactMap(\.page) == [2])
    #expect(!driver.effects.contains { if case .wait(.keepingList, _, _) = $0 { true } else { false } })
    driver.press(.down, .down)
    let selected = driver.selectedID
    driver.answerPages(of: 1204)
    #expect(driver.selectedID == selected)
    #expect(driver.state.position == "3 of 1,204 · page 1 of 25")
  }

  @Test("old pages are read again when they come near, and not before")
  func refreshedWhenNear() {
    var driver = start()
    read(&driver, .list(known(pages: 7, of: 1204)))
    driver.answerPages(of: 1204)
    #expect(driver.state.browse.list.stale == [3, 4, 5, 6, 7])
    for _ in 0..<7 { driver.press(.pageDown) }
    #expect(driver.state.browse.loading.keys.sorted() == [4, 5])
    #expect(driver.state.position.hasSuffix("as of 2 hours ago, refreshing …"))
    driver.answerPages(of: 1204)
    #expect(!driver.state.position.contains("as of"))
  }

  @Test("the server's answer goes before it, in either order, and an account that has moved is there once")
  func order() {
    var driver = start()
    let token = driver.state.browse.loading[1]!
    var fresh = Fixture.page(1, of: 1205)
    fresh.accounts = [Fixture.account(5000)] + fresh.accounts.dropLast(2) + [Fixture.account(60)]
    var late = driver
    driver.send(.browse(.pageAnswered(page: 1, token: token, .success(fresh))))
    read(&driver, .list(known(pages: 2, of: 1204)))
    read(&late, .list(known(pages: 2, of: 1204)))
    late.send(.browse(.pageAnswered(page: 1, token: token, .success(fresh))))
    for driver in [driver, late] {
      let list = driver.state.browse.list
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
    let token = driver.state.browse.loading[1]!
    read(&driver, .list(known(pages: 1, of: 20)))
    driver.send(.browse(.pageAnswered(page: 1, token: token, .failure(error))))
    late.send(.browse(.pageAnswered(page: 1, token: token, .failure(error))))
    read(&late, .list(known(pages: 1, of: 20)))
    for driver in [driver, late] {
      #expect(driver.selectedID == Fixture.id(0))
      #expect(driver.state.position == "1 of 20 · page 1 of 1 · as of 2 hours ago, not refreshed")
      #expect(driver.notice?.hasPrefix("The list as of 2 hours ago could not be refreshed:") == true)
    }
    // A deletion reads the account from the server before it offers anything.
    driver.press(.character("D"))
    #expect(driver.effects.contains { if case .readDeletionTarget(Fixture.id(0), _) = $0 { true } else { false } })
  }

  @Test("what has changed is kept once it is left alone, and nothing else is")
  func keeping() {
    var driver = start()
    read(&driver, .list(known(pages: 1, of: 20)))
    let wait = Effect.wait(.keepingList, for: .milliseconds(500), then: .listCache(.due))
    #expect(!driver.effects.contains(wait))
    driver.press(.down)
    #expect(!driver.effects.contains(wait))
    driver.answerPages(of: 20)
    #expect(driver.effects.contains(wait))
    #expect(driver.send(.listCache(.due)) == [.keepList(driver.state.browse.list)])
    #expect(!driver.press(.down).contains(wait))
    driver.state.changeList { $0.insertCreated(Fixture.account(700)) }
    #expect(driver.press(.down).contains(wait))
    driver.state.changeList { $0.markDeleted(Fixture.id(3)) }
    #expect(driver.press(.down).contains(wait))
    let kept = CachedList(driver.state.browse.list)
    #expect(kept.pages.map(\.number) == [1])
    #expect(kept.pages[0].accounts.map(\.id) == [Fixture.id(700)] + (0..<20).filter { $0 != 3 }.map { Fixture.id($0) })
    #expect(kept.pages[0].readOn == driver.environment.date)
  }

  @Test("while all pages come it is kept once, at the end")
  func keepingAll() {
    var driver = start()
    read(&driver, .nothing)
    driver.answerPages(of: 1204)
    driver.press(.character("L"))
    var waits = 0
    while let (page, token) = driver.state.browse.loading.min(by: { $0.key < $1.key }) {
      driver.send(.browse(.pageAnswered(page: page, token: token, .success(Fixture.page(page, of: 1204)))))
      if driver.effects.contains(where: { if case .wait(.keepingList, _, _) = $0 { true } else { false } }) {
        waits += 1
      }
    }
    #expect(waits == 1)
    #expect(driver.state.browse.loadAll == nil)
  }

  @Test("a refresh has every page read again when it comes near, and keeps those that have not been until then")
  func refreshed() {
    var driver = start()
    read(&driver, .nothing)
    driver.answerPages(of: 1204)
    driver.press(.character("L"))
    driver.answerPages(of: 1204)
    driver.press(.character("]"), .character("]"))
    // The page ahead is near, too.
    #expect(driver.press(.character("r")).compactMap(\.page) == [3, 4])
    #expect(CachedList(driver.state.browse.list).pages.count == 25)
    driver.answerPages(of: 1204)
    #expect(CachedList(driver.state.browse.list).pages.map(\.number) == Array(1...25))
    #expect(driver.state.browse.list.stale.count == 23)
    driver.press(.end)
    #expect(driver.state.browse.loading.keys.sorted() == [24, 25])
    #expect(driver.state.position.hasSuffix("as of just now, refreshing …"))
  }

  @Test("a dropped list and one that cannot be kept are told of, the latter once")
  func notice() {
    var driver = start()
    read(&driver, .dropped("it is damaged"))
    #expect(driver.notice == "The last known list is not shown: it is damaged")
    driver.press(.escape)
    driver.answerPages(of: 20)
    driver.send(.listCache(.notKept("the disk is full")))
    #expect(driver.notice == "The list is not kept for the next start: the disk is full")
    driver.state.changeList { $0.markDeleted(Fixture.id(3)) }
    #expect(driver.press(.down) == [.rest(on: Fixture.id(1))])
  }

  @Test("a search over it says how old it is, and asks the server though every page is there")
  func search() {
    var driver = start()
    read(&driver, .list(known(pages: 1, of: 20)))
    driver.press(.character("/"))
    driver.type("account 1")
    #expect(driver.state.position == "1 of 11 match · searched all 20, as of 2 hours ago")
    #expect(driver.effects.contains(.wait(.findDebounce, for: .milliseconds(250), then: .find(.debounced))))
  }

  @Test("one with pages of another size is of no use")
  func otherSize() {
    var driver = start()
    var list = known(pages: 1, of: 20)
    list.perPage = 20
    read(&driver, .list(list))
    #expect(!driver.state.browse.list.isLoaded)
  }
}
