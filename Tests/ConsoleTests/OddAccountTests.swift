import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("Accounts that are odd")
struct OddAccountTests {
  /// The first page of 120 accounts, of which the third one's name is `null`; the cursor is on that one.
  private func opened(size: Size = Size(width: 120, height: 32)) throws -> TestDriver {
    var driver = TestDriver(size: size)
    var page = Fixture.page(1, of: 120)
    page.accounts[2] = Fixture.account(2).unnamed(.null)
    driver.answer(page: 1, .success(page))
    driver.press(.down, .down)
    return driver
  }

  @Test("a row without a readable name is shown as odd beside the others, and its details say what is odd")
  func shown() throws {
    let driver = try opened()
    let frame = driver.frame
    let lines = frame.text.split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(lines.firstIndex { $0.contains("> ") && $0.contains("(name unreadable) ") })
    #expect(lines[row - 1].contains(" Account 1 ") && lines[row + 1].contains(" Account 3 "))
    #expect(frame.text.contains("Odd: its name is null · J shows its JSON"))
    var other = driver
    other.press(.up)
    let style = other.frame.cells[row * 120 + 5].style
    #expect(style == Theme.warning)
  }

  @Test(
    "it cannot be written to, by key or command, and that is said", arguments: [Key.character("e"), .character("D")])
  func notWritten(key: Key) throws {
    var driver = try opened()
    for _ in 0..<2 {
      #expect(driver.press(key) == [])
      #expect(!driver.hasDialog)
      #expect(driver.notice == "This account cannot be written to from here: its name cannot be read")
      driver.press(.enter)
    }
  }

  @Test("its JSON can be looked at, it has no name to copy, and nothing is its namesake")
  func looked() throws {
    var driver = try opened()
    driver.press(.character("J"))
    #expect(driver.effects.contains { $0.id == .json })
    #expect(driver.screen.contains("(name unreadable)  GET /accounts/\(Fixture.id(2))"))
    driver.press(.escape)
    #expect(driver.send(.command(.copyName)) == [])
    #expect(driver.notice == "There is no name to copy: it cannot be read")
    #expect(driver.accounts.loaded(named: "").isEmpty)
    let shown = DeleteState.DuplicateNames(
      .success(AccountPage(accounts: [Fixture.account(5, name: ""), Fixture.account(2).unnamed(.null)])),
      of: Fixture.account(5, name: ""), in: AccountList(perPage: 50))
    // What cannot be read may be the same name.
    #expect(shown == .unsure)
  }

  @Test("rows that have no identifier are told at the list's end, and end nothing")
  func withoutID() throws {
    var driver = try opened()
    driver.press(.character("L"))
    while let number = driver.loading.first {
      var page = Fixture.page(number, of: 120)
      if number == 2 { page = AccountPage(accounts: [], withoutID: 50, info: page.info) }
      if number == 3 {
        page.accounts.removeLast()
        page.withoutID = 1
      }
      driver.answer(page: number, .success(page))
    }
    let list = driver.accounts
    #expect(list.rowCount == 69 && list.isWhole && list.earlyEnd == nil && list.missingFromTotal == 0)
    #expect(driver.screen.contains("3 of 69 · page 1 of 3 · 51 rows on 2 pages have no identifier"))
    #expect(driver.noticeKind == .warning)
    #expect(driver.notice == "All 69 accounts are loaded · 51 rows on 2 pages have no identifier")
    driver.press(.character("r"), .character("L"))
    driver.answerPages(of: 120)
    #expect(!driver.screen.contains("no identifier"))
  }

  @Test("one row that has no identifier is told by its page, and pages of nothing else without totals do end the list")
  func withoutTotals() {
    var list = AccountList(perPage: 50)
    list.receive(page: 1, AccountPage(accounts: Fixture.page(1, of: 50).accounts.dropLast(), withoutID: 1))
    #expect(list.leftOutWords == "1 row of page 1 has no identifier" && list.isOpen)
    list.receive(page: 2, AccountPage(accounts: [], withoutID: 50))
    #expect(!list.isOpen && list.rowCount == 49)
    var whole = AccountList(perPage: 50)
    whole.receive(page: 1, AccountPage(accounts: [], withoutID: 50, info: ResultInfo(totalCount: 100)))
    #expect(whole.isLoaded && whole.pageCount == 2 && whole.row(at: 0) == .pending(page: 2))
  }

  @Test("an account that has become odd meanwhile is neither changed nor deleted") @MainActor
  func becameOdd() async throws {
    let talk = PlainTalk()
    try await talk.say("list")
    talk.service.change { $0.accounts[0] = $0.accounts[0].unnamed(.noUnicode) }
    #expect(try await talk.say("edit 1").contains("the name of the account cannot be read"))
    try await talk.say("no")
    let deletion = try await talk.say("delete 1")
    #expect(deletion.contains("so nothing can be deleted.") && talk.console.state.dialog == nil)
    #expect(talk.service.writes.isEmpty)
  }

  @Test("plain mode prints it as odd, and says why it cannot be written to") @MainActor
  func plain() async throws {
    let talk = PlainTalk(list: [Fixture.account(0), Fixture.account(1).unnamed(.missing)])
    #expect(try await talk.say("list").contains("\n2. (name unreadable), the server gives it no name, standard, "))
    for verb in ["edit 2", "delete 2"] {
      #expect(try await talk.say(verb).contains("cannot be written to from here: its name cannot be read"))
    }
  }
}
