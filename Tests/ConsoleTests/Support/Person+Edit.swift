import Cloudflare
import Terminal

@testable import Console

extension Person {
  /// Answers the reading of the account that is to be changed: as the list has it, with a difference.
  @discardableResult
  mutating func answerEditRead(_ change: (inout Account) -> Void = { _ in }) -> [Effect] {
    guard let id = editForm?.base.id, var account = state.browse.list.account(id) else { return [] }
    change(&account)
    return answerEditRead(with: .success(account))
  }

  @discardableResult
  mutating func answerEditRead(with result: Result<Account, CloudflareError>) -> [Effect] {
    switch editForm?.phase {
    case .reading(let token), .checking(let token): return send(.change(.accountRead(token: token, result)))
    default: return []
    }
  }

  /// A person in front of the fields of account 7, which has just been read.
  static func editing(isRehearsal: Bool = false) -> Person {
    var person = Person(accounts: 20, isRehearsal: isRehearsal)
    for _ in 0..<7 { person.press(.down) }
    person.press(.character("e"))
    person.answerEditRead()
    return person
  }

  /// The name is changed, and the review is on screen.
  static func reviewing(isRehearsal: Bool = false) -> Person {
    var person = editing(isRehearsal: isRehearsal)
    person.type("!")
    person.press(.backTab, .enter)
    return person
  }

  /// The change is on its way.
  static func sendingChange() -> Person {
    var person = reviewing()
    person.press(.enter)
    person.answerEditRead()
    return person
  }

  /// The token of the change that the form waits for.
  var changeToken: RequestToken? {
    guard case .sending(let token) = editForm?.phase else { return nil }
    return token
  }
}

extension WriteIntent {
  /// What is sent when ``Person/reviewing(isRehearsal:)`` goes on.
  static var renaming: WriteIntent {
    WriteIntent(
      id: "fresh-1", date: Person().moment.date, origin: Fixture.origin,
      operation: .update(Fixture.id(7), AccountChanges(name: "Account 7!")))
  }
}
