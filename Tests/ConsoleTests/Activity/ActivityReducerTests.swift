import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("Writes and what became of them")
struct ActivityReducerTests {
  /// A person at a console that has just started, whose journal has not been read yet.
  private func starting() -> Person {
    var person = Person(accounts: 20)
    person.state.activity = ActivityState()
    _ = person.state.readJournal()
    return person
  }

  private func reading(_ entries: [(WriteIntent, ProcessIdentity.Life)]) -> JournalReading {
    var ledger = Ledger()
    for (intent, _) in entries { ledger.apply(.intent(intent, ActivityFixture.process)) }
    return JournalReading(ledger: ledger, lives: Dictionary(uniqueKeysWithValues: entries.map { ($0.0.id, $0.1) }))
  }

  private func deletion(_ number: Int, minutesAgo: Double = 10) -> WriteIntent {
    ActivityFixture.intent(
      "\(number)", minutesAgo: minutesAgo, .delete(Fixture.id(number), name: "Account \(number)"))
  }

  @Test("at the start every write without an outcome is looked up, whole effects")
  func lookedUpAtStart() {
    var person = starting()
    let creation = ActivityFixture.intent("c", minutesAgo: 20, ActivityFixture.creation("Harbor"))
    var journal = reading([(creation, .ended), (deletion(3), .outOfSight)])
    let known = ActivityFixture.intent("k", minutesAgo: 30, ActivityFixture.creation("Harbor"))
    journal.ledger.apply(.intent(known, ActivityFixture.process))
    journal.ledger.apply(.outcome("k", WriteOutcome(.confirmed, date: ActivityFixture.now, accountID: Fixture.id(99))))
    person.answerJournal(.success(journal))
    let tokens = person.state.activity.resolving
    #expect(
      person.effects == [
        .resolve(
          ResolutionRequest(
            intent: creation, mayActUntil: creation.date + 90 + 60, claimed: [Fixture.id(99)], isSamePerson: true,
            priority: .background), token: tokens["c"]!),
        .resolve(
          ResolutionRequest(
            intent: deletion(3), mayActUntil: deletion(3).date + 90 + 300, claimed: [Fixture.id(99)],
            isSamePerson: true,
            priority: .background), token: tokens["3"]!),
      ])
    #expect(person.state.notice == nil)
    person.resolve("c", .confirmed(Fixture.account(50, name: "Harbor")))
    #expect(person.effects.map(\.recorded) == [.confirmed])
    #expect(person.state.notice == nil)
    person.findNothing(of: "3")
    #expect(person.notice == "Looked up 2 writes of an earlier run: 1 had happened, 1 had not")
    #expect(person.state.activity.ledger.entries.allSatisfy { !$0.isOpen })
  }

  @Test("no message covers the selected write", arguments: [Size(width: 60, height: 16), Size(width: 80, height: 24)])
  func covered(size: Size) {
    var person = Person(accounts: 20, size: size)
    person.state.activity = ActivityState()
    _ = person.state.readJournal()
    var journal = reading((1...19).map { (deletion($0), .ended) })
    for number in 1...19 {
      journal.ledger.apply(.outcome("\(number)", WriteOutcome(.notDone, date: ActivityFixture.now)))
    }
    person.answerJournal(.success(journal))
    person.press(.character("@"))
    person.state.notice = Notice(.failure, String(repeating: "A long message. ", count: size.width / 5))
    #expect(person.state.statusLines.map(\.rows) == [4])
    for number in (1...19).reversed() {
      #expect(person.screen.split(separator: "\n").contains { $0.hasPrefix(" >") && $0.contains("Account \(number) ") })
      person.press(.down)
    }
  }

  @Test("a creation is looked for among accounts that were deleted after it, too")
  func deletedSince() {
    var person = starting()
    let creation = ActivityFixture.intent("c", minutesAgo: 20, ActivityFixture.creation("Harbor"))
    var journal = reading([(creation, .ended)])
    let created = creation.date + 1
    for (number, kind, minutes) in [(1, .confirmed, 19), (2, .notDone, 18), (3, .unknown, 17), (4, .confirmed, 21)]
      as [(Int, WriteOutcome.Kind, Double)]
    {
      let deletion = ActivityFixture.intent(
        "\(number)", minutesAgo: minutes, .delete(Fixture.id(number), name: "Harbor", createdOn: created))
      journal.ledger.apply(.intent(deletion, ActivityFixture.process))
      journal.ledger.apply(.outcome("\(number)", WriteOutcome(kind, date: ActivityFixture.now)))
    }
    person.answerJournal(.success(journal))
    #expect(
      person.effects.first?.resolution?.deleted
        == [1, 3].map {
          Account(id: Fixture.id($0), name: "Harbor", createdOn: created)
        })
  }

  @Test("an account that is deleted while its creation is looked for counts as created")
  func deletedMeanwhile() {
    var person = starting()
    let date = ActivityFixture.now - 1_200
    let creation = ActivityFixture.intent("c", minutesAgo: 20, ActivityFixture.creation("Harbor", knownOn: date))
    person.answerJournal(.success(reading([(creation, .ended)])))
    let deletion = ActivityFixture.intent(
      "d", minutesAgo: 0, .delete(Fixture.id(9), name: "Harbor", createdOn: creation.date + 1))
    person.send(.activity(.begun(deletion, ActivityFixture.process)))
    person.send(.activity(.answered("d", WriteOutcome(.confirmed, date: ActivityFixture.now))))
    person.resolve("c", .notFound)
    #expect(person.effects.compactMap(\.recorded) == [.confirmed])
    #expect(person.state.activity.ledger.entry("c")?.outcome?.accountID == Fixture.id(9))
  }

  @Test("many are looked up a few at a time, and what could not be told is said")
  func queue() {
    var person = starting()
    person.answerJournal(.success(reading((0..<10).map { (deletion($0), .ended) })))
    #expect(person.effects.count == 4)
    for number in 0..<10 {
      person.resolve("\(number)", number == 5 ? .unreadable(CloudflareError(.timedOut)) : .confirmed(nil))
      #expect(person.effects.count { $0.resolution != nil } == (number < 6 ? 1 : 0))
    }
    #expect(person.notice == "Looked up 10 writes of an earlier run: 9 had happened, 1 could not be told")
    #expect(person.state.notice?.kind == .warning)
    #expect(person.state.browse.list.deleted.count == 9)
  }

  @Test("what another running console is sending, and what others have written, is left alone")
  func elsewhere() {
    var person = starting()
    var foreign = deletion(5)
    foreign.origin.identity = "somebody@else.example"
    let underWay = deletion(6, minutesAgo: 1)
    person.answerJournal(.success(reading([(underWay, .running), (foreign, .ended)])))
    #expect(person.effects == [])
    let entries = person.state.activity.ledger.entries
    #expect(entries.map(person.state.activity.standing) == [.sendingElsewhere, .unknown])
    // Both stand in the way of the same deletion from here.
    for id in [5, 6] {
      var intent = deletion(id)
      intent.id = "new"
      #expect(person.state.activity.hindrance(to: intent) != nil)
    }
    // A request is not on its way for ever, even if its console runs.
    person.moment.date += 60
    person.press(.character("@"))
    person.answerJournal(.success(reading([(underWay, .running), (foreign, .ended)])))
    #expect(person.state.activity.ledger.entries.map(person.state.activity.standing) == [.unknown, .unknown])
  }

  @Test("a write of somebody else is looked up on demand, and what is not seen then proves nothing")
  func foreign() {
    var person = starting()
    var foreign = deletion(5)
    foreign.origin.identity = "somebody@else.example"
    person.answerJournal(.success(reading([(foreign, .ended)])))
    person.press(.character("@"))
    #expect(person.press(.character("v")).first?.resolution?.isSamePerson == false)
    person.resolve("5", .notVisible)
    #expect(person.screen.contains("Nothing of it can be seen as who is signed in now"))
    #expect(person.state.activity.ledger.entries.allSatisfy { $0.isOpen })
  }

  @Test("a journal that cannot be read is told of, and can be read again")
  func unreadable() {
    var person = starting()
    let problem = JournalProblem.cannotRead(path: "/j", reason: "permission denied")
    person.answerJournal(.failure(problem))
    #expect(person.notice == "The journal /j cannot be read: permission denied.")
    // A page that failed before and comes now takes only its own message away.
    person.state.browse.failures[1] = CloudflareError(.timedOut)
    person.state.browse.loading[1] = RequestToken(number: 900)
    person.send(
      .browse(.pageAnswered(page: 1, token: RequestToken(number: 900), .success(Fixture.page(1, of: 20)))))
    #expect(person.state.browse.failures.isEmpty)
    #expect(person.notice == "The journal /j cannot be read: permission denied.")
    person.press(.character("@"))
    #expect(person.screen.contains("! The journal /j cannot be read: permission denied."))
    person.answerJournal(.success(.empty))
    #expect(!person.screen.contains("cannot be read"))
  }

  @Test("an outcome that the journal did not take is offered to it again at the next reading")
  func recordsAgain() {
    var person = Person(accounts: 20)
    let intent = deletion(3)
    let outcome = WriteOutcome(.confirmed, date: ActivityFixture.now)
    person.send(.activity(.begun(intent, ActivityFixture.process)))
    person.send(.activity(.answered("3", outcome)))
    person.send(.activity(.notRecorded("3", outcome, .cannotWrite(path: "/j", reason: "the disk is full"))))
    #expect(person.screen.contains("What became of a write could not be kept"))
    person.press(.character("@"))
    person.answerJournal(.success(reading([(intent, .running)])))
    #expect(person.effects == [.recordOutcome("3", outcome)])
    #expect(person.state.activity.ledger.entries.map(\.outcome) == [outcome])
  }

  @Test("a reading that is older than what is known takes nothing away")
  func lateReading() {
    var person = starting()
    let intent = deletion(3, minutesAgo: 0)
    person.send(.activity(.begun(intent, ActivityFixture.process)))
    person.answerJournal(.success(.empty))
    #expect(person.state.activity.ledger.entries.map(\.id) == ["3"])
  }

  @Test("a look-up that waits in the background begins anew when somebody asks for it")
  func raised() {
    var person = starting()
    person.answerJournal(.success(reading([(deletion(3), .ended)])))
    person.press(.character("@"))
    #expect(person.press(.character("v")).first?.resolution?.priority == .interactive)
    #expect(person.press(.character("v")) == [])
    person.resolve("3", .confirmed(nil))
    #expect(person.state.activity.inBackground.isEmpty)
  }

  @Test("a late look-up changes nothing")
  func lateLookUp() {
    var person = starting()
    person.answerJournal(.success(reading([(deletion(3), .ended)])))
    let token = person.state.activity.resolving["3"]!
    person.findNothing(of: "3")
    let before = person.state
    person.send(.activity(.resolved("3", token: token, .confirmed(nil))))
    #expect(person.state == before && person.effects == [])
  }

  @Test("of several that may be the one each is named, and nothing is decided")
  func candidates() {
    var person = starting()
    let creation = ActivityFixture.intent("c", minutesAgo: 20, ActivityFixture.creation("Harbor"))
    person.answerJournal(.success(reading([(creation, .ended)])))
    person.resolve("c", .candidates([Fixture.account(1), Fixture.account(2)]))
    person.press(.character("@"), .enter)
    #expect(person.screen.contains(Fixture.id(1)) && person.screen.contains(Fixture.id(2)))
    #expect(person.state.activity.ledger.entries.allSatisfy { $0.isOpen })
  }

  @Test("only what was looked up in vain can be settled by hand, and blocks nothing then")
  func settled() {
    var person = starting()
    person.answerJournal(.success(reading([(deletion(3), .ended)])))
    person.press(.character("@"))
    person.answerJournal(.success(reading([(deletion(3), .ended)])))
    #expect(person.press(.character("s")) == [])
    person.resolve("3", .unreadable(CloudflareError(.refused, status: 403)))
    #expect(person.press(.character("s")).map(\.recorded) == [.settled])
    var again = deletion(3)
    again.id = "new"
    #expect(person.state.activity.hindrance(to: again) == nil)
    #expect(person.press(.character("s")) == [])
  }

  @Test("a write to another server is not looked up at this one, and can be settled by hand at once")
  func anotherServer() {
    var person = starting()
    var foreign = deletion(5)
    foreign.origin.endpoint = "http://127.0.0.1:4712/client/v4"
    person.answerJournal(.success(reading([(foreign, .ended)])))
    person.press(.character("@"))
    #expect(person.press(.character("v")) == [])
    #expect(person.notice == "It was sent to http://127.0.0.1:4712/client/v4")
    #expect(person.state.notice?.nextStep == "only a console there can look it up")
    #expect(person.screen.contains("Only a console at"))
    #expect(!person.screen.contains("v finds out by reading"))
    #expect(person.press(.character("s")).map(\.recorded) == [.settled])
    #expect(person.notice == "Settled by hand: it blocks no other write any more")
  }

  @Test("writes of an earlier run that another console has found out about are counted with the others")
  func foundElsewhere() {
    var person = starting()
    let lost = (0..<6).map { (deletion($0), ProcessIdentity.Life.ended) }
    person.answerJournal(.success(reading(lost)))
    var known = reading(lost)
    for number in 0..<6 {
      let kind: WriteOutcome.Kind = number == 2 ? .notDone : number == 3 ? .refused : .confirmed
      known.ledger.apply(.outcome("\(number)", WriteOutcome(kind, date: ActivityFixture.now)))
    }
    person.press(.character("@"))
    person.answerJournal(.success(known))
    for number in 0..<4 { person.resolve("\(number)", number == 2 ? .notFound : .confirmed(nil)) }
    #expect(person.notice == "Looked up 6 writes of an earlier run: 4 had happened, 2 had not")
    #expect(person.state.activity.report == nil)
  }
}
