import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("Writes and what became of them")
struct ActivityReducerTests {
  /// A person at a console that has just started, whose journal has not been read yet.
  private func starting() -> TestDriver {
    var driver = TestDriver(accounts: 20)
    driver.forgetWrites()
    return driver
  }

  private func reading(_ entries: [(WriteIntent, ProcessIdentity.Life)]) -> JournalReading {
    var history = WriteHistory()
    for (intent, _) in entries { history.apply(.intent(intent, ActivityFixture.process)) }
    return JournalReading(history: history, lives: Dictionary(uniqueKeysWithValues: entries.map { ($0.0.id, $0.1) }))
  }

  private func deletion(_ number: Int, minutesAgo: Double = 10) -> WriteIntent {
    ActivityFixture.intent(
      "\(number)", minutesAgo: minutesAgo, .delete(Fixture.id(number), name: "Account \(number)"))
  }

  @Test("at the start every write without an outcome is looked up, whole effects")
  func lookedUpAtStart() {
    var driver = starting()
    let creation = ActivityFixture.intent("c", minutesAgo: 20, ActivityFixture.creation("Harbor"))
    var journal = reading([(creation, .ended), (deletion(3), .outOfSight)])
    let known = ActivityFixture.intent("k", minutesAgo: 30, ActivityFixture.creation("Harbor"))
    journal.history.apply(.intent(known, ActivityFixture.process))
    journal.history.apply(.outcome("k", WriteOutcome(.confirmed, date: ActivityFixture.now, accountID: Fixture.id(99))))
    driver.answerJournal(.success(journal))
    #expect(
      driver.effects == [
        .resolve(
          ResolutionRequest(
            intent: creation, mayActUntil: creation.date + 90 + 60, claimed: [Fixture.id(99)], isSamePerson: true,
            priority: .background)),
        .resolve(
          ResolutionRequest(
            intent: deletion(3), mayActUntil: deletion(3).date + 90 + 300, claimed: [Fixture.id(99)],
            isSamePerson: true,
            priority: .background)),
      ])
    #expect(driver.notice == nil)
    driver.resolve("c", .confirmed(Fixture.account(50, name: "Harbor")))
    #expect(driver.effects.map(\.recorded) == [.confirmed])
    #expect(driver.notice == nil)
    driver.findNothing(of: "3")
    #expect(driver.notice == "Looked up 2 writes of an earlier run: 1 had happened, 1 had not")
    #expect(driver.history.entries.allSatisfy { !$0.isOpen })
  }

  @Test("in plain mode, the way back to the list gives up the reading of an account, and no look-up")
  func left() {
    var driver = starting()
    driver.answerJournal(.success(reading([(deletion(3), .ended)])))
    driver.press(.enter, .character("@"))
    #expect(driver.isRunning(.account(.detail)) && driver.isRunning(.lookUp("3")))
    driver.send(.plain(.leave))
    #expect(driver.state.layers.isEmpty && driver.state.browse.detailPane.reading == nil)
    #expect(!driver.isRunning(.account(.detail)) && driver.isRunning(.lookUp("3")))
  }

  @Test("no message covers the selected write", arguments: [Size(width: 60, height: 16), Size(width: 80, height: 24)])
  func covered(size: Size) {
    var driver = TestDriver(accounts: 20, size: size)
    driver.forgetWrites()
    var journal = reading((1...19).map { (deletion($0), .ended) })
    for number in 1...19 {
      journal.history.apply(.outcome("\(number)", WriteOutcome(.notDone, date: ActivityFixture.now)))
    }
    driver.answerJournal(.success(journal))
    driver.press(.character("@"))
    driver.show(Notice(.failure, String(repeating: "A long message. ", count: size.width / 5)))
    #expect(driver.state.statusLines.map(\.rows) == [4])
    for number in (1...19).reversed() {
      #expect(driver.screen.split(separator: "\n").contains { $0.hasPrefix(" >") && $0.contains("Account \(number) ") })
      driver.press(.down)
    }
  }

  @Test("a creation is looked for among accounts that were deleted after it, too")
  func deletedSince() {
    var driver = starting()
    let creation = ActivityFixture.intent("c", minutesAgo: 20, ActivityFixture.creation("Harbor"))
    var journal = reading([(creation, .ended)])
    let created = creation.date + 1
    for (number, kind, minutes) in [(1, .confirmed, 19), (2, .notDone, 18), (3, .unknown, 17), (4, .confirmed, 21)]
      as [(Int, WriteOutcome.Kind, Double)]
    {
      let deletion = ActivityFixture.intent(
        "\(number)", minutesAgo: minutes, .delete(Fixture.id(number), name: "Harbor", createdOn: created))
      journal.history.apply(.intent(deletion, ActivityFixture.process))
      journal.history.apply(.outcome("\(number)", WriteOutcome(kind, date: ActivityFixture.now)))
    }
    driver.answerJournal(.success(journal))
    #expect(
      driver.effects.first?.resolution?.deleted
        == [1, 3].map {
          Account(id: Fixture.id($0), name: "Harbor", createdOn: created)
        })
  }

  @Test("an account that is deleted while its creation is looked for counts as created")
  func deletedMeanwhile() {
    var driver = starting()
    let date = ActivityFixture.now - 1_200
    let creation = ActivityFixture.intent("c", minutesAgo: 20, ActivityFixture.creation("Harbor", knownOn: date))
    driver.answerJournal(.success(reading([(creation, .ended)])))
    let deletion = ActivityFixture.intent(
      "d", minutesAgo: 0, .delete(Fixture.id(9), name: "Harbor", createdOn: creation.date + 1))
    driver.begin(deletion, by: ActivityFixture.process)
    driver.finish("d", WriteOutcome(.confirmed, date: ActivityFixture.now))
    driver.resolve("c", .notFound)
    #expect(driver.effects.compactMap(\.recorded) == [.confirmed])
    #expect(driver.history.entry("c")?.outcome?.accountID == Fixture.id(9))
  }

  @Test("many are looked up a few at a time, and what could not be told is said")
  func queue() {
    var driver = starting()
    driver.answerJournal(.success(reading((0..<10).map { (deletion($0), .ended) })))
    #expect(driver.effects.count == 4)
    for number in 0..<10 {
      driver.resolve("\(number)", number == 5 ? .unreadable(CloudflareError(.timedOut)) : .confirmed(nil))
      #expect(driver.effects.count { $0.resolution != nil } == (number < 6 ? 1 : 0))
    }
    #expect(driver.notice == "Looked up 10 writes of an earlier run: 9 had happened, 1 could not be told")
    #expect(driver.noticeKind == .warning)
    #expect(driver.accounts.deleted.count == 9)
  }

  @Test("what another running console is sending, and what others have written, is left alone")
  func elsewhere() {
    var driver = starting()
    var foreign = deletion(5)
    foreign.origin.identity = "somebody@else.example"
    let underWay = deletion(6, minutesAgo: 1)
    driver.answerJournal(.success(reading([(underWay, .running), (foreign, .ended)])))
    #expect(driver.effects == [])
    let entries = driver.history.entries
    #expect(entries.map(driver.writes.verdict) == [.sendingElsewhere, .unknown])
    // Both stand in the way of the same deletion from here.
    for id in [5, 6] {
      var intent = deletion(id)
      intent.id = "new"
      #expect(driver.writes.blocker(to: intent) != nil)
    }
    // A request is not on its way for ever, even if its console runs.
    driver.environment.date += 60
    driver.press(.character("@"))
    driver.answerJournal(.success(reading([(underWay, .running), (foreign, .ended)])))
    #expect(driver.history.entries.map(driver.writes.verdict) == [.unknown, .unknown])
  }

  @Test("a write of somebody else is looked up on demand, and what is not seen then proves nothing")
  func foreign() {
    var driver = starting()
    var foreign = deletion(5)
    foreign.origin.identity = "somebody@else.example"
    driver.answerJournal(.success(reading([(foreign, .ended)])))
    driver.press(.character("@"))
    #expect(driver.press(.character("v")).first?.resolution?.isSamePerson == false)
    driver.resolve("5", .notVisible)
    #expect(driver.screen.contains("Nothing of it can be seen as who is signed in now"))
    #expect(driver.history.entries.allSatisfy { $0.isOpen })
  }

  @Test("a journal that cannot be read is told of, and can be read again")
  func unreadable() {
    var driver = starting()
    let problem = JournalProblem.cannotRead(path: "/j", reason: "permission denied")
    driver.press(.character("r"))
    driver.answer(page: 1, .failure(CloudflareError(.timedOut)))
    driver.press(.character("r"))
    driver.answerJournal(.failure(problem))
    #expect(driver.notice == "The journal /j cannot be read: permission denied.")
    // The page that failed before, and comes now, takes only its own message away.
    driver.answer(page: 1, of: 20)
    #expect(driver.failures.isEmpty)
    #expect(driver.notice == "The journal /j cannot be read: permission denied.")
    driver.press(.character("@"))
    #expect(driver.screen.contains("! The journal /j cannot be read: permission denied."))
    driver.answerJournal(.success(.empty))
    #expect(!driver.screen.contains("cannot be read"))
  }

  @Test("an outcome that the journal did not take is offered to it again at the next reading")
  func recordsAgain() {
    var driver = TestDriver(accounts: 20)
    let intent = deletion(3)
    let outcome = WriteOutcome(.confirmed, date: ActivityFixture.now)
    driver.begin(intent, by: ActivityFixture.process)
    driver.finish("3", outcome)
    driver.send(
      .answer(.write(.notRecorded("3", outcome, .cannotWrite(path: "/j", reason: "the disk is full")))))
    #expect(driver.screen.contains("What became of a write could not be kept"))
    driver.press(.character("@"))
    driver.answerJournal(.success(reading([(intent, .running)])))
    #expect(driver.effects == [.record("3", outcome)])
    #expect(driver.history.entries.map(\.outcome) == [outcome])
  }

  @Test("a reading that is older than what is known takes nothing away")
  func lateReading() {
    var driver = starting()
    let intent = deletion(3, minutesAgo: 0)
    driver.begin(intent, by: ActivityFixture.process)
    driver.answerJournal(.success(.empty))
    #expect(driver.history.entries.map(\.id) == ["3"])
  }

  @Test("a look-up that waits in the background begins anew when somebody asks for it")
  func raised() {
    var driver = starting()
    driver.answerJournal(.success(reading([(deletion(3), .ended)])))
    driver.press(.character("@"))
    #expect(driver.press(.character("v")).first?.resolution?.priority == .interactive)
    #expect(driver.press(.character("v")) == [])
    driver.resolve("3", .confirmed(nil))
    #expect(!driver.writes["3"].isInBackground)
  }

  @Test("a look-up that was raised or has ended is over, so that nothing late changes what it has found")
  func lateLookUp() {
    var driver = starting()
    driver.answerJournal(.success(reading([(deletion(3), .ended)])))
    driver.press(.character("@"))
    // It takes the place of the one in the background.
    #expect(driver.press(.character("v")).map(\.id) == [.lookUp("3")])
    driver.findNothing(of: "3")
    #expect(driver.history.entry("3")?.outcome?.kind == .notDone)
    #expect(!driver.isRunning(.lookUp("3")) && !driver.isRunning(.lookUpPause("3")))
  }

  @Test("of several that may be the one each is named, and nothing is decided")
  func candidates() {
    var driver = starting()
    let creation = ActivityFixture.intent("c", minutesAgo: 20, ActivityFixture.creation("Harbor"))
    driver.answerJournal(.success(reading([(creation, .ended)])))
    driver.resolve("c", .candidates([Fixture.account(1), Fixture.account(2)]))
    driver.press(.character("@"), .enter)
    #expect(driver.screen.contains(Fixture.id(1)) && driver.screen.contains(Fixture.id(2)))
    #expect(driver.history.entries.allSatisfy { $0.isOpen })
  }

  @Test("only what was looked up in vain can be dismissed by hand, and blocks nothing then")
  func dismissed() {
    var driver = starting()
    driver.answerJournal(.success(reading([(deletion(3), .ended)])))
    driver.press(.character("@"))
    driver.answerJournal(.success(reading([(deletion(3), .ended)])))
    #expect(driver.press(.character("s")) == [])
    driver.resolve("3", .unreadable(CloudflareError(.refused, status: 403)))
    #expect(driver.press(.character("s")).map(\.recorded) == [.dismissed])
    var again = deletion(3)
    again.id = "new"
    #expect(driver.writes.blocker(to: again) == nil)
    #expect(driver.press(.character("s")) == [])
  }

  @Test("a write to another server is not looked up at this one, and can be dismissed by hand at once")
  func anotherServer() {
    var driver = starting()
    var foreign = deletion(5)
    foreign.origin.endpoint = "http://127.0.0.1:4712/client/v4"
    driver.answerJournal(.success(reading([(foreign, .ended)])))
    driver.press(.character("@"))
    #expect(driver.press(.character("v")) == [])
    #expect(driver.notice == "It was sent to http://127.0.0.1:4712/client/v4")
    #expect(driver.state.notice?.nextStep == "only a console there can look it up")
    #expect(driver.screen.contains("Only a console at"))
    #expect(!driver.screen.contains("v finds out by reading"))
    #expect(driver.press(.character("s")).map(\.recorded) == [.dismissed])
    #expect(driver.notice == "Dismissed by hand: it blocks no other write any more")
  }

  @Test("writes of an earlier run that another console has found out about are counted with the others")
  func foundElsewhere() {
    var driver = starting()
    let lost = (0..<6).map { (deletion($0), ProcessIdentity.Life.ended) }
    driver.answerJournal(.success(reading(lost)))
    var known = reading(lost)
    for number in 0..<6 {
      let kind: WriteOutcome.Kind = number == 2 ? .notDone : number == 3 ? .refused : .confirmed
      known.history.apply(.outcome("\(number)", WriteOutcome(kind, date: ActivityFixture.now)))
    }
    driver.press(.character("@"))
    driver.answerJournal(.success(known))
    for number in 0..<4 { driver.resolve("\(number)", number == 2 ? .notFound : .confirmed(nil)) }
    #expect(driver.notice == "Looked up 6 writes of an earlier run: 4 had happened, 2 had not")
    #expect(driver.writes.report == nil)
  }
}
