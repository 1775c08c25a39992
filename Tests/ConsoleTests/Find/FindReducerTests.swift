import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("Finding accounts")
struct FindReducerTests {
  /// In front of the first of 1,204 accounts, of which the first 100 are loaded.
  private func driver(size: Size = Size(width: 120, height: 32)) -> TestDriver {
    TestDriver(accounts: 1204, size: size)
  }

  private func rows(_ driver: TestDriver) -> [Account.ID] { driver.list.arrangement ?? [] }

  @Test("each keystroke narrows the rows, and the server is asked when typing pauses")
  func keystrokes() throws {
    var driver = driver()
    driver.press(.character("/"))
    #expect(driver.effects == [])
    #expect(driver.context == .find)
    driver.type("account 1")
    // Of the first 100: 1, 10 to 19, and then 21, 31 … 91.
    #expect(rows(driver).count == 19)
    #expect(driver.effects.contains(.wait(.searchDebounce, for: .milliseconds(250))))
    #expect(driver.selectedID == Fixture.id(1))
    #expect(driver.position == "1 of 19 match · searched 100 of 1,204, asking the server …")
    driver.type("2")
    #expect(rows(driver) == [Fixture.id(12)])
    driver.elapse(.searchDebounce)
    #expect(driver.effects == [.search(.name("account 12"), perPage: 50)])
    #expect(!driver.isRunning(.searchDebounce))
  }

  @Test("what the server knows joins the matches, and the selection stays where it is")
  func serverAnswer() throws {
    var driver = driver()
    driver.press(.character("/"))
    driver.type("account 12")
    driver.elapse(.searchDebounce)
    let answer = AccountPage(
      accounts: [Fixture.account(120), Fixture.account(12), Fixture.account(1200), Fixture.account(7, name: "Other")])
    driver.answerSearch(.success(answer))
    #expect(rows(driver) == [Fixture.id(12), Fixture.id(120), Fixture.id(1200)])
    #expect(driver.selectedID == Fixture.id(12))
    #expect(driver.position == "1 of 3 match · searched 100 of 1,204 and the server")
    driver.press(.down, .enter)
    #expect(driver.context == .list)
    #expect(driver.selectedID == Fixture.id(120))
    #expect(
      driver.position == "/account 12 · 2 of 3 match · searched 100 of 1,204 and the server · L loads the rest")
    // A page that brings it later shows it once.
    driver.press(.character("L"))
    driver.answer(page: 3, .success(Fixture.page(3, of: 1204)))
    #expect(rows(driver).count { $0 == Fixture.id(120) } == 1)
  }

  @Test("typing on gives up the question about another text, and the answer to the one about this text counts")
  func askedAnew() {
    var driver = driver()
    driver.press(.character("/"))
    driver.type("account 12")
    driver.elapse(.searchDebounce)
    driver.type("0")
    #expect(driver.effects.contains(.cancel(.search)) && !driver.isRunning(.search))
    #expect(driver.selectedID == nil)
    driver.elapse(.searchDebounce)
    #expect(driver.effects == [.search(.name("account 120"), perPage: 50)])
    driver.answerSearch(.success(AccountPage(accounts: [Fixture.account(120)])))
    #expect(driver.selectedID == Fixture.id(120))
  }

  @Test("a server that cannot be asked is told of, and takes nothing away")
  func failure() throws {
    var driver = driver()
    driver.press(.character("/"))
    driver.type("account 12")
    driver.elapse(.searchDebounce)
    driver.answerSearch(.failure(CloudflareError(.timedOut)))
    #expect(rows(driver) == [Fixture.id(12)])
    #expect(driver.position.contains("searched 100 of 1,204, not the server (no answer in time)"))
  }

  @Test("a whole identifier is read by itself, and one that is not there is no failure")
  func wholeIdentifier() throws {
    var driver = driver()
    driver.press(.character("/"))
    driver.type(Fixture.id(900))
    driver.elapse(.searchDebounce)
    #expect(driver.effects == [.search(.identifier(Fixture.id(900)), perPage: 50)])
    #expect(driver.screen.contains("No account that is loaded matches."))
    var other = driver
    driver.answerSearch(.success(AccountPage(accounts: [Fixture.account(900)])))
    #expect(driver.selectedID == Fixture.id(900))
    var odd = other
    let gone = CloudflareError(.refused, status: 404, errors: [APIMessage(code: 7003, message: "could not route")])
    other.answerSearch(.failure(gone))
    #expect(other.position.hasPrefix("0 match · searched 100 of 1,204 and the server"))
    // Whoever else answers 404 says nothing of the account.
    odd.answerSearch(.failure(CloudflareError(.refused, status: 404)))
    #expect(odd.position.hasPrefix("0 match · searched 100 of 1,204, not the server (404 no reason given)"))
  }

  @Test("← and h give all accounts back, and do nothing where nothing is looked for")
  func dropped() {
    var driver = TestDriver(accounts: 20)
    for key in [Key.left, .character("h")] {
      driver.press(.character("/"))
      driver.type("account 1")
      driver.press(.enter)
      #expect(driver.rowCount < 20)
      driver.press(key)
      #expect(driver.list.find == nil)
      #expect(driver.rowCount == 20)
      let before = driver
      #expect(driver.press(key) == [])
      #expect(driver.isLike(before))
    }
  }

  @Test("identifiers match by their beginning and end")
  func identifierPieces() {
    var driver = driver()
    driver.press(.character("/"))
    driver.type("0001f")
    #expect(rows(driver) == [Fixture.id(0x1F)])
    #expect(driver.screen.contains("…0000001f"))
  }

  @Test(
    "Enter keeps the filter through the detail pane and back, and Esc takes it away with the account still selected")
  func keeps() {
    var driver = driver(size: Size(width: 80, height: 24))
    driver.press(.character("/"))
    driver.type("account 2")
    driver.press(.enter, .down, .down)
    let selected = driver.selectedID
    #expect(selected == Fixture.id(21))
    driver.press(.enter)
    #expect(driver.pane == .detail)
    driver.press(.escape)
    #expect(driver.pane == .list)
    #expect(rows(driver).count == 14)
    #expect(driver.selectedID == selected)
    #expect(driver.screen.contains("/account 2 · 3 of 14 match"))
    driver.press(.escape)
    #expect(driver.list.find == nil)
    #expect(driver.list.arrangement == nil)
    #expect(driver.selectedID == selected)
    #expect(driver.position == "22 of 1,204 · page 1 of 25")
  }

  @Test("a search that finds nothing gives back what was selected before")
  func origin() {
    var driver = driver()
    for _ in 0..<5 { driver.press(.down) }
    driver.press(.character("/"))
    driver.type("zzz")
    #expect(driver.selectedID == nil)
    driver.press(.escape)
    #expect(driver.selectedID == Fixture.id(5))
    driver.press(.character("/"))
    driver.type("zzz")
    driver.press(.backspace, .backspace, .backspace)
    #expect(driver.selectedID == Fixture.id(5))
    #expect(driver.context == .find)
    driver.press(.enter)
    #expect(driver.list.find == nil)
  }

  @Test("an account that was gone to stays selected while it matches")
  func stays() {
    var driver = driver()
    driver.press(.character("/"))
    driver.type("account 1")
    driver.press(.down, .down)
    #expect(driver.selectedID == Fixture.id(11))
    driver.type("1")
    #expect(driver.selectedID == Fixture.id(11))
    driver.press(.backspace)
    #expect(driver.selectedID == Fixture.id(11))
    driver.type("2")
    #expect(driver.selectedID == Fixture.id(12))
  }

  @Test("an account that only the server knew stands in front when the filter goes, until its page comes")
  func foundInFront() throws {
    var driver = driver()
    driver.press(.character("/"))
    driver.type("account 1100")
    driver.elapse(.searchDebounce)
    let answer = AccountPage(accounts: [Fixture.account(1100), Fixture.account(1101, name: "Account 11000")])
    driver.answerSearch(.success(answer))
    #expect(driver.selectedID == Fixture.id(1100))
    driver.press(.enter, .escape)
    #expect(driver.selectedID == Fixture.id(1100))
    #expect(driver.accounts.row(at: 0) == .account(Fixture.id(1100)))
    #expect(driver.accounts.account(Fixture.id(1101)) == nil)
    #expect(driver.accounts.rowCount == 1205)
    #expect(driver.accounts.created == [])
    driver.press(.character("G"))
    driver.answerPages(of: 1204)
    for _ in 0..<100 {
      driver.press(.up)
      driver.answerPages(of: 1204)
    }
    #expect(driver.accounts.rowCount == 1204)
    #expect(driver.accounts.index(of: Fixture.id(1100)) == 1100)
  }

  @Test("with every account loaded the server is not asked")
  func whole() {
    var driver = TestDriver(accounts: 40)
    driver.press(.character("/"))
    driver.type("account 3")
    #expect(!driver.effects.contains { $0.id == .searchDebounce })
    #expect(driver.position == "1 of 13 match · searched all 40")
  }

  @Test("deletion, refresh and creation are about the account that is selected in the filtered list")
  func acts() {
    var driver = driver()
    driver.press(.character("/"))
    driver.type("account 12")
    driver.press(.enter, .character("D"))
    #expect(driver.deletion?.account == Fixture.account(12))
    driver.press(.escape)
    driver.press(.character("r"))
    #expect(driver.effects.compactMap(\.page) == [1])
    #expect(driver.effects.contains(.search(.name("account 12"), perPage: 50)))
    #expect(rows(driver) == [Fixture.id(12)])
    driver.answerPages(of: 1204)
    #expect(driver.selectedID == Fixture.id(12))
    driver.finishCreate(Fixture.account(5000, name: "Account 12 b"))
    #expect(driver.selectedID == Fixture.id(5000))
    #expect(rows(driver).count == 2)
    driver.finishCreate(Fixture.account(5001, name: "Zebra"))
    #expect(driver.selectedID == Fixture.id(5001))
    #expect(driver.list.find == nil)
  }

  @Test("a name that has changed is found by the new one")
  func renamed() throws {
    var driver = driver()
    driver.press(.character("/"))
    driver.type("renamed")
    driver.press(.escape)
    driver.press(.enter)
    driver.answerAccount(.success(Fixture.account(0, name: "Renamed")))
    driver.press(.escape, .character("/"))
    driver.type("renamed")
    #expect(rows(driver) == [Fixture.id(0)])
  }

  @Test("an account that was gone to after Enter stays selected when the line is opened again and the text goes on")
  func staysAfterEnter() {
    var driver = driver()
    driver.press(.character("/"))
    driver.type("ac")
    driver.press(.enter, .character("j"), .character("j"))
    let selected = driver.selectedID
    #expect(selected == Fixture.id(2))
    driver.press(.character("/"))
    driver.type("c")
    #expect(driver.selectedID == selected)
    driver.press(.backspace, .backspace, .backspace)
    #expect(driver.list.arrangement == nil)
    #expect(driver.selectedID == selected)
  }

  @Test("when the last page comes while typing pauses, nothing is said to be asked any more")
  func wholeMeanwhile() {
    var driver = TestDriver(accounts: 160)
    driver.press(.character("L"), .character("/"))
    driver.type("zzz")
    #expect(driver.screen.contains("Asking the server …"))
    driver.answerPages(of: 160)
    #expect(driver.elapse(.searchDebounce) == [])
    #expect(driver.screen.contains("Esc shows all accounts again"))
    #expect(!driver.position.contains("asking"))
  }

  @Test("an account that slipped to a page that has not come is found when the server has it")
  func slipped() throws {
    var driver = TestDriver(accounts: 1204, size: Size(width: 80, height: 24))
    driver.press(.character("r"))
    var first = Fixture.page(1, of: 1205)
    first.accounts = [Fixture.account(1204)] + first.accounts.dropLast()
    driver.answer(page: 1, .success(first))
    driver.press(.character("/"))
    driver.type("account 49")
    driver.elapse(.searchDebounce)
    driver.answerSearch(.success(AccountPage(accounts: [Fixture.account(49)])))
    #expect(rows(driver) == [Fixture.id(49)])
    #expect(driver.selectedID == Fixture.id(49))
  }

  @Test("a search whose account has gone gives back the one before, and what was being read for the other is given up")
  func leavesReading() throws {
    var driver = driver()
    driver.press(.character("/"))
    driver.type("account 12")
    driver.press(.enter, .enter, .escape, .character("r"))
    #expect(driver.isRunning(.account(.detail)))
    var first = Fixture.page(1, of: 1203)
    first.accounts.remove(at: 12)
    driver.answer(page: 1, .success(first))
    #expect(driver.selectedID == nil)
    driver.press(.escape)
    #expect(driver.effects.contains(.cancel(.account(.detail))))
    #expect(driver.selectedID == Fixture.id(0))
  }

  @Test("pasted text goes into the line as one line")
  func pasted() {
    var driver = driver()
    driver.press(.character("/"))
    driver.send(.paste("account\n12"))
    #expect(driver.list.find?.field.text == "account 12")
    #expect(rows(driver) == [Fixture.id(12)])
  }

  @Test("the help of the find line says what is matched")
  func help() {
    var driver = driver()
    driver.press(.character("/"), .function(1))
    #expect(driver.screen.contains("ss finds ß"))
    #expect(driver.screen.contains("of its ID"))
  }
}
