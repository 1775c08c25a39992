import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("Finding accounts")
struct FindReducerTests {
  /// In front of the first of 1,204 accounts, of which the first 100 are loaded.
  private func person(size: Size = Size(width: 120, height: 32)) -> Person { Person(accounts: 1204, size: size) }

  private func rows(_ person: Person) -> [Account.ID] { person.state.browse.arrangement ?? [] }

  @Test("each keystroke narrows the rows, and the server is asked when typing pauses")
  func keystrokes() throws {
    var person = person()
    person.press(.character("/"))
    #expect(person.effects == [])
    #expect(person.state.inputContext == .find)
    person.type("account 1")
    // Of the first 100: 1, 10 to 19, and then 21, 31 … 91.
    #expect(rows(person).count == 19)
    #expect(person.effects.contains(.wait(.findPause, for: .milliseconds(250), then: .find(.rested))))
    #expect(person.selectedID == Fixture.id(1))
    #expect(person.state.position == "1 of 19 match · searched 100 of 1,204, asking the server …")
    person.type("2")
    #expect(rows(person) == [Fixture.id(12)])
    person.send(.find(.rested))
    let token = try #require(person.findToken)
    #expect(person.effects == [.find(.name("account 12"), perPage: 50, token: token)])
    #expect(person.send(.find(.rested)) == [])
  }

  @Test("what the server knows joins the matches, and the selection stays where it is")
  func serverAnswer() throws {
    var person = person()
    person.press(.character("/"))
    person.type("account 12")
    person.send(.find(.rested))
    let token = try #require(person.findToken)
    let answer = AccountPage(
      accounts: [Fixture.account(120), Fixture.account(12), Fixture.account(1200), Fixture.account(7, name: "Other")])
    person.send(.find(.answered(token: token, .success(answer))))
    #expect(rows(person) == [Fixture.id(12), Fixture.id(120), Fixture.id(1200)])
    #expect(person.selectedID == Fixture.id(12))
    #expect(person.state.position == "1 of 3 match · searched 100 of 1,204 and the server")
    person.press(.down, .enter)
    #expect(person.state.inputContext == .list)
    #expect(person.selectedID == Fixture.id(120))
    #expect(
      person.state.position == "/account 12 · 2 of 3 match · searched 100 of 1,204 and the server · L loads the rest")
    // A page that brings it later shows it once.
    person.send(
      .browse(.pageAnswered(page: 3, token: RequestToken(number: 999), .success(Fixture.page(3, of: 1204)))))
    #expect(rows(person).count == 3)
  }

  @Test("a late answer to another text changes nothing")
  func stale() throws {
    var person = person()
    person.press(.character("/"))
    person.type("account 12")
    person.send(.find(.rested))
    let token = try #require(person.findToken)
    person.type("0")
    #expect(person.effects.contains(.cancel(.find)))
    let before = person.state
    person.send(.find(.answered(token: token, .success(AccountPage(accounts: [Fixture.account(120)])))))
    #expect(person.state == before)
    person.send(.find(.rested))
    let second = try #require(person.findToken)
    person.send(.find(.answered(token: second, .success(AccountPage(accounts: [Fixture.account(120)])))))
    #expect(person.selectedID == Fixture.id(120))
  }

  @Test("a server that cannot be asked is told of, and takes nothing away")
  func failure() throws {
    var person = person()
    person.press(.character("/"))
    person.type("account 12")
    person.send(.find(.rested))
    let token = try #require(person.findToken)
    person.send(.find(.answered(token: token, .failure(CloudflareError(.timedOut)))))
    #expect(rows(person) == [Fixture.id(12)])
    #expect(person.state.position.contains("searched 100 of 1,204, not the server (no answer in time)"))
  }

  @Test("a whole identifier is read by itself, and one that is not there is no failure")
  func wholeIdentifier() throws {
    var person = person()
    person.press(.character("/"))
    person.type(Fixture.id(900))
    person.send(.find(.rested))
    let token = try #require(person.findToken)
    #expect(person.effects == [.find(.identifier(Fixture.id(900)), perPage: 50, token: token)])
    #expect(person.screen.contains("No account that is loaded matches."))
    var other = person
    person.send(.find(.answered(token: token, .success(AccountPage(accounts: [Fixture.account(900)])))))
    #expect(person.selectedID == Fixture.id(900))
    var odd = other
    let gone = CloudflareError(.refused, status: 404, errors: [APIMessage(code: 7003, message: "could not route")])
    other.send(.find(.answered(token: token, .failure(gone))))
    #expect(other.state.position.hasPrefix("0 match · searched 100 of 1,204 and the server"))
    // Whoever else answers 404 says nothing of the account.
    odd.send(.find(.answered(token: token, .failure(CloudflareError(.refused, status: 404)))))
    #expect(odd.state.position.hasPrefix("0 match · searched 100 of 1,204, not the server (404 no reason given)"))
  }

  @Test("← and h give all accounts back, and do nothing where nothing is looked for")
  func dropped() {
    var person = Person(accounts: 20)
    for key in [Key.left, .character("h")] {
      person.press(.character("/"))
      person.type("account 1")
      person.press(.enter)
      #expect(person.state.browse.rowCount < 20)
      person.press(key)
      #expect(person.state.browse.find == nil)
      #expect(person.state.browse.rowCount == 20)
      let before = person.state
      #expect(person.press(key) == [])
      #expect(person.state == before)
    }
  }

  @Test("identifiers match by their beginning and end")
  func identifierPieces() {
    var person = person()
    person.press(.character("/"))
    person.type("0001f")
    #expect(rows(person) == [Fixture.id(0x1F)])
    #expect(person.screen.contains("…0000001f"))
  }

  @Test(
    "Enter keeps the filter through the detail pane and back, and Esc takes it away with the account still selected")
  func keeps() {
    var person = person(size: Size(width: 80, height: 24))
    person.press(.character("/"))
    person.type("account 2")
    person.press(.enter, .down, .down)
    let selected = person.selectedID
    #expect(selected == Fixture.id(21))
    person.press(.enter)
    #expect(person.state.browse.pane == .detail)
    person.press(.escape)
    #expect(person.state.browse.pane == .list)
    #expect(rows(person).count == 14)
    #expect(person.selectedID == selected)
    #expect(person.screen.contains("/account 2 · 3 of 14 match"))
    person.press(.escape)
    #expect(person.state.browse.find == nil)
    #expect(person.state.browse.arrangement == nil)
    #expect(person.selectedID == selected)
    #expect(person.state.position == "22 of 1,204 · page 1 of 25")
  }

  @Test("a search that finds nothing gives back what was selected before")
  func origin() {
    var person = person()
    for _ in 0..<5 { person.press(.down) }
    person.press(.character("/"))
    person.type("zzz")
    #expect(person.selectedID == nil)
    person.press(.escape)
    #expect(person.selectedID == Fixture.id(5))
    person.press(.character("/"))
    person.type("zzz")
    person.press(.backspace, .backspace, .backspace)
    #expect(person.selectedID == Fixture.id(5))
    #expect(person.state.inputContext == .find)
    person.press(.enter)
    #expect(person.state.browse.find == nil)
  }

  @Test("an account that was gone to stays selected while it matches")
  func stays() {
    var person = person()
    person.press(.character("/"))
    person.type("account 1")
    person.press(.down, .down)
    #expect(person.selectedID == Fixture.id(11))
    person.type("1")
    #expect(person.selectedID == Fixture.id(11))
    person.press(.backspace)
    #expect(person.selectedID == Fixture.id(11))
    person.type("2")
    #expect(person.selectedID == Fixture.id(12))
  }

  @Test("an account that only the server knew stands in front when the filter goes, until its page comes")
  func foundInFront() throws {
    var person = person()
    person.press(.character("/"))
    person.type("account 1100")
    person.send(.find(.rested))
    let token = try #require(person.findToken)
    let answer = AccountPage(accounts: [Fixture.account(1100), Fixture.account(1101, name: "Account 11000")])
    person.send(.find(.answered(token: token, .success(answer))))
    #expect(person.selectedID == Fixture.id(1100))
    person.press(.enter, .escape)
    #expect(person.selectedID == Fixture.id(1100))
    #expect(person.state.browse.list.row(at: 0) == .account(Fixture.id(1100)))
    #expect(person.state.browse.list.account(Fixture.id(1101)) == nil)
    #expect(person.state.browse.list.rowCount == 1205)
    #expect(person.state.browse.list.created == [])
    person.press(.character("G"))
    person.answerPages(of: 1204)
    for _ in 0..<100 {
      person.press(.up)
      person.answerPages(of: 1204)
    }
    #expect(person.state.browse.list.rowCount == 1204)
    #expect(person.state.browse.list.index(of: Fixture.id(1100)) == 1100)
  }

  @Test("with every account loaded the server is not asked")
  func whole() {
    var person = Person(accounts: 40)
    person.press(.character("/"))
    person.type("account 3")
    #expect(!person.effects.contains { if case .wait(.findPause, _, _) = $0 { true } else { false } })
    #expect(person.state.position == "1 of 13 match · searched all 40")
  }

  @Test("deletion, refresh and creation are about the account that is selected in the filtered list")
  func acts() {
    var person = person()
    person.press(.character("/"))
    person.type("account 12")
    person.press(.enter, .character("D"))
    #expect(person.deletion?.account == Fixture.account(12))
    person.press(.escape)
    person.press(.character("r"))
    #expect(person.effects.compactMap(\.page) == [1])
    #expect(person.effects.contains { if case .find(.name("account 12"), _, _) = $0 { true } else { false } })
    #expect(rows(person) == [Fixture.id(12)])
    person.answerPages(of: 1204)
    #expect(person.selectedID == Fixture.id(12))
    _ = person.state.finishCreate(Fixture.account(5000, name: "Account 12 b"), asked: .standard)
    #expect(person.selectedID == Fixture.id(5000))
    #expect(rows(person).count == 2)
    _ = person.state.finishCreate(Fixture.account(5001, name: "Zebra"), asked: .standard)
    #expect(person.selectedID == Fixture.id(5001))
    #expect(person.state.browse.find == nil)
  }

  @Test("a name that has changed is found by the new one")
  func renamed() throws {
    var person = person()
    person.press(.character("/"))
    person.type("renamed")
    person.press(.escape)
    person.press(.enter)
    let token = try #require(person.state.browse.detailToken)
    person.send(
      .browse(.accountAnswered(id: Fixture.id(0), token: token, .success(Fixture.account(0, name: "Renamed")))))
    person.press(.escape, .character("/"))
    person.type("renamed")
    #expect(rows(person) == [Fixture.id(0)])
  }

  @Test("an account that was gone to after Enter stays selected when the line is opened again and the text goes on")
  func staysAfterEnter() {
    var person = person()
    person.press(.character("/"))
    person.type("ac")
    person.press(.enter, .character("j"), .character("j"))
    let selected = person.selectedID
    #expect(selected == Fixture.id(2))
    person.press(.character("/"))
    person.type("c")
    #expect(person.selectedID == selected)
    person.press(.backspace, .backspace, .backspace)
    #expect(person.state.browse.arrangement == nil)
    #expect(person.selectedID == selected)
  }

  @Test("when the last page comes while typing pauses, nothing is said to be asked any more")
  func wholeMeanwhile() {
    var person = Person(accounts: 160)
    person.press(.character("L"), .character("/"))
    person.type("zzz")
    #expect(person.screen.contains("Asking the server …"))
    person.answerPages(of: 160)
    #expect(person.send(.find(.rested)) == [])
    #expect(person.screen.contains("Esc shows all accounts again"))
    #expect(!person.state.position.contains("asking"))
  }

  @Test("an account that slipped to a page that has not come is found when the server has it")
  func slipped() throws {
    var person = Person(accounts: 1204, size: Size(width: 80, height: 24))
    person.press(.character("r"))
    var first = Fixture.page(1, of: 1205)
    first.accounts = [Fixture.account(1204)] + first.accounts.dropLast()
    let page = try #require(person.state.browse.loading[1])
    person.send(.browse(.pageAnswered(page: 1, token: page, .success(first))))
    person.press(.character("/"))
    person.type("account 49")
    person.send(.find(.rested))
    let token = try #require(person.findToken)
    person.send(.find(.answered(token: token, .success(AccountPage(accounts: [Fixture.account(49)])))))
    #expect(rows(person) == [Fixture.id(49)])
    #expect(person.selectedID == Fixture.id(49))
  }

  @Test("a search whose account has gone gives back the one before, and what was being read for the other is given up")
  func leavesReading() throws {
    var person = person()
    person.press(.character("/"))
    person.type("account 12")
    person.press(.enter, .enter, .escape, .character("r"))
    #expect(person.state.browse.detailToken != nil)
    var first = Fixture.page(1, of: 1203)
    first.accounts.remove(at: 12)
    let token = try #require(person.state.browse.loading[1])
    person.send(.browse(.pageAnswered(page: 1, token: token, .success(first))))
    #expect(person.selectedID == nil)
    person.press(.escape)
    #expect(person.effects.contains(.cancel(.detail)))
    #expect(person.selectedID == Fixture.id(0))
  }

  @Test("pasted text goes into the line as one line")
  func pasted() {
    var person = person()
    person.press(.character("/"))
    person.send(.paste("account\n12"))
    #expect(person.state.browse.find?.field.text == "account 12")
    #expect(rows(person) == [Fixture.id(12)])
  }

  @Test("the help of the find line says what is matched")
  func help() {
    var person = person()
    person.press(.character("/"), .function(1))
    #expect(person.screen.contains("ss finds ß"))
    #expect(person.screen.contains("of its ID"))
  }
}

extension Person {
  /// The question to the server that is on its way.
  fileprivate var findToken: RequestToken? {
    guard case .asked(let token) = state.browse.find?.asking else { return nil }
    return token
  }
}
