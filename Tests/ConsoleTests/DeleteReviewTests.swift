import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("Reviewing a deletion")
struct DeleteReviewTests {
  private func occurrences(of text: String, in screen: String) -> Int {
    screen.split(separator: text, omittingEmptySubsequences: false).count - 1
  }

  @Test("everything is read at once: the account, its namesakes, and what it holds; what was typed ahead is dropped")
  func reads() {
    var driver = TestDriver(accounts: 20)
    let effects = driver.press(.character("D"))
    #expect(effects.contains(.terminal(.discardTypedAhead)))
    #expect(effects.contains(.readAccount(Fixture.id(0), for: .deletion)))
    #expect(effects.contains(.readDuplicateNames("Account 0", for: .deletion)))
    let requests = effects.compactMap(\.inventoryRequest)
    #expect(Set(requests.map(\.part)) == Set(InventoryPart.allCases))
    #expect(requests.allSatisfy { $0.accountID == Fixture.id(0) && $0.priority == .interactive })
    #expect(effects.allSatisfy { $0.intent == nil })
  }

  @Test("nothing leads on before everything has been read")
  func waits() {
    var driver = TestDriver.askedToDelete()
    let opened = driver
    for key in [Key.tab, .right, .down, .backTab] {
      #expect(driver.press(key) == [])
      #expect(driver.deletion?.focus == .cancel)
    }
    #expect(driver.screen.contains("the review · reading …"))

    // Each of them missing alone.
    let account = Fixture.account(3)
    var answers: [(inout TestDriver) -> Void] = InventoryPart.allCases.map { part in
      { $0.answer(part, of: account.id, InventoryAnswers()[part]) }
    }
    answers.append { $0.answerDeletionNames(.success(AccountPage(accounts: [account]))) }
    answers.append { $0.answerDeletionRead(.success(account)) }
    for missing in answers.indices {
      var driver = opened
      for (index, answer) in answers.enumerated() where index != missing { answer(&driver) }
      driver.press(.tab)
      #expect(driver.deletion?.focus == .cancel)
      answers[missing](&driver)
      driver.press(.tab)
      #expect(driver.deletion?.focus == .goOn)
    }
  }

  @Test("a clock that is put back while everything is read keeps nobody from going on")
  func clock() {
    var driver = TestDriver.askedToDelete()
    driver.environment.date -= 3_600
    driver.answerReview(with: .rich)
    #expect(driver.screen.contains("the review · complete") && driver.screen.contains("harborpine.com"))
    driver.press(.tab, .enter)
    driver.type("Account 3")
    driver.press(.tab, .tab, .enter)
    // How old the review is cannot be told, so it is made again.
    #expect(driver.screen.contains("The review may be more than ten minutes old"))
  }

  @Test("the focus rests on Cancel, so that Enter right after D leaves, with nothing sent")
  func enter() {
    var driver = TestDriver.askedToDelete()
    driver.answerReview()
    #expect(driver.screen.contains(">[ Cancel ]<"))
    driver.press(.enter)
    #expect(!driver.hasDialog)
  }

  @Test("D, which opens the review, never advances it")
  func openingKey() {
    var driver = TestDriver.askedToDelete()
    driver.answerReview()
    let before = driver.deletion
    driver.press(.character("D"), .character("d"), .character("x"), .delete, .backspace)
    #expect(driver.deletion == before)
  }

  @Test("what an account holds is told part by part, each a number, none, or why it could not be checked")
  func inventory() {
    var driver = TestDriver.askedToDelete()
    driver.answerReview(with: .rich)
    var screen = driver.screen
    for text in [
      "Zones       12, 2 active among the first 5: harborpine.com",
      "Members     7, 2 not yet accepted among the first 5",
      "Plans       2: Enterprise (paid, 4,500 USD monthly)", "Logpush     2: to-archive, audit_logs (off)",
      "Gateway     set up, Cloudflare", "Access      harborpine.cloudflareaccess.com",
      "order of removal: the Gateway, then the Access organisation, then",
    ] { #expect(screen.contains(text), "\(text) in\n\(screen)") }

    driver = TestDriver.askedToDelete()
    driver.answerReview()
    #expect(occurrences(of: "none", in: driver.screen) == 6)
    #expect(!driver.screen.contains("order of removal"))

    driver = TestDriver.askedToDelete()
    driver.answerReview(with: .forbidden)
    screen = driver.screen
    #expect(screen.contains("Zones       none"))
    #expect(occurrences(of: "could not check (403 Authentication error)", in: screen) == 5)
    driver.press(.tab)
    #expect(driver.deletion?.focus == .goOn)
  }

  @Test("what was known before the review opened is not told")
  func stale() {
    var driver = TestDriver(accounts: 20)
    driver.rest()
    driver.answerInventory(with: .rich)
    driver.environment.date += 60
    driver.press(.character("D"))
    #expect(!driver.screen.contains("harborpine.com"))
    #expect(driver.screen.contains("Zones       …"))
  }

  @Test("what an earlier reading has asked for is asked for anew, and what came of it does not count")
  func anew() {
    let id = Fixture.id(3)
    var driver = TestDriver.askedToDelete()
    driver.answerDeletionRead(.success(Fixture.account(3)))
    driver.answerDeletionNames(.success(AccountPage(accounts: [])))
    driver.answer(.zones, of: id, InventoryAnswers.rich[.zones])
    driver.send(.command(.refresh))
    for part in InventoryPart.allCases where part != .zones {
      #expect(driver.effects.contains(.cancel(.inventory(id, part))))
    }
    #expect(driver.effects.contains(.readAccount(id, for: .deletion)))
    #expect(driver.effects.contains(.readDuplicateNames("Account 3", for: .deletion)))
    #expect(driver.effects.compactMap(\.inventoryRequest).map(\.part) == InventoryPart.allCases)
    #expect(driver.screen.contains("the review · reading …") && !driver.screen.contains("harborpine.com"))
    driver.answerReview()
    #expect(driver.screen.contains("the review · complete") && !driver.screen.contains("harborpine.com"))
    #expect(driver.deletion?.challenge == .name("Account 3"))
  }

  @Test("r reads everything again, and the focus is back on Cancel")
  func again() {
    var driver = TestDriver.askedToDelete()
    driver.answerReview(with: .partly)
    driver.press(.tab)
    let effects = driver.press(.character("r"))
    #expect(effects.compactMap(\.inventoryRequest).count == 6)
    #expect(driver.isRunning(.account(.deletion)))
    #expect(driver.deletion?.focus == .cancel)
    driver.answerReview(with: .rich)
    #expect(driver.screen.contains("the review · complete"))
  }

  @Test("the account leaving the detail pane does not stop what its review reads")
  func narrowed() {
    var driver = TestDriver.askedToDelete()
    let asked = driver.effects
    driver.send(.resize(Size(width: 80, height: 24)))
    #expect(driver.effects.allSatisfy { if case .cancel(.inventory) = $0 { false } else { true } })
    for request in asked.compactMap(\.inventoryRequest) {
      driver.answer(request.part, of: request.accountID, InventoryAnswers.rich[request.part])
    }
    #expect(driver.inventory[Fixture.id(3)].zones.reading?.value.total == 12)
  }

  @Test("leaving gives up what only the review needed")
  func leaving() {
    var narrow = TestDriver.askedToDelete(in: TestDriver(accounts: 20, size: Size(width: 80, height: 24)))
    let effects = narrow.press(.escape)
    #expect(effects.count { if case .cancel(.inventory) = $0 { true } else { false } } == 6)
    #expect(effects.contains(.cancel(.account(.deletion))) && effects.contains(.cancel(.duplicateNames(.deletion))))
  }

  @Test(
    "an account renamed, retyped or moved between list and review is shown in both versions, and nothing else is possible",
    arguments: ["name", "type", "parent", "normal form"])
  func changed(what: String) {
    var shown = Fixture.account(3, name: "Café")
    shown.type = .standard
    var fresh = shown
    switch what {
    case "name": fresh.name = "Northshore"
    case "type": fresh.type = .enterprise
    case "parent": fresh.managedBy = nil
    default: fresh.name = "Cafe\u{301}"
    }
    var driver = TestDriver.askedToDelete(in: TestDriver.listing(shown))
    driver.answerReview(fresh: fresh)
    #expect(driver.deletion?.phase == .blocked(.changed(fresh)))
    #expect(driver.screen.contains("In the list") && driver.screen.contains("Read just now"))
    #expect(driver.screen.contains("! \(what == "type" ? "Type" : what == "parent" ? "Parent" : "Name")"))
    if what == "normal form" { #expect(driver.screen.contains("made of different characters")) }
    for key in [Key.tab, .right, .character("D"), .down] {
      #expect(driver.press(key).allSatisfy { $0.deletedID == nil })
    }
    driver.press(.enter)
    #expect(!driver.hasDialog)
    // The list shows the new version from now on.
    #expect(driver.selectedAccount == fresh)
  }

  @Test("what only one of the two versions leaves out is not marked as different")
  func leftOut() {
    var shown = Fixture.account(3)
    shown.managedBy = nil
    var fresh = Fixture.account(3, name: "Northshore")
    fresh.type = nil
    var driver = TestDriver.askedToDelete(in: TestDriver.listing(shown))
    driver.answerReview(fresh: fresh)
    #expect(driver.screen.contains("! Name"))
    #expect(!driver.screen.contains("! Type") && !driver.screen.contains("! Parent"))
  }

  @Test("an account that is gone already is told so kindly, and its row stays")
  func gone() {
    var driver = TestDriver.askedToDelete()
    let error = CloudflareError(.refused, status: 404, errors: [APIMessage(code: 7003, message: "could not route")])
    driver.answerDeletionRead(.failure(error))
    #expect(driver.screen.contains("not there any more, so there is nothing left to do"))
    driver.press(.escape)
    #expect(driver.accounts.deleted == [Fixture.id(3)])
    #expect(driver.list.cursor.row == 3)
  }

  @Test(
    "an account that cannot be read cannot be deleted, and the next step is said",
    arguments: [
      CloudflareError(.timedOut), CloudflareError(.refused, status: 403), CloudflareError(.edge, status: 502),
      CloudflareError(.refused, status: 429),
    ])
  func unreadable(error: CloudflareError) {
    var driver = TestDriver.askedToDelete()
    driver.answerDeletionRead(.failure(error))
    #expect(driver.screen.contains("nothing can be deleted"))
    #expect(driver.press(.tab, .right, .enter).allSatisfy { $0.deletedID == nil })
    #expect(!driver.hasDialog)
  }

  @Test("a review that is longer than the window scrolls to its end")
  func scrolls() {
    var driver = TestDriver.askedToDelete(in: TestDriver(accounts: 20, size: Size(width: 60, height: 16)))
    driver.answerReview(with: .rich)
    #expect(driver.screen.contains("↓ more"))
    #expect(!driver.screen.contains("type the name, exactly"))
    driver.press(.end)
    #expect(driver.screen.contains("type the name, exactly"))
    #expect(driver.screen.contains("↑ more") && !driver.screen.contains("↓ more"))
    driver.press(.home)
    #expect(driver.screen.contains("Account 3"))
  }

  @Test(
    "what is told meanwhile leaves the buttons on screen, and is gone when the next step begins",
    arguments: [Size(width: 120, height: 32), Size(width: 60, height: 16)])
  func shown(size: Size) {
    var driver = TestDriver.askedToDelete(in: TestDriver(accounts: 20, size: size))
    driver.answerReview()
    driver.press(.tab)
    for what in [
      ClipboardText("the ID", Fixture.id(3)), ClipboardText(String(repeating: "a long name ", count: 30), "x"),
    ] {
      driver.send(.answer(.copied(what, .program("xclip"))))
      #expect(driver.screen.contains("✓ Copied \(what.name.prefix(6))"))
      #expect(driver.screen.contains("[ Cancel ]  >[ Go on ]<"))
    }
    driver.press(.enter)
    #expect(!driver.screen.contains("Copied"))
    driver.type("Account 3")
    driver.press(.tab, .tab)
    driver.send(.answer(.copied(ClipboardText("the ID", Fixture.id(3)), .program("xclip"))))
    #expect(driver.screen.contains(">[ Delete account ]<"))
    driver.press(.enter)
    #expect(driver.screen.contains(">[ Stop ]<") && !driver.screen.contains("Copied"))
  }

  @Test("a paste does nothing in the review, and says so")
  func paste() {
    var driver = TestDriver.askedToDelete()
    driver.answerReview()
    #expect(driver.send(.paste("\t\n\nAccount 3\n")) == [])
    #expect(driver.deletion?.phase == .review && driver.deletion?.focus == .cancel)
    #expect(driver.screen.contains("Pasted text was dropped"))
  }
}
