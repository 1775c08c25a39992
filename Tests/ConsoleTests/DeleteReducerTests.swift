import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("Deleting")
struct DeleteReducerTests {
  private func driver(named name: String) -> TestDriver {
    var driver = TestDriver()
    var page = Fixture.page(1, of: 5)
    page.accounts[3] = Fixture.account(3, name: name)
    driver.answer(page: 1, .success(page))
    return driver
  }

  @Test("name, whole id, type and the warning are on screen while the name is typed")
  func challenge() {
    let screen = TestDriver.challenged().screen
    #expect(screen.contains("Account 3"))
    #expect(screen.contains(Wording.grouped(id: Fixture.id(3))))
    #expect(screen.contains("enterprise"))
    #expect(screen.contains("Deletion is permanent."))
    #expect(screen.contains("zones and all other"))
  }

  @Test(
    "only the exact name unlocks", arguments: ["", "Account", "account 3", "Account 3 ", "Account 33", "Accounts 3"])
  func wrongName(typed: String) {
    var driver = TestDriver.challenged()
    driver.type(typed)
    #expect(driver.deletion?.isUnlocked == false)
    driver.press(.tab, .tab)
    #expect(driver.deletion?.focus != .delete)
    #expect(driver.press(.enter).allSatisfy { $0.deletedID == nil })
  }

  @Test("Enter in the field never deletes, however often it is pressed")
  func enterInField() {
    var driver = TestDriver.challenged()
    driver.type("Account 3")
    #expect(driver.deletion?.isUnlocked == true)
    #expect(driver.deletion?.focus == .challenge)
    #expect(driver.press(.enter) == [])
    #expect(driver.deletion?.focus == .cancel)
    #expect(driver.press(.enter) == [])
    #expect(!driver.hasDialog)
  }

  @Test("the button sends one DELETE for the captured id, and no key sends another")
  func sendsOnce() {
    var driver = TestDriver.deleting()
    #expect(
      driver.effects == [
        .write(
          WriteIntent(
            id: "fresh-1", date: driver.environment.date, origin: Fixture.origin,
            operation: .delete(Fixture.id(3), name: "Account 3", createdOn: Fixture.account(3).createdOn)))
      ])
    for key in [Key.enter, .character(" "), .tab, .enter, .escape, .control("c")] {
      #expect(driver.press(key).allSatisfy { $0.deletedID == nil })
    }
    #expect(driver.deletion != nil)
  }

  @Test("the id stays the captured one whatever the list does meanwhile")
  func listReorders() {
    var driver = TestDriver.challenged()
    driver.type("Account 3")
    driver.changeList { list in
      var page = Fixture.page(1, of: 20)
      page.accounts.reverse()
      list.receive(page: 1, page)
    }
    driver.press(.tab, .tab, .enter)
    driver.waitOutCountdown()
    #expect(driver.effects.compactMap(\.deletedID) == [Fixture.id(3)])
  }

  @Test("Esc leaves at every stage before the request, with nothing sent")
  func escape() {
    var reading = TestDriver(accounts: 20)
    reading.press(.character("D"))
    #expect(reading.press(.escape) == [.cancel(.account(.deletion)), .cancel(.duplicateNames(.deletion))])
    #expect(!reading.hasDialog)

    for keys in [[], [Key.tab], [.tab, .tab]] {
      var driver = TestDriver.challenged()
      driver.type("Account 3")
      driver.press(keys)
      #expect(driver.press(.escape) == [])
      #expect(!driver.hasDialog)
    }
  }

  @Test("q is typed into the field and does not leave")
  func typesQ() {
    var driver = TestDriver.challenged()
    driver.type("q")
    #expect(driver.deletion?.field.text == "q")
    #expect(driver.screen.contains("! Differs at character 1"))
  }

  @Test("a dry run ends in a receipt of what would have been sent, and the row stays as it was")
  func dryRun() {
    var driver = TestDriver.challenged(by: TestDriver(accounts: 20, isDryRun: true))
    driver.type("Account 3")
    driver.press(.tab, .tab, .enter)
    #expect(driver.screen.contains("The dry run ends in 5 seconds. Nothing has been sent."))
    driver.waitOutCountdown()
    #expect(driver.effects == [.terminal(.discardTypedAhead)])
    #expect(driver.screen.contains("✓ Dry run: nothing was sent"))
    #expect(driver.screen.contains("DELETE /accounts/\(Fixture.id(3))"))
    driver.press(.escape)
    #expect(!driver.hasDialog)
    #expect(driver.accounts.deleted.isEmpty)
  }

  @Test(
    "a name that cannot surely be typed is challenged by the end of the id, with the reason",
    arguments: [
      ("", "the name is empty"), ("   ", "the name is empty"), ("Har\u{202E}bor", "not shown as they are"),
      ("Harbor\u{200B}", "not shown as they are"), ("\u{1B}[31mred", "not shown as they are"),
      ("👩‍👩‍👧‍👦 Crafts", "not shown as they are"), ("Harbor ", "blanks that cannot be told"),
      ("Harbor  Pine", "blanks that cannot be told"), ("Harbor\u{A0}Pine", "blanks that cannot be told"),
      ("Harbor\u{3000}Pine", "blanks that cannot be told"), ("Harbor\u{2003}Pine", "blanks that cannot be told"),
      ("Harbor\u{202F}Pine", "blanks that cannot be told"), ("O’Hara", "quotation marks"),
      ("Harbor – Pine", "dashes"), ("Harbor…", "points"),
      (String(repeating: "long ", count: 12) + "x", "the name is long"), ("Account 2", "2 accounts have this name"),
    ])
  func oddNames(name: String, reason: String) {
    var driver = TestDriver.challenged(by: driver(named: name))
    guard case .idTail(let tail, let said)? = driver.deletion?.challenge else {
      Issue.record("challenged by name")
      return
    }
    #expect(said.contains(reason))
    #expect(tail == String(Fixture.id(3).suffix(8)))
    driver.type(name)
    #expect(driver.deletion?.isUnlocked == false)
    driver.press(.control("u"))
    driver.type(tail)
    #expect(driver.deletion?.isUnlocked == true)
  }

  @Test(
    "names in any script are typed as they are, composed or not",
    arguments: ["Café Zürich 東京", "Εταιρεία", "שלום", "삼성"])
  func scripts(name: String) {
    var driver = TestDriver.challenged(by: driver(named: name))
    #expect(driver.deletion?.challenge == .name(name))
    for scalar in name.decomposedScalars { driver.press(.character(scalar)) }
    #expect(driver.deletion?.isUnlocked == true)
  }

  @Test("pasting into the challenge is refused with the reason")
  func paste() {
    var driver = TestDriver.challenged()
    driver.send(.paste("Account 3"))
    #expect(driver.deletion?.field.text == "")
    #expect(driver.screen.contains("Pasting is refused here"))
  }

  @Test("what comes at once, as a paste without marks does, is refused as well, and its end presses nothing")
  func burst() {
    var driver = TestDriver.challenged()
    let keys = "Account 3".unicodeScalars.map(Key.character)
    driver.send(.burst(keys))
    #expect(driver.deletion?.field.text == "")
    #expect(driver.screen.contains("Pasting is refused here"))
    driver.send(.burst(keys + [.tab, .tab, .enter]))
    #expect(driver.deletion?.phase == .challenge && driver.deletion?.field.text == "")
    driver.press(.control("c"))
    #expect(!driver.hasDialog)
  }

  @Test(
    "resize, suspension and another window take back what was typed",
    arguments: [
      Action.resize(Size(width: 80, height: 24)), .resumed(Size(width: 120, height: 32)), .focusLost,
    ])
  func disarms(action: Action) {
    var driver = TestDriver.challenged()
    driver.type("Account 3")
    driver.press(.tab, .tab)
    driver.send(action)
    #expect(driver.deletion?.isUnlocked == false)
    #expect(driver.deletion?.focus == .challenge)
    #expect(driver.screen.contains("What was typed is cleared"))
    #expect(driver.press(.enter).allSatisfy { $0.deletedID == nil })
  }
}

extension String {
  /// As some keyboards send it: base letters and marks apart.
  var decomposedScalars: [Unicode.Scalar] {
    unicodeScalars.flatMap { scalar -> [Unicode.Scalar] in
      switch scalar {
      case "é": ["e", "\u{301}"]
      case "ü": ["u", "\u{308}"]
      case "ί": ["ι", "\u{301}"]
      default: [scalar]
      }
    }
  }
}
