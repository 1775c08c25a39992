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

  /// Lets the pause pass, and gives back the question that follows.
  private func rest(_ driver: inout TestDriver) throws -> RequestToken {
    let token = try #require(driver.createForm?.duplicateNames.token)
    let effects = driver.send(.create(.nameDebounced(token)))
    guard case .findDuplicateNames(let name, let question)? = effects.first, effects.count == 1 else {
      throw Missing()
    }
    #expect(name == driver.createForm?.name.text)
    return question
  }

  private struct Missing: Error {}

  @Test("rows that are here are told at once, with their ids")
  func loaded() {
    #expect(typing("Account 7").screen.contains("! An account already has this name: ab00…0007"))
  }

  @Test("each change waits anew for typing to pause, and only the last pause asks the server")
  func pause() throws {
    var driver = typing("Harbo")
    let early = try #require(driver.createForm?.duplicateNames.token)
    driver.type("r")
    let token = try #require(driver.createForm?.duplicateNames.token)
    #expect(
      driver.effects == [.wait(.duplicateNames, for: .milliseconds(250), then: .create(.nameDebounced(token)))])
    #expect(driver.send(.create(.nameDebounced(early))) == [])
    let question = try rest(&driver)
    #expect(driver.send(.create(.nameDebounced(token))) == [])
    driver.press(.left)
    #expect(driver.effects == [])
    #expect(driver.createForm?.duplicateNames.token == question)
  }

  @Test("what the server tells is added to the rows that are here, each account once, and only exact matches")
  func shown() throws {
    var driver = typing("Account 7")
    let token = try rest(&driver)
    let answer = [
      Fixture.account(7), Fixture.account(900, name: "Account 7"), Fixture.account(901, name: "account 7"),
      Fixture.account(77),
    ]
    driver.send(.create(.duplicateNamesFound(name: "Account 7", token: token, page(answer))))
    #expect(driver.screen.contains("! 2 accounts already have this name: ab00…0007, ab00…0384"))
    driver.press(.backTab)
    guard case .create(let creation)? = driver.press(.enter).first?.intent?.operation else {
      throw Missing()
    }
    #expect(creation.duplicateNames == [Fixture.id(7), Fixture.id(900)])
  }

  @Test("an answer to another name, or to an older question, changes nothing")
  func stale() throws {
    var driver = typing("Harbor")
    let token = try rest(&driver)
    driver.type("s")
    let form = driver.createForm
    let answer = page([Fixture.account(900, name: "Harbor")])
    driver.send(.create(.duplicateNamesFound(name: "Harbor", token: token, answer)))
    #expect(driver.createForm == form)
    #expect(!driver.screen.contains("already"))
  }

  @Test("more matches than were asked for are not passed over in silence")
  func cutShort() throws {
    var driver = typing("Harbor")
    let token = try rest(&driver)
    let answer = page([Fixture.account(900, name: "Harbor")], totalPages: 3)
    driver.send(.create(.duplicateNamesFound(name: "Harbor", token: token, answer)))
    #expect(driver.screen.contains("! At least 1 account of this name: ab00…0384"))
    #expect(driver.screen.contains("The server has more names like this one than were looked through."))
  }

  @Test("a full page beside a total that says nothing may be cut short", arguments: [0, -1, nil])
  func unbelievedTotal(totalPages: Int?) throws {
    var driver = typing("Harbor")
    let token = try rest(&driver)
    let answer = page((900..<950).map { Fixture.account($0, name: "Harbor") }, totalPages: totalPages)
    driver.send(.create(.duplicateNamesFound(name: "Harbor", token: token, answer)))
    #expect(driver.screen.contains("! At least 50 accounts of this name: "))
  }

  @Test("when the server does not tell, the form says what was searched, and still sends")
  func failed() throws {
    var driver = typing("Harbor")
    let token = try rest(&driver)
    driver.send(.create(.duplicateNamesFound(name: "Harbor", token: token, .failure(CloudflareError(.timedOut)))))
    #expect(driver.screen.contains("Only the rows loaded here were searched for this name."))
    driver.press(.backTab)
    #expect(driver.press(.enter).map(\.idempotencyKey) == ["fresh-1"])
  }

  @Test("a name that cannot be sent is not asked about")
  func emptied() {
    var driver = typing("H")
    #expect(driver.press(.backspace) == [.cancel(.duplicateNames)])
    #expect(driver.createForm?.duplicateNames == DuplicateNameSearch())
  }

  @Test("a draft that comes back is looked up at once, and leaving gives the question up")
  func draft() throws {
    var driver = typing("Harbor")
    #expect(driver.press(.escape) == [.cancel(.duplicateNames)])
    driver.press(.character("n"))
    let token = try #require(driver.createForm?.duplicateNames.token)
    #expect(driver.effects == [.wait(.duplicateNames, for: .zero, then: .create(.nameDebounced(token)))])
  }

  @Test("the account on its way is not looked for as its own namesake")
  func sending() throws {
    var driver = typing("Harbor")
    let token = try #require(driver.createForm?.duplicateNames.token)
    driver.press(.backTab, .enter)
    #expect(driver.createForm?.isSending == true)
    #expect(driver.send(.create(.nameDebounced(token))) == [])
  }
}
