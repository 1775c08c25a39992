import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("The screen of all writes")
struct ActivityScreenTests {
  /// A reading of these writes, each with its outcome.
  private func reading(_ intents: [WriteIntent]) -> JournalReading {
    var ledger = Ledger()
    for intent in intents {
      ledger.apply(.intent(intent, ActivityFixture.process))
      ledger.apply(.outcome(intent.id, WriteOutcome(.confirmed, date: ActivityFixture.now, accountID: Fixture.id(1))))
    }
    return JournalReading(ledger: ledger)
  }

  private func deletion(_ number: Int, minutesAgo: Double = 10) -> WriteIntent {
    ActivityFixture.intent(
      "\(number)", minutesAgo: minutesAgo, .delete(Fixture.id(number), name: "Account \(number)"))
  }

  @Test("the screen opens from list and detail, keeps its selection, and closes to where it was opened")
  func screen() {
    for opening in [[Key.character("@")], [.enter, .character("@")]] {
      var person = Person(accounts: 20)
      person.press(opening)
      #expect(person.effects == [.readJournal(token: person.state.activity.reading!)])
      person.answerJournal(.success(ActivityFixture.reading))
      #expect(person.state.inputContext == .activity)
      person.press(.down, .down)
      #expect(person.state.activity.screen?.selection == "5")
      person.send(.activity(.begun(deletion(9, minutesAgo: 0), ActivityFixture.process)))
      #expect(person.state.activity.screen?.selection == "5")
      person.press(.enter)
      #expect(person.state.inputContext == .activityDetail)
      #expect(person.screen.contains("Settled by hand"))
      person.press(.escape)
      #expect(person.state.inputContext == .activity)
      person.press(.character("q"))
      #expect(person.state.inputContext == (opening.count == 1 ? .list : .detail))
    }
  }

  @Test("it moves over any number of writes and draws only what is on screen")
  func long() {
    var person = Person(accounts: 20)
    person.press(.character("@"))
    person.answerJournal(.success(reading((0..<300).map { deletion($0, minutesAgo: Double(400 - $0)) })))
    for key in [Key.end, .home, .pageDown, .control("d"), .down, .up, .pageUp, .control("u"), .end] {
      person.press(key)
    }
    #expect(person.state.activity.screen?.selection == "0")
    #expect(person.screen.contains("300 of 300 writes"))
    person.press(.home)
    #expect(person.state.activity.screen?.selection == "299")
  }

  @Test("opened before anything is known, it stays with the write that was the newest then")
  func openedEarly() {
    var person = Person(accounts: 20)
    person.press(.character("@"))
    #expect(person.screen.contains("Nothing has been written to the server from here."))
    person.answerJournal(.success(reading([deletion(3)])))
    #expect(person.state.activity.screen?.selection == "3")
    person.press(.character("r"))
    person.answerJournal(.success(reading([deletion(3), deletion(4, minutesAgo: 1)])))
    #expect(person.state.activity.screen?.selection == "3")
    #expect(person.screen.contains("2 of 2 writes"))
  }

  @Test("a selected write that is in the journal no more is told of, and does not silently become another")
  func gone() {
    var person = Person(accounts: 20)
    person.press(.character("@"))
    person.answerJournal(.success(reading([deletion(3)])))
    person.press(.enter, .character("r"))
    #expect(person.state.inputContext == .activityDetail)
    person.press(.escape, .character("r"))
    person.answerJournal(.success(reading([deletion(4, minutesAgo: 1)])))
    #expect(person.notice == "The write that was selected is not in the journal any more")
    #expect(person.state.activity.screen?.selection == "4")
    #expect(person.state.inputContext == .activity)
  }

  @Test("the end of a write's lines can be reached at every width, and a larger window shows them from their beginning")
  func scrolled() {
    for length in 150..<200 {
      var person = Person(accounts: 20, size: Size(width: 60, height: 16))
      let creation = ActivityFixture.creation(String(repeating: "ab ", count: length))
      person.press(.character("@"))
      person.answerJournal(.success(reading([ActivityFixture.intent("c", minutesAgo: 5, creation)])))
      person.press(.enter, .end)
      #expect(person.screen.contains("Process"), "\(length)")
      person.send(.resize(Size(width: 160, height: 48)))
      #expect(person.screen.contains("Create") && person.screen.contains("Process"))
    }
  }
}
