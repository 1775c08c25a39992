import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("What a deletion asks for")
struct DeleteQuestionTests {
  @Test("an identifier that is shorter than what is asked for of others is asked for whole, by its length")
  func shortID() {
    var account = Fixture.account(3)
    account.id = "a1b"
    account.managedBy = nil
    var driver = TestDriver.askedToDelete(in: TestDriver.listing(account))
    driver.answerReview()
    #expect(driver.screen.contains("type the last 3 characters of the ID"))
    driver.press(.tab, .enter)
    #expect(driver.screen.contains("Type the last 3 characters of the ID"))
  }

  @Test("what is wanted without keys gets no further than by keys")
  func steps() {
    func take(_ steps: FormStep..., by driver: inout TestDriver) {
      for step in steps { driver.send(.plain(.form(step))) }
    }
    var driver = TestDriver.askedToDelete()
    take(.proceed, .fill("Account 3"), .delete, by: &driver)
    #expect(driver.deletion?.phase == .reading)
    driver.answerReview()
    take(.fill("Account 3"), .delete, by: &driver)
    #expect(driver.deletion?.phase == .review)
    take(.proceed, .delete, .fill("Account 4"), .delete, .proceed, by: &driver)
    #expect(driver.deletion?.phase == .challenge)
    take(.fill("Account 3"), .delete, by: &driver)
    #expect(driver.deletion?.isCountingDown == true)
    take(.fill("Account 3"), by: &driver)
    #expect(driver.deletion?.phase == .challenge)
    #expect(driver.deletion?.field.text == "")
  }

  @Test("duplicate names, on rows that are here or that only the server knows, are challenged by the id")
  func duplicates() {
    var driver = TestDriver.askedToDelete()
    driver.answerReview(duplicateNames: [
      Fixture.account(900, name: "Account 3"), Fixture.account(901, name: "ACCOUNT 3"),
    ])
    #expect(driver.screen.contains("because 2 accounts have this name"))
    driver = TestDriver.askedToDelete(in: TestDriver.listing(Fixture.account(3, name: "Account 1")))
    driver.answerReview()
    #expect(driver.screen.contains("because 2 accounts have this name"))
  }

  @Test("when it cannot be told whether others have the name, the id is asked for")
  func unsureDuplicateNames() {
    let full = AccountPage(accounts: (100..<149).map { Fixture.account($0) } + [Fixture.account(3)])
    let other = AccountPage(accounts: [Fixture.account(7)])
    let answers: [Result<AccountPage, CloudflareError>] = [
      .failure(CloudflareError(.timedOut)), .success(full), .success(other), .success(AccountPage(accounts: [])),
    ]
    for answer in answers {
      var driver = TestDriver.askedToDelete()
      driver.answerDeletionNames(answer)
      #expect(driver.deletion?.challenge.reason == "it could not be checked whether others have this name")
    }
    var driver = TestDriver.askedToDelete()
    driver.answerDeletionNames(.success(AccountPage(accounts: [Fixture.account(3)])))
    #expect(driver.deletion?.duplicateNames == .known(others: []))
  }

  @Test(
    "the name is asked for only where the server's rows and all that it counts beside them agree",
    arguments: [
      (ResultInfo(totalCount: 2), false), (ResultInfo(count: 2), false), (ResultInfo(count: 0), false),
      (ResultInfo(totalPages: 2), false), (ResultInfo(totalPages: 1, totalCount: 2), false),
      (ResultInfo(page: 2), false), (ResultInfo(perPage: 1), false), (ResultInfo(totalCount: 0), false),
      (ResultInfo(totalCount: -1), false), (ResultInfo(totalCount: .max), false), (ResultInfo(totalPages: .max), false),
      // The list's own total, which a page could hold, may be that of the name all the same.
      (ResultInfo(totalCount: 20), false),
      (ResultInfo(page: 1, perPage: 50, totalPages: 1, count: 1, totalCount: 1), true), (ResultInfo(), true),
    ])
  func totals(info: ResultInfo, isSure: Bool) {
    #expect(isAskedByName(AccountPage(accounts: [Fixture.account(3)], info: info)) == isSure, "\(info)")
  }

  @Test("a total that is the whole list's says nothing of the name, and another one does")
  func listTotal() {
    for (info, isSure) in [
      (ResultInfo(totalCount: 1204), true), (ResultInfo(totalPages: 25, totalCount: 1204), true),
      (ResultInfo(totalPages: 1, totalCount: 1204), true), (ResultInfo(totalCount: 1205), false),
      (ResultInfo(totalPages: 2, totalCount: 1204), false), (ResultInfo(count: 2, totalCount: 1204), false),
    ] {
      let page = AccountPage(accounts: [Fixture.account(3)], info: info)
      #expect(isAskedByName(page, in: TestDriver(accounts: 1204)) == isSure, "\(info)")
    }
  }

  @Test("an answer that repeats a row, or has rows of quite another name, leaves it open whether others have the name")
  func oddRows() {
    let account = Fixture.account(3)
    #expect(!isAskedByName(AccountPage(accounts: [account, account])))
    let others = [account, Fixture.account(4)]
    #expect(!isAskedByName(AccountPage(accounts: others)))
    #expect(!isAskedByName(AccountPage(accounts: others, info: ResultInfo(totalPages: 1))))
    #expect(!isAskedByName(AccountPage(accounts: others, info: ResultInfo(totalCount: 3))))
    // It gives every account that there is.
    #expect(isAskedByName(AccountPage(accounts: others, info: ResultInfo(totalCount: 2))))
    #expect(isAskedByName(AccountPage(accounts: [account, Fixture.account(33, name: "My ACCOUNT 33")])))
  }

  /// Whether the review asks for the name of account 3 after this answer of the server.
  private func isAskedByName(_ page: AccountPage, in driver: TestDriver = TestDriver(accounts: 20)) -> Bool {
    var driver = TestDriver.askedToDelete(in: driver)
    driver.answerDeletionNames(.success(page))
    return driver.deletion?.challenge == .name("Account 3")
  }

  @Test("an account that nobody manages may be the person's own: it says so, and is challenged by its id")
  func unmanaged() {
    for parent in [nil, Account.Parent(), Account.Parent(id: "", name: "")] {
      var account = Fixture.account(3)
      account.managedBy = parent
      var driver = TestDriver.askedToDelete(in: TestDriver.listing(account))
      driver.answerReview()
      #expect(driver.screen.contains("! This may be your own account: no tenant or organisation manages it."))
      #expect(driver.deletion?.challenge.expected == String(account.id.suffix(8)))
    }
    var managed = TestDriver.askedToDelete()
    managed.answerReview()
    #expect(!managed.screen.contains("your own account"))
  }

  @Test("the only account in the list may be the person's own")
  func onlyOne() {
    var driver = TestDriver.askedToDelete(row: 0, in: TestDriver(accounts: 1))
    driver.answerReview()
    #expect(driver.screen.contains("! This may be your own account: it is the only account in the list."))
    #expect(driver.deletion?.challenge.expected == String(Fixture.id(0).suffix(8)))
  }

  @Test("an account that the profile protects is not offered for deletion, and the pattern is said")
  func protected() {
    var driver = TestDriver(accounts: 20, protected: ["nothing", "account ?"])
    #expect(driver.press(.character("D")) == [])
    #expect(!driver.hasDialog)
    #expect(driver.screen.contains("! Account 0 is protected from deletion, by “account ?”"))
    for _ in 0..<10 { driver.press(.down) }
    #expect(!driver.press(.character("D")).isEmpty)
  }

  @Test(
    "characters that are not shown as they are have their numbers told",
    arguments: [
      ("rtl\u{202E}txt", "U+202E"), ("nul\u{0}x", "U+0000"), ("\u{1B}[2Jclear", "U+001B"),
      ("osc\u{1B}]0;x\u{7}", "U+0007"),
      ("c1\u{9B}31m", "U+009B"), ("zero\u{200B}width", "U+200B"), ("👩‍👩‍👧‍👦 Crafts", "U+200D"),
    ])
  func oddCharacters(name: String, number: String) {
    var driver = TestDriver.askedToDelete(in: TestDriver.listing(Fixture.account(3, name: name)))
    driver.answerReview()
    #expect(driver.screen.contains("! not shown as they are: "))
    #expect(driver.screen.contains(number))
    #expect(driver.deletion?.challenge.reason == "the name has characters that are not shown as they are")
    let isClean = driver.screen.unicodeScalars.allSatisfy {
      $0 == "\n" || $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
    }
    #expect(isClean)
  }
}
