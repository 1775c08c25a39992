import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("What becomes of a change")
struct EditOutcomeTests {
  @Test("the row and the detail show the account as it is afterwards, and the message what was changed")
  func confirmed() {
    var driver = TestDriver.sendingChange()
    var answer = Fixture.account(7, name: "Account 7!")
    answer.type = nil
    answer.managedBy = nil
    driver.answerChange(.success(answer))
    #expect(!driver.hasDialog && driver.editDrafts.isEmpty)
    #expect(driver.notice == "Changed name of Account 7!")
    #expect(driver.selectedAccount == Fixture.account(7, name: "Account 7!"))
  }

  @Test("what the server did not take, or changed without being asked, is said")
  func otherwise() {
    var driver = TestDriver.sendingChange()
    driver.answerChange(.success(Fixture.account(7).withTwoFactor))
    #expect(
      driver.notice
        == "Account 7 is changed, but not as asked; the server did not take: name; it changed as well: two-factor")
    var renamed = TestDriver.sendingChange()
    renamed.answerChange(.success(Fixture.account(7, name: "ACCOUNT 7!")))
    #expect(
      renamed.notice
        == "ACCOUNT 7! is changed, but not as asked; asked for the name Account 7!, the server made it ACCOUNT 7!")
    #expect(driver.noticeKind == .warning)
  }

  @Test("an answer that leaves the settings out does not say that they were not taken")
  func settingsLeftOut() {
    var driver = TestDriver.editing()
    driver.press(.tab, .character(" "), .tab)
    driver.type("abuse@harbor.example")
    driver.press(.tab, .tab, .enter, .enter)
    driver.answerEditRead()
    var answer = Fixture.account(7)
    answer.settings = nil
    driver.answerChange(.success(answer))
    #expect(
      driver.notice
        == "The change of Account 7 is taken, and the answer does not say: two-factor, abuse contact")
    #expect(driver.noticeKind == .warning)
  }

  @Test("what the server says beside the fields it points to is told as well")
  func refusedBoth() {
    var driver = TestDriver.sendingChange()
    let error = CloudflareError(
      .refused, status: 400,
      errors: [
        APIMessage(code: 1001, message: "invalid character", source: .init(pointer: "/name")),
        APIMessage(code: 1003, message: "and no more today"),
      ])
    driver.answerChange(.failure(error))
    #expect(driver.editForm?.focus == .name)
    #expect(driver.screen.contains("! invalid character") && driver.screen.contains("and no more today"))
  }

  @Test("a refusal stands beside the field that it points to, and nothing typed is lost")
  func refused() {
    var driver = TestDriver.sendingChange()
    let message = APIMessage(code: 1001, message: "invalid character", source: .init(pointer: "/name"))
    let error = CloudflareError(.refused, status: 400, errors: [message])
    driver.answerChange(.failure(error))
    #expect(driver.editForm?.focus == .name)
    #expect(driver.editForm?.name.text == "Account 7!")
    #expect(driver.screen.contains("! invalid character"))
    driver.press(.backspace)
    #expect(driver.editForm?.phase == .editing)
  }

  @Test("a change that is not known to have happened is looked up before it can be sent again")
  func unknown() {
    var driver = TestDriver.sendingChange()
    driver.loseAnswer()
    #expect(driver.screen.contains("! Not known whether it was changed"))
    #expect(driver.context == .unknownOutcome)
    #expect(driver.press(.character("v")).first?.resolution?.intent.id == "fresh-1")
    #expect(driver.press(.enter) == [])
    driver.findNothing(of: "fresh-1")
    #expect(driver.screen.contains("Read at 12:05:00 UTC: the account is not as it was to be."))
    driver.environment.freshID = "fresh-2"
    driver.press(.enter)
    driver.answerEditRead()
    #expect(driver.effects.first?.intent?.id == "fresh-2")
    driver.loseAnswer()
    driver.press(.character("v"))
    driver.resolve("fresh-2", .confirmed(Fixture.account(7, name: "Account 7!")))
    #expect(!driver.hasDialog)
    #expect(driver.notice == "Changed name of Account 7!")
  }

  @Test(
    "a change that another console is sending comes to its end as soon as that console has written it down",
    arguments: [
      (.confirmed, "The earlier change did happen."), (.notDone, "It was not changed"),
      (.dismissed, "dismissed by hand"),
    ] as [(WriteOutcome.Kind, String)])
  func finishedElsewhere(kind: WriteOutcome.Kind, text: String) throws {
    var driver = TestDriver.sendingChange()
    try driver.finishElsewhere(as: kind, account: Fixture.id(7))
    #expect(driver.editForm?.phase == .write(.lookedUp(kind, accountID: nil)))
    #expect(driver.screen.contains(text))
  }

  @Test("another change of an account that is in doubt is not sent before")
  func repeats() {
    var driver = TestDriver.sendingChange()
    driver.loseAnswer()
    driver.press(.escape)
    #expect(driver.notice == "It is not known whether Account 7 was changed")
    driver.environment.freshID = "fresh-2"
    driver.press(.character("e"))
    driver.answerEditRead()
    // What was typed is there again.
    #expect(driver.editForm?.name.text == "Account 7!")
    driver.press(.backTab, .enter, .enter)
    driver.answerEditRead()
    #expect(driver.effects.allSatisfy { $0.intent == nil })
    #expect(driver.editForm?.unresolvedWrite == "fresh-1")
    #expect(driver.press(.character("v")).first?.resolution?.intent.id == "fresh-1")
  }
}
