import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("Keys that are typed ahead")
struct TypedAheadTests {
  /// What presses buttons, quits, or opens something where it is not expected.
  private static let keys: [Key] =
    [.enter, .tab, .backTab, .up, .down, .left, .right, .delete, .backspace]
    + " quick, Dental\t@ :;nesSLJyYorx/".unicodeScalars.map(Key.character)

  enum Wait: CaseIterable {
    case edit, saving, review, inventory

    var driver: TestDriver {
      switch self {
      case .edit:
        var driver = TestDriver(accounts: 20)
        driver.press(.character("e"))
        return driver
      case .saving:
        var driver = TestDriver.reviewing()
        driver.press(.enter)
        return driver
      case .review: return TestDriver.askedToDelete()
      case .inventory:
        var driver = TestDriver.askedToDelete()
        driver.answerDeletionRead(.success(Fixture.account(3)))
        return driver
      }
    }
  }

  @Test("while a form or a review waits for its account, no key presses a button, and none reaches the list behind")
  func waiting() {
    for wait in Wait.allCases {
      var driver = wait.driver
      #expect(driver.context == .waiting)
      #expect(driver.screen.contains("Esc cancel"))
      let before = driver
      for key in Self.keys { #expect(driver.press(key) == [], "\(wait), \(key)") }
      #expect(driver.isLike(before), "\(wait)")
      // The way out stays open.
      driver.press(.escape)
      #expect(!driver.isLike(before), "\(wait)")
    }
  }

  @Test("what has come of a review can be scrolled while the rest is waited for")
  func scrolls() {
    var driver = TestDriver(accounts: 20, size: Size(width: 60, height: 16))
    driver.press(.character("D"))
    #expect(driver.context == .waiting)
    driver.press(.pageDown)
    #expect((driver.deletion?.scroll ?? 0) > 0)
    driver.press(.up)
    #expect(driver.context == .waiting && driver.deletion?.focus == .cancel)
  }

  @Test("what came at once, and what was pasted, goes nowhere either")
  func atOnce() {
    for wait in Wait.allCases {
      for action in [Action.burst(Self.keys), .paste(" quick\nDental")] {
        var driver = wait.driver
        #expect(driver.send(action) == [], "\(wait)")
        #expect(driver.context == .waiting, "\(wait)")
      }
    }
  }

  @Test("when the fields have come, what was typed for them and not handled yet is dropped, as it would be cut in two")
  func appearing() {
    var driver = Wait.edit.driver
    driver.type(" Den")
    #expect(driver.answerEditRead() == [.terminal(.discardTypedAhead)])
    #expect(driver.editForm?.name.text == "Account 0")
    driver = Wait.edit.driver
    #expect(driver.answerEditRead(with: .failure(CloudflareError(.timedOut))) == [.terminal(.discardTypedAhead)])
  }

  @Test("when an answer closes a form, keys that were typed for it are no commands of the list")
  func closing() {
    var edit = TestDriver.sendingChange()
    edit.answerChange(.success(Fixture.account(7, name: "Account 7!")))
    #expect(!edit.hasDialog && edit.effects.contains(.terminal(.discardTypedAhead)))

    var create = TestDriver.creating()
    create.press(.enter)
    create.answerCreation(.success(Fixture.account(900)))
    #expect(!create.hasDialog && create.effects.contains(.terminal(.discardTypedAhead)))

    var review = TestDriver.askedToDelete()
    review.answerReview(fresh: Fixture.account(3, name: "Another"))
    #expect(review.effects.contains(.terminal(.discardTypedAhead)))
  }

  @Test("the last part of a review that comes drops what was typed for its buttons")
  func reviewed() {
    var driver = TestDriver.askedToDelete()
    driver.answerDeletionRead(.success(Fixture.account(3)))
    driver.answerDeletionNames(.success(AccountPage(accounts: [Fixture.account(3)])))
    for part in InventoryPart.allCases { driver.answer(part, of: Fixture.id(3), InventoryAnswers()[part]) }
    #expect(driver.effects.contains(.terminal(.discardTypedAhead)))
    #expect(driver.context == .review)
  }

  @Test("an answer that leaves the screen as it is drops no keys")
  func unchanged() throws {
    var driver = TestDriver(accounts: 1204)
    driver.press(.end)
    driver.answer(page: try #require(driver.loading.first), of: 1204)
    #expect(!driver.effects.contains(.terminal(.discardTypedAhead)))
    driver = TestDriver.challenged()
    driver.type("Account 3")
    driver.press(.tab, .tab, .enter)
    driver.answerLastLook()
    #expect(!driver.effects.contains(.terminal(.discardTypedAhead)))
    #expect(!driver.waitSecond().contains(.terminal(.discardTypedAhead)))
  }

  @Test("the raw answer, the detail and the search keep what is typed while they wait")
  func looking() {
    var raw = TestDriver(accounts: 20)
    raw.press(.character("J"))
    raw.type(" Dental")
    #expect(raw.json != nil && !raw.hasDialog)
    var find = TestDriver(accounts: 1204)
    find.press(.character("/"))
    find.type(" quick Dental")
    #expect(find.list.find?.field.text == " quick Dental" && !find.hasDialog)
    var create = TestDriver(accounts: 20)
    create.press(.character("n"))
    create.type(" quick Dental")
    #expect(create.createForm?.name.text == " quick Dental")
  }
}
