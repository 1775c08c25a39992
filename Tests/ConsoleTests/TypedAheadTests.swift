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

    var person: Person {
      switch self {
      case .edit:
        var person = Person(accounts: 20)
        person.press(.character("e"))
        return person
      case .saving:
        var person = Person.reviewing()
        person.press(.enter)
        return person
      case .review: return Person.askedToDelete()
      case .inventory:
        var person = Person.askedToDelete()
        guard case .reading(let token)? = person.deletion?.phase else { return person }
        person.send(.delete(.accountRead(token: token, .success(Fixture.account(3)))))
        return person
      }
    }
  }

  @Test("while a form or a review waits for its account, no key presses a button, and none reaches the list behind")
  func waiting() {
    for wait in Wait.allCases {
      var person = wait.person
      #expect(person.state.inputContext == .waiting)
      #expect(person.screen.contains("Esc cancel"))
      let before = person.state
      for key in Self.keys { #expect(person.press(key) == [], "\(wait), \(key)") }
      #expect(person.state == before, "\(wait)")
      // The way out stays open.
      person.press(.escape)
      #expect(person.state != before, "\(wait)")
    }
  }

  @Test("what has come of a review can be scrolled while the rest is waited for")
  func scrolls() {
    var person = Person(accounts: 20, size: Size(width: 60, height: 16))
    person.press(.character("D"))
    #expect(person.state.inputContext == .waiting)
    person.press(.pageDown)
    #expect((person.deletion?.scroll ?? 0) > 0)
    person.press(.up)
    #expect(person.state.inputContext == .waiting && person.deletion?.focus == .cancel)
  }

  @Test("what came at once, and what was pasted, goes nowhere either")
  func atOnce() {
    for wait in Wait.allCases {
      for action in [Action.burst(Self.keys), .paste(" quick\nDental")] {
        var person = wait.person
        #expect(person.send(action) == [], "\(wait)")
        #expect(person.state.inputContext == .waiting, "\(wait)")
      }
    }
  }

  @Test("when the fields have come, what was typed for them and not handled yet is dropped, as it would be cut in two")
  func appearing() {
    var person = Wait.edit.person
    person.type(" Den")
    #expect(person.answerEditRead() == [.terminal(.discardTypedAhead)])
    #expect(person.editForm?.name.text == "Account 0")
    person = Wait.edit.person
    #expect(person.answerEditRead(with: .failure(CloudflareError(.timedOut))) == [.terminal(.discardTypedAhead)])
  }

  @Test("when an answer closes a form, keys that were typed for it are no commands of the list")
  func closing() throws {
    var edit = Person.sendingChange()
    edit.send(
      .change(.answered(token: try #require(edit.changeToken), .success(Fixture.account(7, name: "Account 7!")))))
    #expect(edit.state.dialog == nil && edit.effects.contains(.terminal(.discardTypedAhead)))

    var create = Person.creating()
    create.press(.enter)
    create.send(.create(.answered(token: try #require(create.sendingToken), .success(Fixture.account(900)))))
    #expect(create.state.dialog == nil && create.effects.contains(.terminal(.discardTypedAhead)))

    var review = Person.askedToDelete()
    review.answerReview(fresh: Fixture.account(3, name: "Another"))
    #expect(review.effects.contains(.terminal(.discardTypedAhead)))
  }

  @Test("the last part of a review that comes drops what was typed for its buttons")
  func reviewed() throws {
    var person = Person.askedToDelete()
    let requests = person.effects.compactMap(\.inventoryRequest)
    guard case .asking(let question)? = person.deletion?.namesakes, let token = person.deletionToken else {
      Issue.record("nothing is read")
      return
    }
    person.send(.delete(.accountRead(token: token, .success(Fixture.account(3)))))
    person.send(.delete(.namesakesRead(token: question, .success(AccountPage(accounts: [Fixture.account(3)])))))
    for request in requests { person.send(.inventory(.answered(request, InventoryAnswers()[request.part]))) }
    #expect(person.effects.contains(.terminal(.discardTypedAhead)))
    #expect(person.state.inputContext == .review)
  }

  @Test("an answer that leaves the screen as it is drops no keys")
  func unchanged() throws {
    var person = Person(accounts: 1204)
    person.press(.end)
    let page = try #require(person.state.browse.loading.keys.first)
    let token = try #require(person.state.browse.loading[page])
    person.send(.browse(.pageAnswered(page: page, token: token, .success(Fixture.page(page, of: 1204)))))
    #expect(!person.effects.contains(.terminal(.discardTypedAhead)))
    person = Person.challenged()
    person.type("Account 3")
    person.press(.tab, .tab, .enter)
    person.answerLastLook()
    #expect(!person.effects.contains(.terminal(.discardTypedAhead)))
    #expect(!person.waitSecond().contains(.terminal(.discardTypedAhead)))
  }

  @Test("the raw answer, the detail and the search keep what is typed while they wait")
  func looking() {
    var raw = Person(accounts: 20)
    raw.press(.character("J"))
    raw.type(" Dental")
    #expect(raw.state.raw != nil && raw.state.dialog == nil)
    var find = Person(accounts: 1204)
    find.press(.character("/"))
    find.type(" quick Dental")
    #expect(find.state.browse.find?.field.text == " quick Dental" && find.state.dialog == nil)
    var create = Person(accounts: 20)
    create.press(.character("n"))
    create.type(" quick Dental")
    #expect(create.createForm?.name.text == " quick Dental")
  }
}
