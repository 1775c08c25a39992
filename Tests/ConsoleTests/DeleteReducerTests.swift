import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("Deleting")
struct DeleteReducerTests {
  private func person(named name: String) -> Person {
    var person = Person()
    var page = Fixture.page(1, of: 5)
    page.accounts[3] = Fixture.account(3, name: name)
    person.send(.browse(.pageAnswered(page: 1, token: person.state.browse.loading[1]!, .success(page))))
    return person
  }

  @Test("name, whole id, type and the warning are on screen while the name is typed")
  func challenge() {
    let screen = Person.challenged().screen
    #expect(screen.contains("Account 3"))
    #expect(screen.contains(Wording.grouped(id: Fixture.id(3))))
    #expect(screen.contains("enterprise"))
    #expect(screen.contains("Deletion is permanent."))
    #expect(screen.contains("zones and all other"))
  }

  @Test(
    "only the exact name unlocks", arguments: ["", "Account", "account 3", "Account 3 ", "Account 33", "Accounts 3"])
  func wrongName(typed: String) {
    var person = Person.challenged()
    person.type(typed)
    #expect(person.deletion?.isUnlocked == false)
    person.press(.tab, .tab)
    #expect(person.deletion?.focus != .delete)
    #expect(person.press(.enter).allSatisfy { $0.deletedID == nil })
  }

  @Test("Enter in the field never deletes, however often it is pressed")
  func enterInField() {
    var person = Person.challenged()
    person.type("Account 3")
    #expect(person.deletion?.isUnlocked == true)
    #expect(person.deletion?.focus == .challenge)
    #expect(person.press(.enter) == [])
    #expect(person.deletion?.focus == .cancel)
    #expect(person.press(.enter) == [])
    #expect(person.state.dialog == nil)
  }

  @Test("the button sends one DELETE for the captured id, and no key sends another")
  func sendsOnce() {
    var person = Person.deleting()
    #expect(
      person.effects == [
        .write(
          WriteIntent(
            id: "fresh-1", date: person.moment.date, origin: Fixture.origin,
            operation: .delete(Fixture.id(3), name: "Account 3", createdOn: Fixture.account(3).createdOn)),
          token: person.deletionToken!)
      ])
    for key in [Key.enter, .character(" "), .tab, .enter, .escape, .control("c")] {
      #expect(person.press(key).allSatisfy { $0.deletedID == nil })
    }
    #expect(person.deletion != nil)
  }

  @Test("the id stays the captured one whatever the list does meanwhile")
  func listReorders() {
    var person = Person.challenged()
    person.type("Account 3")
    person.state.browse.changeList(rows: 26) { list in
      var page = Fixture.page(1, of: 20)
      page.accounts.reverse()
      list.insert(page: 1, page)
    }
    person.press(.tab, .tab, .enter)
    person.waitOutDelay()
    #expect(person.effects.compactMap(\.deletedID) == [Fixture.id(3)])
  }

  @Test("Esc leaves at every stage before the request, with nothing sent")
  func escape() {
    var reading = Person(accounts: 20)
    reading.press(.character("D"))
    #expect(reading.press(.escape) == [.cancel(.deletionTarget), .cancel(.deletionNamesakes)])
    #expect(reading.state.dialog == nil)

    for keys in [[], [Key.tab], [.tab, .tab]] {
      var person = Person.challenged()
      person.type("Account 3")
      person.press(keys)
      #expect(person.press(.escape) == [])
      #expect(person.state.dialog == nil)
    }
  }

  @Test("q is typed into the field and does not leave")
  func typesQ() {
    var person = Person.challenged()
    person.type("q")
    #expect(person.deletion?.field.text == "q")
    #expect(person.screen.contains("! Differs at character 1"))
  }

  @Test("a rehearsal ends in a receipt of what would have been sent, and the row stays as it was")
  func rehearsed() {
    var person = Person.challenged(by: Person(accounts: 20, isRehearsal: true))
    person.type("Account 3")
    person.press(.tab, .tab, .enter)
    #expect(person.screen.contains("The rehearsal ends in 5 seconds. Nothing has been sent."))
    person.waitOutDelay()
    #expect(person.effects == [.terminal(.discardTypedAhead)])
    #expect(person.screen.contains("✓ Rehearsed: nothing was sent"))
    #expect(person.screen.contains("DELETE /accounts/\(Fixture.id(3))"))
    person.press(.escape)
    #expect(person.state.dialog == nil)
    #expect(person.state.browse.list.deleted.isEmpty)
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
    var person = Person.challenged(by: person(named: name))
    guard case .idTail(let tail, let said)? = person.deletion?.challenge else {
      Issue.record("challenged by name")
      return
    }
    #expect(said.contains(reason))
    #expect(tail == String(Fixture.id(3).suffix(8)))
    person.type(name)
    #expect(person.deletion?.isUnlocked == false)
    person.press(.control("u"))
    person.type(tail)
    #expect(person.deletion?.isUnlocked == true)
  }

  @Test(
    "names in any script are typed as they are, composed or not",
    arguments: ["Café Zürich 東京", "Εταιρεία", "שלום", "삼성"])
  func scripts(name: String) {
    var person = Person.challenged(by: person(named: name))
    #expect(person.deletion?.challenge == .name(name))
    for scalar in name.decomposedScalars { person.press(.character(scalar)) }
    #expect(person.deletion?.isUnlocked == true)
  }

  @Test("pasting into the challenge is refused with the reason")
  func paste() {
    var person = Person.challenged()
    person.send(.paste("Account 3"))
    #expect(person.deletion?.field.text == "")
    #expect(person.screen.contains("Pasting is refused here"))
  }

  @Test("what comes at once, as a paste without marks does, is refused as well, and its end presses nothing")
  func burst() {
    var person = Person.challenged()
    let keys = "Account 3".unicodeScalars.map(Key.character)
    person.send(.burst(keys))
    #expect(person.deletion?.field.text == "")
    #expect(person.screen.contains("Pasting is refused here"))
    person.send(.burst(keys + [.tab, .tab, .enter]))
    #expect(person.deletion?.phase == .challenge && person.deletion?.field.text == "")
    person.press(.control("c"))
    #expect(person.state.dialog == nil)
  }

  @Test(
    "resize, suspension and another window take back what was typed",
    arguments: [
      Action.resize(Size(width: 80, height: 24)), .resume(Size(width: 120, height: 32)), .focusLost,
    ])
  func disarms(action: Action) {
    var person = Person.challenged()
    person.type("Account 3")
    person.press(.tab, .tab)
    person.send(action)
    #expect(person.deletion?.isUnlocked == false)
    #expect(person.deletion?.focus == .challenge)
    #expect(person.screen.contains("What was typed is cleared"))
    #expect(person.press(.enter).allSatisfy { $0.deletedID == nil })
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
