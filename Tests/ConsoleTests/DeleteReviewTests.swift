import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("Reviewing a deletion")
struct DeleteReviewTests {
  /// A person who has just asked for the review of this row's account.
  private func asked(row: Int = 3, in person: Person = Person(accounts: 20)) -> Person {
    var person = person
    for _ in 0..<row { person.press(.down) }
    person.press(.character("D"))
    return person
  }

  private func token(_ person: Person) -> RequestToken? {
    guard case .reading(let token) = person.deletion?.phase else { return nil }
    return token
  }

  private func occurrences(of text: String, in screen: String) -> Int {
    screen.split(separator: text, omittingEmptySubsequences: false).count - 1
  }

  private func person(with account: Account, of total: Int = 5) -> Person {
    var person = Person()
    var page = Fixture.page(1, of: total)
    page.accounts[min(3, total - 1)] = account
    person.send(.browse(.pageAnswered(page: 1, token: person.state.browse.loading[1]!, .success(page))))
    return person
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
    var person = asked()
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
    var person = asked()
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
    var person = asked()
    person.answerReview()
    #expect(person.screen.contains(">[ Cancel ]<"))
    person.press(.enter)
    #expect(person.state.dialog == nil)
  }

  @Test("D, which opens the review, never advances it")
  func openingKey() {
    var person = asked()
    person.answerReview()
    let before = person.deletion
    person.press(.character("D"), .character("d"), .character("x"), .delete, .backspace)
    #expect(person.deletion == before)
  }

  @Test("what an account holds is told part by part, each a number, none, or why it could not be checked")
  func inventory() {
    var person = asked()
    person.answerReview(with: .rich)
    var screen = person.screen
    for text in [
      "Zones       12, 2 active among the first 5: harborpine.com",
      "Members     7, 2 not yet accepted among the first 5",
      "Plans       2: Enterprise (paid, 4,500 USD monthly)", "Logpush     2: to-archive, audit_logs (off)",
      "Gateway     set up, Cloudflare", "Access      harborpine.cloudflareaccess.com",
      "order of removal: the Gateway, then the Access organisation, then",
    ] { #expect(screen.contains(text), "\(text) in\n\(screen)") }

    person = asked()
    person.answerReview()
    #expect(occurrences(of: "none", in: person.screen) == 6)
    #expect(!person.screen.contains("order of removal"))

    person = asked()
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
    var person = asked()
    let early = person
    person.press(.character("r"))
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
    var person = asked()
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
    var person = asked()
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
    var narrow = asked(in: Person(accounts: 20, size: Size(width: 80, height: 24)))
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
    var person = asked(in: person(with: shown))
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
    var person = asked(in: person(with: shown))
    person.answerReview(fresh: fresh)
    #expect(person.screen.contains("! Name"))
    #expect(!person.screen.contains("! Type") && !person.screen.contains("! Parent"))
  }

  @Test("an identifier that is shorter than what is asked for of others is asked for whole, by its length")
  func shortID() {
    var account = Fixture.account(3)
    account.id = "a1b"
    account.managedBy = nil
    var person = asked(in: person(with: account))
    person.answerReview()
    #expect(person.screen.contains("type the last 3 characters of the ID"))
    person.press(.tab, .enter)
    #expect(person.screen.contains("Type the last 3 characters of the ID"))
  }

  @Test("an account that is gone already is told so kindly, and its row stays")
  func gone() {
    var person = asked()
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
    var person = asked()
    person.send(.delete(.accountRead(token: token(person)!, .failure(error))))
    #expect(person.screen.contains("nothing can be deleted"))
    #expect(person.press(.tab, .right, .enter).allSatisfy { $0.deletedID == nil })
    #expect(person.state.dialog == nil)
  }

  @Test("duplicate names, on rows that are here or that only the server knows, are challenged by the id")
  func duplicates() {
    var person = asked()
    person.answerReview(namesakes: [Fixture.account(900, name: "Account 3"), Fixture.account(901, name: "ACCOUNT 3")])
    #expect(person.screen.contains("because 2 accounts have this name"))
    person = asked(in: self.person(with: Fixture.account(3, name: "Account 1")))
    person.answerReview()
    #expect(person.screen.contains("because 2 accounts have this name"))
  }

  @Test("when it cannot be told whether others have the name, the id is asked for")
  func unsureNamesakes() {
    let full = AccountPage(accounts: (100..<149).map { Fixture.account($0) } + [Fixture.account(3)])
    let other = AccountPage(accounts: [Fixture.account(7)])
    let answers: [Result<AccountPage, CloudflareError>] = [
      .failure(CloudflareError(.timedOut)), .success(full), .success(other), .success(AccountPage(accounts: [])),
    ]
    for answer in answers {
      var person = asked()
      guard case .asking(let token)? = person.deletion?.namesakes else {
        Issue.record("the server is not asked")
        return
      }
      person.send(.delete(.namesakesRead(token: token, answer)))
      #expect(person.deletion?.challenge.reason == "it could not be checked whether others have this name")
    }
    let deletion = asked().deletion!
    let known = Person(accounts: 20).state.namesakes(
      .success(AccountPage(accounts: [Fixture.account(3)])), of: deletion)
    #expect(known == .known(others: []))
  }

  @Test("an account that nobody manages may be the person's own: it says so, and is challenged by its id")
  func unmanaged() {
    for parent in [nil, Account.Parent(), Account.Parent(id: "", name: "")] {
      var account = Fixture.account(3)
      account.managedBy = parent
      var person = asked(in: person(with: account))
      person.answerReview()
      #expect(person.screen.contains("! This may be your own account: no tenant or organisation manages it."))
      #expect(person.deletion?.challenge.expected == String(account.id.suffix(8)))
    }
    var managed = asked()
    managed.answerReview()
    #expect(!managed.screen.contains("your own account"))
  }

  @Test("the only account in the list may be the person's own")
  func onlyOne() {
    var person = asked(row: 0, in: Person(accounts: 1))
    person.answerReview()
    #expect(person.screen.contains("! This may be your own account: it is the only account in the list."))
    #expect(person.deletion?.challenge.expected == String(Fixture.id(0).suffix(8)))
  }

  @Test("an account that the profile protects is not offered for deletion, and the pattern is said")
  func protected() {
    var person = Person(accounts: 20, protected: ["nothing", "account ?"])
    #expect(person.press(.character("D")) == [])
    #expect(person.state.dialog == nil)
    #expect(person.screen.contains("! Account 0 is protected from deletion, by “account ?”"))
    for _ in 0..<10 { person.press(.down) }
    #expect(!person.press(.character("D")).isEmpty)
  }

  @Test(
    "characters that are not shown as they are have their numbers told",
    arguments: [
      ("rtl\u{202E}txt", "U+202E"), ("nul\u{0}x", "U+0000"), ("\u{1B}[2Jclear", "U+001B"),
      ("osc\u{1B}]0;x\u{7}", "U+0007"),
      ("c1\u{9B}31m", "U+009B"), ("zero\u{200B}width", "U+200B"), ("👩‍👩‍👧‍👦 Crafts", "U+200D"),
    ])
  func oddCharacters(name: String, number: String) {
    var person = asked(in: person(with: Fixture.account(3, name: name)))
    person.answerReview()
    #expect(person.screen.contains("! not shown as they are: "))
    #expect(person.screen.contains(number))
    #expect(person.deletion?.challenge.reason == "the name has characters that are not shown as they are")
    let isClean = person.screen.unicodeScalars.allSatisfy {
      $0 == "\n" || $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
    }
    #expect(isClean)
  }

  @Test("a review that is longer than the window scrolls to its end")
  func scrolls() {
    var person = asked(in: Person(accounts: 20, size: Size(width: 60, height: 16)))
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
    var person = asked(in: Person(accounts: 20, size: size))
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
    var person = asked()
    person.answerReview()
    #expect(person.send(.paste("\t\n\nAccount 3\n")) == [])
    #expect(person.deletion?.phase == .review && person.deletion?.focus == .cancel)
    #expect(person.screen.contains("Pasted text was dropped"))
  }
}
