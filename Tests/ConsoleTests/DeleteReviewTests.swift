import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("Reviewing a deletion")
struct DeleteReviewTests {
  private func token(_ person: Person) -> RequestToken? {
    guard case .reading(let token) = person.deletion?.phase else { return nil }
    return token
  }

  private func occurrences(of text: String, in screen: String) -> Int {
    screen.split(separator: text, omittingEmptySubsequences: false).count - 1
  }

  @Test("everything is read at once: the account, its namesakes, and what it holds; what was typed ahead is dropped")
  func reads() {
    var person = Person(accounts: 20)
    let effects = person.press(.character("D"))
    #expect(effects.contains(.terminal(.discardTypedAhead)))
    #expect(effects.contains(.readDeletionTarget(id: Fixture.id(0), token: token(person)!)))
    let question = effects.contains {
      if case .readDeletionNamesakes("Account 0", _) = $0 { true } else { false }
    }
    #expect(question)
    let requests = effects.compactMap(\.inventoryRequest)
    #expect(Set(requests.map(\.part)) == Set(InventoryPart.allCases))
    #expect(requests.allSatisfy { $0.accountID == Fixture.id(0) && $0.priority == .interactive })
    #expect(effects.allSatisfy { $0.intent == nil })
  }

  @Test("nothing leads on before everything has been read")
  func waits() {
    var person = Person.askedToDelete()
    let opened = person
    for key in [Key.tab, .right, .down, .backTab] {
      #expect(person.press(key) == [])
      #expect(person.deletion?.focus == .cancel)
    }
    #expect(person.screen.contains("the review · reading …"))

    // Each of them missing alone.
    guard let deletion = opened.deletion, case .asking(let question) = deletion.namesakes, let token = token(opened)
    else {
      Issue.record("nothing is read")
      return
    }
    var answers: [Action] = opened.effects.compactMap(\.inventoryRequest).map {
      .inventory(.answered($0, InventoryAnswers()[$0.part]))
    }
    #expect(answers.count == InventoryPart.allCases.count)
    answers.append(.delete(.namesakesRead(token: question, .success(AccountPage(accounts: [deletion.captured])))))
    answers.append(.delete(.accountRead(token: token, .success(deletion.captured))))
    for missing in answers.indices {
      var person = opened
      for (index, answer) in answers.enumerated() where index != missing { person.send(answer) }
      person.press(.tab)
      #expect(person.deletion?.focus == .cancel)
      person.send(answers[missing])
      person.press(.tab)
      #expect(person.deletion?.focus == .goOn)
    }
  }

  @Test("a clock that is put back while everything is read keeps nobody from going on")
  func clock() {
    var person = Person.askedToDelete()
    person.moment.date -= 3_600
    person.answerReview(with: .rich)
    #expect(person.screen.contains("the review · complete") && person.screen.contains("harborpine.com"))
    person.press(.tab, .enter)
    person.type("Account 3")
    person.press(.tab, .tab, .enter)
    // How old the review is cannot be told, so it is made again.
    #expect(person.screen.contains("The review may be more than ten minutes old"))
  }

  @Test("the focus rests on Cancel, so that Enter right after D leaves, with nothing sent")
  func enter() {
    var person = Person.askedToDelete()
    person.answerReview()
    #expect(person.screen.contains(">[ Cancel ]<"))
    person.press(.enter)
    #expect(person.state.dialog == nil)
  }

  @Test("D, which opens the review, never advances it")
  func openingKey() {
    var person = Person.askedToDelete()
    person.answerReview()
    let before = person.deletion
    person.press(.character("D"), .character("d"), .character("x"), .delete, .backspace)
    #expect(person.deletion == before)
  }

  @Test("what an account holds is told part by part, each a number, none, or why it could not be checked")
  func inventory() {
    var person = Person.askedToDelete()
    person.answerReview(with: .rich)
    var screen = person.screen
    for text in [
      "Zones       12, 2 active among the first 5: harborpine.com",
      "Members     7, 2 not yet accepted among the first 5",
      "Plans       2: Enterprise (paid, 4,500 USD monthly)", "Logpush     2: to-archive, audit_logs (off)",
      "Gateway     set up, Cloudflare", "Access      harborpine.cloudflareaccess.com",
      "order of removal: the Gateway, then the Access organisation, then",
    ] { #expect(screen.contains(text), "\(text) in\n\(screen)") }

    person = Person.askedToDelete()
    person.answerReview()
    #expect(occurrences(of: "none", in: person.screen) == 6)
    #expect(!person.screen.contains("order of removal"))

    person = Person.askedToDelete()
    person.answerReview(with: .forbidden)
    screen = person.screen
    #expect(screen.contains("Zones       none"))
    #expect(occurrences(of: "could not check (403 Authentication error)", in: screen) == 5)
    person.press(.tab)
    #expect(person.deletion?.focus == .goOn)
  }

  @Test("what was known before the review opened is not told")
  func stale() {
    var person = Person(accounts: 20)
    person.rest()
    person.answerInventory(with: .rich)
    person.moment.date += 60
    person.press(.character("D"))
    #expect(!person.screen.contains("harborpine.com"))
    #expect(person.screen.contains("Zones       …"))
  }

  @Test("an answer to an earlier reading changes nothing")
  func staleAnswers() {
    var person = Person.askedToDelete()
    let early = person
    person.send(.command(.refresh))
    let before = person.state
    var late = early
    late.state = person.state
    late.send(.delete(.accountRead(token: token(early)!, .success(Fixture.account(3)))))
    for request in early.effects.compactMap(\.inventoryRequest) {
      late.send(.inventory(.answered(request, InventoryAnswers.rich[request.part])))
    }
    if case .asking(let token)? = early.deletion?.namesakes {
      late.send(.delete(.namesakesRead(token: token, .success(AccountPage(accounts: [])))))
    }
    #expect(late.state == before)
  }

  @Test("r reads everything again, and the focus is back on Cancel")
  func again() {
    var person = Person.askedToDelete()
    person.answerReview(with: .partly)
    person.press(.tab)
    let effects = person.press(.character("r"))
    #expect(effects.compactMap(\.inventoryRequest).count == 6)
    #expect(token(person) != nil)
    #expect(person.deletion?.focus == .cancel)
    person.answerReview(with: .rich)
    #expect(person.screen.contains("the review · complete"))
  }

  @Test("the account leaving the detail pane does not stop what its review reads")
  func narrowed() {
    var person = Person.askedToDelete()
    let asked = person.effects
    person.send(.resize(Size(width: 80, height: 24)))
    #expect(person.effects.allSatisfy { if case .cancel(.inventory) = $0 { false } else { true } })
    for request in asked.compactMap(\.inventoryRequest) {
      person.send(.inventory(.answered(request, InventoryAnswers.rich[request.part])))
    }
    #expect(person.state.inventory[Fixture.id(3)].zones.reading?.value.total == 12)
  }

  @Test("leaving gives up what only the review needed")
  func leaving() {
    var narrow = Person.askedToDelete(in: Person(accounts: 20, size: Size(width: 80, height: 24)))
    let effects = narrow.press(.escape)
    #expect(effects.count { if case .cancel(.inventory) = $0 { true } else { false } } == 6)
    #expect(effects.contains(.cancel(.deletionTarget)) && effects.contains(.cancel(.deletionNamesakes)))
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
    var person = Person.askedToDelete(in: Person.listing(shown))
    person.answerReview(fresh: fresh)
    #expect(person.deletion?.phase == .barred(.changed(fresh)))
    #expect(person.screen.contains("In the list") && person.screen.contains("Read just now"))
    #expect(person.screen.contains("! \(what == "type" ? "Type" : what == "parent" ? "Parent" : "Name")"))
    if what == "normal form" { #expect(person.screen.contains("made of different characters")) }
    for key in [Key.tab, .right, .character("D"), .down] {
      #expect(person.press(key).allSatisfy { $0.deletedID == nil })
    }
    person.press(.enter)
    #expect(person.state.dialog == nil)
    // The list shows the new version from now on.
    #expect(person.state.browse.selectedAccount == fresh)
  }

  @Test("what only one of the two versions leaves out is not marked as different")
  func leftOut() {
    var shown = Fixture.account(3)
    shown.managedBy = nil
    var fresh = Fixture.account(3, name: "Northshore")
    fresh.type = nil
    var person = Person.askedToDelete(in: Person.listing(shown))
    person.answerReview(fresh: fresh)
    #expect(person.screen.contains("! Name"))
    #expect(!person.screen.contains("! Type") && !person.screen.contains("! Parent"))
  }

  @Test("an account that is gone already is told so kindly, and its row stays")
  func gone() {
    var person = Person.askedToDelete()
    let error = CloudflareError(.refused, status: 404, errors: [APIMessage(code: 7003, message: "could not route")])
    person.send(.delete(.accountRead(token: token(person)!, .failure(error))))
    #expect(person.screen.contains("not there any more, so there is nothing left to do"))
    person.press(.escape)
    #expect(person.state.browse.list.deleted == [Fixture.id(3)])
    #expect(person.state.browse.cursorRow == 3)
  }

  @Test(
    "an account that cannot be read cannot be deleted, and the next step is said",
    arguments: [
      CloudflareError(.timedOut), CloudflareError(.refused, status: 403), CloudflareError(.edge, status: 502),
      CloudflareError(.refused, status: 429),
    ])
  func unreadable(error: CloudflareError) {
    var person = Person.askedToDelete()
    person.send(.delete(.accountRead(token: token(person)!, .failure(error))))
    #expect(person.screen.contains("nothing can be deleted"))
    #expect(person.press(.tab, .right, .enter).allSatisfy { $0.deletedID == nil })
    #expect(person.state.dialog == nil)
  }

  @Test("a review that is longer than the window scrolls to its end")
  func scrolls() {
    var person = Person.askedToDelete(in: Person(accounts: 20, size: Size(width: 60, height: 16)))
    person.answerReview(with: .rich)
    #expect(person.screen.contains("↓ more"))
    #expect(!person.screen.contains("type the name, exactly"))
    person.press(.end)
    #expect(person.screen.contains("type the name, exactly"))
    #expect(person.screen.contains("↑ more") && !person.screen.contains("↓ more"))
    person.press(.home)
    #expect(person.screen.contains("Account 3"))
  }

  @Test(
    "what is told meanwhile leaves the buttons on screen, and is gone when the next step begins",
    arguments: [Size(width: 120, height: 32), Size(width: 60, height: 16)])
  func told(size: Size) {
    var person = Person.askedToDelete(in: Person(accounts: 20, size: size))
    person.answerReview()
    person.press(.tab)
    for what in [Clipping("the ID", Fixture.id(3)), Clipping(String(repeating: "a long name ", count: 30), "x")] {
      person.send(.desktop(.copied(what, .program("xclip"))))
      #expect(person.screen.contains("✓ Copied \(what.name.prefix(6))"))
      #expect(person.screen.contains("[ Cancel ]  >[ Go on ]<"))
    }
    person.press(.enter)
    #expect(!person.screen.contains("Copied"))
    person.type("Account 3")
    person.press(.tab, .tab)
    person.send(.desktop(.copied(Clipping("the ID", Fixture.id(3)), .program("xclip"))))
    #expect(person.screen.contains(">[ Delete account ]<"))
    person.press(.enter)
    #expect(person.screen.contains(">[ Stop ]<") && !person.screen.contains("Copied"))
  }

  @Test("a paste does nothing in the review, and says so")
  func paste() {
    var person = Person.askedToDelete()
    person.answerReview()
    #expect(person.send(.paste("\t\n\nAccount 3\n")) == [])
    #expect(person.deletion?.phase == .review && person.deletion?.focus == .cancel)
    #expect(person.screen.contains("Pasted text was dropped"))
  }
}
