import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("The last known list")
struct LastKnownReducerTests {
  /// The first pages of a list of this many, read two hours before.
  private func known(pages: Int, of total: Int) -> LastKnownList {
    LastKnownList(
      perPage: 50, total: total,
      pages: (1...pages).map { page in
        .init(
          number: page, readOn: Date(timeIntervalSince1970: 1_795_521_600 - 7_200),
          accounts: Fixture.page(page, of: total).accounts)
      })
  }

  /// A person whose console keeps lists, at the start.
  private func start(size: Size = Size(width: 120, height: 32)) -> Person {
    var person = Person(size: size)
    var session = person.state.session
    session.keepsList = true
    person.state = State(session: session)
    person.send(.start(size))
    return person
  }

  private func read(_ person: inout Person, _ reading: ListCacheReading) {
    guard let token = person.state.lastKnown.reading else { return }
    person.send(.lastKnown(.read(token: token, reading)))
  }

  @Test("the start reads it beside the first page, and shows it with its age at once")
  func shown() {
    var person = start()
    #expect(
      person.effects == [
        .loadPage(ListQuery(page: 1, perPage: 50), priority: .interactive, token: RequestToken(number: 1)),
        .readJournal(token: RequestToken(number: 2)), .readLastKnown(token: RequestToken(number: 3)),
      ])
    read(&person, .list(known(pages: 7, of: 1204)))
    #expect(person.selectedID == Fixture.id(0))
    #expect(person.state.position == "1 of 1,204 · page 1 of 25 · as of 2 hours ago, refreshing …")
    // The page ahead is old as well.
    #expect(person.effects.compactMap(\.page) == [2])
    #expect(!person.effects.contains { if case .wait(.keepingList, _, _) = $0 { true } else { false } })
    person.press(.down, .down)
    let selected = person.selectedID
    person.answerPages(of: 1204)
    #expect(person.selectedID == selected)
    #expect(person.state.position == "3 of 1,204 · page 1 of 25")
  }

  @Test("old pages are read again when they come near, and not before")
  func refreshedWhenNear() {
    var person = start()
    read(&person, .list(known(pages: 7, of: 1204)))
    person.answerPages(of: 1204)
    #expect(person.state.browse.list.stale == [3, 4, 5, 6, 7])
    for _ in 0..<7 { person.press(.pageDown) }
    #expect(person.state.browse.loading.keys.sorted() == [4, 5])
    #expect(person.state.position.hasSuffix("as of 2 hours ago, refreshing …"))
    person.answerPages(of: 1204)
    #expect(!person.state.position.contains("as of"))
  }

  @Test("the server's answer goes before it, in either order, and an account that has moved is there once")
  func order() {
    var person = start()
    let token = person.state.browse.loading[1]!
    var fresh = Fixture.page(1, of: 1205)
    fresh.accounts = [Fixture.account(5000)] + fresh.accounts.dropLast(2) + [Fixture.account(60)]
    var late = person
    person.send(.browse(.pageAnswered(page: 1, token: token, .success(fresh))))
    read(&person, .list(known(pages: 2, of: 1204)))
    read(&late, .list(known(pages: 2, of: 1204)))
    late.send(.browse(.pageAnswered(page: 1, token: token, .success(fresh))))
    for person in [person, late] {
      let list = person.state.browse.list
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
    var person = start()
    var late = person
    let token = person.state.browse.loading[1]!
    read(&person, .list(known(pages: 1, of: 20)))
    person.send(.browse(.pageAnswered(page: 1, token: token, .failure(error))))
    late.send(.browse(.pageAnswered(page: 1, token: token, .failure(error))))
    read(&late, .list(known(pages: 1, of: 20)))
    for person in [person, late] {
      #expect(person.selectedID == Fixture.id(0))
      #expect(person.state.position == "1 of 20 · page 1 of 1 · as of 2 hours ago, not refreshed")
      #expect(person.notice?.hasPrefix("The list as of 2 hours ago could not be refreshed:") == true)
    }
    // A deletion reads the account from the server before it offers anything.
    person.press(.character("D"))
    #expect(person.effects.contains { if case .readDeletionTarget(Fixture.id(0), _) = $0 { true } else { false } })
  }

  @Test("what has changed is kept once it is left alone, and nothing else is")
  func keeping() {
    var person = start()
    read(&person, .list(known(pages: 1, of: 20)))
    let wait = Effect.wait(.keepingList, for: .milliseconds(500), then: .lastKnown(.due))
    #expect(!person.effects.contains(wait))
    person.press(.down)
    #expect(!person.effects.contains(wait))
    person.answerPages(of: 20)
    #expect(person.effects.contains(wait))
    #expect(person.send(.lastKnown(.due)) == [.keepList(person.state.browse.list)])
    #expect(!person.press(.down).contains(wait))
    person.state.browse.list.insertCreated(Fixture.account(700))
    #expect(person.press(.down).contains(wait))
    person.state.browse.list.markDeleted(Fixture.id(3))
    #expect(person.press(.down).contains(wait))
    let kept = LastKnownList(person.state.browse.list)
    #expect(kept.pages.map(\.number) == [1])
    #expect(kept.pages[0].accounts.map(\.id) == [Fixture.id(700)] + (0..<20).filter { $0 != 3 }.map { Fixture.id($0) })
    #expect(kept.pages[0].readOn == person.moment.date)
  }

  @Test("while all pages come it is kept once, at the end")
  func keepingAll() {
    var person = start()
    read(&person, .nothing)
    person.answerPages(of: 1204)
    person.press(.character("L"))
    var waits = 0
    while let (page, token) = person.state.browse.loading.min(by: { $0.key < $1.key }) {
      person.send(.browse(.pageAnswered(page: page, token: token, .success(Fixture.page(page, of: 1204)))))
      if person.effects.contains(where: { if case .wait(.keepingList, _, _) = $0 { true } else { false } }) {
        waits += 1
      }
    }
    #expect(waits == 1)
    #expect(person.state.browse.loadAll == nil)
  }

  @Test("a refresh has every page read again when it comes near, and keeps those that have not been until then")
  func refreshed() {
    var person = start()
    read(&person, .nothing)
    person.answerPages(of: 1204)
    person.press(.character("L"))
    person.answerPages(of: 1204)
    person.press(.character("]"), .character("]"))
    #expect(person.press(.character("r")).compactMap(\.page) == [3])
    #expect(LastKnownList(person.state.browse.list).pages.count == 25)
    person.answerPages(of: 1204)
    #expect(LastKnownList(person.state.browse.list).pages.map(\.number) == Array(1...25))
    #expect(person.state.browse.list.stale.count == 23)
    person.press(.end)
    #expect(person.state.browse.loading.keys.sorted() == [24, 25])
    #expect(person.state.position.hasSuffix("as of just now, refreshing …"))
  }

  @Test("a dropped list and one that cannot be kept are told of, the latter once")
  func told() {
    var person = start()
    read(&person, .dropped("it is damaged"))
    #expect(person.notice == "The last known list is not shown: it is damaged")
    person.press(.escape)
    person.answerPages(of: 20)
    person.send(.lastKnown(.notKept("the disk is full")))
    #expect(person.notice == "The list is not kept for the next start: the disk is full")
    person.state.browse.list.markDeleted(Fixture.id(3))
    #expect(person.press(.down) == [.rest(on: Fixture.id(1))])
  }

  @Test("a search over it says how old it is, and asks the server though every page is there")
  func search() {
    var person = start()
    read(&person, .list(known(pages: 1, of: 20)))
    person.press(.character("/"))
    person.type("account 1")
    #expect(person.state.position == "1 of 11 match · searched all 20, as of 2 hours ago")
    #expect(person.effects.contains(.wait(.findPause, for: .milliseconds(250), then: .find(.rested))))
  }

  @Test("one with pages of another size is of no use")
  func otherSize() {
    var person = start()
    var list = known(pages: 1, of: 20)
    list.perPage = 20
    read(&person, .list(list))
    #expect(!person.state.browse.list.isLoaded)
  }
}
