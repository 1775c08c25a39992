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
        guard case .reading(let token)? = driver.deletion?.phase else { return driver }
        driver.send(.delete(.accountRead(token: token, .success(Fixture.account(3)))))
        return driver
      }
    }
  }

  @Test("while a form or a review waits for its account, no key presses a button, and none reaches the list behind")
  func waiting() {
    for wait in Wait.allCases {
      var driver = wait.driver
      #expect(driver.state.inputContext == .waiting)
      #expect(driver.screen.contains("Esc cancel"))
      let before = driver.state
      for key in Self.keys { #expect(driver.press(key) == [], "\(wait), \(key)") }
      #expect(driver.state == before, "\(wait)")
      // The way out stays open.
      driver.press(.escape)
      #expect(driver.state != before, "\(wait)")
    }
  }

  @Test("what has come of a review can be scrolled while the rest is waited for")
  func scrolls() {
    var driver = TestDriver(accounts: 20, size: Size(width: 60, height: 16))
    driver.press(.character("D"))
    #expect(driver.state.inputContext == .waiting)
    driver.press(.pageDown)
    #expect((driver.deletion?.scroll ?? 0) > 0)
    driver.press(.up)
    #expect(driver.state.inputContext == .waiting && driver.deletion?.focus == .cancel)
  }

  @Test("what came at once, and what was pasted, goes nowhere either")
  func atOnce() {
    for wait in Wait.allCases {
      for action in [Action.burst(Self.keys), .paste(" quick\nDental")] {
        var driver = wait.driver
        #expect(driver.send(action) == [], "\(wait)")
        #expect(driver.state.inputContext == .waiting, "\(wait)")
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
  func closing() throws {
    var edit = TestDriver.sendingChange()
    edit.send(
      .change(.answered(token: try #require(edit.changeToken), .success(Fixture.account(7, name: "Account 7!")))))
    #expect(edit.state.dialog == nil && edit.effects.contains(.terminal(.discardTypedAhead)))

    var create = TestDriver.creating()
    create.press(.enter)
    create.send(.create(.answered(token: try #require(create.sendingToken), .success(Fixture.account(900)))))
    #expect(create.state.dialog == nil && create.effects.contains(.terminal(.discardTypedAhead)))

    var review = TestDriver.askedToDelete()
    review.answerReview(fresh: Fixture.account(3, name: "Another"))
    #expect(review.effects.contains(.terminal(.discardTypedAhead)))
  }

  @Test("the last part of a review that comes drops what was typed for its buttons")
  func reviewed() throws {
    var driver = TestDriver.askedToDelete()
    let requests = driver.effects.compactMap(\.inventoryRequest)
    guard case .asking(let question)? = driver.deletion?.duplicateNames, let token = driver.deletionToken else {
      Issue.record("nothing is read")
      return
    }
    driver.send(.delete(.accountRead(token: token, .success(Fixture.account(3)))))
    driver.send(.delete(.duplicateNamesRead(token: question, .success(AccountPage(accounts: [Fixture.account(3)])))))
    for request in requests { driver.send(.inventory(.answered(request, InventoryAnswers()[request.part]))) }
    #expect(driver.effects.contains(.terminal(.discardTypedAhead)))
    #expect(driver.state.inputContext == .review)
  }

  @Test("an answer that leaves the screen as it is drops no keys")
  func unchanged() throws {
    var driver = TestDriver(accounts: 1204)
    driver.press(.end)
    let page = try #require(driver.state.browse.loading.keys.first)
    let token = try #require(driver.state.browse.loading[page])
    driver.send(.browse(.pageAnswered(page: page, token: token, .success(Fixture.page(page, of: 1204)))))
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
    #expect(raw.state.raw != nil && raw.state.dialog == nil)
    var find = TestDriver(accounts: 1204)
    find.press(.character("/"))
    find.type(" quick Dental")
    #expect(find.state.browse.find?.field.text == " quick Dental" && find.state.dialog == nil)
    var create = TestDriver(accounts: 20)
    create.press(.character("n"))
    create.type(" quick Dental")
    #expect(create.createForm?.name.text == " quick Dental")
  }
}
