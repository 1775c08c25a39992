import Cloudflare
import Terminal
import TestSupport
import Testing

@testable import Console

@Suite("Creating with the two-factor requirement")
struct RequirementTests {
  private let account = Fixture.account(901, name: "Harbor", type: .standard)

  /// A person whose creation has just been answered; the change that follows is on its way.
  private func created(_ answer: Account? = nil) throws -> Person {
    var person = Person(accounts: 20)
    person.press(.character("n"))
    person.type("Harbor")
    person.press(.tab, .tab, .character(" "), .backTab, .backTab, .backTab)
    #expect(person.press(.enter).map(\.idempotencyKey) == ["fresh-1"])
    let token = try #require(person.sendingToken)
    person.moment.freshID = "fresh-2"
    person.send(.create(.answered(token: token, .success(answer ?? account))))
    return person
  }

  private func change(_ id: String, at moment: Moment) -> WriteIntent {
    WriteIntent(
      id: id, date: moment.date, origin: Fixture.origin,
      operation: .update(
        account.id, AccountChanges(name: "Harbor", settings: AccountSettings(enforceTwoFactor: true))))
  }

  @Test("the body of the creation never carries the requirement; a change of its own does, once the account exists")
  func secondWrite() throws {
    let person = try created()
    let token = try #require(person.sendingToken)
    #expect(
      person.effects == [.write(change("fresh-2", at: person.moment), token: token), .rest(on: account.id)])
    #expect(person.selectedID == account.id)
    #expect(person.createForm?.created == account)
    #expect(person.screen.contains("✓ The account is created, and nothing creates it again."))
  }

  @Test("when both have happened, the form is gone, and the row shows it")
  func both() throws {
    var person = try created()
    person.send(.change(.answered(token: try #require(person.sendingToken), .success(account.withTwoFactor))))
    #expect(person.state.dialog == nil && person.state.draft == nil)
    #expect(person.notice == "Created Harbor as ab00…0385, with two-factor required")
    #expect(person.state.browse.selectedAccount?.settings?.enforceTwoFactor == true)
  }

  @Test("an account that has the requirement from the start is not changed")
  func already() throws {
    let person = try created(account.withTwoFactor)
    #expect(person.effects == [.cancel(.namesakes), .terminal(.discardTypedAhead), .rest(on: account.id)])
    #expect(person.notice == "Created Harbor as ab00…0385, with two-factor required")
  }

  @Test("a refused requirement is told with the account that exists, and only that is tried again")
  func refused() throws {
    var person = try created()
    let error = CloudflareError(.refused, status: 403, errors: [APIMessage(code: 9109, message: "Unauthorized")])
    person.send(.change(.answered(token: try #require(person.sendingToken), .failure(error))))
    #expect(person.createForm?.phase == .refused(error))
    #expect(person.screen.contains("! The two-factor requirement was not set:"))
    #expect(person.screen.contains("Unauthorized"))
    #expect(person.screen.contains(Wording.grouped(id: account.id)))
    person.moment.freshID = "fresh-3"
    let effects = person.press(.enter)
    let token = try #require(person.sendingToken)
    #expect(effects == [.write(change("fresh-3", at: person.moment), token: token)])
    #expect(person.press(.enter) == [])
  }

  @Test("whatever is pressed once the account exists, it is never created again")
  func neverAgain() throws {
    var person = try created()
    person.send(
      .change(.answered(token: try #require(person.sendingToken), .failure(CloudflareError(.refused, status: 403)))))
    var random = SeededGenerator(seed: 7)
    for step in 0..<2_000 {
      let keys: [Key] = [.enter, .tab, .backTab, .up, .down, .character(" "), .character("v"), .character("x")]
      person.moment.freshID = "fresh-\(step + 3)"
      person.press(keys[random.below(keys.count)])
      #expect(person.effects.allSatisfy { $0.idempotencyKey == nil })
      guard let token = person.sendingToken else { continue }
      person.send(.change(.answered(token: token, .failure(CloudflareError(.refused, status: 403)))))
    }
  }

  @Test("a requirement that is not known to be set is looked up before it can be set again")
  func unknown() throws {
    var person = try created()
    person.loseAnswer()
    #expect(person.createForm?.phase == .unknown(CloudflareError(.timedOut)))
    #expect(person.state.inputContext == .doubt)
    #expect(person.screen.contains("! Not known whether two-factor is required now"))
    #expect(person.press(.character("v")).first?.resolution?.intent.id == "fresh-2")
    #expect(person.press(.enter) == [])
    person.findNothing(of: "fresh-2")
    #expect(person.screen.contains("The two-factor requirement is not set yet."))
    person.moment.freshID = "fresh-3"
    #expect(person.press(.enter).first?.intent == change("fresh-3", at: person.moment))
    person.loseAnswer()
    person.press(.character("v"))
    person.resolve("fresh-3", .confirmed(account.withTwoFactor))
    #expect(person.state.dialog == nil)
    #expect(person.notice == "Created Harbor as ab00…0385, with two-factor required")
  }

  @Test("a creation that is found to have happened goes on to its requirement")
  func foundCreation() {
    var person = Person(accounts: 20)
    person.press(.character("n"))
    person.type("Harbor")
    person.press(.tab, .tab, .character(" "), .backTab, .backTab, .backTab, .enter)
    person.loseAnswer()
    person.press(.character("v"))
    person.moment.freshID = "fresh-2"
    person.resolve("fresh-1", .confirmed(account))
    #expect(person.effects.compactMap(\.intent) == [change("fresh-2", at: person.moment)])
    #expect(person.createForm?.created == account)
  }

  @Test("a draft whose creation was found meanwhile offers nothing but the requirement")
  func foundDraft() {
    var person = Person(accounts: 20)
    person.press(.character("n"))
    person.type("Harbor")
    person.press(.tab, .tab, .character(" "), .backTab, .backTab, .backTab, .enter)
    person.loseAnswer()
    person.press(.character("v"))
    person.press(.escape)
    person.resolve("fresh-1", .confirmed(account))
    person.press(.character("n"))
    #expect(person.createForm?.created?.id == account.id)
    person.moment.freshID = "fresh-2"
    #expect(person.press(.enter).compactMap(\.intent) == [change("fresh-2", at: person.moment)])
  }

  @Test("an answer that leaves the settings out does not say that the requirement was not taken")
  func settingsLeftOut() throws {
    var person = try created()
    var answer = account
    answer.settings = nil
    person.send(.change(.answered(token: try #require(person.sendingToken), .success(answer))))
    #expect(
      person.notice
        == "Created Harbor as ab00…0385: the server does not say whether two-factor is required now")
  }

  @Test("leaving says that the account exists without the requirement; no draft creates it again")
  func leaving() throws {
    var person = try created()
    person.press(.escape)
    #expect(person.createForm != nil)
    person.send(
      .change(.answered(token: try #require(person.sendingToken), .failure(CloudflareError(.refused, status: 403)))))
    person.press(.escape)
    #expect(person.state.dialog == nil && person.state.draft == nil)
    #expect(person.notice == "Harbor exists as ab00…0385, without the two-factor requirement")
  }

  @Test("what the journal does not take is not sent, and can be tried again")
  func notSent() throws {
    var person = try created()
    let intent = try #require(person.effects.first?.intent)
    person.send(.activity(.notSent(intent, .cannotWrite(path: "/j", reason: "the disk is full"))))
    #expect(person.screen.contains("! Not sent. The journal /j cannot be written: the disk is full."))
    #expect(person.press(.enter).compactMap(\.intent).map(\.operation.kind) == [.update])
  }

  @Test("a rehearsal sends neither, and says both")
  func rehearsed() {
    var person = Person(accounts: 20, isRehearsal: true)
    person.press(.character("n"))
    person.type("Harbor")
    person.press(.tab, .tab, .character(" "), .backTab, .backTab, .backTab)
    #expect(person.press(.enter) == [.cancel(.namesakes)])
    #expect(
      person.notice
        == "Rehearsed: POST /accounts would have created Harbor and PUT /accounts/{id} would have required two-factor "
        + "authentication. Nothing was sent")
    #expect(person.state.draft?.requiresTwoFactor == true)
  }
}
