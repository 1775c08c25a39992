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
