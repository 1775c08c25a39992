import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("Writes that may still act")
struct WatchTests {
  /// A person whose creation has lost its answer, and who asks what became of it.
  private func looking(after error: CloudflareError = CloudflareError(.timedOut)) -> TestDriver {
    var driver = TestDriver.creating()
    driver.press(.enter)
    driver.loseAnswer(error)
    driver.press(.character("v"))
    return driver
  }

  @Test("the time in which a request may act counts from when its outcome was lost, not from the intent")
  func fromLoss() {
    var driver = TestDriver.creating()
    driver.press(.enter)
    driver.environment.date += 40
    driver.loseAnswer()
    driver.environment.date += 1
    let request = driver.press(.character("v")).first?.resolution
    #expect(request?.intent.date == driver.environment.date - 41)
    #expect(request?.mayActUntil == driver.environment.date - 1 + 300)
  }

  @Test(
    "it is longer after a time-out, a gateway's failure or one of the server than after a connection that broke",
    arguments: [
      (CloudflareError(.timedOut), 300), (CloudflareError(.edge, status: 502), 300),
      (CloudflareError(.edge, status: 524), 300), (CloudflareError(.serverFault, status: 500), 300),
      (CloudflareError(.refused, status: 408), 300), (CloudflareError(.interrupted("reset")), 60),
      (CloudflareError(.cancelled), 60), (CloudflareError(.unreadable("it is empty"), status: 200), 60),
    ] as [(CloudflareError, TimeInterval)])
  func times(error: CloudflareError, seconds: TimeInterval) {
    let driver = looking(after: error)
    #expect(driver.effects.first?.resolution?.mayActUntil == driver.environment.date + seconds)
  }

  @Test("until it can act no more it is looked up again by itself, the end of that is told, and nothing is sent again")
  func again() {
    var driver = looking()
    let end = driver.environment.date + 300
    let finding = CloudflareError(.edge, status: 502)
    var waits: [Duration] = []
    while driver.writes["fresh-1"].watch != nil {
      // A reading that fails does not end it either.
      driver.resolve("fresh-1", waits.count == 2 ? .unreadable(finding) : .notFound)
      guard let pause = driver.effects.first?.duration(of: .lookUpPause("fresh-1")) else { break }
      #expect(driver.screen.contains("ooking again until 12:05:00 UTC."))
      #expect(driver.createForm?.progress == .unknown("fresh-1", CloudflareError(.timedOut)))
      #expect(driver.context == .unknownOutcome)
      // Another form, too, does not get to send it.
      var again = driver.intent(driver.history.entries[0].intent.operation)
      again.id = "again"
      #expect(driver.writes.blocker(to: again) != nil)
      waits.append(pause)
      driver.environment.date += pause / .seconds(1)
      driver.elapse(.lookUpPause("fresh-1"))
      #expect(driver.effects.first?.resolution?.mayActUntil == end)
    }
    #expect(waits.prefix(6) == [.seconds(1), .seconds(2), .seconds(4), .seconds(8), .seconds(16), .seconds(30)])
    #expect(waits.reduce(.zero, +) == .seconds(300))
    #expect(driver.effects.compactMap(\.recorded) == [.notDone])
    #expect(driver.createForm?.progress == .lookedUp(.notDone, accountID: nil))
    let screen = driver.screen
    #expect(screen.contains("Looked for Harbor & Pine by its name"))
    #expect(screen.contains("12:05:00 UTC: none was found."))
    #expect(!screen.contains("nothing more will come") && !screen.contains("was not created"))
  }

  @Test("a creation that is carried out late is found while it may still act")
  func late() {
    var driver = looking()
    driver.resolve("fresh-1", .notFound)
    driver.environment.date += 38
    driver.elapse(.lookUpPause("fresh-1"))
    driver.resolve("fresh-1", .notFound)
    driver.press(.character("v"))
    let account = Fixture.account(900, name: "Harbor & Pine", type: .standard)
    driver.resolve("fresh-1", .confirmed(account))
    #expect(driver.effects.compactMap(\.recorded) == [.confirmed])
    #expect(driver.selectedID == account.id && !driver.hasDialog)
    // The wait that still runs asks for nothing when it is over.
    #expect(driver.elapse(.lookUpPause("fresh-1")) == [])
  }

  @Test("a deletion and a change are looked up again in the same way, each in its own words")
  func otherWrites() {
    var deleting = TestDriver.deleting()
    deleting.loseAnswer()
    deleting.press(.character("v"))
    deleting.resolve("fresh-1", .notFound)
    #expect(deleting.screen.contains("Still there so far, looking again until 12:05:05 UTC."))
    deleting.findNothing(of: "fresh-1")
    #expect(deleting.deletion?.phase == .write(.lookedUp(.notDone, accountID: nil)))

    var deleting2 = TestDriver.deleting()
    deleting2.loseAnswer(CloudflareError(.interrupted("it was reset")))
    deleting2.press(.character("v"))
    deleting2.findNothing(of: "fresh-1")
    #expect(deleting2.screen.contains("Read at 12:01:05 UTC: the account is still there."))

    var changing = TestDriver.sendingChange()
    changing.loseAnswer()
    changing.press(.character("v"))
    changing.resolve("fresh-1", .notFound)
    #expect(changing.screen.contains("Not as it was to be so far, looking again until 12:05:00 UTC."))
  }

  @Test("a write that may still act cannot be dismissed by hand")
  func notSettled() {
    var driver = looking()
    driver.resolve("fresh-1", .unreadable(CloudflareError(.timedOut)))
    driver.press(.escape, .character("@"))
    driver.answerJournal(.success(JournalReading(history: driver.history)))
    #expect(driver.press(.character("s")).compactMap(\.recorded) == [])
    #expect(driver.notice == "It may still act: it is looked up again until 12:05:00 UTC")
  }

  @Test("a write whose process has ended may act for a minute from when that was seen, and no longer than it can")
  func ended() {
    for (minutes, time) in [(0.0, 60.0), (1, 60), (20, -20 * 60 + 90 + 60)] {
      var driver = TestDriver(accounts: 20)
      driver.forgetWrites()
      var history = WriteHistory()
      let intent = ActivityFixture.intent("c", minutesAgo: minutes, ActivityFixture.creation("Harbor"))
      history.apply(.intent(intent, ActivityFixture.process))
      driver.answerJournal(.success(JournalReading(history: history, lives: ["c": .ended])))
      #expect(driver.effects.first?.resolution?.mayActUntil == driver.environment.date + time, "\(minutes)")
    }
  }

  @Test("a clock that was put back makes nobody wait for the time that it showed")
  func clockPutBack() {
    var driver = TestDriver.creating()
    driver.press(.enter)
    driver.loseAnswer()
    driver.environment.date -= 86_400
    #expect(driver.press(.character("v")).first?.resolution?.mayActUntil == driver.environment.date + 300)
  }
}
