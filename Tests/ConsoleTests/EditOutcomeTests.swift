import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("What becomes of a change")
struct EditOutcomeTests {
  @Test("the row and the detail show the account as it is afterwards, and the message what was changed")
  func confirmed() throws {
    var person = Person.sendingChange()
    var answer = Fixture.account(7, name: "Account 7!")
    answer.type = nil
    answer.managedBy = nil
    person.send(.change(.answered(token: try #require(person.changeToken), .success(answer))))
    #expect(person.state.dialog == nil && person.state.edits.isEmpty)
    #expect(person.notice == "Changed name of Account 7!")
    #expect(person.state.browse.selectedAccount == Fixture.account(7, name: "Account 7!"))
  }

  @Test("what the server did not take, or changed without being asked, is said")
  func otherwise() throws {
    var person = Person.sendingChange()
    person.send(
      .change(.answered(token: try #require(person.changeToken), .success(Fixture.account(7).withTwoFactor))))
    #expect(
      person.notice
        == "Account 7 is changed, but not as asked; the server did not take: name; it changed as well: two-factor")
    var renamed = Person.sendingChange()
    renamed.send(
      .change(.answered(token: try #require(renamed.changeToken), .success(Fixture.account(7, name: "ACCOUNT 7!")))))
    #expect(
      renamed.notice
        == "ACCOUNT 7! is changed, but not as asked; asked for the name Account 7!, the server made it ACCOUNT 7!")
    #expect(person.state.notice?.kind == .warning)
  }

  @Test("an answer that leaves the settings out does not say that they were not taken")
  func settingsLeftOut() throws {
    var person = Person.editing()
    person.press(.tab, .character(" "), .tab)
    person.type("abuse@harbor.example")
    person.press(.tab, .tab, .enter, .enter)
    person.answerEditRead()
    var answer = Fixture.account(7)
    answer.settings = nil
    person.send(.change(.answered(token: try #require(person.changeToken), .success(answer))))
    #expect(
      person.notice
        == "The change of Account 7 is taken, and the answer does not say: two-factor, abuse contact")
    #expect(person.state.notice?.kind == .warning)
  }

  @Test("what the server says beside the fields it points to is told as well")
  func refusedBoth() throws {
    var person = Person.sendingChange()
    let error = CloudflareError(
      .refused, status: 400,
      errors: [
        APIMessage(code: 1001, message: "invalid character", source: .init(pointer: "/name")),
        APIMessage(code: 1003, message: "and no more today"),
      ])
    person.send(.change(.answered(token: try #require(person.changeToken), .failure(error))))
    #expect(person.editForm?.focus == .name)
    #expect(person.screen.contains("! invalid character") && person.screen.contains("and no more today"))
  }

  @Test("a refusal stands beside the field that it points to, and nothing typed is lost")
  func refused() throws {
    var person = Person.sendingChange()
    let message = APIMessage(code: 1001, message: "invalid character", source: .init(pointer: "/name"))
    let error = CloudflareError(.refused, status: 400, errors: [message])
    person.send(.change(.answered(token: try #require(person.changeToken), .failure(error))))
    #expect(person.editForm?.focus == .name)
    #expect(person.editForm?.name.text == "Account 7!")
    #expect(person.screen.contains("! invalid character"))
    person.press(.backspace)
    #expect(person.editForm?.phase == .editing)
  }

  @Test("a change that is not known to have happened is looked up before it can be sent again")
  func unknown() throws {
    var person = Person.sendingChange()
    person.loseAnswer()
    #expect(person.screen.contains("! Not known whether it was changed"))
    #expect(person.state.inputContext == .doubt)
    #expect(person.press(.character("v")).first?.resolution?.intent.id == "fresh-1")
    #expect(person.press(.enter) == [])
    person.findNothing(of: "fresh-1")
    #expect(person.screen.contains("Read at 12:05:00 UTC: the account is not as it was to be."))
    person.moment.freshID = "fresh-2"
    person.press(.enter)
    person.answerEditRead()
    #expect(person.effects.first?.intent?.id == "fresh-2")
    person.loseAnswer()
    person.press(.character("v"))
    person.resolve("fresh-2", .confirmed(Fixture.account(7, name: "Account 7!")))
    #expect(person.state.dialog == nil)
    #expect(person.notice == "Changed name of Account 7!")
  }

  @Test(
    "a change that another console is sending comes to its end as soon as that console has written it down",
    arguments: [
      (.confirmed, "The earlier change did happen."), (.notDone, "It was not changed"), (.settled, "settled by hand"),
    ] as [(WriteOutcome.Kind, String)])
  func finishedElsewhere(kind: WriteOutcome.Kind, text: String) throws {
    var person = Person.sendingChange()
    try person.finishElsewhere(as: kind, account: Fixture.id(7))
    #expect(person.editForm?.phase == .lookedUp(kind))
    #expect(person.screen.contains(text))
  }

  @Test("another change of an account that is in doubt is not sent before")
  func repeats() {
    var person = Person.sendingChange()
    person.loseAnswer()
    person.press(.escape)
    #expect(person.notice == "It is not known whether Account 7 was changed")
    person.moment.freshID = "fresh-2"
    person.press(.character("e"))
    person.answerEditRead()
    // What was typed is there again.
    #expect(person.editForm?.name.text == "Account 7!")
    person.press(.backTab, .enter, .enter)
    person.answerEditRead()
    #expect(person.effects.allSatisfy { $0.intent == nil })
    #expect(person.editForm?.doubtfulWrite == "fresh-1")
    #expect(person.press(.character("v")).first?.resolution?.intent.id == "fresh-1")
  }
}
