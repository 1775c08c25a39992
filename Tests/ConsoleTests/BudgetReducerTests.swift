import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("The request budget on screen")
struct BudgetReducerTests {
  private func blocked(for seconds: Double, waiting: Int = 2) -> Person {
    var person = Person(accounts: 1_204)
    let end = person.moment.date + seconds
    person.send(.budget(.changed(BudgetStanding(remaining: 0, blockedUntil: end, waiting: waiting))))
    return person
  }

  private func tick(after milliseconds: Int) -> Effect {
    .wait(.countdown, for: .milliseconds(milliseconds), then: .budget(.tick))
  }

  @Test("what remains stands beside the number of accounts, and needs no timer")
  func remaining() {
    var person = Person(accounts: 1_204)
    #expect(!person.screen.contains("budget"))
    #expect(person.send(.budget(.changed(BudgetStanding(remaining: 1_180)))) == [])
    #expect(person.screen.contains(" 1,204 accounts · budget 1,180\n"))
    person.send(.resize(Size(width: 80, height: 24)))
    #expect(!person.screen.contains("budget"))
  }

  @Test("a block counts down by seconds, one timer at a time, and ends with what it held up")
  func countsDown() throws {
    var person = Person()
    let token = try #require(person.state.browse.loading[1])
    person.send(.browse(.pageAnswered(page: 1, token: token, .success(Fixture.page(1, of: 1_204)))))
    person.press(.character("]"))
    let second = try #require(person.state.browse.loading[2])
    person.send(.browse(.pageAnswered(page: 2, token: second, .failure(CloudflareError(.refused, status: 429)))))
    let end = person.moment.date + 2.25
    let standing = BudgetStanding(remaining: 0, blockedUntil: end, waiting: 1)
    #expect(person.send(.budget(.changed(standing))) == [tick(after: 250)])
    #expect(person.screen.contains("! Cloudflare lets nothing through for 0:03 · Esc gives up the waiting requests"))
    #expect(person.press(.down).allSatisfy { $0 != tick(after: 250) })
    person.moment.date += 0.25
    #expect(person.send(.budget(.tick)) == [tick(after: 1_000)])
    #expect(person.screen.contains("0:02"))
    person.moment.date += 2
    person.send(.budget(.tick))
    #expect(!person.screen.contains("lets nothing through"))
    #expect(person.state.browse.loading.keys.contains(2))
    #expect(person.effects.allSatisfy { $0.identity != .countdown })
  }

  @Test("nothing ticks while a form or the help hides the countdown, and it goes on when they close")
  func hidden() {
    for (opening, closing) in [([Key.character("n")], [Key.escape]), ([.character("?")], [.escape])] {
      var person = blocked(for: 151)
      #expect(person.effects == [tick(after: 1_000)])
      person.press(opening)
      person.moment.date += 1
      #expect(person.send(.budget(.tick)) == [])
      person.moment.date += 9.5
      #expect(person.press(closing).contains(tick(after: 500)))
      #expect(person.screen.contains("2:21"))
    }
  }

  @Test("a form or dialog in which somebody waits counts down as well, without a key that does something else there")
  func dialogs() {
    for (key, size) in [
      (Key.character("D"), Size(width: 120, height: 32)), (.character("D"), Size(width: 60, height: 16)),
      (.character("e"), Size(width: 60, height: 16)),
    ] {
      var person = blocked(for: 151)
      person.send(.resize(size))
      person.press(key)
      #expect(person.screen.contains("! Cloudflare lets nothing through for 2:31"))
      #expect(!person.screen.contains("gives up") && person.screen.contains("[ Cancel ]"))
      person.moment.date += 1
      #expect(person.send(.budget(.tick)) == [tick(after: 1_000)])
      #expect(person.screen.contains("for 2:30"))
      person.press(.escape)
      #expect(person.state.dialog == nil && person.screen.contains("2:30 · Esc gives up"))
    }
  }

  @Test("where Esc does something else, it is not said to give anything up")
  func otherKeys() {
    for keys in [[Key.character("/")], [.character("J")], [.character(":")]] {
      var person = blocked(for: 151)
      person.press(keys)
      #expect(person.screen.contains("lets nothing through for 2:31"))
      #expect(!person.screen.contains("gives up"))
    }
  }

  @Test("a search that waits is given up too, and what was being loaded stands in its order")
  func search() {
    var person = Person(accounts: 1_204)
    person.press(.character("L"), .character("/"))
    person.type("Account 12")
    person.send(.find(.rested))
    person.press(.enter)
    guard case .asked = person.state.browse.find?.asking else {
      Issue.record("the server is not asked")
      return
    }
    let end = person.moment.date + 60
    person.send(.budget(.changed(BudgetStanding(remaining: 0, blockedUntil: end, waiting: 1))))
    #expect(person.press(.escape).contains(.cancel(.find)))
    guard case .failed? = person.state.browse.find?.asking else {
      Issue.record("it is still waited for")
      return
    }
    #expect(person.state.browse.loadAll == nil)
    var arranged = person.state.browse
    arranged.changeList(rows: person.state.layout.listRows) { _ in }
    #expect(arranged == person.state.browse)
  }

  @Test("Esc gives up what waits, wherever the countdown is seen, and nothing is asked for again by itself")
  func givesUp() {
    for keys in [[], [Key.tab], [.character("@")]] {
      var person = blocked(for: 151)
      person.press(keys)
      person.press(.end)
      let context = person.state.inputContext
      if keys.isEmpty { #expect(!person.state.browse.loading.isEmpty) }
      let pages = person.state.browse.loading.keys.sorted()
      let effects = person.press(.escape)
      #expect(effects.contains(.cancel(.countdown)))
      for page in pages { #expect(effects.contains(.cancel(.page(page)))) }
      #expect(person.state.inputContext == context)
      #expect(person.state.browse.loading.isEmpty)
      #expect(!person.screen.contains("lets nothing through"))
      person.moment.date += 1
      #expect(person.send(.budget(.tick)) == [])
      #expect(person.press(.up).allSatisfy { $0.identity != .countdown && $0.identity != .page(25) })
      // Another block is told again.
      let later = person.moment.date + 300
      #expect(
        person.send(.budget(.changed(BudgetStanding(remaining: 0, blockedUntil: later)))) == [tick(after: 1_000)])
      #expect(person.screen.contains("5:00 · Esc dismisses this"))
    }
  }

  @Test("a page that was fetched ahead and comes on screen goes first as soon as requests have to wait")
  func goesFirst() throws {
    var person = Person(accounts: 1_204, size: Size(width: 120, height: 32))
    person.press(.character("]"))
    #expect(person.state.browse.loadingAhead == [3])
    let busy = BudgetStanding(remaining: 4, waiting: 1)
    #expect(person.send(.budget(.changed(busy))) == [])
    person.press(.character("]"))
    #expect(
      person.effects.contains(
        .loadPage(
          ListQuery(page: 3, perPage: 50), priority: .interactive, token: try #require(person.state.browse.loading[3])))
    )
    #expect(!person.state.browse.loadingAhead.contains(3))
    #expect(person.send(.budget(.changed(BudgetStanding(remaining: 4, waiting: 2)))) == [])
  }

  private static func held(for seconds: Double) -> CloudflareError {
    CloudflareError(
      .refused, status: 429, retryAfter: .milliseconds(Int(seconds * 1_000)), attempts: 0, nothingWasSent: true)
  }

  private func answer(_ person: inout Person, page: Int, _ result: Result<AccountPage, CloudflareError>) throws {
    let token = try #require(person.state.browse.loading[page])
    person.send(.browse(.pageAnswered(page: page, token: token, result)))
  }

  @Test("a page that the budget holds back waits in its rows, counts down, and is asked for when the time is over")
  func heldBack() throws {
    var person = Person(size: Size(width: 80, height: 24))
    try answer(&person, page: 1, .success(Fixture.page(1, of: 1_204)))
    person.press(.end)
    try answer(&person, page: 25, .failure(Self.held(for: 2.25)))
    #expect(person.effects.contains(.wait(.heldPages, for: .milliseconds(2_250), then: .budget(.tick))))
    #expect(person.notice == nil && person.state.browse.failures.isEmpty)
    #expect(person.screen.contains("! The request budget is used up for 0:03 · Esc gives up the waiting requests"))
    #expect(person.screen.contains("…") && !person.screen.contains("did not come"))
    #expect(person.press(.up).allSatisfy { $0.page != 25 })
    // Nobody sees the seconds, and it goes on all the same.
    person.press(.character("?"))
    person.moment.date += 2.25
    person.send(.budget(.tick))
    #expect(person.effects.compactMap(\.page).contains(25))
    #expect(person.state.browse.held.isEmpty)
  }

  @Test("loading all waits for the budget, and goes on by itself from where it was")
  func heldLoading() throws {
    var person = Person(accounts: 1_204)
    person.send(.budget(.changed(BudgetStanding(remaining: 100))))
    person.press(.character("L"))
    try answer(&person, page: 3, .success(Fixture.page(3, of: 1_204)))
    for page in [4, 5, 6, 7] { try answer(&person, page: page, .failure(Self.held(for: 240))) }
    #expect(person.state.browse.loading.isEmpty && person.state.browse.loadAll != nil)
    #expect(person.screen.contains("! Loading the rest waits for the request budget for 4:00 · Esc gives up"))
    person.moment.date += 240
    person.send(.budget(.tick))
    #expect(person.effects.compactMap(\.page).sorted() == [4, 5, 6, 7])
    person.answerPages(of: 1_204)
    #expect(person.notice == "All 1,204 accounts are loaded")
  }

  @Test("Esc gives up what the budget holds back")
  func heldGivenUp() throws {
    var person = Person(accounts: 1_204)
    person.press(.character("L"))
    try answer(&person, page: 3, .failure(Self.held(for: 240)))
    person.press(.escape)
    #expect(person.effects.contains(.cancel(.heldPages)))
    #expect(person.state.browse.held.isEmpty && person.state.browse.loadAll == nil)
    person.moment.date += 240
    #expect(person.send(.budget(.tick)) == [])
  }

  @Test("r tries at once, with one request for each press, and what waits goes on when that is let through")
  func byHand() throws {
    for keys in [[Key.end], [.end, .character("s")]] {
      var person = Person(accounts: 1_204)
      person.press(keys)
      while let page = person.state.browse.loading.keys.min() {
        try answer(&person, page: page, .failure(Self.held(for: 200)))
      }
      for _ in 0..<2 {
        person.press(.character("r"))
        let tried = person.effects.filter { $0.priority == .byHand }
        #expect(tried.count == 1)
        for page in person.state.browse.loading.keys.sorted() where page != tried.first?.page {
          try answer(&person, page: page, .failure(Self.held(for: 200)))
        }
        try answer(
          &person, page: try #require(tried.first?.page), .failure(CloudflareError(.refused, status: 429)))
      }
      person.press(.character("r"))
      let page = try #require(person.effects.first { $0.priority == .byHand }?.page)
      for other in person.state.browse.loading.keys.sorted() where other != page {
        try answer(&person, page: other, .failure(Self.held(for: 200)))
      }
      try answer(&person, page: page, .success(Fixture.page(page, of: 1_204)))
      #expect(person.state.browse.held.isEmpty && !person.state.browse.loading.isEmpty)
    }
    var person = Person(accounts: 20)
    person.press(.enter, .character("r"))
    #expect(
      person.effects.contains(
        .loadAccount(
          id: Fixture.id(0), priority: .byHand, token: try #require(person.state.browse.detailToken))))
  }

  @Test("what an account holds and could not be checked because of the block is read when that ends")
  func heldInventory() {
    var person = Person(accounts: 20)
    person.press(.enter)
    var answers = InventoryAnswers()
    answers.zones = .failure(Self.held(for: 60))
    person.answerInventory(with: answers)
    #expect(person.screen.contains("could not check (no more requests"))
    let end = person.moment.date + 60
    person.send(.budget(.changed(BudgetStanding(remaining: 0, blockedUntil: end))))
    person.moment.date += 60
    person.send(.budget(.tick))
    #expect(person.effects.compactMap(\.inventoryRequest).map(\.part) == [.zones])
  }

  @Test("a budget that is used up is said as such")
  func usedUp() {
    var person = Person(accounts: 20)
    let end = person.moment.date + 12
    person.send(.budget(.changed(BudgetStanding(remaining: 0, blockedUntil: end, isUsedUp: true, waiting: 1))))
    #expect(person.screen.contains("! The request budget is used up for 0:12 · Esc gives up the waiting requests"))
  }

  @Test("a look-up that waits is given up too, and stays unknown")
  func lookUp() {
    var person = Person(accounts: 20)
    let intent = ActivityFixture.intent("c", minutesAgo: 20, ActivityFixture.creation("Harbor"))
    person.send(.activity(.begun(intent, ActivityFixture.process)))
    person.press(.character("@"), .character("v"))
    let end = person.moment.date + 60
    person.send(.budget(.changed(BudgetStanding(remaining: 0, blockedUntil: end, waiting: 1))))
    #expect(person.press(.escape).contains(.cancel(.resolution("c"))))
    #expect(person.state.activity.resolving.isEmpty)
    #expect(person.state.activity.ledger.entries.allSatisfy { $0.isOpen })
  }

  @Test("times are written as on a clock", arguments: [(0, "0:00"), (59, "0:59"), (151, "2:31"), (3_751, "1:02:31")])
  func clock(seconds: Int, text: String) {
    #expect(Wording.clock(seconds: seconds) == text)
  }
}
