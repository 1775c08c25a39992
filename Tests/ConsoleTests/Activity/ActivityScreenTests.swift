import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("The screen of all writes")
struct ActivityScreenTests {
  /// A reading of these writes, each with its outcome.
  private func reading(_ intents: [WriteIntent]) -> JournalReading {
    var history = WriteHistory()
    for intent in intents {
      history.apply(.intent(intent, ActivityFixture.process))
      history.apply(.outcome(intent.id, WriteOutcome(.confirmed, date: ActivityFixture.now, accountID: Fixture.id(1))))
    }
    return JournalReading(history: history)
  }

  private func deletion(_ number: Int, minutesAgo: Double = 10) -> WriteIntent {
    ActivityFixture.intent(
      "\(number)", minutesAgo: minutesAgo, .delete(Fixture.id(number), name: "Account \(number)"))
  }

  @Test("the screen opens from list and detail, keeps its selection, and closes to where it was opened")
  func screen() {
    for opening in [[Key.character("@")], [.enter, .character("@")]] {
      var driver = TestDriver(accounts: 20)
      driver.press(opening)
      #expect(driver.effects == [.readJournal])
      driver.answerJournal(.success(ActivityFixture.reading))
      #expect(driver.context == .activity)
      driver.press(.down, .down)
      #expect(driver.activity?.selectedID == "5")
      driver.begin(deletion(9, minutesAgo: 0), by: ActivityFixture.process)
      #expect(driver.activity?.selectedID == "5")
      driver.press(.enter)
      #expect(driver.context == .activityDetail)
      #expect(driver.screen.contains("Dismissed by hand"))
      driver.press(.escape)
      #expect(driver.context == .activity)
      driver.press(.character("q"))
      #expect(driver.context == (opening.count == 1 ? .list : .detail))
    }
  }

  @Test("it moves over any number of writes and draws only what is on screen")
  func long() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("@"))
    driver.answerJournal(.success(reading((0..<300).map { deletion($0, minutesAgo: Double(400 - $0)) })))
    for key in [Key.end, .home, .pageDown, .control("d"), .down, .up, .pageUp, .control("u"), .end] {
      driver.press(key)
    }
    #expect(driver.activity?.selectedID == "0")
    #expect(driver.screen.contains("300 of 300 writes"))
    driver.press(.home)
    #expect(driver.activity?.selectedID == "299")
  }

  @Test("opened before anything is known, it stays with the write that was the newest then")
  func openedEarly() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("@"))
    #expect(driver.screen.contains("Nothing has been written to the server from here."))
    driver.answerJournal(.success(reading([deletion(3)])))
    #expect(driver.activity?.selectedID == "3")
    driver.press(.character("r"))
    driver.answerJournal(.success(reading([deletion(3), deletion(4, minutesAgo: 1)])))
    #expect(driver.activity?.selectedID == "3")
    #expect(driver.screen.contains("2 of 2 writes"))
  }

  @Test("a selected write that is in the journal no more is told of, and does not silently become another")
  func gone() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("@"))
    driver.answerJournal(.success(reading([deletion(3)])))
    driver.press(.enter, .character("r"))
    #expect(driver.context == .activityDetail)
    driver.press(.escape, .character("r"))
    driver.answerJournal(.success(reading([deletion(4, minutesAgo: 1)])))
    #expect(driver.notice == "The write that was selected is not in the journal any more")
    #expect(driver.activity?.selectedID == "4")
    #expect(driver.context == .activity)
  }

  @Test("the end of a write's lines can be reached at every width, and a larger window shows them from their beginning")
  func scrolled() {
    for length in 150..<200 {
      var driver = TestDriver(accounts: 20, size: Size(width: 60, height: 16))
      let creation = ActivityFixture.creation(String(repeating: "ab ", count: length))
      driver.press(.character("@"))
      driver.answerJournal(.success(reading([ActivityFixture.intent("c", minutesAgo: 5, creation)])))
      driver.press(.enter, .end)
      #expect(driver.screen.contains("Process"), "\(length)")
      driver.send(.resize(Size(width: 160, height: 48)))
      #expect(driver.screen.contains("Create") && driver.screen.contains("Process"))
    }
  }
}
