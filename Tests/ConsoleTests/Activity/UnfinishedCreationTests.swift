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
          knowsAllNamesakes: true, serverDate: ActivityFixture.now - 300)))
  }

  /// A person at a console that starts over a journal in which the creation stands.
  private func starting(_ records: [JournalRecord], life: ProcessIdentity.Life? = nil) -> Person {
    var person = Person(accounts: 20)
    person.state.activity = ActivityState()
    _ = person.state.readJournal()
    var ledger = Ledger()
    for record in records { ledger.apply(record) }
    person.answerJournal(.success(JournalReading(ledger: ledger, lives: life.map { ["c": $0] } ?? [:])))
    return person
  }

  private let created = WriteOutcome(.confirmed, date: ActivityFixture.now - 299, accountID: Fixture.id(900))

  @Test("after a kill, what is found of the creation tells with it that two-factor is still to be required")
  func found() {
    var person = starting([.intent(creation(), ActivityFixture.process)], life: .ended)
    var account = Fixture.account(900, name: "Harbor", type: .standard)
    account.createdOn = ActivityFixture.now - 299
    account.settings = nil
    person.resolve("c", .confirmed(account))
    #expect(person.effects.compactMap(\.intent) == [])
    #expect(
      person.notice
        == "Looked up 1 write of an earlier run: 1 had happened; two-factor is still to be required of Harbor")
  }

  @Test("one that was confirmed before the kill is told at the start, and done from the activity")
  func fromActivity() throws {
    var person = starting([.intent(creation(), ActivityFixture.process), .outcome("c", created)])
    #expect(person.notice == "Of an earlier run, two-factor is still to be required of Harbor")
    person.press(.character("@"))
    person.answerJournal(.success(JournalReading(ledger: person.state.activity.ledger)))
    #expect(person.screen.contains("Two-factor is not required yet. e requires it."))
    person.press(.character("e"))
    guard case .readEditTarget(let id, let token)? = person.effects.first else {
      Issue.record("nothing is read")
      return
    }
    #expect(id == Fixture.id(900))
    let account = Fixture.account(901, name: "Harbor", type: .standard)
    var fresh = account.withoutTwoFactor
    fresh.id = id
    person.send(.change(.accountRead(token: token, .success(fresh))))
    #expect(person.editForm?.requiresTwoFactor == true)
    #expect(person.editForm?.changes == AccountChanges(name: "Harbor", settings: .init(enforceTwoFactor: true)))
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
      var person = starting(records)
      #expect(person.notice == nil)
      person.press(.character("@"))
      person.answerJournal(.success(JournalReading(ledger: person.state.activity.ledger)))
      person.press(.end)
      #expect(!person.screen.contains("To do"))
    }
    let refused: [JournalRecord] = [
      .intent(change, ActivityFixture.process), .outcome("u", WriteOutcome(.refused, date: created.date)),
    ]
    #expect(starting(start + refused).notice == "Of an earlier run, two-factor is still to be required of Harbor")
  }

  @Test("leaving the account without the requirement is noted down, so that it is not told at the next start")
  func left() throws {
    var person = Person(accounts: 20)
    person.press(.character("n"))
    person.type("Harbor")
    person.press(.tab, .tab, .character(" "), .backTab, .backTab, .backTab, .enter)
    let intent = try #require(person.effects.first?.intent)
    guard case .create(let creation) = intent.operation else { return }
    #expect(creation.requiresTwoFactor)
    let account = Fixture.account(901, name: "Harbor", type: .standard).withoutTwoFactor
    person.send(.activity(.begun(intent, .current)))
    person.send(
      .activity(.answered(intent.id, WriteOutcome(.confirmed, date: person.moment.date, accountID: account.id))))
    person.moment.freshID = "fresh-2"
    person.send(.create(.answered(token: try #require(person.sendingToken), .success(account))))
    let change = try #require(person.effects.compactMap(\.intent).first)
    let refusal = CloudflareError(.refused, status: 403)
    person.send(.activity(.begun(change, .current)))
    person.send(.activity(.answered(change.id, WriteOutcome(refusal, of: change.operation, date: person.moment.date))))
    person.send(.change(.answered(token: try #require(person.sendingToken), .failure(refusal))))
    person.press(.escape)
    guard case .recordOutcome(intent.id, let outcome)? = person.effects.first(where: { $0.recorded != nil }) else {
      Issue.record("nothing is noted down")
      return
    }
    #expect(outcome.leavesRest && outcome.kind == .confirmed)
    #expect(person.state.pendingRequirements(at: person.moment.date) == nil)
  }

  @Test("an account that a person takes as the created one is shown whole, and the requirement is only offered")
  func adopted() {
    var person = Person(accounts: 20)
    person.press(.character("n"))
    person.type("Harbor")
    person.press(.tab, .tab, .character(" "), .backTab, .backTab, .backTab, .enter)
    person.loseAnswer()
    person.press(.character("v"))
    let account = Fixture.account(901, name: "Harbor", type: .enterprise).withoutTwoFactor
    person.resolve("fresh-1", .candidates([account]))
    person.press(.character("a"))
    #expect(person.effects.compactMap(\.recorded) == [.confirmed] && person.effects.compactMap(\.intent) == [])
    #expect(person.createForm?.created == account)
    person.moment.freshID = "fresh-2"
    #expect(person.press(.enter).compactMap(\.intent).map(\.operation.kind) == [.update])
  }
}
