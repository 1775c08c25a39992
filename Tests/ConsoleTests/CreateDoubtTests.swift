import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("Creations of which it is not known what became of them")
struct CreateDoubtTests {
  @Test("a creation of unknown outcome is looked up before it can go out again, and then carries the same key")
  func unknownOutcome() {
    var driver = TestDriver.creating()
    driver.press(.enter)
    driver.loseAnswer()
    #expect(driver.createForm?.progress == .unknown("fresh-1", CloudflareError(.timedOut)))
    #expect(driver.screen.contains("! Not known whether it was created"))
    #expect(driver.context == .unknownOutcome)
    driver.environment.freshID = "fresh-2"
    let looking = driver.press(.character("v"))
    #expect(looking.count == 1 && looking.first?.resolution?.intent.id == "fresh-1")
    #expect(driver.press(.enter) == [])
    driver.findNothing(of: "fresh-1")
    #expect(driver.screen.contains("12:05:00 UTC: none was found."))
    #expect(driver.press(.enter).map(\.idempotencyKey) == ["fresh-1"])
    #expect(driver.effects.first?.intent?.id == "fresh-2")
  }

  @Test("another body goes out under a new key while it is not known what became of the first one")
  func otherBody() {
    var driver = TestDriver.creating()
    driver.press(.enter)
    driver.loseAnswer()
    driver.press(.tab)
    driver.type("!")
    #expect(driver.createForm?.progress == .idle)
    driver.press(.backTab)
    driver.environment.freshID = "fresh-2"
    #expect(driver.press(.enter).map(\.idempotencyKey) == ["fresh-2"])
  }

  @Test("a creation that turns out to have happened ends as any other: the account is selected")
  func happened() {
    var driver = TestDriver.creating()
    driver.press(.enter)
    driver.loseAnswer()
    driver.press(.character("v"))
    let account = Fixture.account(900, name: "Harbor & Pine", type: .standard)
    let effects = driver.resolve("fresh-1", .confirmed(account))
    #expect(
      effects == [
        .record(
          "fresh-1",
          WriteOutcome(
            .confirmed, date: driver.environment.date, accountID: account.id,
            message: "Found by reading: the account was created.")), .cancel(.duplicateNames(.creation)),
        .terminal(.discardTypedAhead), .rest(on: account.id),
      ])
    #expect(driver.selectedID == account.id)
    #expect(!driver.hasDialog && driver.draft == nil)
  }

  @Test("the same name is not sent again from another form, which says which key finds out")
  func blocked() {
    var driver = TestDriver.creating()
    driver.press(.enter)
    driver.loseAnswer()
    driver.press(.escape)
    driver.forgetDraft()
    driver.environment.freshID = "fresh-2"
    driver.press(.character("n"))
    driver.type("Harbor & Pine")
    driver.press(.tab, .down, .backTab, .backTab)
    #expect(driver.press(.enter).allSatisfy { $0.intent == nil })
    #expect(driver.screen.contains("v finds out by reading"))
    #expect(driver.press(.character("v")).first?.resolution?.intent.id == "fresh-1")
    driver.resolve("fresh-1", .confirmed(Fixture.account(900, name: "Harbor & Pine")))
    #expect(driver.screen.contains("The earlier creation did happen"))
    #expect(driver.press(.enter).map(\.idempotencyKey) == ["fresh-2"])
  }

  @Test("a draft in doubt knows when it comes back what has been found out meanwhile")
  func draftInDoubt() {
    var driver = TestDriver.creating()
    driver.press(.enter)
    driver.loseAnswer()
    driver.press(.character("v"))
    driver.press(.escape)
    driver.findNothing(of: "fresh-1")
    driver.press(.character("n"))
    #expect(driver.createForm?.progress == .lookedUp(.notDone, accountID: nil))
    #expect(driver.createForm?.name.text == "Harbor & Pine")
  }

  /// Leaves the form, and looks its creation up on the screen of all writes.
  private func lookUp(_ resolution: Resolution, by driver: inout TestDriver) {
    driver.press(.escape, .character("@"))
    driver.answerJournal(.success(JournalReading(history: driver.history)))
    driver.press(.character("v"))
    driver.resolve("fresh-1", resolution)
  }

  @Test("a creation that was dismissed by hand is not told as one that did not happen")
  func dismissed() {
    var driver = TestDriver.creating()
    driver.press(.enter)
    driver.loseAnswer()
    lookUp(.candidates([Fixture.account(900)]), by: &driver)
    driver.press(.character("s"), .escape, .character("n"))
    #expect(driver.createForm?.progress == .lookedUp(.dismissed, accountID: nil))
    #expect(driver.screen.contains("What became of the earlier creation is not known"))
    #expect(!driver.screen.contains("It was not created"))
  }

  @Test("a draft whose creation is found to have happened makes another one, under a key of its own")
  func happenedMeanwhile() {
    var driver = TestDriver.creating()
    driver.press(.enter)
    driver.loseAnswer()
    lookUp(.confirmed(Fixture.account(900, name: "Harbor & Pine")), by: &driver)
    driver.press(.escape, .character("n"))
    #expect(driver.screen.contains("The earlier creation did happen: it is \(Fixture.id(900))"))
    #expect(driver.screen.contains("Creating makes another account."))
    driver.press(.backTab)
    driver.environment.freshID = "fresh-2"
    #expect(driver.press(.enter).map(\.idempotencyKey) == ["fresh-2"])
  }

  @Test("what a look-up finds is told even if the form was changed meanwhile, before anything else is sent")
  func changedMeanwhile() {
    for leaves in [false, true] {
      var driver = TestDriver.creating()
      driver.press(.enter)
      driver.loseAnswer()
      driver.press(.character("v"), .tab)
      driver.type("!")
      driver.press(.backspace)
      #expect(driver.createForm?.progress == .idle)
      if leaves { driver.press(.escape) }
      driver.resolve("fresh-1", .confirmed(Fixture.account(900, name: "Harbor & Pine")))
      if leaves { driver.press(.character("n")) }
      #expect(driver.screen.contains("The earlier creation did happen: it is \(Fixture.id(900))"))
      driver.type("?")
      driver.press(.backspace, .backTab)
      driver.environment.freshID = "fresh-2"
      #expect(driver.press(.enter).map(\.idempotencyKey) == ["fresh-2"])
    }
  }

  @Test("what the journal tells of the creation is told before anything is sent")
  func shownByJournal() {
    var driver = TestDriver.creating()
    driver.press(.enter)
    driver.loseAnswer()
    driver.press(.tab)
    driver.type("!")
    let account = Fixture.account(900, name: "Harbor & Pine")
    driver.note(.outcome("fresh-1", WriteOutcome(.confirmed, date: driver.environment.date, accountID: account.id)))
    driver.press(.backTab)
    driver.environment.freshID = "fresh-2"
    #expect(driver.press(.enter) == [])
    #expect(driver.screen.contains("The earlier creation did happen: it is \(account.id)"))
    #expect(driver.press(.enter).map(\.idempotencyKey) == ["fresh-2"])
  }

  @Test(
    "a creation that another console is sending comes to its end as soon as that console has written it down",
    arguments: [
      (.confirmed, "The earlier creation did happen"), (.refused, "Creating sends it."),
      (.dismissed, "dismissed"),
    ] as [(WriteOutcome.Kind, String)])
  func finishedElsewhere(kind: WriteOutcome.Kind, text: String) throws {
    var driver = TestDriver.creating()
    driver.press(.enter)
    let account = NewAccount(name: "Harbor & Pine", type: .enterprise)
    try driver.finishElsewhere(
      as: kind, account: Fixture.id(900), operation: .create(Creation(account, idempotencyKey: "other")))
    #expect(driver.screen.contains(text))
    #expect(driver.createForm?.unresolvedWrite == nil)
  }
}
