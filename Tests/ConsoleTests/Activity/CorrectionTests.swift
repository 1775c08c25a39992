import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("Later readings correct what was concluded")
struct CorrectionTests {
  private let begun = Date(timeIntervalSince1970: 1_795_521_600 - 600)

  /// A person at a console whose journal has this write, of which nothing was found.
  private func driver(_ operation: WriteOperation, outcome: WriteOutcome.Kind = .notDone) -> TestDriver {
    var driver = TestDriver(accounts: 20)
    let intent = WriteIntent(id: "w", date: begun, origin: Fixture.origin, operation: operation)
    driver.note(.intent(intent, .current))
    driver.note(
      .outcome("w", WriteOutcome(.unknown, date: begun + 30, mayActUntil: begun + 330)))
    if outcome != .unknown {
      driver.note(.outcome("w", WriteOutcome(outcome, date: begun + 330)))
    }
    return driver
  }

  private func made(after seconds: Double?, id: Int = 900) -> Account {
    var account = Fixture.account(id, name: "Harbor", type: .standard)
    account.createdOn = seconds.map { begun + $0 }
    return account
  }

  private func show(_ accounts: [Account], to driver: inout TestDriver) {
    driver.press(.character("r"))
    guard let page = driver.loading.first else { return }
    driver.answer(page: page, .success(AccountPage(accounts: accounts)))
  }

  @Test(
    "an account of the creation's name and time that a page shows means that it has happened",
    arguments: [
      WriteOutcome.Kind.notDone, .unknown,
    ])
  func creation(outcome: WriteOutcome.Kind) {
    var driver = driver(ActivityFixture.creation("Harbor", knownOn: begun), outcome: outcome)
    show([made(after: 38)], to: &driver)
    #expect(driver.effects.compactMap(\.recorded) == [.confirmed])
    #expect(driver.history.entry("w")?.outcome?.accountID == Fixture.id(900))
    if outcome == .notDone { #expect(driver.notice == "The earlier creation of Harbor has happened") }
  }

  @Test("of two that have appeared, on whatever pages, neither is told to be the one")
  func two() {
    var driver = driver(ActivityFixture.creation("Harbor", knownOn: begun))
    driver.changeList { $0.insertFound([made(after: 30, id: 901)]) }
    driver.press(.character("n"))
    driver.type("Harbor")
    driver.elapse(.duplicateNames(.creation))
    driver.answerDuplicateNames(.success(AccountPage(accounts: [made(after: 38)])))
    #expect(driver.effects.compactMap(\.recorded) == [.unknown])
  }

  @Test("one that appears when it could act no more makes it unknown again, and names the account")
  func tooLate() {
    var driver = driver(ActivityFixture.creation("Harbor", knownOn: begun))
    show([made(after: 500)], to: &driver)
    #expect(driver.effects.compactMap(\.recorded) == [.unknown])
    #expect(driver.notice == "An account has appeared that may have come of an earlier creation of Harbor")
    driver.press(.character("@"))
    driver.answerJournal(.success(JournalReading(history: driver.history)))
    #expect(driver.screen.contains(Fixture.id(900)))
    // A person who has looked decides.
    driver.press(.character("a"))
    #expect(driver.effects.compactMap(\.recorded) == [.confirmed])
  }

  @Test("one from before, one that was known, and one that another creation has made correct nothing")
  func others() {
    var old = driver(ActivityFixture.creation("Harbor", knownOn: begun))
    show([made(after: -60)], to: &old)
    #expect(old.effects.compactMap(\.recorded) == [])
    var known = driver(
      .create(
        Creation(
          NewAccount(name: "Harbor", type: .standard), idempotencyKey: "k", duplicateNames: [Fixture.id(900)],
          knowsAllDuplicateNames: true, serverDate: begun)))
    show([made(after: 38)], to: &known)
    #expect(known.effects.compactMap(\.recorded) == [])
    var retried = driver(ActivityFixture.creation("Harbor", knownOn: begun))
    let retry = WriteIntent(
      id: "r", date: begun + 400, origin: Fixture.origin, operation: ActivityFixture.creation("Harbor", knownOn: begun))
    retried.note(.intent(retry, .current))
    show([made(after: 401)], to: &retried)
    #expect(retried.effects.compactMap(\.recorded) == [])
    #expect(retried.history.entry("w")?.outcome?.kind == .notDone)
  }

  @Test("an account that is as a change wanted it, and one that is gone as a deletion wanted it, correct them")
  func otherWrites() {
    var changed = driver(.update(Fixture.id(2), AccountChanges(name: "Pine")))
    show([Fixture.account(1), Fixture.account(2, name: "Pine")], to: &changed)
    #expect(changed.effects.compactMap(\.recorded) == [.confirmed])

    var deleted = driver(.delete(Fixture.id(0), name: "Account 0"))
    deleted.press(.enter)
    let gone = CloudflareError(.refused, status: 404, errors: [APIMessage(code: 7003, message: "could not route")])
    let other = CloudflareError(.refused, status: 404, errors: [APIMessage(code: 7000, message: "no route")])
    var unsure = deleted
    unsure.answerAccount(.failure(other))
    #expect(unsure.effects.compactMap(\.recorded) == [])
    deleted.answerAccount(.failure(gone))
    #expect(deleted.effects.compactMap(\.recorded) == [.confirmed])
    #expect(deleted.accounts.deleted == [Fixture.id(0)])
  }
}
