import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("What is left to do of a creation")
struct UnfinishedCreationTests {
  private func creation(requiresTwoFactor: Bool = true) -> WriteIntent {
    ActivityFixture.intent(
      "c", minutesAgo: 5,
      .create(
        Creation(
          NewAccount(name: "Harbor", type: .standard), idempotencyKey: "k", requiresTwoFactor: requiresTwoFactor,
          knowsAllDuplicateNames: true, serverDate: ActivityFixture.now - 300)))
  }

  /// A person at a console that starts over a journal in which the creation stands.
  private func starting(_ records: [JournalRecord], life: ProcessIdentity.Life? = nil) -> TestDriver {
    var driver = TestDriver(accounts: 20)
    driver.forgetWrites()
    var history = WriteHistory()
    for record in records { history.apply(record) }
    driver.answerJournal(.success(JournalReading(history: history, lives: life.map { ["c": $0] } ?? [:])))
    return driver
  }

  private let created = WriteOutcome(.confirmed, date: ActivityFixture.now - 299, accountID: Fixture.id(900))

  @Test("after a kill, what is found of the creation tells with it that two-factor is still to be required")
  func found() {
    var driver = starting([.intent(creation(), ActivityFixture.process)], life: .ended)
    var account = Fixture.account(900, name: "Harbor", type: .standard)
    account.createdOn = ActivityFixture.now - 299
    account.settings = nil
    driver.resolve("c", .confirmed(account))
    #expect(driver.effects.compactMap(\.intent) == [])
    #expect(
      driver.notice
        == "Looked up 1 write of an earlier run: 1 had happened; two-factor is still to be required of Harbor")
  }

  @Test("one that was confirmed before the kill is told at the start, and done from the activity")
  func fromActivity() {
    var driver = starting([.intent(creation(), ActivityFixture.process), .outcome("c", created)])
    #expect(driver.notice == "Of an earlier run, two-factor is still to be required of Harbor")
    driver.press(.character("@"))
    driver.answerJournal(.success(JournalReading(history: driver.history)))
    #expect(driver.screen.contains("Two-factor is not required yet. e requires it."))
    #expect(driver.press(.character("e")).first == .readAccount(Fixture.id(900), for: .edit))
    let account = Fixture.account(900, name: "Harbor", type: .standard)
    driver.answerEditRead(with: .success(account.withoutTwoFactor))
    #expect(driver.editForm?.requiresTwoFactor == true)
    #expect(
      driver.editForm?.requestedChanges == AccountChanges(name: "Harbor", settings: .init(enforceTwoFactor: true)))
  }

  @Test("a requirement that was sent since, or left by hand, or an account that is gone, is not told again")
  func over() {
    let change = ActivityFixture.intent(
      "u", minutesAgo: 4,
      .update(Fixture.id(900), AccountChanges(name: "Harbor", settings: .init(enforceTwoFactor: true))))
    let deletion = ActivityFixture.intent("d", minutesAgo: 4, .delete(Fixture.id(900), name: "Harbor"))
    var left = created
    left.leavesRest = true
    let start: [JournalRecord] = [.intent(creation(), ActivityFixture.process), .outcome("c", created)]
    for records in [
      start + [.intent(change, ActivityFixture.process), .outcome("u", WriteOutcome(.confirmed, date: created.date))],
      start + [
        .intent(deletion, ActivityFixture.process), .outcome("d", WriteOutcome(.confirmed, date: created.date)),
      ],
      start + [.outcome("c", left)],
      [.intent(creation(requiresTwoFactor: false), ActivityFixture.process), .outcome("c", created)],
    ] {
      var driver = starting(records)
      #expect(driver.notice == nil)
      driver.press(.character("@"))
      driver.answerJournal(.success(JournalReading(history: driver.history)))
      driver.press(.end)
      #expect(!driver.screen.contains("To do"))
    }
    let refused: [JournalRecord] = [
      .intent(change, ActivityFixture.process), .outcome("u", WriteOutcome(.refused, date: created.date)),
    ]
    #expect(starting(start + refused).notice == "Of an earlier run, two-factor is still to be required of Harbor")
  }

  @Test("leaving the account without the requirement is noted down, so that it is not told at the next start")
  func left() throws {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("n"))
    driver.type("Harbor")
    driver.press(.tab, .tab, .character(" "), .backTab, .backTab, .backTab, .enter)
    let intent = try #require(driver.effects.first?.intent)
    guard case .create(let creation) = intent.operation else { return }
    #expect(creation.requiresTwoFactor)
    let account = Fixture.account(901, name: "Harbor", type: .standard).withoutTwoFactor
    driver.begin(intent, by: .current)
    driver.environment.freshID = "fresh-2"
    driver.finish(intent.id, WriteOutcome(.confirmed, date: driver.environment.date, accountID: account.id))
    driver.answerCreation(.success(account))
    let change = try #require(driver.effects.compactMap(\.intent).first)
    let refusal = CloudflareError(.refused, status: 403)
    driver.begin(change, by: .current)
    driver.finish(change.id, WriteOutcome(refusal, of: change.operation, date: driver.environment.date))
    driver.answerChange(.failure(refusal))
    driver.press(.escape)
    guard case .record(intent.id, let outcome)? = driver.effects.first(where: { $0.recorded != nil }) else {
      Issue.record("nothing is noted down")
      return
    }
    #expect(outcome.leavesRest && outcome.kind == .confirmed)
    #expect(driver.pendingRequirements == nil)
  }

  @Test("an account that a person takes as the created one is shown whole, and the requirement is only offered")
  func adopted() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("n"))
    driver.type("Harbor")
    driver.press(.tab, .tab, .character(" "), .backTab, .backTab, .backTab, .enter)
    driver.loseAnswer()
    driver.press(.character("v"))
    let account = Fixture.account(901, name: "Harbor", type: .enterprise).withoutTwoFactor
    driver.resolve("fresh-1", .candidates([account]))
    driver.press(.character("a"))
    #expect(driver.effects.compactMap(\.recorded) == [.confirmed] && driver.effects.compactMap(\.intent) == [])
    #expect(driver.createForm?.created == account)
    driver.environment.freshID = "fresh-2"
    #expect(driver.press(.enter).compactMap(\.intent).map(\.operation.kind) == [.update])
  }
}
