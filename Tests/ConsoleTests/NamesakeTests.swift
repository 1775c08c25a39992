import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("Names that other accounts have")
struct NamesakeTests {
  private func typing(_ name: String) -> TestDriver {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("n"))
    driver.type(name)
    return driver
  }

  private func page(_ accounts: [Account], totalPages: Int? = 1) -> Result<AccountPage, CloudflareError> {
    .success(AccountPage(accounts: accounts, info: ResultInfo(page: 1, totalPages: totalPages)))
  }

  /// Lets the pause pass, behind which the server is asked about the name in the form.
  private func rest(_ driver: inout TestDriver) {
    #expect(
      driver.elapse(.duplicateNames(.creation)) == [
        .readDuplicateNames(driver.createForm?.name.text ?? "", for: .creation)
      ])
  }

  @Test("rows that are here are told at once, with their ids")
  func loaded() {
    #expect(typing("Account 7").screen.contains("! An account already has this name: ab00…0007"))
  }

  @Test("each change waits anew for typing to pause, and only the last pause asks the server")
  func pause() {
    var driver = typing("Harbo")
    #expect(driver.effects == [.wait(.duplicateNames(.creation), for: .milliseconds(250))])
    // It takes the place of the pause before.
    driver.type("r")
    #expect(driver.effects == [.wait(.duplicateNames(.creation), for: .milliseconds(250))])
    rest(&driver)
    #expect(driver.createForm?.name.text == "Harbor")
    driver.press(.left)
    #expect(driver.effects == [])
    #expect(driver.isRunning(.duplicateNames(.creation)))
  }

  @Test("what the server tells is added to the rows that are here, each account once, and only exact matches")
  func shown() {
    var driver = typing("Account 7")
    rest(&driver)
    let answer = [
      Fixture.account(7), Fixture.account(900, name: "Account 7"), Fixture.account(901, name: "account 7"),
      Fixture.account(77),
    ]
    driver.answerDuplicateNames(page(answer))
    #expect(driver.screen.contains("! 2 accounts already have this name: ab00…0007, ab00…0384"))
    driver.press(.backTab)
    guard case .create(let creation)? = driver.press(.enter).first?.intent?.operation else {
      Issue.record("nothing was sent")
      return
    }
    #expect(creation.duplicateNames == [Fixture.id(7), Fixture.id(900)])
  }

  @Test("a question about an earlier name is given up, and an answer to another name tells nothing of this one")
  func stale() {
    var driver = typing("Harbor")
    rest(&driver)
    driver.type("s")
    // It takes the place of the question.
    #expect(driver.effects == [.wait(.duplicateNames(.creation), for: .milliseconds(250))])
    rest(&driver)
    driver.answerDuplicateNames(page([Fixture.account(900, name: "Harbor")]))
    #expect(!driver.screen.contains("already"))
    driver.press(.backspace)
    #expect(driver.createForm?.name.text == "Harbor" && !driver.screen.contains("already"))
  }

  @Test("more matches than were asked for are not passed over in silence")
  func cutShort() {
    var driver = typing("Harbor")
    rest(&driver)
    let answer = page([Fixture.account(900, name: "Harbor")], totalPages: 3)
    driver.answerDuplicateNames(answer)
    #expect(driver.screen.contains("! At least 1 account of this name: ab00…0384"))
    #expect(driver.screen.contains("The server has more names like this one than were looked through."))
  }

  @Test("a full page beside a total that says nothing may be cut short", arguments: [0, -1, nil])
  func unbelievedTotal(totalPages: Int?) {
    var driver = typing("Harbor")
    rest(&driver)
    let answer = page((900..<950).map { Fixture.account($0, name: "Harbor") }, totalPages: totalPages)
    driver.answerDuplicateNames(answer)
    #expect(driver.screen.contains("! At least 50 accounts of this name: "))
  }

  @Test("when the server does not tell, the form says what was searched, and still sends")
  func failed() {
    var driver = typing("Harbor")
    rest(&driver)
    driver.answerDuplicateNames(.failure(CloudflareError(.timedOut)))
    #expect(driver.screen.contains("Only the rows loaded here were searched for this name."))
    driver.press(.backTab)
    #expect(driver.press(.enter).map(\.idempotencyKey) == ["fresh-1"])
  }

  @Test("a name that cannot be sent is not asked about")
  func emptied() {
    var driver = typing("H")
    #expect(driver.press(.backspace) == [.cancel(.duplicateNames(.creation))])
    #expect(driver.createForm?.duplicateNames == DuplicateNameSearch())
  }

  @Test("a draft that comes back is looked up at once, and leaving gives the question up")
  func draft() {
    var driver = typing("Harbor")
    #expect(driver.press(.escape) == [.cancel(.duplicateNames(.creation))])
    driver.press(.character("n"))
    #expect(driver.effects == [.wait(.duplicateNames(.creation), for: .zero)])
  }

  @Test("the account on its way is not looked for as its own namesake")
  func sending() {
    var driver = typing("Harbor")
    driver.press(.backTab, .enter)
    #expect(driver.createForm?.isSending == true)
    #expect(driver.elapse(.duplicateNames(.creation)) == [])
  }
}
