import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("Names that other accounts have")
struct NamesakeTests {
  private func typing(_ name: String) -> Person {
    var person = Person(accounts: 20)
    person.press(.character("n"))
    person.type(name)
    return person
  }

  private func page(_ accounts: [Account], totalPages: Int? = 1) -> Result<AccountPage, CloudflareError> {
    .success(AccountPage(accounts: accounts, info: ResultInfo(page: 1, totalPages: totalPages)))
  }

  /// Lets the pause pass, and gives back the question that follows.
  private func rest(_ person: inout Person) throws -> RequestToken {
    let token = try #require(person.createForm?.namesakes.token)
    let effects = person.send(.create(.nameRested(token)))
    guard case .findNamesakes(let name, let question)? = effects.first, effects.count == 1 else {
      throw Missing()
    }
    #expect(name == person.createForm?.name.text)
    return question
  }

  private struct Missing: Error {}

  @Test("rows that are here are told at once, with their ids")
  func loaded() {
    #expect(typing("Account 7").screen.contains("! An account already has this name: ab00…0007"))
  }

  @Test("each change waits anew for typing to pause, and only the last pause asks the server")
  func pause() throws {
    var person = typing("Harbo")
    let early = try #require(person.createForm?.namesakes.token)
    person.type("r")
    let token = try #require(person.createForm?.namesakes.token)
    #expect(
      person.effects == [.wait(.namesakes, for: .milliseconds(250), then: .create(.nameRested(token)))])
    #expect(person.send(.create(.nameRested(early))) == [])
    let question = try rest(&person)
    #expect(person.send(.create(.nameRested(token))) == [])
    person.press(.left)
    #expect(person.effects == [])
    #expect(person.createForm?.namesakes.token == question)
  }

  @Test("what the server tells is added to the rows that are here, each account once, and only exact matches")
  func told() throws {
    var person = typing("Account 7")
    let token = try rest(&person)
    let answer = [
      Fixture.account(7), Fixture.account(900, name: "Account 7"), Fixture.account(901, name: "account 7"),
      Fixture.account(77),
    ]
    person.send(.create(.namesakesFound(name: "Account 7", token: token, page(answer))))
    #expect(person.screen.contains("! 2 accounts already have this name: ab00…0007, ab00…0384"))
    person.press(.backTab)
    guard case .create(let creation)? = person.press(.enter).first?.intent?.operation else {
      throw Missing()
    }
    #expect(creation.namesakes == [Fixture.id(7), Fixture.id(900)])
  }

  @Test("an answer to another name, or to an older question, changes nothing")
  func stale() throws {
    var person = typing("Harbor")
    let token = try rest(&person)
    person.type("s")
    let form = person.createForm
    let answer = page([Fixture.account(900, name: "Harbor")])
    person.send(.create(.namesakesFound(name: "Harbor", token: token, answer)))
    #expect(person.createForm == form)
    #expect(!person.screen.contains("already"))
  }

  @Test("more matches than were asked for are not passed over in silence")
  func cutShort() throws {
    var person = typing("Harbor")
    let token = try rest(&person)
    let answer = page([Fixture.account(900, name: "Harbor")], totalPages: 3)
    person.send(.create(.namesakesFound(name: "Harbor", token: token, answer)))
    #expect(person.screen.contains("! At least 1 account of this name: ab00…0384"))
    #expect(person.screen.contains("The server has more names like this one than were looked through."))
  }

  @Test("a full page beside a total that says nothing may be cut short", arguments: [0, -1, nil])
  func unbelievedTotal(totalPages: Int?) throws {
    var person = typing("Harbor")
    let token = try rest(&person)
    let answer = page((900..<950).map { Fixture.account($0, name: "Harbor") }, totalPages: totalPages)
    person.send(.create(.namesakesFound(name: "Harbor", token: token, answer)))
    #expect(person.screen.contains("! At least 50 accounts of this name: "))
  }

  @Test("when the server does not tell, the form says what was searched, and still sends")
  func failed() throws {
    var person = typing("Harbor")
    let token = try rest(&person)
    person.send(.create(.namesakesFound(name: "Harbor", token: token, .failure(CloudflareError(.timedOut)))))
    #expect(person.screen.contains("Only the rows loaded here were searched for this name."))
    person.press(.backTab)
    #expect(person.press(.enter).map(\.idempotencyKey) == ["fresh-1"])
  }

  @Test("a name that cannot be sent is not asked about")
  func emptied() {
    var person = typing("H")
    #expect(person.press(.backspace) == [.cancel(.namesakes)])
    #expect(person.createForm?.namesakes == NamesakeSearch())
  }

  @Test("a draft that comes back is looked up at once, and leaving gives the question up")
  func draft() throws {
    var person = typing("Harbor")
    #expect(person.press(.escape) == [.cancel(.namesakes)])
    person.press(.character("n"))
    let token = try #require(person.createForm?.namesakes.token)
    #expect(person.effects == [.wait(.namesakes, for: .zero, then: .create(.nameRested(token)))])
  }

  @Test("the account on its way is not looked for as its own namesake")
  func sending() throws {
    var person = typing("Harbor")
    let token = try #require(person.createForm?.namesakes.token)
    person.press(.backTab, .enter)
    #expect(person.createForm?.isSending == true)
    #expect(person.send(.create(.nameRested(token))) == [])
  }
}
