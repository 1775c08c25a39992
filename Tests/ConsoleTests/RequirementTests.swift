import Cloudflare
import Terminal
import TestSupport
import Testing

@testable import Console

@Suite("Creating with the two-factor requirement")
struct RequirementTests {
  private let account = Fixture.account(901, name: "Harbor", type: .standard)

  /// A person whose creation has just been answered; the change that follows is on its way.
  private func created(_ answer: Account? = nil) -> TestDriver {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("n"))
    driver.type("Harbor")
    driver.press(.tab, .tab, .character(" "), .backTab, .backTab, .backTab)
    #expect(driver.press(.enter).map(\.idempotencyKey) == ["fresh-1"])
    driver.environment.freshID = "fresh-2"
    driver.answerCreation(.success(answer ?? account))
    return driver
  }

  private func change(_ id: String, in environment: Environment) -> WriteIntent {
    WriteIntent(
      id: id, date: environment.date, origin: Fixture.origin,
      operation: .update(
        account.id, AccountChanges(name: "Harbor", settings: AccountSettings(enforceTwoFactor: true))))
  }

  @Test("the body of the creation never carries the requirement; a change of its own does, once the account exists")
  func secondWrite() throws {
    let driver = created()
    #expect(
      driver.effects == [.write(change("fresh-2", in: driver.environment)), .rest(on: account.id)])
    #expect(driver.createForm?.isSending == true)
    #expect(driver.selectedID == account.id)
    #expect(driver.createForm?.created == account)
    #expect(driver.screen.contains("✓ The account is created, and nothing creates it again."))
  }

  @Test("when both have happened, the form is gone, and the row shows it")
  func both() throws {
    var driver = created()
    driver.answerChange(.success(account.withTwoFactor))
    #expect(!driver.hasDialog && driver.draft == nil)
    #expect(driver.notice == "Created Harbor as ab00…0385, with two-factor required")
    #expect(driver.selectedAccount?.settings?.enforceTwoFactor == true)
  }

  @Test("an account that has the requirement from the start is not changed")
  func already() throws {
    let driver = created(account.withTwoFactor)
    #expect(
      driver.effects == [.cancel(.duplicateNames(.creation)), .terminal(.discardTypedAhead), .rest(on: account.id)])
    #expect(driver.notice == "Created Harbor as ab00…0385, with two-factor required")
  }

  @Test("a refused requirement is told with the account that exists, and only that is tried again")
  func refused() throws {
    var driver = created()
    let error = CloudflareError(.refused, status: 403, errors: [APIMessage(code: 9109, message: "Unauthorized")])
    driver.answerChange(.failure(error))
    #expect(driver.createForm?.progress == .refused(error))
    #expect(driver.screen.contains("! The two-factor requirement was not set:"))
    #expect(driver.screen.contains("Unauthorized"))
    #expect(driver.screen.contains(Wording.grouped(id: account.id)))
    driver.environment.freshID = "fresh-3"
    let effects = driver.press(.enter)
    #expect(effects == [.write(change("fresh-3", in: driver.environment))])
    #expect(driver.press(.enter) == [])
  }

  @Test("whatever is pressed once the account exists, it is never created again")
  func neverAgain() throws {
    var driver = created()
    driver.answerChange(.failure(CloudflareError(.refused, status: 403)))
    var random = SeededGenerator(seed: 7)
    for step in 0..<2_000 {
      let keys: [Key] = [.enter, .tab, .backTab, .up, .down, .character(" "), .character("v"), .character("x")]
      driver.environment.freshID = "fresh-\(step + 3)"
      driver.press(keys[random.below(keys.count)])
      #expect(driver.effects.allSatisfy { $0.idempotencyKey == nil })
      guard driver.createForm?.isSending == true else { continue }
      driver.answerChange(.failure(CloudflareError(.refused, status: 403)))
    }
  }

  @Test("a requirement that is not known to be set is looked up before it can be set again")
  func unknown() throws {
    var driver = created()
    driver.loseAnswer()
    #expect(driver.createForm?.progress == .unknown("fresh-2", CloudflareError(.timedOut)))
    #expect(driver.context == .unknownOutcome)
    #expect(driver.screen.contains("! Not known whether two-factor is required now"))
    #expect(driver.press(.character("v")).first?.resolution?.intent.id == "fresh-2")
    #expect(driver.press(.enter) == [])
    driver.findNothing(of: "fresh-2")
    #expect(driver.screen.contains("The two-factor requirement is not set yet."))
    driver.environment.freshID = "fresh-3"
    #expect(driver.press(.enter).first?.intent == change("fresh-3", in: driver.environment))
    driver.loseAnswer()
    driver.press(.character("v"))
    driver.resolve("fresh-3", .confirmed(account.withTwoFactor))
    #expect(!driver.hasDialog)
    #expect(driver.notice == "Created Harbor as ab00…0385, with two-factor required")
  }

  @Test("a creation that is found to have happened goes on to its requirement")
  func foundCreation() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("n"))
    driver.type("Harbor")
    driver.press(.tab, .tab, .character(" "), .backTab, .backTab, .backTab, .enter)
    driver.loseAnswer()
    driver.press(.character("v"))
    driver.environment.freshID = "fresh-2"
    driver.resolve("fresh-1", .confirmed(account))
    #expect(driver.effects.compactMap(\.intent) == [change("fresh-2", in: driver.environment)])
    #expect(driver.createForm?.created == account)
  }

  @Test("a draft whose creation was found meanwhile offers nothing but the requirement")
  func foundDraft() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("n"))
    driver.type("Harbor")
    driver.press(.tab, .tab, .character(" "), .backTab, .backTab, .backTab, .enter)
    driver.loseAnswer()
    driver.press(.character("v"))
    driver.press(.escape)
    driver.resolve("fresh-1", .confirmed(account))
    driver.press(.character("n"))
    #expect(driver.createForm?.created?.id == account.id)
    driver.environment.freshID = "fresh-2"
    #expect(driver.press(.enter).compactMap(\.intent) == [change("fresh-2", in: driver.environment)])
  }

  @Test("an answer that leaves the settings out does not say that the requirement was not taken")
  func settingsLeftOut() throws {
    var driver = created()
    var answer = account
    answer.settings = nil
    driver.answerChange(.success(answer))
    #expect(
      driver.notice
        == "Created Harbor as ab00…0385: the server does not say whether two-factor is required now")
  }

  @Test("leaving says that the account exists without the requirement; no draft creates it again")
  func leaving() throws {
    var driver = created()
    driver.press(.escape)
    #expect(driver.createForm != nil)
    driver.answerChange(.failure(CloudflareError(.refused, status: 403)))
    driver.press(.escape)
    #expect(!driver.hasDialog && driver.draft == nil)
    #expect(driver.notice == "Harbor exists as ab00…0385, without the two-factor requirement")
  }

  @Test("what the journal does not take is not sent, and can be tried again")
  func notSent() throws {
    var driver = created()
    let intent = try #require(driver.effects.first?.intent)
    driver.keepBack(intent, because: .cannotWrite(path: "/j", reason: "the disk is full"))
    #expect(driver.screen.contains("! Not sent. The journal /j cannot be written: the disk is full."))
    #expect(driver.press(.enter).compactMap(\.intent).map(\.operation.kind) == [.update])
  }

  @Test("a dry run sends neither, and says both")
  func dryRun() {
    var driver = TestDriver(accounts: 20, isDryRun: true)
    driver.press(.character("n"))
    driver.type("Harbor")
    driver.press(.tab, .tab, .character(" "), .backTab, .backTab, .backTab)
    #expect(driver.press(.enter) == [.cancel(.duplicateNames(.creation))])
    #expect(
      driver.notice
        == "Dry run: POST /accounts would have created Harbor and PUT /accounts/{id} would have required two-factor "
        + "authentication. Nothing was sent")
    #expect(driver.draft?.requiresTwoFactor == true)
  }
}
