import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("The delay before a deletion")
struct DeleteDelayTests {
  /// A person who has typed the challenge for the fourth account and pressed the button.
  private func counting(in person: Person = Person(accounts: 20)) -> Person {
    var person = Person.challenged(by: person)
    person.type("Account 3")
    person.press(.tab, .tab, .enter)
    return person
  }

  @Test("the button starts five seconds, counted down one by one, and then one DELETE leaves")
  func countsDown() {
    var person = counting()
    #expect(person.effects.first == .terminal(.discardTypedAhead))
    person.answerLastLook()
    for seconds in (2...5).reversed() {
      #expect(person.screen.contains("The account is deleted in \(seconds) seconds. Nothing has been sent."))
      let effects = person.waitSecond()
      #expect(effects.count == 1)
      guard case .wait(.deletionDelay, .seconds(1), .delete(.secondPassed)) = effects.first else {
        Issue.record("does not go on counting: \(effects)")
        return
      }
    }
    #expect(person.screen.contains("in 1 second. Nothing has been sent."))
    person.waitSecond()
    #expect(person.effects.compactMap(\.deletedID) == [Fixture.id(3)])
    #expect(person.effects.count == 1)
    #expect(person.screen.contains("The one request is on its way"))
    // Nothing is offered that would do nothing.
    #expect(!person.screen.contains("Esc"))
  }

  @Test("a second that has been counted does not count again, nor does one of an earlier delay")
  func countsOnce() {
    var person = counting()
    guard case .delay(let first)? = person.deletion?.phase else { return }
    person.waitSecond()
    #expect(person.send(.delete(.secondPassed(token: first.token))) == [])
    #expect(person.screen.contains("in 4 seconds"))
    person.press(.escape)
    person.type("Account 3")
    person.press(.tab, .tab, .enter)
    #expect(person.send(.delete(.secondPassed(token: first.token))) == [])
    #expect(person.screen.contains("in 5 seconds"))
  }

  @Test(
    "every key stops it with nothing sent, whatever it means elsewhere",
    arguments: [
      .escape, .character("q"), .control("c"), .control("z"), .control("l"), .enter, .character(" "), .tab,
      .character("D"), .character("x"), .character("?"), .up, .function(1), .control("a"), .other,
    ] as [Key])
  func keys(key: Key) {
    for passed in 0..<5 {
      var person = counting()
      for _ in 0..<passed { person.waitSecond() }
      let effects = person.press(key)
      #expect(effects.contains(.cancel(.deletionDelay)))
      #expect(effects.contains(.terminal(.suspend)) == (key == .control("z")))
      #expect(!effects.contains(.terminal(.quit)))
      #expect(person.deletion?.phase == .challenge)
      #expect(person.deletion?.field.text == "")
      #expect(person.screen.contains("nothing was sent"))
      person.waitOutDelay()
      #expect(person.deletion?.phase == .challenge)
    }
  }

  @Test(
    "a resize, a suspension, the loss of the focus, a paste and the end of the program stop it with nothing sent",
    arguments: [
      .resize(Size(width: 80, height: 24)), .resize(Size(width: 10, height: 5)), .resume(Size(width: 120, height: 32)),
      .paste("Account 3"), .edit(.insert("x")), .edit(.paste("x")),
      .burst([.character("x"), .enter, .enter]), .focusLost, .end, .command(.suspend), .command(.quit),
    ] as [Action])
  func interruptions(action: Action) {
    var person = counting()
    person.waitSecond()
    person.send(action)
    #expect(person.effects.contains(.cancel(.deletionDelay)))
    #expect(person.deletion?.phase == .challenge)
    #expect(person.deletion?.remark?.contains("nothing was sent") == true)
  }

  @Test("whatever else disarms says so, and gives the effects that stop the clock")
  func entry() {
    var person = counting()
    let effects = person.state.disarmDeletion(because: "the window is not in front any more")
    #expect(effects == [.cancel(.deletionDelay), .cancel(.deletionTarget), .terminal(.discardTypedAhead)])
    #expect(person.screen.contains("Stopped, because the window is not in front any more: nothing was sent"))
  }

  @Test("a program that stood still does not go on counting where nobody could have stopped it")
  func stoodStill() {
    var person = counting()
    person.moment.date += 60
    person.waitSecond()
    #expect(person.deletion?.phase == .challenge)
    #expect(person.screen.contains("the program stood still"))
  }

  @Test("behind a review that is more than ten minutes old, no second begins: it is made anew")
  func oldReview() {
    var person = Person(accounts: 20)
    person.openChallenge()
    person.moment.date += 601
    person.type("Account 0")
    person.press(.tab, .tab, .enter)
    #expect(person.effects.contains { if case .readDeletionTarget(Fixture.id(0), _) = $0 { true } else { false } })
    #expect(person.screen.contains("The review may be more than ten minutes old"))
    #expect(person.screen.contains("the review · reading …"))
    person.answerReview()
    person.press(.tab, .enter)
    person.type("Account 0")
    person.press(.tab, .tab, .enter)
    person.waitOutDelay()
    #expect(person.effects.compactMap(\.deletedID) == [Fixture.id(0)])
  }

  @Test("a resize to 10×5 and back loses neither the account nor its step, and sends nothing")
  func tiny() {
    var person = counting()
    person.send(.resize(Size(width: 10, height: 5)))
    #expect(person.press(.enter, .tab, .character("D")) == [])
    person.send(.resize(Size(width: 120, height: 32)))
    #expect(person.screen.contains("Stopped, because the window changed: nothing was sent"))
    #expect(person.deletion?.captured.id == Fixture.id(3))
    #expect(person.deletion?.isUnlocked == false)
  }

  @Test("Ctrl-Z in every step takes back what was armed and stops the program")
  func suspends() {
    var reviewing = Person(accounts: 20)
    reviewing.press(.character("D"))
    reviewing.answerReview()
    reviewing.press(.tab)
    var typing = reviewing
    typing.press(.enter)
    typing.type("Account 0")
    typing.press(.tab, .tab)
    var counting = typing
    counting.press(.enter)
    for (number, step) in [reviewing, typing, counting].enumerated() {
      var person = step
      #expect(person.press(.control("z")).last == .terminal(.suspend))
      #expect(person.deletion?.focus == (number == 0 ? .cancel : .challenge))
      #expect(person.deletion?.isUnlocked == false)
      person.send(.resume(Size(width: 120, height: 32)))
      #expect(person.press(.enter).allSatisfy { $0.deletedID == nil })
    }
    // Once the request is on its way there is nothing to take back.
    counting.waitOutDelay()
    let sending = counting.deletion
    #expect(counting.press(.control("z")) == [.terminal(.suspend)])
    #expect(counting.deletion == sending)
  }

  @Test("keys typed ahead for three seconds end nowhere: each step drops what was typed before it could be read")
  func typedAhead() {
    var person = Person(accounts: 20)
    #expect(person.press(.character("D")).contains(.terminal(.discardTypedAhead)))
    // What the terminal had not handed over is gone; what it had presses nothing.
    person.type("Account 0")
    #expect(person.press(.tab, .enter) == [])
    #expect(person.deletion?.focus == .cancel)

    person.press(.escape, .character("D"))
    person.answerReview()
    #expect(person.effects == [.terminal(.discardTypedAhead)])
    person.press(.tab)
    #expect(person.press(.enter) == [.terminal(.discardTypedAhead)])
    person.type("Account ")
    #expect(person.effects == [])
    person.type("0")
    #expect(person.effects == [.terminal(.discardTypedAhead)])
    person.press(.tab, .tab)
    #expect(person.press(.enter).first == .terminal(.discardTypedAhead))
  }

  @Test("while it counts down, the list may reload and answers may come, and it goes on with the same account")
  func background() {
    var person = counting()
    person.answerLastLook()
    person.waitSecond()
    person.state.browse.changeList(rows: 26) { list in
      var page = Fixture.page(1, of: 20)
      page.accounts.reverse()
      list.insert(page: 1, page)
    }
    person.answerPages(of: 20)
    for _ in 0..<4 { person.waitSecond() }
    #expect(person.effects.compactMap(\.deletedID) == [Fixture.id(3)])
  }

  /// What somebody else makes of an account, and the label that it is marked at.
  struct Change: Sendable {
    let label: String
    let make: @Sendable (inout Account) -> Void

    init(_ label: String, _ make: @escaping @Sendable (inout Account) -> Void) {
      self.label = label
      self.make = make
    }
  }

  /// The token of the reading that began with the seconds.
  private func look(_ person: Person) -> RequestToken? {
    guard case .delay(let delay)? = person.deletion?.phase else { return nil }
    return delay.lastLook
  }

  @Test("the account is read once more as soon as the seconds begin, in a dry run as well", arguments: [false, true])
  func readsOnceMore(isRehearsal: Bool) throws {
    var person = counting(in: Person(accounts: 20, isRehearsal: isRehearsal))
    let token = try #require(look(person))
    #expect(person.effects.contains(.readDeletionTarget(id: Fixture.id(3), token: token)))
    // What is as it was lets the seconds go on, and adds none.
    #expect(person.answerLastLook() == [])
    #expect(person.screen.contains("in 5 seconds"))
    person.waitOutDelay()
    #expect(person.effects.compactMap(\.deletedID) == (isRehearsal ? [] : [Fixture.id(3)]))
  }

  @Test(
    "an account that is not what the review showed is not deleted, and both versions are on screen",
    arguments: [
      Change("Name") { $0.name = "Account 3 (keep)" }, Change("Name") { $0.name = "Account\u{A0}3" },
      Change("Type") { $0.type = .standard }, Change("Type") { $0.type = nil },
      Change("Parent") { $0.managedBy = nil },
      Change("Parent") { $0.managedBy?.id = "0123456789abcdef0123456789abcdef" },
      Change("Created") { $0.createdOn = nil },
      Change("2FA") { $0.settings = AccountSettings(enforceTwoFactor: true) },
      Change("Abuse") { $0.settings = AccountSettings(abuseContactEmail: "abuse@harbor.example") },
    ])
  func changedMeanwhile(change: Change) {
    for passed in 0..<5 {
      var person = counting()
      for _ in 0..<passed { person.waitSecond() }
      var fresh = Fixture.account(3)
      change.make(&fresh)
      #expect(fresh != Fixture.account(3))
      person.answerLastLook(with: .success(fresh))
      #expect(person.effects.contains(.cancel(.deletionDelay)))
      #expect(person.deletion?.phase == .barred(.changed(fresh)))
      #expect(person.screen.contains("The account is not what the review showed. Nothing was deleted"))
      #expect(person.screen.contains("In the review") && person.screen.contains("! \(change.label)"))
      person.waitOutDelay()
      #expect(person.effects.isEmpty)
      // It is decided about anew, as what it is now.
      person.press(.enter)
      #expect(person.state.dialog == nil && person.state.browse.selectedAccount == fresh)
      person.press(.character("D"))
      #expect(person.deletion?.account == fresh)
    }
  }

  @Test("a name that is composed differently is another name")
  func otherNormalForm() {
    var person = Person.listing(Fixture.account(3, name: "Café"))
    person = Person.challenged(by: person)
    person.type("Café")
    person.press(.tab, .tab, .enter)
    person.answerLastLook(with: .success(Fixture.account(3, name: "Cafe\u{301}")))
    #expect(person.screen.contains("made of different characters"))
    person.waitOutDelay()
    #expect(person.effects.isEmpty)
  }

  @Test("an account that is gone meanwhile is not deleted once more")
  func goneMeanwhile() {
    var person = counting()
    let gone = CloudflareError(.refused, status: 404, errors: [APIMessage(code: 7003, message: "could not route")])
    person.answerLastLook(with: .failure(gone))
    #expect(person.screen.contains("This account is not there any more, so there is nothing left to do."))
    person.waitOutDelay()
    #expect(person.effects.isEmpty)
    person.press(.escape)
    #expect(person.state.browse.list.deleted == [Fixture.id(3)])
  }

  @Test(
    "an account that cannot be read once more is not deleted, and the reason is said",
    arguments: [
      CloudflareError(.timedOut), CloudflareError(.edge, status: 502), CloudflareError(.refused, status: 403),
      CloudflareError(.unreadable("it is about another account than the one asked for"), status: 200),
    ])
  func unreadableMeanwhile(error: CloudflareError) {
    var person = counting()
    person.waitSecond()
    person.answerLastLook(with: .failure(error))
    #expect(person.effects.contains(.cancel(.deletionDelay)))
    #expect(person.screen.contains("! The account could not be read once more, so nothing was sent."))
    #expect(person.screen.contains(error.explanation.prefix(20)))
    person.waitOutDelay()
    #expect(person.effects.isEmpty)
  }

  @Test("without an answer within the seconds nothing is sent, and a late one does not count")
  func noAnswerInTime() throws {
    var person = counting()
    let token = try #require(look(person))
    for _ in 0..<5 { person.waitSecond() }
    #expect(person.effects.contains(.cancel(.deletionTarget)))
    #expect(person.effects.allSatisfy { $0.deletedID == nil })
    #expect(person.deletion?.phase == .challenge && person.deletion?.field.text == "")
    #expect(
      person.screen.contains("Stopped, because the account could not be read once more in time: nothing was sent"))
    #expect(person.send(.delete(.accountRead(token: token, .success(Fixture.account(3))))) == [])
    #expect(person.deletion?.phase == .challenge)
  }

  @Test("a reading of earlier seconds, that were stopped, says nothing of the account in these")
  func earlierReading() throws {
    var person = counting()
    let earlier = try #require(look(person))
    #expect(person.press(.escape).contains(.cancel(.deletionTarget)))
    person.type("Account 3")
    person.press(.tab, .tab, .enter)
    #expect(person.send(.delete(.accountRead(token: earlier, .success(Fixture.account(3))))) == [])
    #expect(look(person) != nil)
    for _ in 0..<5 { person.waitSecond() }
    #expect(person.deletion?.phase == .challenge)
    #expect(person.effects.allSatisfy { $0.deletedID == nil })
  }
}
