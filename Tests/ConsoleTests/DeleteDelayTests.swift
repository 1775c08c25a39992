import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("The delay before a deletion")
struct DeleteDelayTests {
  /// A person who has typed the challenge for the fourth account and pressed the button.
  private func counting(in driver: TestDriver = TestDriver(accounts: 20)) -> TestDriver {
    var driver = TestDriver.challenged(by: driver)
    driver.type("Account 3")
    driver.press(.tab, .tab, .enter)
    return driver
  }

  @Test("the button starts five seconds, counted down one by one, and then one DELETE leaves")
  func countsDown() {
    var driver = counting()
    #expect(driver.effects.first == .terminal(.discardTypedAhead))
    driver.answerLastLook()
    for seconds in (2...5).reversed() {
      #expect(driver.screen.contains("The account is deleted in \(seconds) seconds. Nothing has been sent."))
      #expect(driver.waitSecond() == [.wait(.deletionCountdown, for: .seconds(1))])
    }
    #expect(driver.screen.contains("in 1 second. Nothing has been sent."))
    driver.waitSecond()
    #expect(driver.effects.compactMap(\.deletedID) == [Fixture.id(3)])
    #expect(driver.effects.count == 1)
    #expect(driver.screen.contains("The one request is on its way"))
    // Nothing is offered that would do nothing.
    #expect(!driver.screen.contains("Esc"))
  }

  @Test("a second that has been counted does not count again, nor does one of an earlier delay")
  func countsOnce() {
    var driver = counting()
    #expect(driver.waitSecond() == [.wait(.deletionCountdown, for: .seconds(1))])
    #expect(driver.screen.contains("in 4 seconds"))
    // The second that has begun is not waited for any more.
    #expect(driver.press(.escape).contains(.cancel(.deletionCountdown)))
    #expect(!driver.isRunning(.deletionCountdown))
    driver.type("Account 3")
    driver.press(.tab, .tab, .enter)
    #expect(driver.effects.count { $0.id == .deletionCountdown } == 1)
    #expect(driver.screen.contains("in 5 seconds"))
    driver.waitSecond()
    #expect(driver.screen.contains("in 4 seconds"))
  }

  @Test(
    "every key stops it with nothing sent, whatever it means elsewhere",
    arguments: [
      .escape, .character("q"), .control("c"), .control("z"), .control("l"), .enter, .character(" "), .tab,
      .character("D"), .character("x"), .character("?"), .up, .function(1), .control("a"), .other,
    ] as [Key])
  func keys(key: Key) {
    for passed in 0..<5 {
      var driver = counting()
      for _ in 0..<passed { driver.waitSecond() }
      let effects = driver.press(key)
      #expect(effects.contains(.cancel(.deletionCountdown)))
      #expect(effects.contains(.terminal(.suspend)) == (key == .control("z")))
      #expect(!effects.contains(.terminal(.quit)))
      #expect(driver.deletion?.phase == .challenge)
      #expect(driver.deletion?.field.text == "")
      #expect(driver.screen.contains("nothing was sent"))
      driver.waitOutCountdown()
      #expect(driver.deletion?.phase == .challenge)
    }
  }

  @Test(
    "a resize, a suspension, the loss of the focus, a paste and the end of the program stop it with nothing sent",
    arguments: [
      .resize(Size(width: 80, height: 24)), .resize(Size(width: 10, height: 5)), .resumed(Size(width: 120, height: 32)),
      .paste("Account 3"), .edit(.insert("x")), .edit(.paste("x")),
      .burst([.character("x"), .enter, .enter]), .focusLost, .end, .command(.suspend), .command(.quit),
    ] as [Action])
  func interruptions(action: Action) {
    var driver = counting()
    driver.waitSecond()
    driver.send(action)
    #expect(driver.effects.contains(.cancel(.deletionCountdown)))
    #expect(driver.deletion?.phase == .challenge)
    #expect(driver.deletion?.message?.contains("nothing was sent") == true)
  }

  @Test("whatever else disarms says so, and gives the effects that stop the clock")
  func entry() {
    var driver = counting()
    let effects = driver.disarm(because: "the window is not in front any more")
    #expect(effects == [.cancel(.deletionCountdown), .cancel(.account(.deletion)), .terminal(.discardTypedAhead)])
    #expect(driver.screen.contains("Stopped, because the window is not in front any more: nothing was sent"))
  }

  @Test("a program that stood still does not go on counting where nobody could have stopped it")
  func stoodStill() {
    var driver = counting()
    driver.environment.date += 60
    driver.waitSecond()
    #expect(driver.deletion?.phase == .challenge)
    #expect(driver.screen.contains("the program stood still"))
  }

  @Test("behind a review that is more than ten minutes old, no second begins: it is made anew")
  func oldReview() {
    var driver = TestDriver(accounts: 20)
    driver.openChallenge()
    driver.environment.date += 601
    driver.type("Account 0")
    driver.press(.tab, .tab, .enter)
    #expect(driver.effects.contains(.readAccount(Fixture.id(0), for: .deletion)))
    #expect(driver.screen.contains("The review may be more than ten minutes old"))
    #expect(driver.screen.contains("the review · reading …"))
    driver.answerReview()
    driver.press(.tab, .enter)
    driver.type("Account 0")
    driver.press(.tab, .tab, .enter)
    driver.waitOutCountdown()
    #expect(driver.effects.compactMap(\.deletedID) == [Fixture.id(0)])
  }

  @Test("a resize to 10×5 and back loses neither the account nor its step, and sends nothing")
  func tiny() {
    var driver = counting()
    driver.send(.resize(Size(width: 10, height: 5)))
    #expect(driver.press(.enter, .tab, .character("D")) == [])
    driver.send(.resize(Size(width: 120, height: 32)))
    #expect(driver.screen.contains("Stopped, because the window changed: nothing was sent"))
    #expect(driver.deletion?.captured.id == Fixture.id(3))
    #expect(driver.deletion?.isUnlocked == false)
  }

  @Test("Ctrl-Z in every step takes back what was armed and stops the program")
  func suspends() {
    var reviewing = TestDriver(accounts: 20)
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
      var driver = step
      #expect(driver.press(.control("z")).last == .terminal(.suspend))
      #expect(driver.deletion?.focus == (number == 0 ? .cancel : .challenge))
      #expect(driver.deletion?.isUnlocked == false)
      driver.send(.resumed(Size(width: 120, height: 32)))
      #expect(driver.press(.enter).allSatisfy { $0.deletedID == nil })
    }
    // Once the request is on its way there is nothing to take back.
    counting.waitOutCountdown()
    let sending = counting.deletion
    #expect(counting.press(.control("z")) == [.terminal(.suspend)])
    #expect(counting.deletion == sending)
  }

  @Test("keys typed ahead for three seconds end nowhere: each step drops what was typed before it could be read")
  func typedAhead() {
    var driver = TestDriver(accounts: 20)
    #expect(driver.press(.character("D")).contains(.terminal(.discardTypedAhead)))
    // What the terminal had not handed over is gone; what it had presses nothing.
    driver.type("Account 0")
    #expect(driver.press(.tab, .enter) == [])
    #expect(driver.deletion?.focus == .cancel)

    driver.press(.escape, .character("D"))
    driver.answerReview()
    #expect(driver.effects == [.terminal(.discardTypedAhead)])
    driver.press(.tab)
    #expect(driver.press(.enter) == [.terminal(.discardTypedAhead)])
    driver.type("Account ")
    #expect(driver.effects == [])
    driver.type("0")
    #expect(driver.effects == [.terminal(.discardTypedAhead)])
    driver.press(.tab, .tab)
    #expect(driver.press(.enter).first == .terminal(.discardTypedAhead))
  }

  @Test("while it counts down, the list may reload and answers may come, and it goes on with the same account")
  func background() {
    var driver = counting()
    driver.answerLastLook()
    driver.waitSecond()
    driver.changeList { list in
      var page = Fixture.page(1, of: 20)
      page.accounts.reverse()
      list.receive(page: 1, page)
    }
    driver.answerPages(of: 20)
    for _ in 0..<4 { driver.waitSecond() }
    #expect(driver.effects.compactMap(\.deletedID) == [Fixture.id(3)])
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

  @Test("the account is read once more as soon as the seconds begin, in a dry run as well", arguments: [false, true])
  func readsOnceMore(isDryRun: Bool) {
    var driver = counting(in: TestDriver(accounts: 20, isDryRun: isDryRun))
    #expect(driver.effects.contains(.readAccount(Fixture.id(3), for: .deletion)))
    // What is as it was lets the seconds go on, and adds none.
    #expect(driver.answerLastLook() == [])
    #expect(driver.screen.contains("in 5 seconds"))
    driver.waitOutCountdown()
    #expect(driver.effects.compactMap(\.deletedID) == (isDryRun ? [] : [Fixture.id(3)]))
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
      var driver = counting()
      for _ in 0..<passed { driver.waitSecond() }
      var fresh = Fixture.account(3)
      change.make(&fresh)
      #expect(fresh != Fixture.account(3))
      driver.answerLastLook(with: .success(fresh))
      #expect(driver.effects.contains(.cancel(.deletionCountdown)))
      #expect(driver.deletion?.phase == .blocked(.changed(fresh)))
      #expect(driver.screen.contains("The account is not what the review showed. Nothing was deleted"))
      #expect(driver.screen.contains("In the review") && driver.screen.contains("! \(change.label)"))
      driver.waitOutCountdown()
      #expect(driver.effects.isEmpty)
      // It is decided about anew, as what it is now.
      driver.press(.enter)
      #expect(!driver.hasDialog && driver.selectedAccount == fresh)
      driver.press(.character("D"))
      #expect(driver.deletion?.account == fresh)
    }
  }

  @Test("a name that is composed differently is another name")
  func otherNormalForm() {
    var driver = TestDriver.listing(Fixture.account(3, name: "Café"))
    driver = TestDriver.challenged(by: driver)
    driver.type("Café")
    driver.press(.tab, .tab, .enter)
    driver.answerLastLook(with: .success(Fixture.account(3, name: "Cafe\u{301}")))
    #expect(driver.screen.contains("made of different characters"))
    driver.waitOutCountdown()
    #expect(driver.effects.isEmpty)
  }

  @Test("an account that is gone meanwhile is not deleted once more")
  func goneMeanwhile() {
    var driver = counting()
    let gone = CloudflareError(.refused, status: 404, errors: [APIMessage(code: 7003, message: "could not route")])
    driver.answerLastLook(with: .failure(gone))
    #expect(driver.screen.contains("This account is not there any more, so there is nothing left to do."))
    driver.waitOutCountdown()
    #expect(driver.effects.isEmpty)
    driver.press(.escape)
    #expect(driver.accounts.deleted == [Fixture.id(3)])
  }

  @Test(
    "an account that cannot be read once more is not deleted, and the reason is said",
    arguments: [
      CloudflareError(.timedOut), CloudflareError(.edge, status: 502), CloudflareError(.refused, status: 403),
      CloudflareError(.unreadable("it is about another account than the one asked for"), status: 200),
    ])
  func unreadableMeanwhile(error: CloudflareError) {
    var driver = counting()
    driver.waitSecond()
    driver.answerLastLook(with: .failure(error))
    #expect(driver.effects.contains(.cancel(.deletionCountdown)))
    #expect(driver.screen.contains("! The account could not be read once more, so nothing was sent."))
    #expect(driver.screen.contains(error.explanation.prefix(20)))
    driver.waitOutCountdown()
    #expect(driver.effects.isEmpty)
  }

  @Test("without an answer within the seconds nothing is sent, and a late one does not count")
  func noAnswerInTime() {
    var driver = counting()
    #expect(driver.isRunning(.account(.deletion)))
    for _ in 0..<5 { driver.waitSecond() }
    #expect(driver.effects.contains(.cancel(.account(.deletion))))
    #expect(driver.effects.allSatisfy { $0.deletedID == nil })
    #expect(driver.deletion?.phase == .challenge && driver.deletion?.field.text == "")
    #expect(
      driver.screen.contains("Stopped, because the account could not be read once more in time: nothing was sent"))
    #expect(!driver.isRunning(.account(.deletion)))
  }

  @Test("a reading of earlier seconds, that were stopped, says nothing of the account in these")
  func earlierReading() {
    var driver = counting()
    #expect(driver.press(.escape).contains(.cancel(.account(.deletion))))
    #expect(!driver.isRunning(.account(.deletion)))
    driver.type("Account 3")
    driver.press(.tab, .tab, .enter)
    #expect(driver.effects.contains(.readAccount(Fixture.id(3), for: .deletion)))
    for _ in 0..<5 { driver.waitSecond() }
    #expect(driver.deletion?.phase == .challenge)
    #expect(driver.effects.allSatisfy { $0.deletedID == nil })
  }
}
